"""Percentile bootstrap over units, as one product of matrices."""

from __future__ import annotations

import numpy as np

_KNOWN = 0.9
"""Share of draws that must give a value; with fewer there is no interval."""


def weights(units: int, draws: int, seed: int) -> np.ndarray:
    """Return draws by units: how often each unit was drawn, with replacement, as many as there are.

    >>> weights(5, 3, seed=1).sum(axis=1).tolist()
    [5.0, 5.0, 5.0]
    """
    if not units:
        return np.zeros((draws, 0))
    rng = np.random.default_rng(seed)
    return rng.multinomial(units, np.full(units, 1 / units), size=draws).astype(float)


def interval(values: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Return the percentile interval of bootstrap values; NaN where too few draws gave one.

    Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. That it
    covers as it should for agreement of coders: A. Zapf and others, "Measuring Inter-Rater Reliability for
    Nominal Data", BMC Medical Research Methodology 16:93 (2016).

    >>> [round(limit) for limit in interval(np.arange(1001.0))]
    [25, 975]
    """
    known = values[~np.isnan(values)]
    if len(known) < max(1, _KNOWN * len(values)):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
