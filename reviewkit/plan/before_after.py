"""By how much a series changed at a known date, with an interval that allows for time of year and memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

ALPHA = 0.05
TWO_YEARS = 690
"""Days of history from which a yearly wave is fitted."""
MOST = 0.8
"""Largest resemblance of one period to the next that is allowed for."""


class Change(NamedTuple):
    """Size of a change in the measure's unit, 95 % interval, chance (0 to 1), points without the season.

    ``adjusted`` has the points since the last break, in time order; ``seasonal``: a yearly wave was fitted.
    """

    size: float
    low: float
    high: float
    chance: float
    resemblance: float
    adjusted: pd.Series[Any]
    seasonal: bool


def change_at(points: pd.DataFrame, starts: pd.Timestamp, *, breaks: Sequence[pd.Timestamp] = ()) -> Change:
    """Return by how much the level of a series differs from ``starts`` on, against just before.

    Interrupted time series (Wagner, Soumerai, Zhang and Ross-Degnan, 2002): least squares on a
    level, an earlier step at each of ``breaks``, the step at ``starts`` and, with two years of points,
    a yearly wave. Its standard error allows for periods that resemble the one before, by a first-order
    autoregression: ``(X'X)^-1 X'RX (X'X)^-1 s2`` with ``R[i,j] = r^|i-j|``, ``r`` the
    lag-one autocorrelation of what is left over, corrected for the columns fitted and never below nought;
    degrees of freedom after Satterthwaite (1946). It says that the level differs, not why.

    Parameters
    ----------
    points : ``period`` (dates), ``value``; in time order, none missing, some before and some after.
    starts : first date of the new level. breaks : dates before it at which the level changed already.

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=18, freq="MS")
    >>> values = [60.0, 62.0, 61.0] * 4 + [66.0, 65.0, 67.0] * 2
    >>> found = change_at(pd.DataFrame({"period": months, "value": values}), pd.Timestamp("2025-01-01"))
    >>> round(found.size, 6), found.low > 4, found.high < 6.1, found.chance < 0.001
    (5.0, True, True, True)
    """
    from scipy.stats import t

    periods = pd.DatetimeIndex(points["period"])
    values = points["value"].to_numpy(dtype="float64")
    post = (periods >= starts).astype("float64")
    steps = [(periods >= at).astype("float64") for at in breaks]
    waves = _waves(periods)
    design = np.column_stack([post, np.ones(len(values)), *steps, *waves])
    inverse = np.linalg.pinv(design.T @ design)
    fitted = inverse @ design.T @ values
    left = values - design @ fitted
    season = np.column_stack(waves) @ fitted[-len(waves) :] if waves else np.zeros(len(values))
    since = max(breaks) if len(breaks) else periods[0]
    adjusted = pd.Series(values - season + season.mean())[periods >= since].reset_index(drop=True)
    size = float(fitted[0])
    total = float(left @ left)
    if total <= 1e-18 * max(float(values @ values), 1e-300):
        chance = 1.0 if abs(size) < 1e-9 * max(1.0, float(np.abs(values).max())) else 0.0
        return Change(size, size, size, chance, 0.0, adjusted, bool(waves))
    own = float(left[1:] @ left[:-1]) / total + design.shape[1] / len(values)
    resemblance = float(np.clip(own, 0.0, MOST))
    error, freedom = _error(design, inverse, total, resemblance)
    reach = float(t.ppf(1 - ALPHA / 2, freedom)) * error
    chance = float(2 * t.sf(abs(size) / error, freedom))
    return Change(size, size - reach, size + reach, chance, resemblance, adjusted, bool(waves))


def _waves(periods: pd.DatetimeIndex) -> list[Any]:
    days = np.asarray((periods - pd.Timestamp("2000-01-03")).days, dtype="float64")
    if len(days) < 18 or days[-1] - days[0] < TWO_YEARS:
        return []
    turn = 2 * np.pi * days / 365.25
    return [np.sin(turn), np.cos(turn)]


def _error(design: Any, inverse: Any, total: float, resemblance: float) -> tuple[float, float]:
    """Standard error of the first coefficient, and its degrees of freedom."""
    count = len(design)
    apart = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    alike = np.power(resemblance, apart) if resemblance else np.eye(count)
    cleared = (np.eye(count) - design @ inverse @ design.T) @ alike
    trace = float(np.trace(cleared))
    spread = total / trace
    variance = float((inverse @ design.T @ alike @ design @ inverse)[0, 0]) * spread
    return float(np.sqrt(variance)), max(trace**2 / float((cleared * cleared.T).sum()), 1.0)
