"""Does an outcome fall as a score falls, compared within strata? Mantel's test of a trend."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .association import FEWEST, NONE, Association

SUMS = ("n", "q", "qq", "c", "qc")
"""Of each stratum: cases, sums of score, squared score, outcome (0 or 1), and score x outcome."""


def graded_association(sums: pd.DataFrame, spread: float) -> Association:
    """Return how much more often cases ``spread`` better in score reach the outcome, within strata.

    A score holds more than the two halves it can be cut into. In each stratum (a month at a
    site) the scores of those with the outcome are compared with those of all, and the
    comparisons are added up (Mantel, "Chi-square tests with one degree of freedom", 1963); what
    changes from month to month, such as trend and season, cannot matter.

    Parameters
    ----------
    sums : one row a stratum with the columns :data:`SUMS`.
    spread : the difference in score the effect is told for.

    Returns
    -------
    ``effect``: difference in rate; ``p_value`` two-sided; ``chance``: the effect's standard
    deviation were there no trend; ``n`` cases. Missing under 24 cases or without variation.

    Examples
    --------
    >>> score, won = np.tile([0.2, 0.4, 0.6, 0.8], 15), np.tile([0, 0, 1, 1], 15)
    >>> row = {"n": 60, "q": score.sum(), "qq": (score ** 2).sum(), "c": won.sum(), "qc": (score * won).sum()}
    >>> found = graded_association(pd.DataFrame([row]), 0.5)
    >>> round(found.effect, 2), found.p_value < 0.01
    (1.0, True)
    """
    from scipy.stats import norm

    table = sums.loc[sums["n"].gt(1), list(SUMS)].astype("float64")
    cases = int(table["n"].sum())
    if cases < 2 * FEWEST:
        return NONE._replace(n=cases)
    n, q, c = (table[name].to_numpy() for name in ("n", "q", "c"))
    spread_q = table["qq"].to_numpy() - q * q / n
    both = table["qc"].to_numpy() - q * c / n
    variance = spread_q * (c - c * c / n) / (n - 1)
    if variance.sum() <= 0 or spread_q.sum() <= 0:
        return NONE._replace(n=cases)
    z = both.sum() / np.sqrt(variance.sum())
    unit = spread / spread_q.sum()
    return Association(
        float(both.sum() * unit), float(2 * norm.sf(abs(z))), float(np.sqrt(variance.sum()) * unit), cases
    )
