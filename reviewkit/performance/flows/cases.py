"""One row a customer out of an event log, asked for where the log lies and never brought back as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple, TypeAlias

import ibis
import pandas as pd
from ibis import Table

from reviewkit.model import InputError

from ..names import refuse_clash

INACTIVE_DAYS = 90
"""Without an event for so long a customer counts as having left."""
DAY = 86_400
_MADE = ["case", "first", "last", "finished", "done", "moment", "period", "customers", "kind"]
_MADE += ["on_flow", "off_flow", "throughput", "caseload", "settled", "days", "closed", "day", "came"]
_MADE += ["reached", "share", "lower", "upper", "days_to", "watched"]
"""Columns of what is made from customers, of which no unit may bear the name."""
Events: TypeAlias = pd.DataFrame | Table
"""An event log: a frame, or a table in a database."""


class Served(NamedTuple):
    """Customers of an event log.

    ``cases`` has a row a customer (an Ibis expression: ``first, last, finished, done``, the moment of
    finishing, and the units of the first event); ``end`` is the day up to which the log reaches,
    ``known`` the last moment at which it can be told who was still a customer; ``left_out`` counts
    events without customer, activity or time, or later than the end.
    """

    cases: Table
    end: pd.Timestamp
    known: pd.Timestamp
    left_out: int


def served(
    events: Events,
    goals: Collection[str],
    *,
    case: str,
    activity: str,
    at: str,
    by: Sequence[str] = (),
    as_of: dt.date | None = None,
) -> Served | None:
    """Return the customers of an event log; none where it has no event that can be used.

    Raises
    ------
    InputError : a column is not there or has a name of the result's, or times are mixed with and
        without a zone.
    """
    for name in (case, activity, at, *by):
        if name not in events.columns:
            fix = f"Name one of {', '.join(map(str, events.columns))}."
            raise InputError("the event log has no such column", column=name, fix=fix)
    refuse_clash(by, _MADE)
    table = _table(events, at, [case, activity, at, *by])
    if not table[at].type().is_temporal():
        raise InputError("the event log's times are no times", column=at, fix="Give dates, all in one zone.")
    when = table[at].cast("timestamp")
    usable = table[case].notnull() & table[activity].notnull() & when.notnull()
    if as_of:
        usable &= when < pd.Timestamp(as_of) + pd.Timedelta(days=1)
    asked = {"all": table.count(), "kept": usable.sum(), "until": when.max(where=usable)}
    told = table.aggregate(**asked).execute().iloc[0]
    if not told["kept"] or pd.isna(told["kept"]):
        return None
    end = pd.Timestamp(as_of) if as_of else pd.Timestamp(told["until"])
    log = table.filter(usable).mutate(moment=when)
    made = {"first": log.moment.min(), "last": log.moment.max()}
    at_goal = log[activity].isin(list(goals)) if goals else ibis.literal(False)
    made["finished"] = at_goal.any() if goals else at_goal
    made["done"] = log.moment.min(where=at_goal)
    made |= {name: _unit(log[name]).argmin(log.moment) for name in by}
    cases = log.group_by(log[case].name("case")).aggregate(**made)
    # Somebody silent since then has been silent for more than INACTIVE_DAYS.
    known = end - pd.Timedelta(days=INACTIVE_DAYS + 1)
    return Served(cases, end, known, int(told["all"] - told["kept"]))


def _unit(column: ibis.expr.types.Value) -> ibis.expr.types.Value:
    """Return a unit as text, ``""`` where there is none."""
    return (column if column.type().is_string() else column.cast("string")).fill_null("")


def _table(events: Events, at: str, names: Sequence[str]) -> Table:
    """Return the columns asked for as a table; a frame's times in UTC, to the microsecond."""
    if isinstance(events, Table):
        return events
    frame = events[list(dict.fromkeys(names))]
    frame.attrs = {}
    times = frame[at]
    if times.dtype == object and pd.api.types.infer_dtype(times, skipna=True) == "date":
        times = pd.to_datetime(times)
    if isinstance(times.dtype, pd.DatetimeTZDtype):
        times = times.dt.tz_convert("UTC").dt.tz_localize(None)
    if not pd.api.types.is_datetime64_any_dtype(times):
        fix = "Give dates, all in one zone."
        raise InputError("the event log's times are no times, or of several zones", column=at, fix=fix)
    # Texts and numbers in one column have no type of their own in a database.
    texts = {
        name: column.astype("str").where(column.notna())
        for name, column in ((str(name), frame[name]) for name in frame)
        if name != at and column.dtype == object and pd.api.types.infer_dtype(column).startswith("mixed")
    }
    return ibis.memtable(frame.assign(**texts, **{at: times.dt.floor("us").astype("datetime64[us]")}))
