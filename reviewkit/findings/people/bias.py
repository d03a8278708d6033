"""Whether raw figures or customers' scores would mislead about people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewkit.performance.comparison.correlation import rank_correlation_interval

from .cells import ASPECTS


def moved_by_adjusting(rates: pd.DataFrame) -> pd.DataFrame:
    """Return, for each measure, how many agents raw figures would have placed wrongly.

    Returns
    -------
    ``measure, agents, moved``: those in the best or worst quarter by the raw figure who are not
    by the fair one.

    Examples
    --------
    >>> rates = pd.DataFrame({"measure": "csat", "rate": [1.0, 2, 3, 4], "shrunk": [4.0, 3, 2, 1]})
    >>> moved_by_adjusting(rates)["moved"].tolist()
    [2]
    """
    rows = []
    for name, part in rates.groupby("measure", sort=False):
        raw, fair = (part[column].rank(pct=True, method="first") for column in ("rate", "shrunk"))
        was = np.select([raw <= 0.25, raw > 0.75], [-1, 1], 0)
        now = np.select([fair <= 0.25, fair > 0.75], [-1, 1], 0)
        rows.append({"measure": name, "agents": len(part), "moved": int(((was != 0) & (was != now)).sum())})
    return pd.DataFrame(rows, columns=["measure", "agents", "moved"])


def agreement(rates: pd.DataFrame) -> dict[str, float] | None:
    """Return how far what customers feel agrees with what was done: objective against subjective.

    Returns
    -------
    ``correlation`` (Spearman, between adjusted first-contact resolution and adjusted customer
    satisfaction), its 95 % interval ``lower, upper`` (Fisher's z with the variance
    ``(1 + r ** 2 / 2) / (n - 3)`` of Bonett and Wright, 2000, *Sample size requirements for
    estimating Pearson, Kendall and Spearman correlations*), and ``n`` agents; none where
    fewer than ten agents have both, or one of the two does not vary. Both figures are known
    with doubt, which draws the correlation towards 0.
    """
    wide = rates.pivot(index="agent", columns="measure", values="adjusted")
    objective = [a.id for a in ASPECTS if a.role == "objective" and a.id in wide]
    subjective = [a.id for a in ASPECTS if a.role == "subjective" and a.id in wide]
    if not objective or not subjective:
        return None
    both = wide[[objective[0], subjective[0]]].dropna()
    if len(both) < 10:
        return None
    ranks = both.rank()
    if (ranks.nunique() < 2).any():
        return None
    correlation = float(np.corrcoef(ranks.to_numpy().T)[0, 1])
    lower, upper = rank_correlation_interval(correlation, len(both) - 3)
    return {"correlation": correlation, "lower": lower, "upper": upper, "n": float(len(both))}
