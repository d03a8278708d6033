"""What closing part of a gap may be worth: a range, with its assumptions beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.findings.wording import difference
from reviewkit.model.words import money

# What share of a gap an action of each impact may plausibly close: judgement, not measurement.
SHARES: Mapping[int, tuple[float, float]] = {
    1: (0.02, 0.08),
    2: (0.05, 0.15),
    3: (0.10, 0.25),
    4: (0.15, 0.40),
    5: (0.20, 0.50),
}
WEEKS_A_YEAR = 52
ONE: Mapping[str, str] = {
    "percent": "percentage point",
    "seconds": "second",
    "minutes": "minute",
    "hours": "hour",
    "days": "day",
    "score": "point of the score",
    "money": "unit of money",
}
"""What one unit of a measure is called; "unit" for every other."""


class Return(NamedTuple):
    """A return a year from ``low`` to ``high`` in the engagement's currency, and what it assumes."""

    low: float
    high: float
    assumptions: str


def plausible_share(impact: int, verdict: str, reach: float = 1.0) -> tuple[float, float]:
    """Return the least and largest share of a gap that an action may close.

    A cause that no test supports may have nothing to do with the gap: the least is then
    nothing, and the largest is halved. ``reach`` (0 to 1) caps both.

    >>> plausible_share(4, "supported"), plausible_share(4, "untested")
    ((0.15, 0.4), (0.0, 0.2))
    >>> plausible_share(4, "supported", reach=0.1)
    (0.1, 0.1)
    """
    low, high = SHARES[impact]
    low, high = (low, high) if verdict == "supported" else (0.0, high / 2)
    cap = float(np.clip(reach, 0.0, 1.0))
    return min(low, cap), min(high, cap)


def refusal(gap: Mapping[str, Any], currency: str = "GBP", value: float | None = None) -> str:
    """Return why no return of a gap can be worked out; "" where one can.

    ``value`` is what one unit of the gap's measure is worth a year, where somebody has said. A gap that
    step 2.1 does not value all the same holds a change of the way of counting.

    >>> refusal({"gap": 4.0, "cost_per_year": None, "unit": "percent"}, value=-50.0)[:58]
    'No return is worked out: one percentage point of improveme'
    >>> refusal({"gap": 4.0, "cost_per_year": None, "unit": "seconds"}, value=2400.0)[:60]
    'No return is worked out: one second is worth £2,400 a year, '
    """
    cost, size = (_number(gap.get(name)) for name in ("cost_per_year", "gap"))
    if size <= 0:
        return "No return is worked out: the target is met, so nothing is left to close."
    known = not np.isnan(cost) and not np.isnan(size)
    if known and (value is None or cost < 0):
        value = cost / size
    if value is not None and value < 0:
        return (
            f"No return is worked out: one {one(gap)} of improvement is given as worth "
            f"{money(value, currency)} a year, less "
            "than nothing. Either closing the gap costs money, or the sign is meant the other way round: "
            "settle which, in the measure's value_per_unit."
        )
    if known:
        return ""
    if not value:
        return "No return is worked out: nobody has said what one unit is worth."
    return (
        f"No return is worked out: one {one(gap)} is worth {money(value, currency)} a year, but the way of "
        "counting or the process changed and no worsening was found after it, so how much of the gap is a "
        "loss is not known. Step 2.1 gives it no cost for the same reason, and costs only parts that got "
        "worse later."
    )


def _number(value: Any) -> float:
    return np.nan if value is None or pd.isna(value) else float(value)


def one(gap: Mapping[str, Any]) -> str:
    """Return what one unit of a gap's measure is called.

    >>> one({"unit": "percent"}), one({"unit": "count"})
    ('percentage point', 'unit')
    """
    return ONE.get(str(gap.get("unit", "")), "unit")


def return_range(
    gap: Mapping[str, Any],
    impact: int,
    verdict: str,
    *,
    reach: float = 1.0,
    currency: str = "GBP",
    value: float | None = None,
) -> Return:
    """Return what an action on one gap may bring in a full year once it works.

    The gap's interval x the value of one unit x the plausible share of the gap, the largest
    share capped at ``reach``: how much of the gap anybody has been seen to close.

    Parameters
    ----------
    gap : ``gap, lower, upper`` in the measure's unit, ``cost_per_year`` for the whole gap, ``unit``.
    impact : 1 to 5. verdict : of the cause it rests on.
    value : what one unit of the measure is worth a year, where somebody has said.
    reach : part of the gap between here and the best level sustained by anybody, 0 to 1.

    Returns
    -------
    Missing ends, and words that say why, where a value is not known, negative, or nothing is left to close.

    Examples
    --------
    >>> gap = {"gap": 10.0, "lower": 8.0, "upper": 12.0, "cost_per_year": 100_000.0, "unit": "percent"}
    >>> found = return_range(gap, 4, "supported")
    >>> round(found.low), round(found.high)
    (12000, 48000)
    """
    refused = refusal(gap, currency, value)
    if refused:
        return Return(np.nan, np.nan, refused)
    size = float(gap["gap"])
    unit_value = float(gap["cost_per_year"]) / size
    lower, upper = bounds(gap)
    low_share, high_share = plausible_share(impact, verdict, reach)
    closed = (lower * low_share, upper * high_share)
    unit = str(gap.get("unit", ""))
    places = 2 if unit == "score" else 1
    text = f"Closes {low_share:.0%} to {high_share:.0%} of a gap of {difference(size, unit, places)} "
    text += f"({lower:,.{places}f} to {upper:,.{places}f}), "
    text += f"at {money(unit_value, currency)} a year for each {one(gap)}."
    return Return(closed[0] * unit_value, closed[1] * unit_value, f"{text} {_judged(impact, verdict, reach)}")


def bounds(gap: Mapping[str, Any]) -> tuple[float, float]:
    """Return the least and largest size of a gap; its size where it has no interval.

    >>> bounds({"gap": 3.0, "lower": -1.0, "upper": 7.0}), bounds({"gap": 3.0, "lower": None, "upper": None})
    ((0.0, 7.0), (3.0, 3.0))
    """
    size = float(gap["gap"])
    lower = max(0.0, float(gap["lower"])) if pd.notna(gap["lower"]) else size
    return lower, float(gap["upper"]) if pd.notna(gap["upper"]) else size


def first_year(value: float, shows: int) -> float:
    """Return the part of a yearly return that falls in the first year, working from week ``shows`` on.

    >>> first_year(52_000.0, 13), first_year(52_000.0, 80)
    (39000.0, 0.0)
    """
    return value * max(0, WEEKS_A_YEAR - shows) / WEEKS_A_YEAR


def _judged(impact: int, verdict: str, reach: float) -> str:
    """Return where the share comes from: a judgement, and what was taken off it."""
    text = f"The share is a judgement for an impact of {impact} out of 5"
    text += "" if verdict == "supported" else ", halved and from nothing because no test supports the cause"
    if reach <= 0:
        return f"{text}; nobody has kept up a better level than today's, so none is counted."
    if reach < plausible_share(impact, verdict)[1]:
        text += f", and no more than the {reach:.0%} that somebody has kept up"
    return f"{text}. What it costs to do is not taken off."
