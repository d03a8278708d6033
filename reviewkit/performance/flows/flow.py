"""Flow through a service: who comes on, who leaves, how many are on, and what is still to be delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from ibis import Table

from ..journeys.paths import case_paths

INACTIVE_DAYS = 90
"""Without an event for so long a customer counts as having left."""


def flow(
    events: pd.DataFrame,
    steps: Sequence[str],
    *,
    case: str,
    activity: str,
    at: str,
    as_of: dt.date | None = None,
) -> pd.DataFrame:
    """Return customers coming on, leaving, finishing, and on the books, month by month.

    A customer comes on with the first event, finishes with the journey's last step, and
    leaves with the last event where that is the last step or 90 days passed without another.
    The caseload counts those who came within the log: its first months are too low, and the
    frame says from when on it is to be read.

    Parameters
    ----------
    events : one row an event.
    steps : the journey in order; may be empty, then nobody finishes.
    as_of : date up to which the log reaches; its last event where left out.

    Returns
    -------
    ``period`` (month), ``on_flow, off_flow, throughput`` (customers in the month),
    ``caseload`` (at its end), ``settled`` (whether the caseload can be read: one median stay
    after the log begins, and 90 days before its end, since nobody can yet be seen to have
    fallen silent after that). A last month cut short is left out.

    Examples
    --------
    >>> log = pd.DataFrame({"c": [1, 1, 2], "what": ["in", "out", "in"],
    ...                     "at": pd.to_datetime(["2025-01-03", "2025-02-04", "2025-02-10"])})
    >>> flow(log, ["in", "out"], case="c", activity="what", at="at", as_of=dt.date(2025, 2, 28))[
    ...     ["on_flow", "off_flow", "throughput", "caseload"]].values.tolist()
    [[1, 0, 0, 1], [1, 1, 1, 1]]
    """
    paths = case_paths(events, case=case, activity=activity, at=at)
    if paths.empty:
        return pd.DataFrame(columns=["period", "on_flow", "off_flow", "throughput", "caseload", "settled"])
    end = pd.Timestamp(as_of) if as_of else pd.Timestamp(paths["last"].max())
    goal = steps[-1] if steps else None
    finished = np.array([goal in path for path in paths["variant"]], dtype=bool)
    left = finished | ((end - paths["last"]).dt.days > INACTIVE_DAYS).to_numpy()
    months = pd.period_range(paths["first"].min(), end, freq="M")
    months = months[:-1] if end.normalize() < months[-1].end_time.normalize() else months
    table = pd.DataFrame({"period": months.to_timestamp().astype("datetime64[us]")})
    counts = {
        "on_flow": paths["first"],
        "off_flow": paths["last"][left],
        "throughput": paths["last"][finished],
    }
    for name, times in counts.items():
        table[name] = times.dt.to_period("M").value_counts().reindex(months, fill_value=0).to_numpy()
    table["caseload"] = (table["on_flow"] - table["off_flow"]).cumsum()
    stay = (paths["last"] - paths["first"])[left].median()
    ready = paths["first"].min() + (stay if pd.notna(stay) else pd.Timedelta(0))
    silent = table["period"] + pd.offsets.MonthEnd(1) > end - pd.Timedelta(days=INACTIVE_DAYS)
    table["settled"] = (table["period"] >= ready) & ~silent
    return table


def contact_time(contacts: Table) -> pd.DataFrame:
    """Return contact time by the customer's readiness; only three rows leave the database.

    Parameters
    ----------
    contacts : the evidence table, with ``readiness`` and ``handle_seconds``.

    Returns
    -------
    ``readiness, contacts, minutes`` (mean a contact), ``share`` (of all contact time, 0 to
    1), from ready to not ready.

    Examples
    --------
    >>> import ibis
    >>> contacts = ibis.memtable({"readiness": ["ready", "not_ready"], "handle_seconds": [60.0, 180.0]})
    >>> contact_time(contacts)[["minutes", "share"]].values.tolist()
    [[1.0, 0.25], [3.0, 0.75]]
    """
    seconds = contacts["handle_seconds"]
    known = contacts.filter(contacts["readiness"].notnull() & seconds.notnull())
    sums = {"contacts": known.count(), "time": known["handle_seconds"].sum()}
    table: pd.DataFrame = known.group_by("readiness").aggregate(**sums).execute()
    table["minutes"], table["share"] = (
        table["time"] / table["contacts"] / 60,
        table["time"] / table["time"].sum(),
    )
    order = table["readiness"].map({"ready": 0, "nearly_ready": 1, "not_ready": 2}).argsort()
    return table.iloc[order][["readiness", "contacts", "minutes", "share"]].reset_index(drop=True)


def ramp_up(
    points: pd.DataFrame, ends: dt.date, *, adds_up: bool, period: str = "month"
) -> dict[str, Any] | None:
    """Return what each remaining period must bring for the contract to be met by its end.

    Parameters
    ----------
    points : one series in time order: ``period, numerator, denominator, value, target``.
    ends : last day of the contract.
    adds_up : the target is a number a period, so that shortfalls add up; otherwise it is a
        level, and the average over the contract, weighted by volume, must reach it.
    period : ``"month"`` or ``"week"``.

    Returns
    -------
    ``delivered, due`` (so far, or the average level and the target), ``now`` (mean of the
    last three periods), ``needed`` (a period, from today to the end), ``left`` (periods), ``change``
    (needed / now - 1); none where there is no target or no period left.

    Examples
    --------
    >>> points = pd.DataFrame({"period": pd.to_datetime(["2025-01-01", "2025-02-01"]),
    ...                        "numerator": [8.0, 8.0], "denominator": [np.nan, np.nan],
    ...                        "value": [8.0, 8.0], "target": [10.0, 10.0]})
    >>> ramp_up(points, dt.date(2025, 4, 30), adds_up=True)["needed"]
    12.0
    """
    rows = points[points["target"].notna() & points["value"].notna()]
    if rows.empty:
        return None
    left = _periods_left(rows["period"].max(), ends, period)
    if left < 1:
        return None
    target, now = float(rows["target"].iloc[-1]), float(rows["value"].tail(3).mean())
    if adds_up:
        delivered, due = float(rows["value"].sum()), float(rows["target"].sum())
        needed = (due + target * left - delivered) / left
    else:
        weights = rows["denominator"].fillna(1.0)
        delivered, due = float(np.average(rows["value"], weights=weights)), target
        volume, ahead = float(weights.sum()), float(weights.tail(3).mean()) * left
        needed = (target * (volume + ahead) - delivered * volume) / ahead
    change = needed / now - 1 if now else float("nan")
    return {"delivered": delivered, "due": due, "now": now, "needed": needed, "left": left, "change": change}


def _periods_left(last: pd.Timestamp, ends: dt.date, period: str) -> int:
    end = pd.Timestamp(ends)
    if period == "week":
        return (end - last).days // 7
    return (end.year - last.year) * 12 + end.month - last.month
