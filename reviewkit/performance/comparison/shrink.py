"""Small numbers allowed for: each unit's rate drawn towards that of all, by how little is known of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..names import refuse_clash
from ..spc.runs import Floats
from .checked import figures, not_negative
from .ranks import rank_intervals, with_ranks

Z95 = 1.959964
_MADE = ["shrunk", "lower", "upper", "above", "rank", "rank_lower", "rank_upper"]


def shrink(
    frame: pd.DataFrame, *, successes: str, trials: str, against: float | None = None, ascending: bool = False
) -> pd.DataFrame:
    """Return rates by empirical Bayes, with intervals and ranks, rows in input order.

    The units' true rates are taken to follow a beta distribution, its mean and spread
    estimated from all units by the method of moments (Kleinman, 1973, *Proportions with
    extraneous variance*). With a prior of ``a`` and ``b``, a unit with ``y`` of ``n`` has the
    posterior ``beta(a + y, b + n - y)`` and the shrunken rate ``(a + y) / (a + b + n)``. Where
    the units differ no more than chance would have it, the prior counts as many trials as all
    units together; it never counts less than one. That the prior is itself estimated is not
    in the intervals: with few units they are somewhat too narrow.

    Parameters
    ----------
    frame : one row a unit.
    successes, trials : columns of counts, which need not be whole; missing counts as none.
    against : rate with which units are compared; by default the mean of the prior.
    ascending : rank 1 is the lowest.

    Returns
    -------
    The columns of ``frame`` and ``rate`` (0 to 1), ``shrunk, lower, upper`` (95 % of the
    posterior), ``above`` (chance that the unit's true rate lies above ``against``), ``rank``
    (1 for the highest ``shrunk``), ``rank_lower, rank_upper`` (95 %, from draws).
    A unit without trials has no rate and the rate of all as ``shrunk``.

    Raises
    ------
    InputError : a count is negative or infinite, or successes exceed trials.

    Examples
    --------
    >>> frame = pd.DataFrame({"agent": ["A", "B", "C"], "solved": [9, 300, 500], "calls": [10, 500, 1000]})
    >>> found = shrink(frame, successes="solved", trials="calls")
    >>> found[["agent", "rate", "shrunk"]].round(2).values.tolist()
    [['A', 0.9, 0.61], ['B', 0.6, 0.6], ['C', 0.5, 0.5]]
    """
    from scipy.special import betainc, betaincinv

    won, tried = figures(frame, successes, missing=0.0), figures(frame, trials, missing=0.0)
    refuse_clash([successes, trials], ["rate", *_MADE])
    not_negative(won, successes)
    not_negative(tried, trials)
    if (won > tried).any():
        raise InputError(f"'{successes}' must lie between 0 and '{trials}'", column=successes)
    prior_won, prior_lost = _prior(won, tried)
    alpha, beta = prior_won + won, prior_lost + tried - won
    result = frame.copy()
    result["rate"] = np.divide(won, tried, out=np.full(len(won), np.nan), where=tried > 0)
    result["shrunk"] = alpha / (alpha + beta)
    result["lower"], result["upper"] = betaincinv(alpha, beta, 0.025), betaincinv(alpha, beta, 0.975)
    mark = prior_won / (prior_won + prior_lost) if against is None else min(max(against, 0.0), 1.0)
    result["above"] = 1 - betainc(alpha, beta, mark)
    low, high = rank_intervals(lambda numbers, n: numbers.beta(alpha, beta, size=(n, len(alpha))), len(alpha))
    return with_ranks(result, low, high, ascending=ascending)


def shrink_means(
    frame: pd.DataFrame, *, mean: str, error: str, against: float | None = None, ascending: bool = False
) -> pd.DataFrame:
    """Return means drawn towards that of all, with intervals and ranks, rows in input order.

    Normal model; the variance between units ``tau2`` by moments (DerSimonian and Laird, 1986,
    *Meta-analysis in clinical trials*). A unit keeps ``tau2 / (tau2 + error ** 2)`` of its
    distance from the mean of all. Where units differ no more than chance would have it,
    ``tau2`` is 0: all are drawn to one level and no rank is known.

    Parameters
    ----------
    frame : one row a unit with its ``mean`` and the standard ``error`` of it. A unit whose error
        is 0, its figures having varied not at all, is given the largest error of the others.
    against : level with which units are compared; by default the mean of all.
    ascending : rank 1 is the lowest.

    Returns
    -------
    The columns of ``frame`` and ``shrunk, lower, upper`` (95 %), ``centre`` (mean of all),
    ``above`` (chance that the unit's true level lies above ``against``), ``rank`` (1 for the
    highest), ``rank_lower, rank_upper`` (95 %, from draws), in the unit of ``mean``.

    Raises
    ------
    InputError : a mean or an error is missing or infinite, or an error is negative.

    Examples
    --------
    >>> frame = pd.DataFrame({"site": ["A", "B", "C"], "mean": [400.0, 420.0, 500.0], "error": 5.0})
    >>> shrink_means(frame, mean="mean", error="error")["shrunk"].round(0).tolist()
    [400.0, 420.0, 499.0]
    """
    from scipy.special import ndtr

    values, errors = figures(frame, mean), figures(frame, error)
    refuse_clash([mean, error], ["centre", *_MADE])
    not_negative(errors, error)
    # Where nothing varies at all, units are taken to be known almost exactly.
    least = 1e-6 * max(1e-3, float(np.abs(values).max(initial=0.0)))
    errors = np.where(errors > 0, errors, max(float(errors.max(initial=0.0)), least))
    tau2 = _dersimonian(values, 1 / errors**2)
    whole = 1 / (errors**2 + tau2)
    centre = float((values * whole).sum() / whole.sum()) if len(values) else np.nan
    keep, doubt = tau2 / (tau2 + errors**2), 1 / whole.sum() if len(values) else np.nan
    own = np.sqrt(keep) * errors
    result = frame.copy()
    result["shrunk"] = centre + keep * (values - centre)
    spread = np.sqrt(own**2 + (1 - keep) ** 2 * doubt)
    result["lower"], result["upper"] = result["shrunk"] - Z95 * spread, result["shrunk"] + Z95 * spread
    result["centre"] = centre
    result["above"] = ndtr((result["shrunk"] - (centre if against is None else against)) / spread)
    if tau2 == 0:
        low, high = np.ones(len(values), dtype="int64"), np.full(len(values), len(values), dtype="int64")
        return with_ranks(result, low, high, ascending=ascending)

    def draw(numbers: np.random.Generator, n: int) -> Floats:
        middle = numbers.normal(centre, np.sqrt(doubt), size=(n, 1))
        drawn: Floats = middle + keep * (values - middle) + own * numbers.normal(size=(n, len(values)))
        return drawn

    return with_ranks(result, *rank_intervals(draw, len(values)), ascending=ascending)


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
