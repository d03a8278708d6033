"""The limits of an XmR chart: mean, average moving range, and what is screened from it."""

from __future__ import annotations

from typing import Any

import numpy as np

from .runs import Floats, Ints, Runs

LIMIT = 2.66
"""Multiplies the average moving range into the distance from mean to limit: 3 / 1.128."""


SCREEN = 3.267
"""A moving range this many times the average, or more, is left out once."""


def limits(
    values: Floats, groups: Ints, *, baseline: int | None = None, screen: bool = True
) -> tuple[Floats, Floats]:
    """Return mean and average moving range of each point's group.

    ``values`` has no missing entries and is in order; ``groups`` numbers series and phase
    from 0. Moving ranges at or above 3.267 times their average are left out once; the mean
    keeps every point.

    >>> mean, range_ = limits(np.array([3.0, 4.0, 5.0]), np.array([0, 0, 0]))
    >>> float(mean[0]), float(range_[0])
    (4.0, 1.0)
    """
    size = int(groups.max()) + 1 if len(groups) else 0
    rank = np.arange(len(groups)) - Runs(groups).first
    used = rank < (baseline or len(groups) + 1)
    mean = _average(values, groups, used, size)
    moving = np.abs(np.diff(values, prepend=np.nan))
    ranges = used & (rank > 0)
    average = _average(moving, groups, ranges, size)
    if screen:
        # A constant series has an average of 0, which no range is to be compared with.
        ranges &= ~((moving >= SCREEN * average[groups]) & (average[groups] > 0))
        average = _average(moving, groups, ranges, size)
    return mean[groups], average[groups]


def _average(values: Floats, groups: Ints, used: np.ndarray[Any, np.dtype[np.bool_]], size: int) -> Any:
    total = np.bincount(groups[used], weights=values[used], minlength=size)
    count = np.bincount(groups[used], minlength=size)
    return np.divide(total, count, out=np.full(size, np.nan), where=count > 0)
