"""Funnel limits for units of different size, with and without over-dispersion.

Spiegelhalter (2005), *Funnel plots for comparing institutional performance*, and
Spiegelhalter (2005), *Handling over-dispersion of performance indicators*.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..names import refuse_clash
from ..spc.runs import Floats
from .checked import figures, not_negative, one_row_each

Z95, Z998 = 1.959964, 3.090232  # to six places, as the reference implementation has them
TAILS = {Z95: 0.025, Z998: 0.001}
_MADE = ["rate", "z", "phi", "tau2", "lower95", "upper95", "lower998", "upper998", "outlier"]
TRIM = 0.1
"""Share of units at each end whose z-scores are pulled in before over-dispersion is judged."""


def funnel(
    frame: pd.DataFrame,
    *,
    numerator: str,
    denominator: str,
    by: str,
    kind: Literal["proportion", "ratio"] = "proportion",
    overdispersion: bool = True,
) -> pd.DataFrame:
    """Return each unit's rate, how far it lies from the whole, and the limits around the whole.

    Parameters
    ----------
    frame : one row a unit.
    numerator, denominator : columns of counts; for a ratio, of observed and expected counts.
    by : column that names the unit.
    kind : ``"proportion"`` uses the inverse sine transformation and compares with the whole's
        rate; ``"ratio"`` uses logarithms and exact Poisson limits and compares with 1.
    overdispersion : widen the limits by the variation between units that chance does not explain.

    Returns
    -------
    In input order: ``by, rate, z`` (unadjusted), ``phi`` (variance of z about 0; above 1 is
    over-dispersed), ``tau2`` (variance between units on the transformed scale), ``lower95,
    upper95, lower998, upper998`` and ``outlier`` (beyond the 99.8 % limits). Extreme z-scores
    are pulled in to the 10th and 90th percentile (proportion) or a tenth of the units left out
    at each end (ratio) before ``phi`` is worked out. A unit without a count or a denominator keeps
    its row, has no limits and is never an outlier.

    Raises
    ------
    InputError : a count is negative or infinite, a proportion's numerator exceeds its
        denominator, a unit has two rows or no name, or fewer than two units can be compared.

    Examples
    --------
    >>> frame = pd.DataFrame({"site": ["A", "B"], "seen": [90, 60], "all": [100, 100]})
    >>> made = funnel(frame, numerator="seen", denominator="all", by="site", overdispersion=False)
    >>> made["outlier"].tolist()
    [True, True]
    """
    one_row_each(frame, by)
    refuse_clash([by], _MADE)
    counts, sizes = (figures(frame, name, missing=np.nan) for name in (numerator, denominator))
    there = (sizes > 0) & ~np.isnan(counts)
    _check(counts, sizes, kind, numerator, denominator)
    if there.sum() < 2:
        raise InputError(f"a funnel compares two units or more; {there.sum()} of {len(frame)} have counts",
                         column=denominator)  # fmt: skip
    result = frame[[by]].copy()
    counts, sizes = np.where(there, counts, np.nan), np.where(there, sizes, np.nan)
    result["rate"] = counts / sizes
    centre, shifted, spread = (_proportion if kind == "proportion" else _ratio)(counts, sizes)
    z = (shifted - centre) / spread
    phi, tau2 = _between(z[there], spread[there], kind)
    result["z"], result["phi"], result["tau2"] = z, phi, tau2
    wide = overdispersion and tau2 > 0
    for name, level in (("95", Z95), ("998", Z998)):
        lower, upper = _limits(centre, spread, tau2 if wide else 0.0, level, kind, None if wide else sizes)
        result[f"lower{name}"], result[f"upper{name}"] = lower, upper
    result["outlier"] = (result["rate"] < result["lower998"]) | (result["rate"] > result["upper998"])
    return result[[by, *_MADE]]


def _check(counts: Floats, sizes: Floats, kind: str, numerator: str, denominator: str) -> None:
    not_negative(counts, numerator)
    not_negative(sizes, denominator)
    if kind == "proportion" and (counts > sizes).any():
        raise InputError(
            f"'{numerator}' exceeds '{denominator}'", fix="Use kind='ratio' for observed and expected."
        )


def _proportion(counts: Floats, sizes: Floats) -> tuple[float, Floats, Floats]:
    """Inverse sine: centre, units' values and their standard errors, 1 / (2 sqrt(n))."""
    known = ~np.isnan(sizes) & ~np.isnan(counts)
    total = sizes[known].sum()
    centre = float(np.arcsin(np.sqrt(counts[known].sum() / total))) if total else np.nan
    return centre, np.arcsin(np.sqrt(counts / sizes)), 1 / (2 * np.sqrt(sizes))


def _ratio(counts: Floats, sizes: Floats) -> tuple[float, Floats, Floats]:
    """Logarithm: centre 0, units' values and their standard errors, 1 / sqrt(expected)."""
    # A unit that observed none has no logarithm: half a case stands in for it.
    return 0.0, np.log(np.where(counts == 0, 0.5, counts) / sizes), 1 / np.sqrt(sizes)


def _between(z: Floats, spread: Floats, kind: str) -> tuple[float, float]:
    """Return phi, the mean square of the trimmed z-scores, and tau2, the variance between units."""
    if len(z) < 2:
        return np.nan, 0.0
    if kind == "proportion":
        kept, weights = np.clip(z, *np.quantile(z, [TRIM, 1 - TRIM])), 1 / spread**2
    else:
        cut = int(len(z) * TRIM)
        rows = np.argsort(z, kind="stable")[cut : len(z) - cut]
        kept, weights = z[rows], 1 / spread[rows] ** 2
    number = len(kept)
    phi = float((kept**2).sum() / number)
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    return phi, max(0.0, float((number * phi - (number - 1)) / scale))


def _limits(
    centre: float, spread: Floats, tau2: float, level: float, kind: str, sizes: Floats | None
) -> tuple[Any, Any]:
    width = level * np.sqrt(spread**2 + tau2)
    if kind == "proportion":
        low, high = np.clip([centre - width, centre + width], 0, np.pi / 2)
        return np.sin(low) ** 2, np.sin(high) ** 2
    if sizes is None:
        return np.exp(-width), np.exp(width)
    return _poisson(sizes, level)


def _poisson(sizes: Floats, level: float) -> tuple[Floats, Floats]:
    """Exact limits of an observed over an expected count: chi-squared quantiles over 2 x expected."""
    from scipy.special import gammaincinv

    tail = TAILS[level]
    return gammaincinv(sizes, tail) / sizes, gammaincinv(sizes + 1, 1 - tail) / sizes
