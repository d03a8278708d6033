"""What could any test find? Steps in simulated series, by a test that knows more than a review can.

The oracle is told the deviation, the autocorrelation and the date: all that it has to find out is
whether there is a change. That is the likelihood ratio test of generalised least squares, the most
powerful there is (Neyman and Pearson, 1933). A second one searches for the date, as a review must,
and nothing else (the largest over dates: Andrews, 1993). Both share out 5 per cent among the series of
an engagement (Bonferroni; for steps as rare as these, other rules are hardly milder).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.stats import norm

from .design import design

POINTS = 24
"""Months of a simulated engagement."""
BEFORE, AFTER = 6, 3
"""Points on either side of a date that a review looks at."""
TRIALS = 4000
SERIES = 94
"""Series that a review of a simulated engagement looks at, between 91 and 96."""


@dataclass(frozen=True)
class Bound:
    """Shares of steps found: with the date known, and with the date searched for within its error."""

    known: float
    searched: float


def whitened(points: int, autocorrelation: float) -> np.ndarray:
    """Return the matrix that makes a first-order autoregressive series of variance 1 white.

    >>> chol = np.linalg.inv(whitened(5, 0.3))
    >>> (chol @ chol.T)[0].round(3).tolist()
    [1.0, 0.3, 0.09, 0.027, 0.008]
    """
    lags = np.abs(np.subtract.outer(np.arange(points), np.arange(points)))
    return np.asarray(np.linalg.inv(np.linalg.cholesky(autocorrelation**lags)))


def directions(points: int, autocorrelation: float) -> np.ndarray:
    """Return a unit vector a date: what is left of its step once level and a yearly wave are taken out."""
    white, time = whitened(points, autocorrelation), np.arange(points)
    angle = 2 * np.pi * time / 12
    base = np.linalg.qr(white @ np.column_stack([np.ones(points), np.sin(angle), np.cos(angle)]))[0]
    steps = white @ (time[:, None] >= np.arange(BEFORE, points - AFTER + 1)).astype(float)
    return np.asarray(steps - base @ (base.T @ steps))


@cache
def bound(strength: float, autocorrelation: float, series: int) -> Bound:
    """Return what an oracle finds of steps of ``strength`` deviations, over the dates of the design.

    Parameters
    ----------
    series : series of the engagement; each has its share of the 5 per cent.

    Examples
    --------
    >>> bound(2.0, 0.0, 1).known > bound(2.0, 0.3, 96).known
    True
    """
    left = directions(POINTS, autocorrelation)
    size = np.sqrt((left**2).sum(axis=0))
    level = 0.05 / series
    random = np.random.default_rng(7)
    # The statistic of every date at once: its noise is that of the white series, seen along each step.
    noise = random.standard_normal((TRIALS * 5, POINTS)) @ (left / size)
    line = _critical(noise, level)
    dates = np.arange(8, POINTS - 8 + 1) - BEFORE
    known, searched = [], []
    for date in dates:
        shift = strength * (left.T @ left[:, date]) / size
        known.append(norm.sf(norm.isf(level / 2) - strength * size[date]))
        seen = np.abs(noise[:TRIALS] + shift)
        right = np.abs(seen.argmax(axis=1) - date) <= design()["near_days"] // 30
        searched.append(float(((seen.max(axis=1) > line) & right).mean()))
    return Bound(float(np.mean(known)), float(np.mean(searched)))


def _critical(noise: np.ndarray, level: float) -> float:
    """The line that the largest of all dates passes with this chance, its tail that of a normal variable."""
    largest = np.abs(noise).max(axis=1)
    edge = float(np.quantile(largest, 0.98))
    # Beyond what can be counted, the chance falls as it does for so many independent dates.
    dates = 0.02 / (2 * norm.sf(edge))
    return float(norm.isf(level / dates / 2)) if level < 0.02 else float(np.quantile(largest, 1 - level))


def bounds(autocorrelation: tuple[float, ...] = (0.0, 0.15, 0.3), series: int = SERIES) -> list[list[str]]:
    """Return the rows of the page's table: one an autocorrelation, the oracle's shares at each strength."""
    rows = []
    for level in autocorrelation:
        made = [bound(float(strength), level, series) for strength in design()["strengths"]]
        cells = [f"{100 * each.known:.0f} % / {100 * each.searched:.0f} %" for each in made]
        rows.append([f"autocorrelation {level:g}", *cells])
    return rows
