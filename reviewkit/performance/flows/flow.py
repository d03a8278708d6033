"""Flow through a service: who comes on, who leaves, and how many are on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import ibis
import pandas as pd

from .cases import DAY, INACTIVE_DAYS, Events, Served, served

__all__ = ["INACTIVE_DAYS", "flow"]
COUNTS = ("on_flow", "off_flow", "throughput")


def flow(
    events: Events,
    steps: Sequence[str],
    *,
    case: str,
    activity: str,
    at: str,
    as_of: dt.date | None = None,
    by: Sequence[str] = (),
    goals: Collection[str] = (),
) -> pd.DataFrame:
    """Return customers coming on, leaving, finishing, and on the books, month by month.

    A customer comes on with the first event, finishes when first at the journey's last step, and
    leaves with the last event once finished, or where 90 days passed without another.
    The caseload counts those who came within the log: its first months are too low, and the
    frame says from when on it is to be read. Only monthly counts leave a database.

    Parameters
    ----------
    events : one row an event, a frame or an Ibis table.
    steps : the journey in order; may be empty, then nobody finishes.
    as_of : date up to which the log reaches; its last event where left out.
    by : columns of units, such as ``("site",)``; a customer belongs to that of the first event.
    goals : steps that end a journey, where there are several journeys; the last of ``steps``
        where left out.

    Returns
    -------
    The columns of ``by``, ``period`` (month), ``on_flow, off_flow, throughput`` (customers in the
    month), ``caseload`` (at its end), ``settled`` (whether the caseload can be read: one median stay
    after the log begins, and 90 days before its end, since nobody can yet be seen to have
    fallen silent after that). A last month cut short is left out. ``attrs["left_out"]`` counts
    events without customer, activity or time, or later than ``as_of``.

    Raises
    ------
    InputError : a column is not there, or times are of several kinds.

    Examples
    --------
    >>> log = pd.DataFrame({"c": [1, 1, 2], "what": ["in", "out", "in"],
    ...                     "at": pd.to_datetime(["2025-01-03", "2025-02-04", "2025-02-10"])})
    >>> flow(log, ["in", "out"], case="c", activity="what", at="at", as_of=dt.date(2025, 2, 28))[
    ...     ["on_flow", "off_flow", "throughput", "caseload"]].values.tolist()
    [[1, 0, 0, 1], [1, 1, 1, 1]]
    """
    ends = set(goals) or set(steps[-1:])
    found = served(events, ends, case=case, activity=activity, at=at, by=by, as_of=as_of)
    if found is None:
        return pd.DataFrame(columns=[*by, "period", *COUNTS, "caseload", "settled"])
    began, ready = _span(found)
    months = pd.period_range(began, found.end, freq="M")
    if found.end.normalize() < months[-1].end_time.normalize():
        months = months[:-1]
    table = _counted(found, months, list(by))
    change = table["on_flow"] - table["off_flow"]
    table["caseload"] = change.groupby([table[name] for name in by]).cumsum() if by else change.cumsum()
    silent = table["period"] + pd.offsets.MonthEnd(1) > found.end - pd.Timedelta(days=INACTIVE_DAYS)
    table["settled"] = (table["period"] >= ready) & ~silent
    table.attrs["left_out"] = found.left_out
    return table


def _left(found: Served) -> ibis.expr.types.BooleanValue:
    return found.cases.finished | (found.cases.last <= found.known)


def _span(found: Served) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return when the first customer came, and when the caseload has had time to fill."""
    seconds = found.cases.last.epoch_seconds() - found.cases.first.epoch_seconds()
    asked = {"began": found.cases.first.min(), "stay": seconds.cast("float64").median(where=_left(found))}
    row = found.cases.aggregate(**asked).execute().iloc[0]
    stay = 0.0 if pd.isna(row["stay"]) else float(row["stay"])
    began = pd.Timestamp(row["began"])
    return began, began + pd.Timedelta(days=stay / DAY)


def _counted(found: Served, months: pd.PeriodIndex, by: list[str]) -> pd.DataFrame:
    """Return the three counts for every month and unit; one question for all."""
    cases = found.cases
    parts = {
        "on_flow": (cases, "first"),
        "off_flow": (cases.filter(_left(found)), "last"),
        "throughput": (cases.filter(cases.finished), "done"),
    }
    asked = [
        part.group_by(*by, period=part[when].truncate("M"))
        .aggregate(customers=part.count())
        .mutate(kind=ibis.literal(name))
        for name, (part, when) in parts.items()
    ]
    rows = ibis.union(*asked).execute()
    rows["period"] = rows["period"].astype("datetime64[us]")
    keys = [*by, "period"]
    wide = rows.pivot_table(index=keys, columns="kind", values="customers", aggfunc="sum", fill_value=0)
    starts = months.to_timestamp().astype("datetime64[us]")
    units = rows[by].drop_duplicates().sort_values(by) if by else pd.DataFrame(index=[0])
    grid = units.merge(pd.DataFrame({"period": starts}), how="cross")
    wide = wide.reindex(columns=list(COUNTS), fill_value=0)
    table = grid.merge(wide.reset_index(), on=keys, how="left").fillna(dict.fromkeys(COUNTS, 0))
    table.columns.name = None
    return table.astype(dict.fromkeys(COUNTS, "int64"))
