"""The current level of a series, with an interval that allows for chance."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.performance import far_reaching

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
    Variation"), so that a shift inside the window does not inflate it; points that resemble those
    shortly before widen the interval by sqrt((1 + r) / (1 - r)), r being the correlation of
    neighbours over the whole series, or that which a slow wave comes to, at most 0.7.

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
    at, numbers = pd.to_datetime(periods).to_numpy(), values.to_numpy(dtype="float64", na_value=np.nan)
    known = ~(np.isnat(at) | np.isnan(numbers))
    at, numbers = at[known], numbers[known]
    if len(numbers) < 2:
        return Level(np.nan, np.nan, np.nan, len(numbers))
    start = pd.to_datetime(str(since)) if since is not None else pd.NaT
    after = numbers[at >= start.to_datetime64()] if pd.notna(start) else numbers[:0]
    recent = (after if len(after) >= FEWEST else numbers)[-RECENT:]
    spread = float(np.abs(np.diff(recent, prepend=recent[0])).sum() / (len(recent) - 1)) / D2
    half = 1.96 * spread * np.sqrt(_inflation(numbers) / len(recent))
    mean = float(recent.sum() / len(recent))
    return Level(mean, mean - half, mean + half, len(recent))


def _inflation(values: np.ndarray) -> float:
    """How much more the variance of a mean is, as points resemble those shortly before them.

    Bartlett (1946): ``1 + 2 (r1 + r2 + ...)``; the lags that count are those of
    :func:`reviewkit.performance.far_reaching`, one for every twelve points. A level that changed is
    followed by the median of a quarter of the series, so that it does not pass for resemblance.
    """
    if len(values) < 12:
        return 1.0
    steps = values - _running_median(values, max(13, len(values) // 8 * 2 + 1))
    if not steps.std():
        return 1.0
    near = float(np.nan_to_num(pd.Series(steps).autocorr(1)))
    far = float(far_reaching((steps - steps.mean())[None, :])[0])
    r = float(np.clip(max(near, far), 0.0, 0.7))
    return (1 + r) / (1 - r)


def _running_median(values: np.ndarray, width: int = 13) -> np.ndarray:
    """Return the median of each value and its neighbours, as many as there are, ``width`` at most.

    >>> _running_median(np.array([1.0, 5.0, 2.0, 9.0]), 3).tolist()
    [3.0, 2.0, 5.0, 5.5]
    """
    edge = np.full(width // 2, np.nan)
    windows = np.sort(np.lib.stride_tricks.sliding_window_view(np.concatenate([edge, values, edge]), width))
    rows, there = np.arange(len(values)), (~np.isnan(windows)).sum(axis=1)
    # Missing neighbours are sorted to the end.
    middle: np.ndarray = (windows[rows, (there - 1) // 2] + windows[rows, there // 2]) / 2
    return middle
