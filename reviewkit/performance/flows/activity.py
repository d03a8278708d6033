"""What a level of outcomes takes in activity: customers coming on, given how many of them get there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..journeys.interval import wilson
from .cases import DAY, Events, served
from .ramp import WEEKS_A_MONTH

FEWEST = 30
"""Customers below whom a share of them is not worked out."""
DAYS_A_MONTH = 365.25 / 12


def conversion(
    events: Events,
    goals: Collection[str],
    *,
    follow_up: int,
    case: str,
    activity: str,
    at: str,
    by: Sequence[str] = (),
    as_of: dt.date | None = None,
) -> pd.DataFrame:
    """Return how many customers reach the journey's end, of those who have had time to.

    Counted are customers who came on at least ``follow_up`` days before it could last be told who
    had left: of later ones only the fast could have got there.

    Returns
    -------
    The columns of ``by``, ``came, reached, share`` with Wilson's 95 % interval ``lower, upper`` (missing
    for fewer than 30 customers), ``days_to`` (median days from first event to the end, of those who
    got there).

    Examples
    --------
    >>> log = pd.DataFrame({"c": [1, 1, 2], "what": ["in", "out", "in"],
    ...                     "at": pd.to_datetime(["2025-01-01", "2025-01-11", "2025-01-05"])})
    >>> conversion(log, ["out"], follow_up=30, case="c", activity="what", at="at",
    ...            as_of=dt.date(2025, 8, 31))[["came", "reached", "days_to"]].values.tolist()
    [[2.0, 1.0, 10.0]]
    """
    found = served(events, goals, case=case, activity=activity, at=at, by=by, as_of=as_of)
    columns = [*by, "came", "reached", "share", "lower", "upper", "days_to"]
    if found is None:
        return pd.DataFrame(columns=columns)
    days = (found.cases.done.epoch_seconds() - found.cases.first.epoch_seconds()) / DAY
    old = found.cases.mutate(days=days.cast("float64"))
    old = old.filter(old.first <= found.known - pd.Timedelta(days=follow_up))
    made = {
        "came": old.count(),
        "reached": old.finished.sum().fill_null(0),
        "days_to": old.days.median(where=old.finished),
    }
    table: pd.DataFrame = (old.group_by(*by).aggregate(**made) if by else old.aggregate(**made)).execute()
    table = table.astype({"came": "int64", "reached": "int64", "days_to": "float64"})
    enough = table["came"] >= FEWEST
    table["share"] = (table["reached"] / table["came"].where(enough)).astype("float64")
    table["lower"], table["upper"] = wilson(table["share"], table["came"])
    return table.sort_values(list(by))[columns].reset_index(drop=True) if by else table[columns]


def on_flow_needed(
    outcomes: float, left: int, on_flow: float, row: Mapping[Any, Any], *, period: str = "month"
) -> dict[str, float]:
    """Return how many customers must come on each period for so many outcomes to come by the end.

    Half of those who get there take longer than the median ``days_to``, so what the next such
    periods bring rests on who is on already, taken to have come at the present rate. With ``lag``
    periods that long and conversion ``c``, the starts of the ``left - lag`` periods that can still count
    must be ``(outcomes / c - on_flow * lag) / (left - lag)``. The range is that of ``c``.

    Parameters
    ----------
    outcomes : wanted in all from now to the end.
    left : periods to the end.
    on_flow : customers coming on a period now.
    row : of :func:`conversion`: ``share, lower, upper, days_to``.
    period : ``"month"`` or ``"week"``.

    Returns
    -------
    ``needed, low, high`` (customers a period), ``lag`` (periods), ``counting`` (periods whose starts can
    still count); the first three are missing where none can, or where nobody got there.

    Examples
    --------
    >>> row = {"share": 0.5, "lower": 0.4, "upper": 0.625, "days_to": 61.0}
    >>> on_flow_needed(240, 12, 30, row)
    {'needed': 42.0, 'low': 32.4, 'high': 54.0, 'lag': 2.0, 'counting': 10.0}
    """
    a_period = DAYS_A_MONTH / (WEEKS_A_MONTH if period == "week" else 1)
    lag = float(np.round(row["days_to"] / a_period)) if pd.notna(row["days_to"]) else np.nan
    counting = left - lag
    made = {"lag": lag, "counting": counting}

    def starts(share: float) -> float:
        if not (counting >= 1 and share > 0):
            return np.nan
        return max(0.0, float((outcomes / share - on_flow * lag) / counting))

    return {
        "needed": starts(row["share"]), "low": starts(row["upper"]), "high": starts(row["lower"]), **made
    }  # fmt: skip
