"""Counts and the rates made of them: over 100 %, without a denominator, in the wrong unit."""

from __future__ import annotations

import re

import pandas as pd

from reviewkit.model import Engagement, Measure

from .suspicion import Suspicion, Tables, shown

ALREADY_PERCENT = 1.5
"""A share written as a percentage is usually above this; one of a contract's volume may pass 1."""


def over_hundred(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find percentages of which the numerator is greater than the denominator.

    Those with a target of 100 % or more are measured against a plan and may pass it.
    """
    found = []
    for name, measure, rows in _counts(tables, engagement):
        if measure.unit != "percent" or _may_pass(tables, name):
            continue
        over = rows[(rows["numerator"] > rows["denominator"]) & (rows["denominator"] > 0)]
        if over.empty:
            continue
        one = over.iloc[0]
        means = "what is counted is no part of what it is out of"
        if 2 * len(over) > len(rows):
            means = "the two columns may be exchanged"
        found.append(
            Suspicion(
                "over_hundred",
                "kpis",
                f"{len(over):,} of {len(rows):,} rows of '{name}' are over 100 %, such as "
                f"{one['numerator']:g} of {one['denominator']:g}",
                means,
                "Check how both are counted; a percentage of a plan needs a target of 100 or more here.",
                column="numerator",
                count=len(over),
                row=int(over.index[0]),
            )
        )
    return found


def odd_counts(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find counts that are negative, out of nought, or not there at all."""
    frame = tables.get("kpis")
    if frame is None:
        return []
    cases = (
        (
            "negative_count",
            "numerator",
            frame["numerator"] < 0,
            "have a negative numerator",
            "a correction of an earlier period may have been booked",
            "Put the correction into the period it belongs to.",
        ),
        (
            "zero_denominator",
            "denominator",
            frame["denominator"] == 0,
            "are out of nought",
            "these periods have no rate and are left out",
            "Check that nothing was to be counted then.",
        ),
        (
            "no_figure",
            "value",
            frame[["numerator", "denominator", "value"]].isna().all(axis=1),
            "have neither numerator, denominator nor value",
            "the figure is missing",
            "Fill it in, or take the rows out.",
        ),
    )
    return [
        Suspicion(
            rule,
            "kpis",
            f"{int(bad.sum()):,} of {len(frame):,} rows {what}",
            means,
            fix,
            column=column,
            count=int(bad.sum()),
            row=int(frame.index[bad.fillna(False)][0]),
        )
        for rule, column, bad, what, means, fix in cases
        if bad.fillna(False).any()
    ]


def percent_as_written(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find percentages given as 0 to 100 where shares are read, and targets given as shares.

    A measure in percent is worked out as a share and shown times 100; its target is written in
    percent.
    """
    found = []
    for name, measure, rows in _counts(tables, engagement):
        values = rows["value"].dropna()
        if measure.unit == "percent" and "value" in _columns_of(measure) and len(values):
            high = values > ALREADY_PERCENT
            if high.mean() > 0.5:
                row = int(values.index[high][0])
                found.append(
                    _wrong_unit(
                        "kpis", "value", name, values[row], row, int(high.sum()), len(values), "percent"
                    )
                )
    frame = tables.get("targets")
    for measure in engagement.measures:
        targets = (
            frame.loc[frame["measure"] == measure.id, "target"].dropna() if frame is not None else pd.Series()
        )
        low = targets[(targets > 0) & (targets <= 1)]
        if measure.unit == "percent" and len(low):
            row = int(low.index[0])
            found.append(
                _wrong_unit("targets", "target", measure.id, low[row], row, len(low), len(targets), "shares")
            )
    return found


def _wrong_unit(
    table: str, column: str, measure: str, value: float, row: int, count: int, of: int, written: str
) -> Suspicion:
    percentages = written == "percent"
    means = "they seem to be percentages, and a share, such as 0.95, is read here and shown times 100"
    if not percentages:
        means = "they seem to be shares, and per cent, such as 95, are read here"
    return Suspicion(
        "wrong_unit",
        table,
        f"{count:,} of {of:,} rows of {shown(table, 'measure', measure)} are written like {value:g}",
        means,
        "Divide by 100 in the measure, as in 'sum(value) / 100'." if percentages else "Write it in per cent.",
        column=column,
        count=count,
        row=row,
    )


def _counts(tables: Tables, engagement: Engagement) -> list[tuple[str, Measure, pd.DataFrame]]:
    """Rows of kpis by measure, with the measure of the params file that reads them."""
    frame = tables.get("kpis")
    if frame is None:
        return []
    found = []
    for name, rows in frame.groupby("measure"):
        measure = _measure(str(name), engagement)
        if measure:
            found.append((str(name), measure, rows))
    return found


def _measure(name: str, engagement: Engagement) -> Measure | None:
    """The measure that reads a kpi as the ratio or figure it is: its namesake, else one that names it."""
    of_kpis = [measure for measure in engagement.measures if measure.table == "kpis"]
    named = [measure for measure in of_kpis if f"'{name}'" in (measure.where or "")]
    return next((measure for measure in named if measure.id == name), named[0] if named else None)


def _may_pass(tables: Tables, name: str) -> bool:
    frame = tables.get("targets")
    return frame is not None and bool((frame.loc[frame["measure"] == name, "target"] >= 100).any())


def _columns_of(measure: Measure) -> set[str]:
    return set(re.findall(r"\w+", f"{measure.numerator} {measure.denominator or ''}"))
