"""How many of those singled out are likely to be so by chance, where many are looked at."""

from __future__ import annotations

import numpy as np
import pandas as pd


def false_discovery(p_value: pd.Series[float]) -> pd.Series[float]:
    """Return q-values: the share of chance findings to be expected among those at least as clear.

    Benjamini and Hochberg (1995), *Controlling the false discovery rate*: the ``i``-th smallest
    of ``m`` p-values becomes ``p * m / i``, made monotone from the largest down. Missing
    p-values stay missing and do not count.

    Examples
    --------
    >>> false_discovery(pd.Series([0.01, 0.04, 0.03, 0.5])).round(3).tolist()
    [0.04, 0.053, 0.053, 0.5]
    """
    order = p_value.dropna().sort_values(ascending=False)
    ranks = np.arange(len(order), 0, -1)
    return (order * len(order) / ranks).cummin().clip(upper=1.0).reindex(p_value.index)
