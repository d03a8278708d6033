"""What a measure did after an action began, judged against how it was just before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.performance import level_changes, xmr

from .before_after import ALPHA, Change, change_at

FEWEST = {"month": 3, "week": 6}
"""Points after the start before a level is read, or a camp counts as reached."""
STEADY = 6
"""Steady points before the start that limits can be read from."""


class After(NamedTuple):
    """What a series shows since a start.

    ``signal`` (``improvement``, ``concern``, ``none``, ``too_early`` or ``""`` without figures),
    ``latest`` point, ``level`` (mean since the start), ``before`` (mean of the ``steady`` points
    that fix the limits), ``points`` since the start, ``change`` with its interval and chance,
    ``limits_from`` (first of the steady points), ``limits_reason`` (why there) and ``seasonal`` (whether the
    change allows for the time of year).
    """

    signal: str
    latest: float
    level: float
    before: float
    points: int
    steady: int = 0
    change: float = np.nan
    low: float = np.nan
    high: float = np.nan
    chance: float = np.nan
    limits_from: Any = pd.NaT
    limits_reason: str = ""
    seasonal: bool = False


def after(
    points: pd.DataFrame,
    starts: pd.Timestamp,
    direction: str,
    period: str = "month",
    changed: Sequence[pd.Timestamp] = (),
) -> After:
    """Return what a series shows after ``starts``; see :func:`signal_after` for the rules.

    ``points`` has ``period`` and ``value``; ``changed`` are dates from which the process, or the
    way of counting, is said to have been another: only points since the last one before the
    start count as before.
    """
    points = points.dropna(subset=["value"]) if len(points) else points
    if points.empty or pd.isna(starts):
        return After("", np.nan, np.nan, np.nan, 0)
    points = points.sort_values("period")
    later = points[points["period"] >= starts]
    before, reason = _frozen(points, starts, period, changed)
    level = float(later["value"].mean()) if len(later) >= FEWEST[period] else np.nan
    known = float(before["value"].mean()) if len(before) else np.nan
    latest = float(points["value"].iloc[-1])
    first = before["period"].iloc[0] if len(before) else pd.NaT
    found = After(
        "too_early", latest, level, known, len(later), len(before), limits_from=first, limits_reason=reason
    )
    if len(later) < FEWEST[period] or len(before) < STEADY:
        return found
    begin, end = points["period"].iloc[0], points["period"].iloc[-1]
    breaks: set[Any] = {first, *(at for at in changed if pd.notna(at) and at < first)}
    change = change_at(points, starts, breaks=sorted(at for at in breaks if begin < at <= end))
    return found._replace(
        signal=_signal(before, later, change, direction),
        change=change.size,
        low=change.low,
        high=change.high,
        chance=change.chance,
        seasonal=change.seasonal,
    )


def signal_after(points: pd.DataFrame, starts: pd.Timestamp, direction: str, period: str = "month") -> str:
    """Return the signal that the points at or after ``starts`` show.

    Limits are frozen at the steady points before the start: those since the last lasting change
    of level, so that what went wrong before an action is not counted against it. A signal takes
    three things: a point since the start that a rule of the process behaviour chart flags
    (:func:`reviewkit.performance.xmr`), a change whose 95 % interval leaves out nought
    (:func:`reviewkit.plan.change_at`), and a change that holds: the last three points
    stay at least a third of it away from the level before. Else ``none``. Fewer than three
    months or six weeks since the start, or six steady points before it, are ``too_early``.

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
    return after(points, starts, direction, period).signal


def frozen_points(
    points: pd.DataFrame,
    starts: pd.Timestamp,
    direction: str,
    period: str = "month",
    changed: Sequence[pd.Timestamp] = (),
) -> pd.DataFrame:
    """Return the points of a series with limits frozen at the steady points before ``starts``.

    Columns as :func:`reviewkit.performance.xmr` returns them. Points before the steady ones are a
    phase of their own; ``rebased`` says at the first steady point why limits begin there. Without
    six steady points, limits come from all points.
    """
    way: Any = direction if direction in ("increase", "decrease") else "neutral"
    points = points.sort_values("period").reset_index(drop=True)
    before, reason = _frozen(points, starts, period, changed)
    if len(before) < STEADY:
        return xmr(points, direction=way).assign(rebased="")
    first = before["period"].iloc[0]
    known = points[points["period"] < first]
    earlier = [at for at in changed if pd.notna(at) and (known["period"] < at).any() and at < first]
    early = xmr(known, direction=way, rebase=earlier).assign(rebased="")
    kept = xmr(points[points["period"] >= first], direction=way, baseline=len(before)).assign(rebased="")
    if early.empty:
        return kept
    kept["phase"] += early["phase"].max() + 1
    kept.loc[kept.index[0], "rebased"] = reason
    joined = pd.concat([early, kept])
    joined.attrs = {}
    return joined


def steady(
    points: pd.DataFrame, starts: pd.Timestamp, period: str = "month", changed: Sequence[pd.Timestamp] = ()
) -> pd.DataFrame:
    """Return the points before ``starts`` since the last lasting change of level, or of the process.

    >>> months = pd.date_range("2023-01-01", periods=24, freq="MS")
    >>> values = [70.0, 71.0] * 6 + [60.0, 61.0] * 6
    >>> len(steady(pd.DataFrame({"period": months, "value": values}), pd.Timestamp("2025-01-01")))
    12
    """
    return _frozen(points, starts, period, changed)[0]


def _frozen(
    points: pd.DataFrame, starts: pd.Timestamp, period: str, changed: Sequence[pd.Timestamp]
) -> tuple[pd.DataFrame, str]:
    """The points that fix the limits, and why they begin where they do; ``""`` at the first point."""
    before = points[points["period"] < starts].dropna(subset=["value"])
    known = [at for at in changed if pd.notna(at) and at < starts and (before["period"] < at).any()]
    reason = ""
    if known:
        before = before[before["period"] >= max(known)]
        reason = f"the process changed, as local knowledge of {max(known):%B %Y} says"
    series = before[["period", "value"]].assign(measure="")
    found = level_changes(series, keys=["measure"], period=period)
    sure = found[found["chance_adjusted"] < ALPHA]
    if sure.empty:
        return before, reason
    since = sure["since"].iloc[0]
    return before[before["period"] >= since], f"the level changed lastingly in {since:%B %Y}"


def _signal(before: pd.DataFrame, later: pd.DataFrame, change: Change, direction: str) -> str:
    if not change.chance < ALPHA:
        return "none"
    both = pd.concat([before, later])[["period"]].assign(value=change.adjusted.to_numpy())
    way: Any = "decrease" if direction == "decrease" else "increase"
    read = xmr(both, direction=way, baseline=len(before))["signal"].iloc[len(before) :]
    better = change.size * (-1 if direction == "decrease" else 1) > 0
    wanted = "improvement" if better else "concern"
    old = float(change.adjusted.iloc[: len(before)].mean())
    recent = float(change.adjusted.iloc[-3:].mean()) - old
    holds = recent * np.sign(change.size) >= abs(change.size) / 3
    return wanted if holds and read.eq(wanted).any() else "none"
