"""Do two measures go together within sites, once what all sites share is taken out?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

D2, D4 = 1.128, 0.954
"""Mean and median moving range of pairs, in standard deviations (Wheeler)."""
FARTHEST = 5.0
"""A single month never counts for more than this many standard deviations."""
WINDOW = 6
"""Neighbouring months looked at for likeness."""
YEAR = 12
"""Months of a season."""


class Linked(NamedTuple):
    """A correlation, the standard deviation chance alone gives it, and its two-sided p-value."""

    effect: float
    chance: float
    p_value: float


def two_way(values: np.ndarray) -> np.ndarray:
    """Return what is left of each value once period and site have been allowed for.

    The residuals of a linear model with an effect for each period and one for each site: what
    happens to all sites alike (trend, season, a new system everywhere) and what sets a site
    apart for good are gone. Cells may be missing; they stay so.

    Parameters
    ----------
    values : periods by sites.

    Examples
    --------
    >>> two_way(np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]])).round(9).tolist()
    [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    left = np.array(values, dtype="float64")
    known = ~np.isnan(left)
    rows, columns = known.sum(axis=1).clip(1), known.sum(axis=0).clip(1)
    # Taking means in turn ends at the residuals of least squares (von Neumann's alternating projections).
    for _ in range(200):
        by_row = np.nansum(left, axis=1) / rows
        left -= by_row[:, None]
        by_column = np.nansum(left, axis=0) / columns
        left -= by_column[None, :]
        if max(np.abs(by_row).max(), np.abs(by_column).max()) < 1e-10 * (1 + np.nanmax(np.abs(left))):
            break
    return left


def evened(values: np.ndarray) -> np.ndarray:
    """Return two-way residuals in each site's own month-to-month deviations, outliers held in.

    A small site varies more by chance; without this it would outweigh the others. Moving
    ranges measure the deviation, so that a lasting shift does not hide itself. Sites may feel a
    season unlike: where a month resembles the same month a year before by more than chance, a
    wave of twelve months is taken out site by site. A shift does not come back after a year, so
    it is left alone.

    Parameters
    ----------
    values : months by sites.

    Examples
    --------
    >>> wave = np.sin(2 * np.pi * np.arange(24) / 12)
    >>> season = evened(np.outer(wave, [1.0, 2.0, 5.0]))
    >>> bool(np.abs(season).max() < 1e-9)
    True
    """
    left = np.array(values, dtype="float64")
    # Medians first: one month far out must not be shared out among the other sites.
    for axis in (1, 0, 1, 0):
        left -= _median(left, axis)
    spread = _held_spread(left)
    left = two_way(np.clip(left, -FARTHEST * spread, FARTHEST * spread))
    spread = _spread(left)
    left = left / np.where(spread > 1e-12, spread, 1.0)
    return two_way(_without_wave(left)) if _seasonal(left) else left


def _spread(values: np.ndarray) -> np.ndarray:
    """Standard deviation of each site's months, from its moving range."""
    steps = np.abs(np.diff(values, axis=0))
    known = (~np.isnan(steps)).sum(axis=0).clip(1)
    return np.asarray(np.nansum(steps, axis=0) / known / D2)


def _held_spread(values: np.ndarray) -> np.ndarray:
    """As :func:`_spread`, from medians, which a month far out cannot widen."""
    steps = np.abs(np.diff(values, axis=0))
    middle = _median(steps, 0)[0] / D4
    return np.asarray(np.where(middle > 1e-12, middle, _spread(values)))


def _median(values: np.ndarray, axis: int) -> np.ndarray:
    """Medians that keep their axis; 0 where nothing is known."""
    known = ~np.isnan(values).all(axis=axis, keepdims=True)
    filled = np.where(np.isnan(values).all(axis=axis, keepdims=True), 0.0, values)
    return np.asarray(np.where(known, np.nanmedian(filled, axis=axis, keepdims=True), 0.0))


def _seasonal(values: np.ndarray) -> bool:
    """Whether months resemble the same month of the year before, all sites together."""
    if len(values) < 2 * YEAR:
        return False
    known = np.nan_to_num(values)
    whole, shared = (known * known).sum(), (known[YEAR:] * known[:-YEAR]).sum()
    pairs = (~np.isnan(values[YEAR:] * values[:-YEAR])).sum()
    return bool(whole > 0 and shared / whole * len(values) / (len(values) - YEAR) > 1.64 / np.sqrt(pairs))


def _without_wave(values: np.ndarray) -> np.ndarray:
    """Take each site's wave of a year out."""
    angle = 2 * np.pi * np.arange(len(values)) / YEAR
    wave = np.column_stack([np.ones(len(values)), np.sin(angle), np.cos(angle)])
    left = values.copy()
    for place in range(left.shape[1]):
        known = ~np.isnan(left[:, place])
        if known.sum() > YEAR:
            fitted, *_ = np.linalg.lstsq(wave[known], left[known, place], rcond=None)
            left[known, place] -= wave[known] @ fitted
    return left


def effective_size(y: np.ndarray, x: np.ndarray, taken: int = 0) -> float:
    """Return how many independent pairs two panels of residuals are worth.

    Neighbouring periods that resemble one another carry less news than their number says. The
    variance of a correlation grows by ``1 + 2 sum (1 - k/n) r_y(k) r_x(k)`` (Bartlett, "Some
    aspects of the time-correlation problem", 1935; Pyper and Peterman, 1998), here with the
    autocorrelations of all sites together up to six periods. Each period and each site taken
    out costs one pair, and so does whatever else was (``taken``). Never more than there are.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> noise, walk = two_way(rng.normal(size=(24, 5))), two_way(rng.normal(size=(24, 5)).cumsum(axis=0))
    >>> effective_size(noise, noise) > 2 * effective_size(walk, walk)
    True
    """
    known = ~(np.isnan(y) | np.isnan(x))
    periods, sites = known.any(axis=1).sum(), known.any(axis=0).sum()
    a, b = (np.where(known, side, 0.0) for side in (y, x))
    scale = (a * a).sum() * (b * b).sum()
    growth = 1.0
    for k in range(1, min(WINDOW, len(a) // 2) + 1):
        shared = (a[k:] * a[:-k]).sum() * (b[k:] * b[:-k]).sum() / scale if scale else 0.0
        growth += 2 * (1 - k / len(a)) * shared
    return float(max(known.sum() - periods - sites + 1 - taken, 0) / max(growth, 1.0))


def linked(y: np.ndarray, x: np.ndarray, lag: int = 0) -> Linked:
    """Return how two panels go together, with a p-value for the pairs they are worth.

    Parameters
    ----------
    y, x : months by sites, from :func:`evened`.
    lag : periods by which ``x`` comes first.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> cause, noise = evened(rng.normal(size=(24, 5))), evened(rng.normal(size=(24, 5)))
    >>> linked(cause + noise, cause).p_value < 0.001
    True
    """
    from scipy.stats import t as student

    # Two for the wave of each site but one, looked for if not taken out: its mean went with the periods.
    taken = 2 * (y.shape[1] - 1) if len(y) >= 2 * YEAR else 0
    y, x = y[lag:], x[: len(x) - lag]
    known = ~(np.isnan(y) | np.isnan(x))
    a, b = (np.where(known, side, 0.0) for side in (y, x))
    scale, size = np.sqrt((a * a).sum() * (b * b).sum()), effective_size(y, x, taken)
    if scale <= 0 or size <= 4:
        return Linked(np.nan, np.nan, np.nan)
    r = float((a * b).sum() / scale)
    t = abs(r) * np.sqrt((size - 2) / max(1 - r * r, 1e-12))
    return Linked(r, 1 / np.sqrt(size - 1), float(2 * student.sf(t, size - 2)))


def best_lag(y: np.ndarray, x: np.ndarray, lags: Sequence[int]) -> tuple[Linked, int]:
    """Return the strongest link over ``lags`` (periods by which ``x`` comes first), and its lag.

    The p-value is multiplied by the number of lags looked at (Bonferroni).
    """
    found = [(linked(y, x, lag), lag) for lag in lags]
    link, lag = max(found, key=lambda pair: np.nan_to_num(abs(pair[0].effect), nan=-1.0))
    return link._replace(p_value=min(1.0, link.p_value * len(lags))), lag
