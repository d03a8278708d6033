"""What a measure did after an action began, judged against how it was just before."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.performance import level_changes, xmr

FEWEST = {"month": 3, "week": 6}
"""Points after the start before a level is read, or a camp counts as reached."""
STEADY = 6
"""Steady points before the start that limits can be read from."""
ALPHA = 0.05


class After(NamedTuple):
    """Signal after the start, latest point, mean since the start and before it, points since the start."""

    signal: str
    latest: float
    level: float
    before: float
    points: int


def after(points: pd.DataFrame, starts: pd.Timestamp, direction: str, period: str = "month") -> After:
    """Return what a series shows after ``starts``; see :func:`signal_after` for the rules.

    ``points`` has ``period`` and ``value``; ``signal`` is empty where there are none.
    """
    if points.empty or pd.isna(starts):
        return After("", np.nan, np.nan, np.nan, 0)
    later = points[points["period"] >= starts]
    level = float(later["value"].mean()) if len(later) >= FEWEST[period] else np.nan
    before = steady(points, starts, period)
    signal = _signal(before, later, direction, period)
    return After(signal, float(points["value"].iloc[-1]), level, float(before["value"].mean()), len(later))


def signal_after(points: pd.DataFrame, starts: pd.Timestamp, direction: str, period: str = "month") -> str:
    """Return the signal that the points at or after ``starts`` show.

    Limits come from the steady points before the start: those since the last lasting change
    of level, so that what went wrong before an action is not counted against it. The last
    point's signal counts, and only where the mean since the start lies on the same side of
    the mean before; else ``none``. Fewer than three months or six weeks since the start, or
    six steady points before it, are ``too_early``.

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=20, freq="MS")
    >>> values = [60, 61, 59, 60, 62, 60, 59, 61, 60, 60, 61, 59] + [68, 69, 70, 68, 69, 70, 71, 69]
    >>> points = pd.DataFrame({"period": months, "value": values})
    >>> signal_after(points, pd.Timestamp("2025-01-01"), "increase")
    'improvement'
    >>> signal_after(points.head(13), pd.Timestamp("2025-01-01"), "increase")
    'too_early'
    """
    return _signal(steady(points, starts, period), points[points["period"] >= starts], direction, period)


def _signal(before: pd.DataFrame, later: pd.DataFrame, direction: str, period: str) -> str:
    if len(later) < FEWEST[period] or len(before) < STEADY:
        return "too_early"
    way: Any = direction if direction in ("increase", "decrease") else "neutral"
    both = pd.concat([before, later])[["period", "value"]].sort_values("period")
    last = str(xmr(both, direction=way, baseline=len(before))["signal"].iloc[-1])
    gain = float(later["value"].mean() - before["value"].mean()) * (-1 if direction == "decrease" else 1)
    agrees = gain > 0 if last == "improvement" else gain < 0
    return last if last in ("improvement", "concern") and agrees else "none"


def steady(points: pd.DataFrame, starts: pd.Timestamp, period: str = "month") -> pd.DataFrame:
    """Return the points before ``starts`` since the last lasting change of level.

    >>> months = pd.date_range("2023-01-01", periods=24, freq="MS")
    >>> values = [70.0, 71.0] * 6 + [60.0, 61.0] * 6
    >>> len(steady(pd.DataFrame({"period": months, "value": values}), pd.Timestamp("2025-01-01")))
    12
    """
    before = points[points["period"] < starts].dropna(subset=["value"])
    series = before[["period", "value"]].assign(measure="")
    found = level_changes(series, keys=["measure"], period=period)
    sure = found[found["chance_adjusted"] < ALPHA]
    return before[before["period"] >= sure["since"].iloc[0]] if len(sure) else before
