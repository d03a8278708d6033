"""Whether a ranking holds when its weights are changed by half."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pandas as pd

WEIGHTS = (0.5, 1.0, 1.5)
"""What each part's weight becomes: half less, as it is, half more."""


def rank_range(
    parts: Sequence[pd.DataFrame], names: Sequence[str], weights: Sequence[float] = WEIGHTS
) -> pd.DataFrame:
    """Return the best and worst rank of each row when the weights of a product are changed.

    The score is the product of the parts, each to the power of its weight; every combination of
    ``weights`` is tried on every frame of ``parts`` (the same rows, counted differently).

    Parameters
    ----------
    parts : frames with the columns ``names``, all of one index.
    names : the parts of the product.

    Returns
    -------
    ``rank_best, rank_worst, firm``; ``firm`` is true where the rank moves by one place at most.

    Examples
    --------
    >>> parts = pd.DataFrame({"reach": [0.9, 0.2, 0.1], "intensity": [0.9, 0.1, 0.3]})
    >>> rank_range([parts], ["reach", "intensity"]).values.tolist()
    [[1, 1, True], [2, 3, True], [2, 3, True]]
    """
    trials = [
        frame[list(names)].pow(list(powers)).prod(axis=1)
        for frame in parts
        for powers in itertools.product(weights, repeat=len(names))
    ]
    ranks = pd.concat(trials, axis=1).round(12).rank(ascending=False, method="min")
    best, worst = ranks.min(axis=1).astype("int64"), ranks.max(axis=1).astype("int64")
    return pd.DataFrame({"rank_best": best, "rank_worst": worst, "firm": worst - best <= 1})
