"""What is still to be delivered under a contract: the level needed from now on, and the ways up to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import InputError

WEEKS_A_MONTH = 365.25 / 12 / 7
DELAYS = (0, 1, 2, 3)
"""Months after which a step up or a ramp may begin."""


def ramp_up(
    points: pd.DataFrame, ends: dt.date, *, adds_up: bool, period: str = "month"
) -> dict[str, Any] | None:
    """Return what each remaining period must bring for the contract to be met by its end.

    Parameters
    ----------
    points : one series: ``period, numerator, denominator, value, target``.
    ends : last day of the contract.
    adds_up : the target is a number a period, so that shortfalls add up; otherwise it is a
        level, and the average over the contract, weighted by volume, must reach it.
    period : ``"month"`` or ``"week"``.

    Returns
    -------
    ``delivered, due`` (so far, or the average level and the target), ``now`` (mean of the
    last three periods), ``needed`` (a period, from today to the end), ``left`` (periods), ``change``
    (needed / now - 1), ``volume`` (mean denominator of the last three periods, 1 where there is
    none); none where there is no target or no period left.

    Examples
    --------
    >>> points = pd.DataFrame({"period": pd.to_datetime(["2025-01-01", "2025-02-01"]),
    ...                        "numerator": [8.0, 8.0], "denominator": [np.nan, np.nan],
    ...                        "value": [8.0, 8.0], "target": [10.0, 10.0]})
    >>> ramp_up(points, dt.date(2025, 4, 30), adds_up=True)["needed"]
    12.0
    """
    rows = points[points["target"].notna() & points["value"].notna()].sort_values("period", kind="stable")
    if rows.empty:
        return None
    if not np.isfinite(rows["value"]).all():
        raise InputError("a value of the series is infinite", column="value", fix="Leave that period out.")
    left = _periods_left(rows["period"].max(), ends, period)
    if left < 1:
        return None
    target, now = float(rows["target"].iloc[-1]), float(rows["value"].tail(3).mean())
    weights = _weights(rows["denominator"].astype("float64"), adds_up)
    if adds_up:
        delivered, due = float(rows["value"].sum()), float(rows["target"].sum())
        needed = (due + target * left - delivered) / left
    else:
        delivered, due = float(np.average(rows["value"], weights=weights)), target
        volume, ahead = float(weights.sum()), float(weights.tail(3).mean()) * left
        needed = (target * (volume + ahead) - delivered * volume) / ahead
    change = needed / now - 1 if now else float("nan")
    made = {"delivered": delivered, "due": due, "now": now, "needed": needed, "left": left, "change": change}
    return {**made, "volume": float(weights.tail(3).mean())}


def ramps_from(
    need: Mapping[str, Any], *, delays: Sequence[int] = DELAYS, period: str = "month"
) -> pd.DataFrame:
    """Return how high a later start must go: in one step, or along a straight line to the end.

    Until the start the level of now goes on. With ``m`` periods left from the start, all of them must
    average ``x = (needed * left - now * wait) / m``. A step goes to ``x`` at once; a line that rises by the
    same amount each period must end at ``now + (x - now) * 2m / (m + 1)``. Arithmetic, no forecast; a
    level's volume is taken to stay as it is.

    Parameters
    ----------
    need : as :func:`ramp_up` returns it.
    delays : months from now to the start.

    Returns
    -------
    ``starts_in`` (months), ``left`` (periods from then), ``step_to``, ``line_to``; starts after the end have
    no row.

    Examples
    --------
    >>> ramps_from({"now": 8.0, "needed": 10.0, "left": 4}, delays=[0, 1]).round(2).values.tolist()
    [[0.0, 4.0, 10.0, 11.2], [1.0, 3.0, 10.67, 12.0]]
    """
    rows = pd.DataFrame({"starts_in": list(delays)})
    wait = (rows["starts_in"] * (WEEKS_A_MONTH if period == "week" else 1)).round()
    rows["left"] = need["left"] - wait
    rows = rows[rows["left"] >= 1].reset_index(drop=True)
    left, now = rows["left"], float(need["now"])
    rows["step_to"] = (need["needed"] * need["left"] - now * (need["left"] - left)) / left
    rows["line_to"] = now + (rows["step_to"] - now) * 2 * left / (left + 1)
    return rows.astype({"left": "int64"})


def _weights(volumes: pd.Series[float], adds_up: bool) -> pd.Series[float]:
    """Return volumes, the mean of the others where one is missing, and 1 where there is none at all."""
    wrong = ~np.isfinite(volumes.fillna(0)) | (volumes < 0)
    recent = volumes.tail(3)
    if wrong.any() or (not adds_up and (volumes.sum() == 0 or recent.sum() == 0) and recent.notna().any()):
        raise InputError("volumes are infinite or below 0, or the last three are 0", column="denominator",
                         fix="Leave such periods out.")  # fmt: skip
    return volumes.fillna(volumes.mean()).fillna(1.0)


def _periods_left(last: pd.Timestamp, ends: dt.date, period: str) -> int:
    end = pd.Timestamp(ends)
    if period == "week":
        return (end - last).days // 7
    return (end.year - last.year) * 12 + end.month - last.month
