"""Run rules on sorted series, without a loop over points or series.

Every function takes all series at once, one after the other, and ``groups`` that number
series and phase; no run crosses from one group into the next.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

SHIFT = 7
TREND = 7
RULES = ("", "outside", "trend", "two_in_three", "shift")
"""Names of the rules, in the order in which they count."""


class Runs:
    """Where each run of equal group numbers begins."""

    def __init__(self, groups: Ints) -> None:
        new = np.ones(len(groups), dtype=bool)
        new[1:] = groups[1:] != groups[:-1]
        self.first: Ints = np.maximum.accumulate(np.where(new, np.arange(len(groups)), 0))


def complete(flags: Flags, groups: Ints, length: int) -> Flags:
    """Return where a window of ``length`` flagged points of one group ends.

    >>> complete(np.array([True] * 4), np.array([0, 0, 0, 0]), 3).tolist()
    [False, False, True, True]
    """
    return at_least(flags, groups, length, length)


def at_least(flags: Flags, groups: Ints, length: int, number: int) -> Flags:
    """Return where a window of ``length`` points of one group, ``number`` of them flagged, ends."""
    ends = np.zeros(len(flags), dtype=bool)
    if len(flags) >= length:
        total = np.concatenate([[0], np.cumsum(flags)])
        ends[length - 1 :] = (total[length:] - total[:-length] >= number) & (
            groups[length - 1 :] == groups[: len(groups) - length + 1]
        )
    return ends


def covered(ends: Flags, length: int) -> Flags:
    """Return the points that lie in a window of ``length`` ending at one of ``ends``.

    >>> covered(np.array([False, False, True, False]), 2).tolist()
    [False, True, True, False]
    """
    total = np.concatenate([[0], np.cumsum(ends)])
    until = np.minimum(np.arange(len(ends)) + length, len(ends))
    found: Flags = total[until] - total[:-1] > 0
    return found


def shifts(side: Ints, groups: Ints) -> Flags:
    """Return all points of runs of seven or more strictly on one side of the mean.

    Making Data Count; a point on the mean (side 0) breaks the run.

    >>> shifts(np.array([1] * 7 + [0]), np.zeros(8, dtype=int)).tolist()[-2:]
    [True, False]
    """
    high = complete(side > 0, groups, SHIFT)
    low = complete(side < 0, groups, SHIFT)
    return covered(high | low, SHIFT)


def trends(steps: Ints, groups: Ints) -> Ints:
    """Return +1 or -1 for all points of seven rising or falling in six strict steps, else 0.

    ``steps`` holds the sign of each point less the one before. Making Data Count; a tie
    breaks the trend. A turning point of two trends belongs to the one that ends there.

    >>> trends(np.array([0, 1, 1, 1, 1, 1, 1]), np.zeros(7, dtype=int)).tolist()
    [1, 1, 1, 1, 1, 1, 1]
    """
    starts = Runs(groups).first == np.arange(len(groups))
    steps = np.where(starts, 0, steps)
    rising = complete(steps > 0, groups, TREND - 1)
    falling = complete(steps < 0, groups, TREND - 1)
    up, down = covered(rising, TREND), covered(falling, TREND)
    both: Ints = np.where(up & down, np.where(rising, 1, -1), up.astype(int) - down.astype(int))
    return both


def two_in_three(near: Flags, side: Ints, groups: Ints) -> Flags:
    """Return near points in windows of three on one side of the mean with two of them near.

    ``near`` marks points between the near and the outer limit, or all beyond the near limit
    where points outside are to count as well. Making Data Count.

    >>> two_in_three(np.array([True, False, True]), np.array([1, 1, 1]), np.zeros(3, dtype=int)).tolist()
    [True, False, True]
    """
    one_side = complete(side > 0, groups, 3) | complete(side < 0, groups, 3)
    return near & covered(at_least(near, groups, 3, 2) & one_side, 3)


def run_rules(
    values: Floats, groups: Ints, mean: Floats, width: Floats, *, count_outside: bool = False
) -> tuple[Ints, Ints]:
    """Return the place in ``RULES`` of the rule that each point meets, and its side: +1, -1, 0 for none.

    ``width`` is the distance from mean to limit. Where several rules are met the first of
    outside, trend, two in three, shift counts. A trend's side is its slope. With
    ``count_outside`` a point beyond the limit counts towards two in three.

    >>> rule, side = run_rules(np.array([1.0, 9.0]), np.array([0, 0]), np.full(2, 2.0), np.full(2, 3.0))
    >>> [RULES[place] for place in rule], side.tolist()
    (['', 'outside'], [0, 1])
    """
    # Figures that differ in the last bits only are equal: 0.1 + 0.2 lies on a mean of 0.3.
    slack = 1e-12 * np.maximum(np.abs(mean), np.abs(values))
    away = values - mean
    side = np.where(np.abs(away) <= slack, 0, np.sign(away)).astype(np.int64)
    outside = np.abs(away) > width + slack
    near = (np.abs(away) > width * 2 / 3 + slack) & (~outside | count_outside)
    change = np.diff(values, prepend=values[:1])
    steps = np.where(np.abs(change) <= slack, 0, np.sign(change)).astype(np.int64)
    slope = trends(steps, groups)
    tests = [outside, slope != 0, two_in_three(near, side, groups), shifts(side, groups)]
    rule = np.select(tests, [1, 2, 3, 4], 0)
    return rule, np.select(tests, [side, slope, side, side], 0)
