"""The limits of an XmR chart: mean, average moving range, and what is screened from it."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from .runs import Flags, Floats, Ints, Runs

LIMIT = 2.66
"""Multiplies the average moving range into the distance from mean to limit: 3 / 1.128."""
MEDIAN_LIMIT = 3.145
"""The same for the median moving range: 3 / 0.954 (Wheeler, *Making Sense of Data*, 2003)."""
SCREEN = 3.267
"""A moving range this many times the average, or more, is left out once."""

Average = Literal["mean", "median"]


def limits(
    values: Floats,
    groups: Ints,
    *,
    baseline: int | None = None,
    screen: bool = True,
    average: Average = "mean",
) -> tuple[Floats, Floats]:
    """Return mean and distance from mean to limit for each point's group.

    The distance is 2.66 times the mean moving range, or 3.145 times the median moving range.
    ``values`` has no missing entries and is in order; ``groups`` numbers series and phase
    from 0. Moving ranges at or above 3.267 times their mean are left out once, and only of
    the mean: a median needs no screening. The mean keeps every point.

    >>> mean, width = limits(np.array([3.0, 4.0, 5.0]), np.array([0, 0, 0]))
    >>> float(mean[0]), float(width[0])
    (4.0, 2.66)
    """
    size = int(groups.max()) + 1 if len(groups) else 0
    rank = np.arange(len(groups)) - Runs(groups).first
    used = rank < (baseline or len(groups) + 1)
    mean = _average(values, groups, used, size)
    moving = np.abs(np.diff(values, prepend=np.nan))
    ranges = used & (rank > 0)
    if average == "median":
        return mean[groups], MEDIAN_LIMIT * median_of(moving, groups, ranges, size)[groups]
    level = _average(moving, groups, ranges, size)
    if screen:
        # A constant series has an average of 0, which no range is to be compared with.
        ranges &= ~((moving >= SCREEN * level[groups]) & (level[groups] > 0))
        level = _average(moving, groups, ranges, size)
    return mean[groups], LIMIT * level[groups]


def _average(values: Floats, groups: Ints, used: Flags, size: int) -> Any:
    total = np.bincount(groups[used], weights=values[used], minlength=size)
    count = np.bincount(groups[used], minlength=size)
    return np.divide(total, count, out=np.full(size, np.nan), where=count > 0)


def median_of(values: Floats, groups: Ints, used: Flags, size: int) -> Floats:
    """Return the median of the used values of each group, missing where there is none.

    >>> median_of(np.array([1.0, 9.0, 2.0, 4.0]), np.array([0, 0, 0, 1]), np.full(4, True), 2).tolist()
    [2.0, 4.0]
    """
    kept, own = values[used], groups[used]
    ordered = kept[np.lexsort((kept, own))]
    count = np.bincount(own, minlength=size)
    first = np.cumsum(count) - count
    result = np.full(size, np.nan)
    there = count > 0
    low, high = (first + (count - 1) // 2)[there], (first + count // 2)[there]
    result[there] = (ordered[low] + ordered[high]) / 2
    return result
