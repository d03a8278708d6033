"""How much more a measure changed where an action began than at sites where it had not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .before_after import ALPHA

CONTROLS = 3
"""Fewest sites to compare with: with fewer an interval says nothing."""
PERIODS = 6
"""Fewest periods before the start."""


class Versus(NamedTuple):
    """A difference in differences in the measure's unit, with its 95 % interval.

    ``more`` (by how much more it rose where the action began) from ``low`` to ``high``; ``own`` and
    ``others`` (change there, mean change elsewhere); ``sites`` compared with; ``place``: of all the sites,
    how many changed by as much or more the same way, itself counted; ``drift`` from ``drift_low`` to
    ``drift_high``: the same comparison within the time before the start, as if it had begun half-way.
    """

    more: float
    low: float
    high: float
    own: float
    others: float
    sites: tuple[str, ...]
    place: int
    drift: float
    drift_low: float
    drift_high: float

    @property
    def alike(self) -> bool:
        """Whether nothing says that the sites were already going apart before the start."""
        return self.drift_low <= 0 <= self.drift_high


def difference_in_differences(
    panel: pd.DataFrame, treated: Sequence[str], controls: Sequence[str], starts: pd.Timestamp
) -> Versus | None:
    """Return how much more the level changed at ``treated`` sites than at ``controls``.

    For few sites: each site's figures become two, its mean before and since (Bertrand, Duflo and
    Mullainathan, 2004, *How much should we trust differences-in-differences estimates?*), so that
    figures which resemble the one before cannot feign precision. The change of each site is regressed on
    whether the action had begun there, by statsmodels' least squares, with sites less two degrees of freedom
    (Donald and Lang, 2007). In a balanced panel the size is that of a regression with site and period
    effects. A site whose figures scatter more than the others' has a wider interval (Ferman and Pinto,
    2019, show why): the error grows by the ratio of the scatter before the start.

    It assumes that without the action the sites would have moved alike. ``drift`` checks that on the
    time before the start, where there was nothing to find: its first half against its second.

    Parameters
    ----------
    panel : ``site, period, value``, one row each. Only periods in which all sites have a figure count.
    treated, controls : sites where it began at ``starts``, and where it has not begun yet.

    Returns
    -------
    ``None`` with fewer than three controls, six periods before or two since.

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=10, freq="MS")
    >>> wave = np.array([0.0, 1.0, 0.0, -1.0, 0.5, -0.5, 0.0, 1.0, -1.0, 0.0])
    >>> rise = {"A": 4.0, "B": 0.5, "C": -0.5, "D": 0.0}
    >>> panel = pd.concat([pd.DataFrame({"site": site, "period": months,
    ...     "value": 60 + wave + size * (np.arange(10) >= 7)}) for site, size in rise.items()])
    >>> found = difference_in_differences(panel, ["A"], ["B", "C", "D"], months[7])
    >>> round(found.more, 2), round(found.low, 2), round(found.high, 2), found.place
    (4.0, 1.52, 6.48, 1)
    """
    known = panel[panel["site"].isin([*treated, *controls])]
    wide = known.pivot(index="period", columns="site", values="value").sort_index()
    first = [site for site in treated if site in wide]
    others = [site for site in controls if site in wide]
    wide = wide[[*first, *others]].dropna()
    since = np.asarray(wide.index >= starts)
    if not first or len(others) < CONTROLS or (~since).sum() < PERIODS or since.sum() < 2:
        return None
    values, begun = wide.to_numpy(dtype="float64"), np.arange(wide.shape[1]) < len(first)
    changes = values[since].mean(axis=0) - values[~since].mean(axis=0)
    wider = _scatter(values[~since], begun)
    more, low, high = _compared(changes, begun, wider)
    early, late = np.array_split(values[~since], 2)
    # Sites that go apart scatter for that reason alone: it must not hide what is looked for.
    steady = _scatter(_levelled(values[~since]), begun)
    drift, drift_low, drift_high = _compared(late.mean(axis=0) - early.mean(axis=0), begun, steady)
    own = float(changes[begun].mean())
    way = np.sign(own - changes[~begun].mean()) or 1.0
    place = 1 + int((way * changes[~begun] >= way * own).sum())
    rest = float(changes[~begun].mean())
    return Versus(more, low, high, own, rest, tuple(others), place, drift, drift_low, drift_high)


def _compared(figures: Any, begun: Any, wider: float) -> tuple[float, float, float]:
    """Difference of two groups of sites with its interval."""
    from scipy.stats import t
    from statsmodels.regression.linear_model import OLS

    fit = OLS(figures, np.column_stack([np.ones(len(figures)), begun.astype("float64")])).fit()
    reach = float(t.ppf(1 - ALPHA / 2, fit.df_resid) * fit.bse[1]) * wider
    size = float(fit.params[1])
    return size, size - reach, size + reach


def _scatter(before: Any, begun: Any) -> float:
    """How many times as much the treated sites scatter about the others before the start; 1 at least."""
    others = before[:, ~begun]
    count = others.shape[1]
    shared = others.mean(axis=1, keepdims=True)
    # A site is part of the mean that it is compared with, which draws it nearer.
    ours = _spread(before[:, begun] - shared) / (1 + 1 / count)
    theirs = _spread(others - shared) / (1 - 1 / count)
    return max(1.0, float(np.sqrt(ours / theirs))) if theirs > 0 else 1.0


def _levelled(values: Any) -> Any:
    """Each site's figures without their straight line."""
    times = np.arange(len(values), dtype="float64")
    slope, level = np.polyfit(times, values, 1)
    return values - np.outer(times, slope) - level


def _spread(left: Any) -> float:
    return float(left.var(axis=0, ddof=1).mean())
