"""Season: whether the months of the year differ, and series with their season taken out.

The test is that for stable seasonality of the X-11 family (Lothian and Morry, 1978, *A test
for the presence of identifiable seasonality*, Statistics Canada): an F test of the months'
means, read as strong only from 7 on, since figures that resemble their neighbours raise F.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..names import refuse_clash
from .grouping import check_columns, codes_of, figures_of, keys_of, order_of, renumber, series_order
from .runs import Floats, Ints, Runs

STRONG = 7.0
YEARS = 2
_ROUNDS = 50
_SUMMARY = ["years", "f", "strong", "highest", "lowest", "swing"]


def seasonality(
    frame: pd.DataFrame,
    *,
    period: str = "period",
    value: str = "value",
    by: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return one row a series: how strongly it follows the months of the year.

    Each figure is taken as the level of its year plus the effect of its month. ``f`` is the
    mean square between months over the mean square left over.

    Parameters
    ----------
    frame : one row a period and series, in any order, its periods dates; not changed.

    Returns
    -------
    The columns of ``by``, ``years`` (full years of figures), ``f`` (missing for under two
    years, or where all twelve months are not there), ``strong`` (``f`` is 7 or more),
    ``highest, lowest`` (months, 1 to 12) and ``swing`` (between them, in the unit of ``value``).
    Of whole years ``f`` is that of an analysis of variance; where months are missing it is near to it.

    Raises
    ------
    InputError : the periods are numbers, and all that :func:`reviewkit.performance.xmr` refuses.

    Examples
    --------
    >>> months = pd.date_range("2022-01-01", periods=36, freq="MS")
    >>> noise = np.tile([1.0, -1.0, 0.5, -1.5, 1.0], 8)[:36]
    >>> wave = 100 + 20 * np.cos(2 * np.pi * (months.month - 7) / 12) + noise
    >>> found = seasonality(pd.DataFrame({"period": months, "value": wave})).iloc[0]
    >>> bool(found["strong"]), int(found["highest"]), int(found["lowest"])
    (True, 7, 1)
    """
    keys = keys_of(by)
    check_columns(frame, [period, value, *keys])
    refuse_clash(keys, _SUMMARY)
    codes, order = codes_of(frame, keys), order_of(frame[period], period)
    if len(frame) and not pd.api.types.is_datetime64_any_dtype(order):
        raise InputError("the periods are numbers, which have no month", column=period, fix="Give dates.")
    rows = series_order(codes, order, period)
    values, groups = figures_of(frame, value)[rows], codes[rows]
    firsts = np.flatnonzero(np.append(True, np.diff(groups) != 0)) if len(rows) else rows
    result: pd.DataFrame = frame.iloc[rows[firsts]][keys].reset_index(drop=True)
    found = fit_season(values, groups, order.iloc[rows], np.zeros(len(rows), dtype=np.int64))
    whole, filled = ~np.isnan(found.f), np.nan_to_num(found.effects)
    result["years"], result["f"], result["strong"] = found.years, found.f, found.f >= STRONG
    for name, place in (("highest", filled.argmax(axis=1)), ("lowest", filled.argmin(axis=1))):
        result[name] = pd.Series(place + 1, dtype="Int64").mask(~whole)
    result["swing"] = np.where(whole, filled.max(axis=1) - filled.min(axis=1), np.nan)
    return result


def season_of(values: Floats, groups: Ints, order: pd.Series[Any], phases: Ints) -> Floats:
    """Return the effect of its month for each point, 0 for series of under two years.

    Month effects add up to 0 and are drawn in, as Miller and Williams (2003, *Shrinkage estimators
    of time series seasonal factors and their effect on forecasting accuracy*, International
    Journal of Forecasting 19, 669-684) found to help, here by the factor 1 - 1/F: what the
    variance between the months has over chance, by moments. (James and Stein's own factor for
    twelve months, 1 - 9/(11 F), draws in a little less.)

    ``values`` are sorted by series and time and may hold missing entries.
    """
    found = fit_season(values, groups, order, phases)
    large = np.maximum(np.nan_to_num(found.f, nan=1.0), 1.0)
    effects = np.nan_to_num(found.effects) * (1 - 1 / large)[:, None]
    result: Floats = effects[renumber(groups), np.asarray(pd.DatetimeIndex(order).month) - 1]
    return result


class Season(NamedTuple):
    """One entry a series: full years, F, and the effects of the twelve months."""

    years: Ints
    f: Floats
    effects: Floats


def fit_season(values: Floats, groups: Ints, order: pd.Series[Any], phases: Ints) -> Season:
    """Fit months to every series, by least squares, and test them.

    A steady trend looks like a season where the level may differ from year to year, and a
    step between two years where a trend is fitted. Both are fitted, and the smaller F counts;
    effects are those of the fit that leaves less over.
    """
    dates = pd.DatetimeIndex(order)
    there = ~np.isnan(values)
    dense = renumber(groups)
    size = int(dense.max(initial=-1)) + 1
    elapsed = np.asarray(dates.year * 12 + dates.month, dtype=np.int64)
    # Years are counted from the first point, so that each but the last is a whole one.
    elapsed = elapsed - elapsed[Runs(dense).first] if len(values) else elapsed
    own, month, since = dense[there], np.asarray(dates.month, dtype=np.int64)[there] - 1, elapsed[there]
    level = dense * 1000 + phases
    yearly = pd.factorize((level * 1000 + elapsed // 12)[there])[0]
    whole = pd.factorize(level[there])[0]
    fits = [
        _fit(values[there], own, month, yearly, None, size),
        _fit(values[there], own, month, whole, since.astype(np.float64), size),
    ]
    months = np.bincount(pd.unique(own * 100_000 + since) // 100_000, minlength=size)
    enough = (months >= 12 * YEARS) & ~np.isnan(fits[0][0]).any(axis=1)
    better = (fits[0][1] <= fits[1][1])[:, None]
    effects = np.where(better, fits[0][0], fits[1][0])
    f = np.where(enough, np.minimum(fits[0][2], fits[1][2]), np.nan)
    return Season(months // 12, f, np.where(enough[:, None], effects, np.nan))


def _fit(
    values: Floats, own: Ints, month: Ints, level: Ints, time: Floats | None, size: int
) -> tuple[Floats, Floats, Floats]:
    """Return the twelve effects of each series, the mean square left over, and F."""
    cells, cell = np.unique(own * 12 + month, return_inverse=True)
    of_cell, points = cells // 12, np.bincount(own, minlength=size)
    in_level, in_cell = np.bincount(level), np.bincount(cell)
    seen = np.maximum(np.bincount(of_cell, minlength=size), 1)
    if time is not None:
        time = time - (np.bincount(own, weights=time, minlength=size) / np.maximum(points, 1))[own]
        spread = np.maximum(np.bincount(own, weights=time**2, minlength=size), 1e-12)
    base, effect, slope = np.zeros(len(in_level)), np.zeros(len(cells)), np.zeros(size)
    for _ in range(_ROUNDS):
        trend = slope[own] * time if time is not None else 0.0
        base = np.bincount(level, weights=values - effect[cell] - trend) / in_level
        if time is not None:
            slope = (
                np.bincount(own, weights=(values - effect[cell] - base[level]) * time, minlength=size)
                / spread
            )
            trend = slope[own] * time
        effect = np.bincount(cell, weights=values - base[level] - trend) / in_cell
        effect -= (np.bincount(of_cell, weights=effect, minlength=size) / seen)[of_cell]
    trend = slope[own] * time if time is not None else 0.0
    rest = values - effect[cell] - trend
    rest -= (np.bincount(level, weights=rest) / in_level)[level]
    levels = np.bincount(pd.Series(own).groupby(level).first().to_numpy(dtype=np.int64), minlength=size)
    left = points - seen - levels + 1 - (time is not None)
    between = np.bincount(own, weights=effect[cell] ** 2, minlength=size) / np.maximum(seen - 1, 1)
    within = np.bincount(own, weights=rest**2, minlength=size) / np.maximum(left, 1)
    # Figures that differ by rounding alone have no season.
    flat = between <= 1e-18 * np.bincount(own, weights=values**2, minlength=size)
    f = np.divide(between, np.maximum(within, 1e-12 * between), out=np.zeros(size), where=~flat)
    effects = np.full(size * 12, np.nan)
    effects[cells] = effect
    return effects.reshape(size, 12), within, np.where(left > 0, f, np.nan)
