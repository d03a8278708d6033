"""Common-cause variation, and the level changes planted in it."""

from __future__ import annotations

import zlib

import numpy as np
import pandas as pd

from .planted import Truths

WEEK_SHARE = 0.7
"""Deviation of the slow (autocorrelated) part, as a multiple of the counting error of a period."""


def generator(seed: int, *parts: str) -> np.random.Generator:
    """Return a generator of its own for each table, so that one never disturbs another.

    >>> a, b = generator(1, "leads"), generator(1, "leads")
    >>> bool(a.random() == b.random())
    True
    """
    return np.random.default_rng([seed, *(zlib.crc32(part.encode()) for part in parts)])


def autoregressive(rng: np.random.Generator, n: int, correlation: float, deviation: float) -> np.ndarray:
    """Return ``n`` values of a stationary first-order autoregressive series about nought."""
    shocks = rng.normal(0, deviation * np.sqrt(1 - correlation**2), n)
    values = np.empty(n)
    values[0] = rng.normal(0, deviation)
    for i in range(1, n):
        values[i] = correlation * values[i - 1] + shocks[i]
    return values


def slow_part(rng: np.random.Generator, n: int, truths: Truths, counting_error: float) -> np.ndarray:
    """Return the slow part that, added to a counting error, has the wanted autocorrelation."""
    share = WEEK_SHARE**2 / (1 + WEEK_SHARE**2)
    latent = min(truths.autocorrelation / share, 0.95)
    return autoregressive(rng, n, latent, WEEK_SHARE * counting_error)


def total_deviation(counting_error: float) -> float:
    """Return the deviation of counting error and slow part together.

    >>> round(total_deviation(1.0), 3)
    1.221
    """
    return float(counting_error * np.sqrt(1 + WEEK_SHARE**2))


def season(dates: pd.DatetimeIndex, amplitude: float, peak_month: int = 1) -> np.ndarray:
    """Return a yearly wave that is highest in the middle of ``peak_month``."""
    angle = 2 * np.pi * (dates.day_of_year.to_numpy() - (peak_month - 0.5) * 30.4) / 365.25
    return np.asarray(amplitude * np.cos(angle))


def planted(
    truths: Truths, measure: str, site: str, dates: pd.DatetimeIndex, own: float, whole: float
) -> np.ndarray:
    """Return what the planted shifts add to ``measure`` at ``site`` on each date.

    ``own`` is the deviation of the site's series, ``whole`` that of all sites together.
    """
    change = np.zeros(len(dates))
    for shift in truths.shifts_of(measure, site):
        size = shift.sigmas * (own if shift.sites else whole)
        change += size * (dates >= pd.Timestamp(shift.at))
    return change
