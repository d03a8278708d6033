"""How well a rank correlation is known."""

from __future__ import annotations

import numpy as np

from .shrink import Z95


def rank_correlation_interval(correlation: float, free: float) -> tuple[float, float]:
    """Return the 95 % interval of a rank correlation.

    ``tanh(artanh(r) +- 1.96 sqrt((1 + r^2 / 2) / free))``: Fisher's z with the variance of Bonett
    and Wright (2000, *Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations*).

    Parameters
    ----------
    correlation : Spearman's.
    free : pairs less 3; further ones less where ranks are taken within groups.

    Examples
    --------
    >>> [round(end, 2) for end in rank_correlation_interval(0.49, 3)]
    [-0.58, 0.94]
    """
    middle = np.arctanh(np.clip(correlation, -0.999999, 0.999999))
    half = Z95 * np.sqrt((1 + correlation**2 / 2) / free)
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))
