"""The current level of a series, with an interval that allows for chance."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

RECENT = 12
FEWEST = 6
# Wheeler's bias correction: for pairs, the mean moving range is 1.128 standard deviations.
D2 = 1.128


class Level(NamedTuple):
    """The mean of the latest points and its 95 per cent interval; ``n`` points went into it."""

    mean: float
    lower: float
    upper: float
    n: int


def current_level(periods: pd.Series[Any], values: pd.Series[Any], since: object = None) -> Level:
    """Return the level now: since the current signal began, or the last 12 points.

    The standard deviation comes from the moving range (mean / 1.128, Wheeler, "Understanding
    Variation"), so that a shift inside the window does not inflate it; neighbouring points
    that resemble one another widen the interval by sqrt((1 + r) / (1 - r)), r being the
    correlation of neighbours over the whole series, at most 0.7.

    Parameters
    ----------
    periods, values : the series, oldest first; missing values are left out.
    since : date from which the present level holds; used where 6 points or more follow it.

    Returns
    -------
    A :class:`Level`; all missing where there are fewer than two points.

    Examples
    --------
    >>> days = pd.Series(pd.date_range("2024-01-01", periods=24, freq="MS"))
    >>> level = current_level(days, pd.Series([10.0, 12.0] * 12))
    >>> level.mean, level.n
    (11.0, 12)
    """
    table = pd.DataFrame({"at": pd.to_datetime(periods), "value": values.astype("float64")}).dropna()
    if len(table) < 2:
        return Level(np.nan, np.nan, np.nan, len(table))
    start = pd.to_datetime(str(since)) if since is not None else pd.NaT
    after = table[table["at"] >= start] if pd.notna(start) else table.iloc[:0]
    recent = (after if len(after) >= FEWEST else table).tail(RECENT)["value"]
    spread = float(recent.diff().abs().mean()) / D2
    half = 1.96 * spread * np.sqrt(_inflation(table["value"]) / len(recent))
    mean = float(recent.mean())
    return Level(mean, mean - half, mean + half, len(recent))


def _inflation(values: pd.Series[Any]) -> float:
    steps = values - values.rolling(13, center=True, min_periods=4).median()
    if len(steps) < 12 or not steps.std():
        return 1.0
    r = float(np.clip(np.nan_to_num(steps.autocorr(1)), 0.0, 0.7))
    return (1 + r) / (1 - r)
