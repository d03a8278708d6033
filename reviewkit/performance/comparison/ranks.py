"""Honest ranks: how well the place of each unit is known (Goldstein and Spiegelhalter, 1996)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..spc.runs import Floats, Ints

DRAWS = 4000
SEED = 7
BLOCK = 400_000
"""Figures drawn at a time, so that thousands of units need little memory."""


def rank_intervals(draw: Callable[[np.random.Generator, int], Floats], units: int) -> tuple[Ints, Ints]:
    """Return the 95 % interval of each unit's rank, 1 for the highest, from draws of all units' levels.

    Parameters
    ----------
    draw : given a generator and a number, returns so many draws (rows) of every unit's level.
    units : how many units there are.
    """
    if not units:
        return np.array([], dtype="int64"), np.array([], dtype="int64")
    numbers, size = np.random.default_rng(SEED), max(1, BLOCK // units)
    parts = []
    for start in range(0, DRAWS, size):
        levels = draw(numbers, min(size, DRAWS - start))
        parts.append((units - levels.argsort(axis=1).argsort(axis=1)).astype("int32"))
    low, high = np.quantile(np.concatenate(parts), [0.025, 0.975], axis=0, method="nearest")
    return low.astype("int64"), high.astype("int64")


def with_ranks(frame: pd.DataFrame, low: Ints, high: Ints, *, ascending: bool) -> pd.DataFrame:
    """Return the frame with ``rank, rank_lower, rank_upper``; 1 is the lowest where ``ascending``."""
    result = frame.copy()
    result["rank"] = result["shrunk"].rank(ascending=ascending, method="min").astype("int64")
    units = len(result)
    first, last = (units + 1 - high, units + 1 - low) if ascending else (low, high)
    # Units with one and the same level share the best of their places.
    result["rank_lower"] = np.minimum(first, result["rank"])
    result["rank_upper"] = np.maximum(last, result["rank"])
    return result


def rank_words(table: pd.DataFrame, noun: str = "agents") -> str:
    """Return how well ranks are known, in a sentence; empty for fewer than two units.

    Parameters
    ----------
    table : one row a unit with ``rank_lower, rank_upper``.

    Examples
    --------
    >>> rank_words(pd.DataFrame({"rank_lower": [1, 1, 1, 3], "rank_upper": [4, 4, 3, 4]}))
    "Of 4 agents nobody's rank is known better than to within 2 places; half of the intervals span 4 or more."
    """
    units = len(table)
    if units < 2:
        return ""
    places = table["rank_upper"] - table["rank_lower"] + 1
    narrowest, middle = int(places.min()), int(places.quantile(0.5, interpolation="higher"))
    known = "nobody's rank is known at all" if narrowest >= units else (
        f"nobody's rank is known better than to within {narrowest} places" if narrowest > 1
        else f"{int((places == 1).sum())} have a rank that is certain")  # fmt: skip
    return f"Of {units} {noun} {known}; half of the intervals span {middle} or more."
