"""How far two groups of answers differ: means, order, and what several looks make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

Z = 1.959963984540054


class Superiority(NamedTuple):
    """Chance that one of ``a`` scores higher than one of ``b`` (ties count half), with its interval."""

    chance: float
    lower: float
    upper: float

    @property
    def delta(self) -> tuple[float, float, float]:
        """Cliff's delta and its limits: twice the chance less one, from -1 to 1."""
        return 2 * self.chance - 1, 2 * self.lower - 1, 2 * self.upper - 1


def welch(
    mean_a: float, var_a: float, n_a: int, mean_b: float, var_b: float, n_b: int, level: float = 0.95
) -> tuple[float, float, float]:
    """Return lower and upper limit of the difference of two means, and its two-sided p-value.

    The difference of means has standard error sqrt(s_a^2 / n_a + s_b^2 / n_b) and Welch's degrees
    of freedom. Source: B. L. Welch, "The generalization of Student's problem when several different
    population variances are involved", Biometrika 34 (1947), 28-35. Where neither side varies at
    all, the difference is exact.

    >>> [round(value, 3) for value in welch(4.0, 1.0, 20, 3.0, 1.0, 20)]
    [0.36, 1.64, 0.003]
    """
    from scipy.special import stdtr, stdtrit

    error_a, error_b = var_a / n_a, var_b / n_b
    difference, variance = mean_a - mean_b, error_a + error_b
    if variance == 0:
        return difference, difference, 0.0 if difference else 1.0
    freedom = variance**2 / (error_a**2 / (n_a - 1) + error_b**2 / (n_b - 1))
    half = float(stdtrit(freedom, 0.5 + level / 2)) * variance**0.5
    p_value = float(2 * stdtr(freedom, -abs(difference) / variance**0.5))
    return difference - half, difference + half, p_value


def superiority(a: np.ndarray, b: np.ndarray, level: float = 0.95) -> Superiority:
    """Return the chance that an answer of ``a`` is higher than one of ``b``, with its interval.

    With P(x) the number of the other side below x, ties counted half: the chance is the mean of
    P over ``a``, divided by n_b; its variance var(P_a) / (n_a n_b^2) + var(P_b) / (n_b n_a^2), with
    Satterthwaite's degrees of freedom. Source: E. Brunner and U. Munzel, "The nonparametric
    Behrens-Fisher problem", Biometrical Journal 42 (2000), 17-25. Cliff's delta is twice the
    chance less one: N. Cliff, "Dominance statistics: ordinal analyses to answer ordinal
    questions", Psychological Bulletin 114 (1993), 494-509. Where the sides do not overlap at all, or
    nobody differs, that variance is nought and says too much; then the limits are those
    of R. G. Newcombe, "Confidence intervals for an effect size measure based on the
    Mann-Whitney statistic, part 2", Statistics in Medicine 25 (2006), 559-573, method 5.

    >>> found = superiority(np.array([4, 5, 5, 4]), np.array([2, 3, 4, 2]))
    >>> round(found.chance, 3), round(found.delta[0], 3)
    (0.938, 0.875)
    """
    from scipy.special import stdtrit

    place_a, place_b = _below(a, b), _below(b, a)
    n_a, n_b = len(a), len(b)
    chance = float(place_a.mean() / n_b)
    if min(n_a, n_b) < 2:
        return Superiority(chance, 0.0, 1.0)
    part_a, part_b = place_a.var(ddof=1) / (n_a * n_b**2), place_b.var(ddof=1) / (n_b * n_a**2)
    variance = float(part_a + part_b)
    if variance <= 1e-15:
        return Superiority(chance, *_newcombe(chance, n_a, n_b))
    freedom = variance**2 / (part_a**2 / (n_a - 1) + part_b**2 / (n_b - 1))
    half = float(stdtrit(freedom, 0.5 + level / 2)) * variance**0.5
    return Superiority(chance, max(0.0, chance - half), min(1.0, chance + half))


def delta_words(delta: float) -> str:
    """Return the size of Cliff's delta in words.

    Bounds 0.147, 0.33 and 0.474: J. Romano and others, "Appropriate statistics for ordinal level data",
    Florida Association of Institutional Research (2006).

    >>> [delta_words(value) for value in (0.1, -0.2, 0.4, -0.9)]
    ['negligible', 'small', 'medium', 'large']
    """
    bounds = ((0.147, "negligible"), (0.33, "small"), (0.474, "medium"))
    return next((word for bound, word in bounds if abs(delta) < bound), "large")


def holm(p_values: pd.Series) -> pd.Series:
    """Return p-values corrected for their number by Holm's step-down method.

    Missing ones stay missing and do not count. Holm, "A simple sequentially rejective multiple
    test procedure", Scandinavian Journal of Statistics 6, 1979.

    >>> holm(pd.Series([0.01, 0.04, float("nan"), 0.03])).round(2).tolist()
    [0.03, 0.06, nan, 0.06]
    """
    ordered = p_values.dropna().sort_values(kind="stable")
    factors = np.arange(len(ordered), 0, -1)
    return (ordered * factors).cummax().clip(upper=1.0).reindex(p_values.index)


def benjamini_hochberg(p_values: pd.Series) -> pd.Series:
    """Return p-values adjusted so that calling those under a level keeps false calls to that share.

    The i-th smallest of m is multiplied by m / i, and none may pass a larger one. Missing ones stay
    missing and do not count. Source: Y. Benjamini and Y. Hochberg, "Controlling the false
    discovery rate", Journal of the Royal Statistical Society B 57 (1995), 289-300. It holds
    where tests go together, as answers of the same people do (Benjamini and Yekutieli 2001).

    >>> benjamini_hochberg(pd.Series([0.01, 0.04, float("nan"), 0.03])).round(2).tolist()
    [0.03, 0.04, nan, 0.04]
    """
    ordered = p_values.dropna().sort_values(ascending=False, kind="stable")
    m = len(ordered)
    factors = m / np.arange(m, 0, -1)
    return (ordered * factors).cummin().clip(upper=1.0).reindex(p_values.index)


def _below(values: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How many of the others each value is above, ties counted half."""
    ordered = np.sort(np.asarray(others, dtype=float))
    found: np.ndarray = (
        np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    ) / 2
    return found


def _newcombe(chance: float, n_a: int, n_b: int) -> tuple[float, float]:
    """Limits at which the observed chance lies 1.96 standard errors away, found by halving."""
    extra = (n_a + n_b) / 2 - 1

    def far(theta: float) -> float:
        spread = theta * (1 - theta) * (1 + extra * ((1 - theta) / (2 - theta) + theta / (1 + theta)))
        return abs(chance - theta) - float(Z * (spread / (n_a * n_b)) ** 0.5)

    return _edge(far, chance, 0.0), _edge(far, chance, 1.0)


def _edge(far: Callable[[float], float], near: float, end: float) -> float:
    if near == end:
        return end
    inside, outside = near, end
    for _ in range(60):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if far(middle) > 0 else (middle, outside)
    return inside
