"""How well a site's level is known from the periods it is made of."""

from __future__ import annotations

import numpy as np
import pandas as pd

CLEARLY = 0.05
"""Chance below which shares are said to vary by more than counting explains."""


def period_errors(rows: pd.DataFrame) -> pd.Series[float]:
    """Return the standard error of each site's mean over periods, by site; missing with one period.

    A site's spread rests on a dozen points or two: half of its variance is that of all sites. Where a
    period resembles the one before, the mean is known less well, by the factor
    ``(1 + r) / (1 - r)`` of its variance (Bartlett, 1946), ``r`` the lag-one autocorrelation of
    all sites taken together, never below 0.

    Parameters
    ----------
    rows : ``site, period, value``, one row a site and period.

    Examples
    --------
    >>> rows = pd.DataFrame({"site": list("aabb"), "period": [1, 2, 1, 2], "value": [4.0, 6.0, 5.0, 7.0]})
    >>> period_errors(rows).round(2).to_dict()
    {'a': 1.0, 'b': 1.0}
    """
    groups = rows.groupby("site")["value"]
    spread, points = groups.std(), groups.count()
    pooled = np.sqrt((spread**2 + float((spread**2).mean())) / 2)
    alike = _resembles(rows)
    errors: pd.Series[float] = pooled / np.sqrt(points) * np.sqrt((1 + alike) / (1 - alike))
    return errors


def _resembles(rows: pd.DataFrame) -> float:
    """Lag-one autocorrelation within sites, raised by what short series lose of it; from 0 to 0.9."""
    order = rows.dropna(subset=["value"]).sort_values(["site", "period"])
    off = order["value"] - order.groupby("site")["value"].transform("mean")
    before = off.groupby(order["site"]).shift()
    total = float((off**2).sum())
    points = float(order.groupby("site").size().mean()) if len(order) else 0.0
    if total <= 0 or points < 4:
        return 0.0
    seen = float((off * before).sum()) / total
    # Kendall (1954): the estimate is short by (1 + 3r) / n.
    return float(np.clip((seen + 1 / points) / (1 - 3 / points), 0, 0.9)) if points > 8 else 0.0


def more_than_counting(rows: pd.DataFrame) -> bool:
    """Return whether shares vary from period to period, within sites, by more than counting explains.

    The chi-square test of equal shares, over all sites.

    Parameters
    ----------
    rows : ``site, numerator, denominator``, one row a site and period.

    Examples
    --------
    >>> rows = pd.DataFrame({"site": "a", "numerator": [50, 90, 55, 95], "denominator": 100})
    >>> more_than_counting(rows), more_than_counting(rows.assign(numerator=[70, 74, 68, 72]))
    (True, False)
    """
    from scipy.special import chdtrc

    known = rows[rows["denominator"] > 0]
    sums = known.groupby("site")[["numerator", "denominator"]].transform("sum")
    rate = sums["numerator"] / sums["denominator"]
    expected = known["denominator"] * rate * (1 - rate)
    inside = expected > 0
    off = (known["numerator"] - known["denominator"] * rate)[inside] ** 2 / expected[inside]
    freedom = int(inside.sum()) - known.loc[inside, "site"].nunique()
    return freedom > 0 and bool(chdtrc(freedom, float(off.sum())) < CLEARLY)
