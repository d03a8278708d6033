"""Who answers a survey: response by what happened, and whose answered cases are unlike the handled ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..journeys.interval import wilson
from ..names import refuse_clash
from ..spc.runs import Floats
from .checked import part_of
from .discovery import false_discovery
from .shrink import Z95


def response_rates(cells: pd.DataFrame, by: str, *, asked: str, answered: str) -> pd.DataFrame:
    """Return the share that answered, by one column, with Wilson's 95 % interval (Wilson, 1927).

    Parameters
    ----------
    cells : one row a covariate cell with the number of cases and of answers.
    by : column, such as the outcome, the channel or the site; missing and empty values are one kind.

    Returns
    -------
    ``by, asked, answered, rate, lower, upper``, in order of ``by``.

    Examples
    --------
    >>> cells = pd.DataFrame({"channel": ["phone", "chat", "chat"], "calls": [100, 60, 40],
    ...                       "scores": [30, 30, 20]})
    >>> found = response_rates(cells, "channel", asked="calls", answered="scores")
    >>> found[["channel", "rate"]].values.tolist()
    [['chat', 0.5], ['phone', 0.3]]
    """
    part_of(cells, answered, asked)
    refuse_clash([by], ["asked", "answered", "rate", "lower", "upper"])
    kind = cells[by].astype("object").where(cells[by].notna(), "").rename(by)
    sums = cells.groupby(kind)[[asked, answered]].sum().reset_index()
    sums = sums[sums[asked] > 0].reset_index(drop=True).rename(columns={asked: "asked", answered: "answered"})
    rate = sums["answered"] / sums["asked"]
    lower, upper = wilson(rate, sums["asked"])
    return sums.assign(rate=rate, lower=lower, upper=upper)


def response_ratio(
    cells: pd.DataFrame, *, asked: str, answered: str, outcome: str, strata: Sequence[str] = ()
) -> dict[str, float] | None:
    """Return how many times as often cases with an outcome are answered as those without.

    Ratio of shares by Mantel and Haenszel with the variance of Greenland and Robins (1985,
    *Estimation of a common effect parameter from sparse follow-up data*); without strata it is
    the plain ratio with the usual interval on the logarithm.

    Parameters
    ----------
    outcome : column of truths; cases where it is missing are left out.
    strata : columns within which outcomes are compared, such as the agent.

    Returns
    -------
    ``ratio, lower, upper`` (95 %), ``n`` (cases compared), ``left_out`` (cases without a known
    outcome); none where one side has no answers.

    Examples
    --------
    >>> cells = pd.DataFrame({"solved": [True, False], "calls": [200, 100], "scores": [80, 20]})
    >>> found = response_ratio(cells, asked="calls", answered="scores", outcome="solved")
    >>> [round(found[name], 2) for name in ("ratio", "lower", "upper")]
    [2.0, 1.3, 3.07]
    """
    part_of(cells, answered, asked)
    known = cells[cells[outcome].notna()]
    keys = [known[name].astype("object").where(known[name].notna(), "") for name in strata]
    groups = keys or [pd.Series("all", index=known.index)]
    good = known[outcome].astype(bool)
    tables = []
    for side in (good, ~good):
        tables.append(known[[asked, answered]].where(side, 0).groupby(groups).sum())
    n1, a = tables[0][asked].to_numpy("float64"), tables[0][answered].to_numpy("float64")
    n0, b = tables[1][asked].to_numpy("float64"), tables[1][answered].to_numpy("float64")
    whole = np.maximum(n1 + n0, 1.0)
    above, below = (a * n0 / whole).sum(), (b * n1 / whole).sum()
    if not above or not below:
        return None
    spread = np.sqrt(((n1 * n0 * (a + b) - a * b * whole) / whole**2).sum() / (above * below))
    ratio, left = above / below, float(cells[asked].sum() - (n1 + n0).sum())
    found = {"ratio": ratio, "lower": ratio * np.exp(-Z95 * spread), "upper": ratio * np.exp(Z95 * spread)}
    return {**{name: float(value) for name, value in found.items()}, "n": float((n1 + n0).sum()),
            "left_out": left}  # fmt: skip


def answers_unlike(
    cells: pd.DataFrame, *, unit: str, outcome: str, asked: str, answered: str
) -> pd.DataFrame:
    """Return units whose answered cases differ from their handled cases more than those of others do.

    Solved cases may be answered more often everywhere. For each unit, the number of solved cases
    among its answered ones is compared with what the whole's ratio of odds would give, its numbers of
    solved, unsolved and answered cases as they are: Fisher's noncentral hypergeometric distribution,
    mean and variance by Cornfield's approximation (McCullagh and Nelder, 1989, *Generalized
    linear models*, 7.3). The false discovery rate over units is that of Benjamini and Hochberg (1995).

    Returns
    -------
    ``unit, asked, answered, handled_share, answered_share`` (share solved among handled and among
    answered cases), ``expected_share, z, p_value, q_value``, where both outcomes occur and
    there are answers and cases without; the rest are left out.
    """
    from scipy.special import ndtr

    part_of(cells, answered, asked)
    known = cells[cells[outcome].notna()]
    good = known[outcome].astype(bool)
    sums = pd.DataFrame({
        "solved": known[asked].where(good, 0), "open": known[asked].where(~good, 0),
        "a": known[answered].where(good, 0), "b": known[answered].where(~good, 0),
    }).groupby(known[unit]).sum().astype("float64").reset_index()  # fmt: skip
    sums["given"], sums["all"] = sums["a"] + sums["b"], sums["solved"] + sums["open"]
    whole = sums[["solved", "open", "a", "b"]].sum()
    odds = (whole["a"] + 0.5) * (whole["open"] - whole["b"] + 0.5)
    odds /= (whole["b"] + 0.5) * (whole["solved"] - whole["a"] + 0.5)
    both = (sums["solved"] > 0) & (sums["open"] > 0) & (sums["given"] > 0) & (sums["given"] < sums["all"])
    sums = sums[both].reset_index(drop=True)
    mean = _cornfield(
        sums["solved"].to_numpy(), sums["open"].to_numpy(), sums["given"].to_numpy(), float(odds)
    )
    corners = [mean, sums["solved"] - mean, sums["given"] - mean, sums["open"] - sums["given"] + mean]
    inverse = sum(1 / np.maximum(np.asarray(corner, dtype="float64"), 1e-9) for corner in corners)
    variance = sums["all"] / (sums["all"] - 1).clip(lower=1) / inverse
    z = (sums["a"] - mean) / np.sqrt(variance)
    p_value = pd.Series(2 * ndtr(-z.abs()), index=sums.index)
    return pd.DataFrame({
        unit: sums[unit], "asked": sums["all"], "answered": sums["given"],
        "handled_share": sums["solved"] / sums["all"], "answered_share": sums["a"] / sums["given"],
        "expected_share": mean / sums["given"], "z": z, "p_value": p_value,
        "q_value": false_discovery(p_value),
    })  # fmt: skip


def _cornfield(solved: Floats, unsolved: Floats, given: Floats, odds: float) -> Floats:
    """The number at which a table with these margins has this ratio of odds."""
    if abs(odds - 1) < 1e-9:
        even: Floats = given * solved / (solved + unsolved)
        return even
    # odds = m (open - given + m) / ((solved - m) (given - m)), a quadratic in m.
    a, b, c = odds - 1, -(odds * (solved + given) + unsolved - given), odds * solved * given
    root: Floats = (-b - np.sqrt(b**2 - 4 * a * c)) / (2 * a)
    return root
