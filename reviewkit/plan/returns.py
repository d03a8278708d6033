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


class Return(NamedTuple):
    """A return a year from ``low`` to ``high`` in the engagement's currency, and what it assumes."""

    low: float
    high: float
    assumptions: str


def plausible_share(impact: int, verdict: str) -> tuple[float, float]:
    """Return the least and largest share of a gap that an action may close.

    A cause that no test supports may have nothing to do with the gap: the least is then
    nothing, and the largest is halved.

    >>> plausible_share(4, "supported"), plausible_share(4, "untested")
    ((0.15, 0.4), (0.0, 0.2))
    """
    low, high = SHARES[impact]
    return (low, high) if verdict == "supported" else (0.0, high / 2)


def return_range(
    gap: Mapping[str, Any], impact: int, verdict: str, *, reach: float = 1.0, currency: str = "GBP"
) -> Return:
    """Return what an action on one gap may bring a year.

    The gap's interval x the value of one unit x the plausible share of the gap, the largest
    share capped at ``reach``: how much of the gap anybody has been seen to close.

    Parameters
    ----------
    gap : ``gap, lower, upper`` in the measure's unit, ``cost_per_year`` for the whole gap, ``unit``.
    impact : 1 to 5. verdict : of the cause it rests on.
    reach : part of the gap between here and the best level sustained by anybody, 0 to 1.

    Examples
    --------
    >>> gap = {"gap": 10.0, "lower": 8.0, "upper": 12.0, "cost_per_year": 100_000.0, "unit": "percent"}
    >>> found = return_range(gap, 4, "supported")
    >>> round(found.low), round(found.high)
    (12000, 48000)
    """
    cost, size = gap.get("cost_per_year"), gap.get("gap")
    if pd.isna(cost) or pd.isna(size) or not size:
        return Return(np.nan, np.nan, "No return is worked out: nobody has said what one unit is worth.")
    unit_value = float(cost) / float(size)
    lower = max(0.0, float(gap["lower"])) if pd.notna(gap["lower"]) else float(size)
    upper = float(gap["upper"]) if pd.notna(gap["upper"]) else float(size)
    low_share, high_share = plausible_share(impact, verdict)
    high_share = min(high_share, max(reach, 0.0))
    low_share = min(low_share, high_share)
    unit = str(gap.get("unit", ""))
    size_words = f"{difference(float(size), unit)} ({lower:,.1f} to {upper:,.1f})"
    text = f"Closes {low_share:.0%} to {high_share:.0%} of the gap of {size_words}, "
    text += f"at {money(unit_value, currency)} a year for each unit. "
    text += "The share is a judgement of what an action of this size may do"
    text += "" if verdict == "supported" else ", halved and from nothing because no test supports the cause"
    text += f", capped at {reach:.0%} which somebody has been seen to reach" if reach < 1 else ""
    text += ". The cost of doing it is not taken off."
    return Return(lower * unit_value * low_share, upper * unit_value * high_share, text)
