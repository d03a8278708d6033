"""How well a site's level is known from the periods it is made of."""

from __future__ import annotations

import numpy as np
import pandas as pd

CLEARLY = 0.05
"""Chance below which shares are said to vary by more than counting explains."""


GROUPS = 4
"""Stretches of time by which the memory of a series is judged."""


def period_errors(rows: pd.DataFrame, growth: float | None = None) -> pd.Series[float]:
    """Return the standard error of each site's mean over periods, by site; missing with one period.

    A site's spread rests on a dozen points or two: half of its variance is that of all sites. Where
    periods resemble those before, the mean is known less well, by the factor of :func:`memory`.

    Parameters
    ----------
    rows : ``site, period, value``, one row a site and period.
    growth : that factor, where it is known already.

    Examples
    --------
    >>> rows = pd.DataFrame({"site": list("aabb"), "period": [1, 2, 1, 2], "value": [4.0, 6.0, 5.0, 7.0]})
    >>> period_errors(rows).round(2).to_dict()
    {'a': 1.0, 'b': 1.0}
    """
    groups = rows.groupby("site")["value"]
    spread, points = groups.std(), groups.count()
    pooled = np.sqrt((spread**2 + float((spread**2).mean())) / 2)
    grown = memory(rows)[0] if growth is None else growth
    errors: pd.Series[float] = pd.Series(pooled * np.sqrt(grown / points), index=points.index)
    return errors


def memory(rows: pd.DataFrame) -> tuple[float, float]:
    """Return by what the variance of a site's mean grows as periods resemble those before.

    The larger of two estimates, over all sites together. The first is ``(1 + r) / (1 - r)`` (Bartlett,
    1946), ``r`` the lag-one autocorrelation. It misses a slow wave under much noise, so the second compares
    the means of four stretches of time, each as long as it can be, with what single periods
    would make of them (batch means: Conway, "Some tactical problems in digital simulation", 1963; few groups
    and Student's t: Ibragimov and Müller, 2010). What all sites share in a period is taken out
    of the stretches: it sets no site apart.

    Returns
    -------
    The factor, 1 or more, and the degrees of freedom that the stretches have; infinite with under 12 periods.

    Examples
    --------
    >>> noise = np.random.default_rng(2).normal(size=(24, 4))
    >>> rows = pd.DataFrame({"site": np.repeat(list("abcd"), 24), "period": np.tile(range(24), 4)})
    >>> memory(rows.assign(value=noise.T.ravel()))[0] < 2
    True
    """
    alike = _resembles(rows)
    first = (1 + alike) / (1 - alike)
    time, periods = pd.factorize(rows["period"], sort=True)
    place, names = pd.factorize(rows["site"])
    sites = len(names)
    if len(periods) < 3 * GROUPS or sites < 2:
        return first, np.inf
    left = np.full((len(periods), sites), np.nan)
    left[time, place] = rows["value"].to_numpy(dtype="float64")
    some = ~np.isnan(left)
    left -= np.nansum(left, axis=0) / some.sum(axis=0).clip(1)
    if sites > 2:
        left -= (np.nansum(left, axis=1) / some.sum(axis=1).clip(1))[:, None]
    scale = np.nansum(left**2, axis=0) / (some.sum(axis=0) - 1).clip(1)
    known = scale > 0
    even = np.where(some & known, left, 0.0) / np.sqrt(np.where(known, scale, 1.0))
    ends = np.arange(GROUPS) * len(even) // GROUPS
    sums, counts = np.add.reduceat(even, ends), np.add.reduceat(some.astype(float), ends)
    seen = float((sums**2 / counts.clip(1)).sum()) / max(1, (GROUPS - 1) * int(known.sum()))
    freedom = float((GROUPS - 1) * (sites - 1 if sites > 2 else sites))
    return max(1.0, first, seen), freedom


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
