"""Small numbers allowed for: each unit's rate drawn towards that of all, by how little is known of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..spc.runs import Floats

DRAWS = 4000
SEED = 7


def shrink(frame: pd.DataFrame, *, successes: str, trials: str) -> pd.DataFrame:
    """Return rates by empirical Bayes, with intervals and ranks, rows in input order.

    The units' true rates are taken to follow a beta distribution, its mean and spread
    estimated from all units by the method of moments (Kleinman, 1973). Where the units differ
    no more than chance would have it, the prior counts as many trials as all units together;
    it never counts less than one.

    Parameters
    ----------
    frame : one row a unit.
    successes, trials : columns of counts.

    Returns
    -------
    The columns of ``frame`` and ``rate`` (0 to 1), ``shrunk, lower, upper`` (95 % of the
    posterior), ``rank`` (1 for the highest ``shrunk``), ``rank_lower, rank_upper`` (95 %).
    A unit without trials has no rate and the rate of all as ``shrunk``.

    Raises
    ------
    InputError : a count is negative, or successes exceed trials.

    Examples
    --------
    >>> frame = pd.DataFrame({"agent": ["A", "B", "C"], "solved": [9, 300, 500], "calls": [10, 500, 1000]})
    >>> found = shrink(frame, successes="solved", trials="calls")
    >>> found[["agent", "rate", "shrunk"]].round(2).values.tolist()
    [['A', 0.9, 0.61], ['B', 0.6, 0.6], ['C', 0.5, 0.5]]
    """
    won = frame[successes].to_numpy(dtype="float64", na_value=0)
    tried = frame[trials].to_numpy(dtype="float64", na_value=0)
    if (won < 0).any() or (won > tried).any():
        raise InputError(f"'{successes}' must lie between 0 and '{trials}'", column=successes)
    alpha, beta = _prior(won, tried)
    result = frame.copy()
    result["rate"] = np.divide(won, tried, out=np.full(len(won), np.nan), where=tried > 0)
    return _with_posterior(result, alpha + won, beta + tried - won)


def shrink_means(frame: pd.DataFrame, *, mean: str, error: str) -> pd.DataFrame:
    """Return means drawn towards that of all (normal model, DerSimonian and Laird, 1986).

    Parameters
    ----------
    frame : one row a unit with its ``mean`` and the standard ``error`` of it.

    Returns
    -------
    The columns of ``frame`` and ``shrunk, lower, upper`` (95 %), ``centre`` (mean of all),
    ``rank`` (1 for the highest), in the unit of ``mean``.

    Examples
    --------
    >>> frame = pd.DataFrame({"site": ["A", "B", "C"], "mean": [400.0, 420.0, 500.0], "error": 5.0})
    >>> shrink_means(frame, mean="mean", error="error")["shrunk"].round(0).tolist()
    [400.0, 420.0, 499.0]
    """
    values, errors = frame[mean].to_numpy(dtype="float64"), frame[error].to_numpy(dtype="float64")
    errors = np.where(errors > 0, errors, np.nanmax(np.append(errors, 1e-9)))
    weights = 1 / errors**2
    tau2 = _dersimonian(values, weights)
    whole = 1 / (errors**2 + tau2)
    centre = (values * whole).sum() / whole.sum() if len(values) else np.nan
    keep = tau2 / (tau2 + errors**2)
    result = frame.copy()
    result["shrunk"] = centre + keep * (values - centre)
    spread = 1.96 * np.sqrt(keep * errors**2 + (1 - keep) ** 2 / whole.sum()) if len(values) else errors
    result["lower"], result["upper"], result["centre"] = (
        result["shrunk"] - spread,
        result["shrunk"] + spread,
        centre,
    )
    result["rank"] = result["shrunk"].rank(ascending=False, method="min").astype("int64")
    return result


def _dersimonian(values: Floats, weights: Floats) -> float:
    if len(values) < 2:
        return 0.0
    centre = (values * weights).sum() / weights.sum()
    excess = (weights * (values - centre) ** 2).sum() - (len(values) - 1)
    return max(0.0, float(excess / (weights.sum() - (weights**2).sum() / weights.sum())))


def _prior(won: Floats, tried: Floats) -> tuple[float, float]:
    """Beta parameters by moments: rho is the share of the variance that lies between units."""
    total, units = tried.sum(), int((tried > 0).sum())
    if not total:
        return 0.5, 0.5
    mean = min(max(won.sum() / total, 0.5 / (total + 1)), 1 - 0.5 / (total + 1))
    seen = tried > 0
    spread = (tried[seen] * (won[seen] / tried[seen] - mean) ** 2).sum() / (mean * (1 - mean))
    room = total - (tried**2).sum() / total - (units - 1)
    rho = (spread - (units - 1)) / room if room > 0 else 0.0
    size = total if rho <= 0 else min((1 - min(rho, 0.5)) / min(rho, 0.5), total)
    return mean * size, (1 - mean) * size


def _with_posterior(result: pd.DataFrame, alpha: Floats, beta: Floats) -> pd.DataFrame:
    from scipy.special import betaincinv

    result["shrunk"] = alpha / (alpha + beta)
    result["lower"], result["upper"] = betaincinv(alpha, beta, 0.025), betaincinv(alpha, beta, 0.975)
    result["rank"] = result["shrunk"].rank(ascending=False, method="min").astype("int64")
    low, high = _rank_interval(alpha, beta)
    result["rank_lower"], result["rank_upper"] = low, high
    return result


def _rank_interval(alpha: Floats, beta: Floats) -> tuple[Any, Any]:
    if not len(alpha):
        return np.array([], dtype="int64"), np.array([], dtype="int64")
    draws = np.random.default_rng(SEED).beta(alpha, beta, size=(DRAWS, len(alpha)))
    ranks = len(alpha) - draws.argsort(axis=1).argsort(axis=1)
    low, high = np.quantile(ranks, [0.025, 0.975], axis=0, method="nearest")
    return low.astype("int64"), high.astype("int64")
