"""Measures over time: one definition, worked out where the data lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import ibis
import numpy as np
import pandas as pd
from ibis import Table

from reviewkit.model import TABLES, InputError, Measure

from .expressions import aggregate, condition

Period = Literal["week", "month"]
Level: TypeAlias = tuple[str, ...]
"""The columns that tell units apart; none for the whole."""
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
    ``attrs`` hold ``left_out`` (periods without a denominator), ``impossible`` (periods left
    out for a figure that is infinite, of a denominator below 0, or outside the measure's
    bounds) and ``partial`` (first day of a last period left out because the data end within
    it, or ``""``): see :func:`reviewkit.performance.notes`.

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
    level = (by,) if isinstance(by, str) else tuple(by)
    return series_of(table, [measure], levels=[level], period=period, as_of=as_of)[measure.id, level]


def series_of(
    table: Table,
    measures: Sequence[Measure],
    *,
    levels: Sequence[Level],
    period: Period | None = "month",
    as_of: dt.date | None = None,
) -> dict[tuple[str, Level], pd.DataFrame]:
    """Return several measures at several levels, each as :func:`series` does, by one question.

    All are measures of ``table`` and dated by the same column of it; a level is the columns of
    ``by``. To put a question takes longer than to answer it.

    >>> table = ibis.memtable({"at": pd.to_datetime(["2025-01-03", "2025-01-09"]), "resolved": [True, False],
    ...                        "site": ["A", "B"]})
    >>> known = {"name": "N", "unit": "count", "direction": "neutral", "table": "contacts"}
    >>> measures = [Measure(id="all", numerator="count(*)", **known),
    ...             Measure(id="a", numerator="count(*)", where="site = 'A'", **known)]
    >>> found = series_of(table, measures, levels=[(), ("site",)])
    >>> {key: frame["value"].tolist() for key, frame in found.items()}
    {('all', ()): [2.0], ('all', ('site',)): [1.0, 1.0], ('a', ()): [1.0], ('a', ('site',)): [1.0]}
    """
    parts = _aggregated(table, measures, levels, period)
    return {
        (measure.id, level): _series(part, place, measure, list(level), period, as_of)
        for place, measure in enumerate(measures)
        for level, part in zip(levels, parts, strict=True)
    }


def _series(
    part: pd.DataFrame,
    place: int,
    measure: Measure,
    keys: list[str],
    period: Period | None,
    as_of: dt.date | None,
) -> pd.DataFrame:
    """Return one measure's rows of the aggregates; a group its condition lets no row into has none.

    Arrays and one frame at the end: there are as many calls as measures times levels.
    """
    groups = [*(["period"] if period else []), *keys]
    numbers = _counted(part, place, measure)
    in_it = _in_it(part, f"rows{place}") if groups else np.ones(len(part), dtype=bool)
    impossible = in_it & _impossible(numbers, measure)
    there = in_it & ~np.isnan(numbers["value"]) & ~impossible
    left_out = int((in_it & ~there & ~impossible).sum())
    dates = part["period"].to_numpy() if period else None
    partial = None if dates is None else _partial(dates[in_it], period, as_of)
    if dates is not None and partial is not None:
        there &= dates < partial.to_datetime64()
    at = np.flatnonzero(there)
    columns: dict[str, Any] = {name: part[name].array.take(at) for name in groups}
    result = pd.DataFrame(columns | {name: values[at] for name, values in numbers.items()}, copy=False)
    cut = "" if partial is None else str(partial.date())
    result.attrs = {"left_out": left_out, "impossible": int(impossible.sum()), "partial": cut}
    return result


def _impossible(numbers: dict[str, np.ndarray], measure: Measure) -> Any:
    """Figures that cannot be: a denominator below 0, an infinite sum, or one outside the bounds."""
    value, (low, high) = numbers["value"], measure.bounds or (None, None)
    found = np.isinf(value) | np.isinf(numbers["denominator"]) | (numbers["denominator"] < 0)
    if low is not None:
        found |= value < low
    if high is not None:
        found |= value > high
    return found


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


def _aggregated(
    table: Table, measures: Sequence[Measure], levels: Sequence[Level], period: Period | None
) -> list[pd.DataFrame]:
    """Return the aggregates of all measures, one frame a level, in the order of period and unit."""
    groups: dict[str, Any] = {}
    if period:
        date = table[date_column(measures[0], table)]
        table = table.filter(date.notnull())
        groups["period"] = date.cast("timestamp").truncate("W" if period == "week" else "M")
    if len(levels) > 1:
        # Every row counts once at each level.
        table = table.mutate(level=ibis.literal(list(range(len(levels))), type="array<int8>").unnest())
        groups["level"] = table.level
    for key in dict.fromkeys(key for level in levels for key in level):
        if key not in table.columns:
            raise InputError(
                f"measure '{measures[0].id}': {measures[0].table} has no column '{key}'", key=key
            )
        groups[key] = _unit(table, key, levels)
    numbers = {
        f"{name}{place}": expression
        for place, measure in enumerate(measures)
        for name, expression in _numbers(table, measure).items()
    }
    query = table.group_by(**groups).aggregate(**numbers) if groups else table.aggregate(**numbers)
    frame = _sorted(query.execute(), list(groups))
    return [frame[frame["level"] == place] for place in range(len(levels))] if len(levels) > 1 else [frame]


def _unit(table: Table, key: str, levels: Sequence[Level]) -> ibis.Value:
    """Return the unit of a row in column ``key``: itself at the levels that tell it apart, else ``""``."""
    own = table[key].fill_null("")
    if all(key in level for level in levels):
        return own
    apart = [place for place, level in enumerate(levels) if key in level]
    return ibis.cases((table.level.isin(apart), own), else_="")


def _numbers(table: Table, measure: Measure) -> dict[str, ibis.Value]:
    """Return a measure's aggregates; ``rows`` counts those its condition lets in."""
    what = f"measure '{measure.id}'"
    where = condition(measure.where, table, what=what) if measure.where else None
    numbers = {"numerator": aggregate(measure.numerator, table, what=what, where=where)}
    if measure.denominator:
        numbers["denominator"] = aggregate(measure.denominator, table, what=what, where=where)
    if where is not None:
        numbers["rows"] = table.count(where=where)
    return {
        name: expression if isinstance(expression, ibis.Value) else ibis.literal(expression)
        for name, expression in numbers.items()
    }


def _sorted(frame: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    if "period" in groups:
        frame["period"] = frame["period"].astype("datetime64[us]")
    return frame.sort_values(groups, kind="stable", ignore_index=True) if groups else frame


def _in_it(part: pd.DataFrame, rows: str) -> Any:
    """Whether a group has rows that the measure's condition lets in."""
    return part[rows].to_numpy() > 0 if rows in part else np.ones(len(part), dtype=bool)


def _counted(part: pd.DataFrame, place: int, measure: Measure) -> dict[str, np.ndarray]:
    """Return numerator, denominator and value of one measure for every group."""

    def column(name: str) -> np.ndarray:
        if f"{name}{place}" not in part:
            return np.full(len(part), np.nan)
        return part[f"{name}{place}"].to_numpy(dtype="float64", na_value=np.nan)

    value = numerator = column("numerator")
    denominator = column("denominator")
    if measure.denominator:
        value = numerator / np.where(denominator != 0, denominator, np.nan)
    value = value * 100 if measure.unit == "percent" else value
    return dict(zip(COLUMNS, (numerator, denominator, value), strict=True))


def _partial(dates: np.ndarray, period: Period | None, as_of: dt.date | None) -> pd.Timestamp | None:
    """First day of the last period, where the data end before that period does."""
    if period is None or as_of is None or not len(dates):
        return None
    day = pd.Timestamp(as_of)
    start = day.to_period("W" if period == "week" else "M")
    cut = day.normalize() < start.end_time.normalize()
    return start.start_time if cut and bool(dates.max() >= start.start_time.to_datetime64()) else None
