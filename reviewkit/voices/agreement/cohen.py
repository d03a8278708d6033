"""Cohen's kappa of one table of two coders, with its interval, and what a skewed theme does to it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

Z = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True)
class Cohen:
    """Kappa of one table; what nothing can be said about is NaN.

    ``pabak`` is kappa as it would be were the theme as often given as not and by both as often.
    """

    kappa: float
    low: float
    high: float
    observed: float
    expected: float
    pabak: float
    n: int


def cohen(table: ArrayLike) -> Cohen:
    """Return Cohen's kappa of a square table of counts, first coder in rows, with a 95 % interval.

    kappa = (po - pe) / (1 - pe), po the share on the diagonal, pe = sum of row share x column share.
    Source: J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological
    Measurement 20 (1960), 37-46. Its large-sample variance is

    var = (A + B - C) / (n (1 - pe)^2),
    A = sum p_ii (1 - (p_i. + p_.i)(1 - kappa))^2, B = (1 - kappa)^2 sum over i != j p_ij (p_.i + p_j.)^2,
    C = (kappa - pe (1 - kappa))^2.

    Source: J. L. Fleiss, J. Cohen and B. S. Everitt, "Large Sample Standard Errors of Kappa and Weighted
    Kappa", Psychological Bulletin 72 (1969), 323-327. Where all agree that variance is 0, which is no
    certainty: there the lower limit comes from po = (1 - 0.95) ^ (1 / n), the exact one-sided limit of a
    share of n of n (C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413).

    pabak = (k po - 1) / (k - 1) for k categories. Source: T. Byrt, J. Bishop and J. B. Carlin, "Bias,
    Prevalence and Kappa", Journal of Clinical Epidemiology 46 (1993), 423-429.

    Examples
    --------
    Of two tables with the same agreement, the skewed one has the lower kappa (A. R. Feinstein and D. V.
    Cicchetti, "High Agreement but Low Kappa: I", Journal of Clinical Epidemiology 43 (1990), 543-549):

    >>> [(round(made.observed, 2), round(made.kappa, 2), round(made.pabak, 2))
    ...  for made in (cohen([[40, 9], [6, 45]]), cohen([[80, 10], [5, 5]]))]
    [(0.85, 0.7, 0.7), (0.85, 0.32, 0.7)]
    """
    counts = np.asarray(table, dtype=float)
    n = float(counts.sum())
    if not n:
        nothing = float("nan")
        return Cohen(nothing, nothing, nothing, nothing, nothing, nothing, 0)
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float(np.trace(p)), float(rows @ columns)
    pabak = (len(p) * observed - 1) / (len(p) - 1) if len(p) > 1 else float("nan")
    if expected >= 1 - 1e-12:
        return Cohen(float("nan"), float("nan"), float("nan"), observed, expected, pabak, int(n))
    kappa = (observed - expected) / (1 - expected)
    if observed >= 1 - 1e-12:
        low = (0.05 ** (1 / n) - expected) / (1 - expected)
        return Cohen(1.0, max(-1.0, low), 1.0, 1.0, expected, pabak, int(n))
    half = Z * sqrt(_variance(p, rows, columns, kappa, expected) / n)
    return Cohen(kappa, max(-1.0, kappa - half), min(1.0, kappa + half), observed, expected, pabak, int(n))


def _variance(p: np.ndarray, rows: np.ndarray, columns: np.ndarray, kappa: float, expected: float) -> float:
    diagonal = np.diag(p)
    a = float((diagonal * (1 - (rows + columns) * (1 - kappa)) ** 2).sum())
    # p_.i + p_j. for the cell in row i and column j.
    sums = (columns[:, None] + rows[None, :]) ** 2
    off = p * sums
    b = (1 - kappa) ** 2 * float(off.sum() - np.trace(off))
    c = (kappa - expected * (1 - kappa)) ** 2
    return max(0.0, a + b - c) / (1 - expected) ** 2


_WORDS = ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"))


def strength(kappa: float) -> str:
    """Return agreement in words, by the customary limits.

    Source: J. R. Landis and G. G. Koch, "The Measurement of Observer Agreement for Categorical Data",
    Biometrics 33 (1977), 159-174. The limits are theirs and arbitrary, as they say themselves.

    >>> strength(0.32), strength(0.7), strength(0.85)
    ('fair', 'substantial', 'almost perfect')
    """
    if kappa != kappa:
        return "unknown"
    if kappa < 0:
        return "poor"
    return next((word for limit, word in _WORDS if kappa <= limit), "almost perfect")
