"""The run chart: what can be said of a series too short for limits.

Anhøj and Olesen (2014), *Run charts revisited: a simulation study of run chart rules for
detection of non-random variation in health care processes*, PLoS ONE 9(11): e113825.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..names import refuse_clash
from .grouping import check_columns, codes_of, figures_of, keys_of, order_of, renumber, series_order
from .limits import median_of
from .runs import Flags, Floats, Ints, Runs

READABLE = 10
"""Points off the median from which the rules can be read."""
_SUMMARY = ["n", "median", "useful", "longest_run", "longest_run_max", "crossings", "crossings_min"]


def run_chart(
    frame: pd.DataFrame,
    *,
    period: str = "period",
    value: str = "value",
    by: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return one row a series: its runs about the median, and whether chance would make them.

    A run is a stretch of points on one side of the median; points on it are passed over and
    neither break nor lengthen a run. Of ``useful`` points, those off the median, the longest
    run by chance is at most ``round(log2(useful)) + 3``, and the line crosses the median at
    least as often as the 5 % quantile of a binomial distribution of ``useful - 1`` trials
    with chance 1/2. A longer run or fewer crossings show that the process has changed.

    Parameters
    ----------
    frame : one row a period and series, in any order; not changed.
    period, value, by : columns, as in :func:`reviewkit.performance.xmr`.

    Returns
    -------
    The columns of ``by``, ``n`` (points with a figure), ``median`` (unit of ``value``),
    ``useful, longest_run, longest_run_max, crossings, crossings_min`` (points; limits are
    missing with fewer than ten useful points), ``rule`` (``long_run``, ``few_crossings`` or
    ``""``) and ``side`` (+1, -1: where the longest run lies; 0 without one).

    Examples
    --------
    >>> frame = pd.DataFrame({"period": range(11), "value": [5, 6, 4, 5, 3, 8, 9, 9, 8, 9, 7]})
    >>> found = run_chart(frame).iloc[0]
    >>> int(found["longest_run"]), int(found["crossings"]), float(found["crossings_min"]), found["rule"]
    (5, 1, 2.0, 'few_crossings')
    """
    keys = keys_of(by)
    check_columns(frame, [period, value, *keys])
    refuse_clash(keys, [*_SUMMARY, "rule", "side"])
    codes, order = codes_of(frame, keys), order_of(frame[period], period)
    rows = series_order(codes, order, period)
    values = figures_of(frame, value)[rows]
    there = ~np.isnan(values)
    firsts = np.flatnonzero(np.append(True, np.diff(codes[rows]) != 0)) if len(rows) else rows
    result: pd.DataFrame = frame.iloc[rows[firsts]][keys].reset_index(drop=True)
    counted = runs_about_median(values[there], codes[rows][there], len(firsts))
    for name in (*_SUMMARY, "rule", "side"):
        result[name] = counted[name]
    return result


def runs_about_median(values: Floats, groups: Ints, size: int) -> dict[str, Any]:
    """Count runs and crossings of each of ``size`` groups; values in order, none missing."""
    median = median_of(values, groups, np.ones(len(values), dtype=bool), size)
    slack = 1e-12 * np.maximum(np.abs(values), np.abs(median[groups]))
    away = values - median[groups]
    off = np.abs(away) > slack
    side, own = np.sign(away[off]).astype(np.int64), groups[off]
    length = np.arange(len(side)) - Runs(renumber(own, side)).first + 1
    longest = np.zeros(size, dtype=np.int64)
    np.maximum.at(longest, own, length)
    useful = np.bincount(own, minlength=size)
    same = own[1:] == own[:-1]
    crossings = np.bincount(own[1:][same & (side[1:] != side[:-1])], minlength=size)
    most, least = anhoej_limits(useful)
    last = np.zeros(size, dtype=np.int64)
    at_longest = length == longest[own]
    # Of two runs of one length the later speaks: it is nearer to today.
    last[own[at_longest]] = side[at_longest]
    rule = np.select([longest > most, crossings < least], ["long_run", "few_crossings"], "")
    return {
        "n": np.bincount(groups, minlength=size),
        "median": median,
        "useful": useful,
        "longest_run": longest,
        "longest_run_max": most,
        "crossings": crossings,
        "crossings_min": least,
        "rule": rule.astype(object),
        "side": last,
    }


def anhoej_limits(useful: Ints) -> tuple[Floats, Floats]:
    """Return the longest run and the fewest crossings that chance explains; missing under ten points.

    >>> [limit.tolist() for limit in anhoej_limits(np.array([9, 10, 24]))]
    [[nan, 6.0, 8.0], [nan, 2.0, 8.0]]
    """
    from scipy.special import bdtr

    useful = np.asarray(useful)
    readable: Flags = useful >= READABLE
    most, least = np.full(len(useful), np.nan), np.full(len(useful), np.nan)
    if readable.any():
        trials = np.unique(useful[readable]) - 1
        # The 5 % quantile is the smallest count whose cumulative chance reaches 5 %.
        below = bdtr(np.arange(trials.max())[None, :], trials[:, None], 0.5) < 0.05
        quantile = (below & (np.arange(trials.max()) < trials[:, None])).sum(axis=1)
        least[readable] = quantile[np.searchsorted(trials, useful[readable] - 1)]
        most[readable] = np.round(np.log2(useful[readable])) + 3
    return most, least


def as_run_charts(
    points: pd.DataFrame, *, period: str, value: str, by: Sequence[str], high: str, low: str, enough: int
) -> pd.DataFrame:
    """Return the points of an XmR chart, phases of fewer than ``enough`` points shown as run charts.

    There ``mean`` is the median, limits are missing, and only the points of a run longer than
    chance explains are special: ``rule`` is ``long_run`` and ``signal`` is ``high`` or ``low``.

    Parameters
    ----------
    points : what :func:`reviewkit.performance.xmr` returned, sorted or not.

    Returns
    -------
    The columns of ``points`` and ``chart``: ``"xmr"`` or ``"run"``.
    """
    result = points.copy()
    codes = codes_of(points, [*by, "phase"])
    rows = series_order(codes, order_of(points[period], period), period)
    values, dense = figures_of(points, value)[rows], renumber(codes[rows])
    there = ~np.isnan(values)
    size = int(dense.max(initial=-1)) + 1
    found = runs_about_median(values[there], dense[there], size)
    short = np.zeros(len(points), dtype=bool)
    short[rows] = (found["n"] < enough)[dense]
    result["chart"] = np.where(short, "run", "xmr")
    if not short.any():
        return result
    median, longest = np.empty(len(points)), np.zeros(len(points), dtype=np.int64)
    median[rows] = found["median"][dense]
    longest[rows[there]] = _in_long_run(values[there], dense[there], found)
    result["mean"] = result["mean"].where(~short, median)
    for name in ("lower", "upper", "near_lower", "near_upper"):
        result[name] = result[name].mask(short)
    result["rule"] = result["rule"].mask(short, "").mask(short & (longest != 0), "long_run")
    words = np.select([longest > 0, longest < 0], [high, low], "common_cause")
    result["signal"] = result["signal"].mask(short, pd.Series(words, index=result.index))
    result["assurance"] = result["assurance"].mask(short, "")
    return result


def _in_long_run(values: Floats, groups: Ints, found: dict[str, Any]) -> Ints:
    """+1 or -1 for the points of the longest run where it is longer than chance explains."""
    side = np.sign(values - found["median"][groups]).astype(np.int64)
    off = np.flatnonzero(side)
    runs = renumber(groups[off], side[off])
    long = np.bincount(runs)[runs] > found["longest_run_max"][groups[off]]
    result = np.zeros(len(values), dtype=np.int64)
    result[off] = np.where(long, side[off], 0)
    return result
