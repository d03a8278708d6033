"""The rules of the XmR chart as one would read them aloud: a loop over series and points.

Slow, and kept for that: what the library works out for all series at once is compared with it,
and its speed is measured against it (``make bench``).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pandas as pd

SIGNALS = {
    "increase": {1: "improvement", -1: "concern", 0: "common_cause"},
    "decrease": {1: "concern", -1: "improvement", 0: "common_cause"},
    "neutral": {1: "neutral_high", -1: "neutral_low", 0: "common_cause"},
}


def plain_xmr(
    frame: pd.DataFrame,
    *,
    by: str,
    direction: str,
    rebase: Sequence[Any] = (),
    baseline: int | None = None,
    count_outside: bool = False,
) -> pd.DataFrame:
    """Return the points of every series in time order, with mean, limits, rule and signal."""
    rows: list[dict[str, Any]] = []
    for name, series in frame.sort_values("period").groupby(by):
        phases: dict[int, list[Any]] = {}
        for point in series.to_dict("records"):
            phase = sum(point["period"] >= pd.Timestamp(date) for date in rebase)
            phases.setdefault(phase, []).append(point)
        for points in phases.values():
            known = [point for point in points if not pd.isna(point["value"])]
            values = [float(point["value"]) for point in known]
            if not values:
                continue
            mean, lower, upper = limits(values[: baseline or len(values)])
            rules, sides = judge(values, mean, lower, upper, count_outside)
            for point, rule, side in zip(known, rules, sides, strict=True):
                signal = SIGNALS[direction][side]
                rows.append({by: name, "period": point["period"], "value": point["value"], "mean": mean,
                             "lower": lower, "upper": upper, "rule": rule, "signal": signal})  # fmt: skip
    return pd.DataFrame(rows)


def limits(values: list[float]) -> tuple[float, float, float]:
    """Mean, and 2.66 average moving ranges below and above it, very large ranges left out once."""
    mean = sum(values) / len(values)
    moving = [abs(later - earlier) for earlier, later in itertools.pairwise(values)]
    if not moving:
        return mean, float("nan"), float("nan")
    average = sum(moving) / len(moving)
    if average > 0:
        kept = [size for size in moving if size < 3.267 * average]
        average = sum(kept) / len(kept)
    return mean, mean - 2.66 * average, mean + 2.66 * average


def judge(
    values: list[float], mean: float, lower: float, upper: float, count_outside: bool
) -> tuple[list[str], list[int]]:
    """The rule each point meets, and the side it speaks for."""
    near_lower, near_upper = mean - (mean - lower) * 2 / 3, mean + (upper - mean) * 2 / 3
    side = [(value > mean) - (value < mean) for value in values]
    outside = [value > upper or value < lower for value in values]
    near = [
        (value > near_upper or value < near_lower) and (count_outside or not out)
        for value, out in zip(values, outside, strict=True)
    ]
    shift, pairs, slope = [False] * len(values), [False] * len(values), [0] * len(values)
    for start in range(len(values) - 6):
        window = range(start, start + 7)
        if all(side[at] == 1 for at in window) or all(side[at] == -1 for at in window):
            for at in window:
                shift[at] = True
        for way in (1, -1):
            if all((values[at + 1] - values[at]) * way > 0 for at in range(start, start + 6)):
                for at in window:
                    # A turning point belongs to the trend that ends there.
                    slope[at] = slope[at] or way
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        together = all(side[at] == 1 for at in window) or all(side[at] == -1 for at in window)
        if together and sum(near[at] for at in window) >= 2:
            for at in window:
                pairs[at] = pairs[at] or near[at]
    rules, sides = [], []
    for at in range(len(values)):
        if outside[at]:
            rules.append("outside")
        elif slope[at]:
            rules.append("trend")
        elif pairs[at]:
            rules.append("two_in_three")
        elif shift[at]:
            rules.append("shift")
        else:
            rules.append("")
        sides.append(slope[at] if rules[-1] == "trend" else side[at] if rules[-1] else 0)
    return rules, sides
