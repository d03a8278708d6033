"""How alike the journeys of each site are, with an honest interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..names import refuse_clash
from .cases import counted
from .interval import Z

if TYPE_CHECKING:
    from .events import Events


def consistency(events: Events, *, case: str, activity: str, at: str, by: str) -> pd.DataFrame:
    """Return how alike the journeys of each unit are.

    The index is the chance that two cases of the unit, picked at random, took exactly the
    same path: the sum over paths of n(n - 1) / N(N - 1) (Simpson, "Measurement of diversity",
    1949): 1 where all are alike, 0 where no two are. It does not depend on the number of
    cases. The 95 % interval is described at :func:`alike`.

    Parameters
    ----------
    events, case, activity, at, by : as for :func:`variants`; ``events`` may be an Ibis table.

    Returns
    -------
    One row a unit: the column ``by``, ``cases, index, lower, upper`` (0 to 1), and
    ``variants`` (how many paths). A unit of fewer than two cases has no index.

    Raises
    ------
    InputError : a column is not there, or its times cannot be put in order.

    Examples
    --------
    >>> log = pd.DataFrame({"case": [1, 1, 2, 2, 3], "what": ["in", "out", "in", "out", "in"],
    ...                     "at": [1, 2, 1, 2, 1], "site": "A"})
    >>> found = consistency(log, case="case", activity="what", at="at", by="site")
    >>> found.round(2)[["cases", "index"]].values.tolist()
    [[3.0, 0.33]]
    """
    refuse_clash([by], ["cases", "index", "lower", "upper", "variants"])
    found = counted(events, case=case, activity=activity, at=at, by=[by])
    result = alike(found.table, [by])
    result.attrs = {"said": found.said}
    return result


def alike(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the consistency of each unit from its counts of cases by path (``by, cases``).

    The variance of the index is Simpson's (1949),
    ``[4(N - 2)(S3 - S2^2) + 2(S2 - S2^2)] / N(N - 1)``, where ``S2`` and ``S3`` are the chances
    that two and three cases are alike. The 95 % interval is Agresti's and Coull's ("Approximate
    is better than exact", 1998) for as many independent trials as would give that variance: no
    more than there are cases, and down to half as many where nearly all are alike, since one odd
    case spoils every pair it is in. In simulated units of 15 cases or more, of eleven shapes, it
    held the true index in at least 92 % of 2,000 runs each, mostly in more than 95 %; with 10
    cases in at least 89 %.

    Examples
    --------
    >>> alike(pd.DataFrame({"site": "A", "cases": [9, 1]}), ["site"]).round(2).values.tolist()
    [['A', 10, 0.8, 0.39, 0.97, 2]]
    """
    groups = table.groupby(by)
    n = table["cases"]
    cases = groups["cases"].sum()
    keys = [table[name] for name in by]
    two = (n * (n - 1)).groupby(keys).sum()
    three = (n * (n - 1) * (n - 2)).groupby(keys).sum()
    index = (two / (cases * (cases - 1)).where(cases > 1)).astype("float64")
    triple = (three / (cases * (cases - 1) * (cases - 2)).where(cases > 2)).astype("float64").fillna(index**2)
    spread = 4 * (cases - 2) * (triple - index**2).clip(lower=0) + 2 * (index - index**2)
    variance = spread / (cases * (cases - 1)).where(cases > 1)
    most = cases * (1 - index / 2)
    trials = (index * (1 - index) / variance.where(variance > 0)).fillna(np.inf).clip(upper=most)
    middle = (index + Z**2 / (2 * trials)) / (1 + Z**2 / trials)
    half = Z * (middle * (1 - middle) / (trials + Z**2)) ** 0.5
    lower, upper = (middle - half).clip(lower=0), (middle + half).clip(upper=1)
    shown = {"cases": cases, "index": index, "lower": lower, "upper": upper, "variants": groups.size()}
    return pd.DataFrame(shown).rename_axis(by).reset_index()
