"""Measures over time: one definition, worked out where the data lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

import ibis
import pandas as pd
from ibis import Table

from reviewkit.model import TABLES, InputError, Measure

from .expressions import aggregate, condition

Period = Literal["week", "month"]
COLUMNS = ("numerator", "denominator", "value")


def series(
    table: Table,
    measure: Measure,
    *,
    by: str | Sequence[str] = (),
    period: Period | None = "month",
    as_of: dt.date | None = None,
) -> pd.DataFrame:
    """Return a measure over time: one row a period and unit.

    Only these aggregates leave the database.

    Parameters
    ----------
    table : the evidence table that the measure names.
    measure : its numerator, denominator and condition are read by
        :mod:`reviewkit.performance.expressions`.
    by : columns that tell units apart, such as ``("site",)``; an empty one becomes ``""``.
    period : ``"week"`` (from Monday), ``"month"``, or none for one row a unit over all time.
    as_of : date up to which the data reach; a period that it cuts short is left out.

    Returns
    -------
    ``period`` (first day), the columns of ``by``, ``numerator``, ``denominator`` (missing
    where the measure has none) and ``value`` in the measure's unit, percentages times 100.
    ``attrs`` hold ``left_out`` (periods without a denominator) and ``partial`` (first day of
    a last period left out because the data end within it, or ``""``): see :func:`notes`.

    Raises
    ------
    InputError : the measure's text is not allowed, or its date column is not there.

    Examples
    --------
    >>> table = ibis.memtable({"at": pd.to_datetime(["2025-01-03", "2025-01-09", "2025-02-01"]),
    ...                        "resolved": [True, False, True]})
    >>> measure = Measure(id="fcr", name="Resolved", unit="percent", direction="increase", table="contacts",
    ...                   numerator="sum(resolved)", denominator="count(resolved)")
    >>> series(table, measure)["value"].tolist()
    [50.0, 100.0]
    """
    keys = [by] if isinstance(by, str) else list(by)
    frame = _aggregated(table, measure, keys, period)
    frame["value"] = _value(frame, measure)
    there = frame["value"].notna()
    left_out = int((~there).sum())
    partial = _partial(frame, period, as_of)
    if partial is not None:
        there &= frame["period"] < partial
    names = [*(["period"] if period else []), *keys, *COLUMNS]
    result = frame.loc[there, names].reset_index(drop=True)
    result.attrs = {"left_out": left_out, "partial": "" if partial is None else str(partial.date())}
    return result


def notes(frame: pd.DataFrame, *, unit: str = "unit") -> list[str]:
    """Say what :func:`series` left out, and which periods have no row.

    >>> frame = pd.DataFrame({"period": pd.to_datetime(["2025-01-01", "2025-03-01"]), "value": [1, 2]})
    >>> notes(frame)
    ['1 period is missing: 2025-02.']
    """
    said = []
    left_out, partial = frame.attrs.get("left_out", 0), frame.attrs.get("partial", "")
    if left_out:
        said.append(
            f"{left_out} {unit}-period{'s' if left_out > 1 else ''} with nothing to divide by left out."
        )
    if partial:
        said.append(f"The period from {partial} is not complete and is left out.")
    gaps = [f"{gap:%Y-%m}" for gap in missing_periods(frame["period"])]
    if gaps:
        listed = ", ".join(gaps[:6]) + (" and others" if len(gaps) > 6 else "")
        said.append(f"{len(gaps)} period{'s are' if len(gaps) > 1 else ' is'} missing: {listed}.")
    return said


def missing_periods(period: pd.Series[Any]) -> list[pd.Timestamp]:
    """Return the months (or weeks) between first and last that have no row.

    >>> missing_periods(pd.Series(pd.to_datetime(["2025-01-01", "2025-03-01"])))
    [Timestamp('2025-02-01 00:00:00')]
    """
    dates = pd.DatetimeIndex(pd.to_datetime(period)).unique().sort_values()
    if len(dates) < 2:
        return []
    monthly = bool((dates.day == 1).all())
    every = pd.date_range(dates[0], dates[-1], freq="MS" if monthly else "7D")
    return list(every.difference(dates))


def date_column(measure: Measure, table: Table) -> str:
    """Return the column that dates the measure's rows: its ``at``, or the table's first date.

    >>> measure = Measure(id="a", name="A", unit="count", direction="neutral", table="kpis",
    ...                   numerator="count(*)")
    >>> date_column(measure, ibis.table({"period": "date"}, name="t"))
    'period'
    """
    dated = [column.name for column in TABLES[measure.table].columns if column.kind in ("date", "datetime")]
    name = measure.at or (dated[0] if dated else "")
    if name not in table.columns:
        raise InputError(
            f"measure '{measure.id}': '{name or 'at'}' is no date column of {measure.table}",
            key="at",
            fix=f"Name one of {', '.join(dated)}." if dated else "Use a table that has dates.",
        )
    return name


def _aggregated(table: Table, measure: Measure, keys: Sequence[str], period: Period | None) -> pd.DataFrame:
    what = f"measure '{measure.id}'"
    if measure.where:
        table = table.filter(condition(measure.where, table, what=what))
    groups: dict[str, Any] = {}
    if period:
        date = table[date_column(measure, table)]
        table = table.filter(date.notnull())
        groups["period"] = date.cast("timestamp").truncate("W" if period == "week" else "M")
    for key in keys:
        if key not in table.columns:
            raise InputError(f"{what}: {measure.table} has no column '{key}'", key=key)
        groups[key] = table[key].fill_null("")
    numbers = {"numerator": aggregate(measure.numerator, table, what=what)}
    if measure.denominator:
        numbers["denominator"] = aggregate(measure.denominator, table, what=what)
    numbers = {
        name: ibis.literal(expression) if not isinstance(expression, ibis.Value) else expression
        for name, expression in numbers.items()
    }
    query = table.group_by(**groups).aggregate(**numbers) if groups else table.aggregate(**numbers)
    frame = query.execute()
    return _typed(frame, list(groups))


def _typed(frame: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    if "denominator" not in frame:
        frame["denominator"] = float("nan")
    for name in ("numerator", "denominator"):
        frame[name] = frame[name].astype("float64")
    if "period" in groups:
        frame["period"] = frame["period"].astype("datetime64[us]")
    return frame.sort_values(list(groups), kind="stable", ignore_index=True) if groups else frame


def _value(frame: pd.DataFrame, measure: Measure) -> pd.Series[Any]:
    value = frame["numerator"]
    if measure.denominator:
        value = value / frame["denominator"].where(frame["denominator"] != 0)
    return value * 100 if measure.unit == "percent" else value


def _partial(frame: pd.DataFrame, period: Period | None, as_of: dt.date | None) -> pd.Timestamp | None:
    """First day of the last period, where the data end before that period does."""
    if period is None or as_of is None or frame.empty:
        return None
    day = pd.Timestamp(as_of)
    start = day.to_period("W" if period == "week" else "M")
    cut = day.normalize() < start.end_time.normalize()
    found = cut and bool((frame["period"] >= start.start_time).any())
    return start.start_time if found else None
