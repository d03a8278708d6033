"""XmR charts by the rules of Making Data Count: limits, run rules and what they mean.

The rules are those of NHS England's *Making Data Count* as published in the R package
NHSRplotthedots 0.2.2, with these corrections: a series that never changes is common cause
throughout; a missing value is left out and kept as a row; with fewer than twelve points
there is no verdict but what a run chart can say
(:func:`reviewkit.performance.run_chart`); limits end where a measure cannot go; a
strong season is told (:func:`reviewkit.performance.seasonality`) and can be taken out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from ..names import refuse_clash
from .checked import Bounds, check_bounds, check_settings
from .grouping import (
    Dates,
    check_columns,
    codes_of,
    figures_of,
    keys_of,
    order_of,
    phases_of,
    renumber,
    series_order,
)
from .limits import Average, limits
from .runs import RULES, Floats, Ints, run_rules
from .season import season_of

Direction = Literal["increase", "decrease", "neutral"]
_LIMITS = ["mean", "lower", "upper", "near_lower", "near_upper"]
_ADDED = ["phase", *_LIMITS, "rule", "signal", "target", "assurance"]


def xmr(
    frame: pd.DataFrame,
    *,
    period: str = "period",
    value: str = "value",
    by: str | Sequence[str] | None = None,
    direction: Direction = "neutral",
    target: float | str | None = None,
    rebase: Dates | Mapping[Any, Dates] | None = None,
    baseline: int | None = None,
    screen: bool = True,
    average: Average = "mean",
    count_outside: bool = False,
    bounds: Bounds | None = None,
    season: Literal["as_is", "adjust"] = "as_is",
) -> pd.DataFrame:
    """Return one row a point, in the order given, with limits, run rule and meaning.

    The centre is the mean of a phase, and the limits lie 2.66 times the average moving range
    to either side of it.

    Parameters
    ----------
    frame : one row a period and series, in any order; not changed.
    period, value : columns with the period (date, ISO text or number) and the figure.
    by : column or columns that tell series apart.
    direction : which way is better.
    target : a number, or the column with the target in force at each point; left out, the
        column ``target`` is used where there is one.
    rebase : dates at which a new phase begins, for every series; or a mapping from the value
        of ``by`` (a tuple where there are several columns) to the dates of that series.
    baseline : number of first points of each phase that fix its limits; all where left out.
    screen : leave out very large moving ranges once when the limits are worked out.
    average : ``"mean"``, or ``"median"`` for limits of 3.145 times the median moving range,
        which one wild point cannot widen (Wheeler, *Making Sense of Data*, 2003).
    count_outside : let a point beyond a limit count towards two in three, which the reference
        does not.
    bounds : lowest and highest figure there can be, such as ``(0, 100)`` for a percentage;
        limits end there. None on a side leaves it open.
    season : ``"adjust"`` takes the effect of the calendar month out before limits and rules are
        worked out and puts it back into the limits, in series of two years and more.
        Of two years each half of an unusual month turns up in the other: read three or more.

    Returns
    -------
    The input's columns and ``phase`` (from 0), ``mean, lower, upper, near_lower,
    near_upper`` in the unit of ``value``, ``rule`` (``""``, ``outside``, ``trend``,
    ``two_in_three`` or ``shift``), ``signal`` (``common_cause``, ``improvement``,
    ``concern``, ``neutral_high`` or ``neutral_low``), ``target`` and ``assurance`` (the limits
    against the target in force: ``passes``, ``fails``, ``hit_or_miss`` or ``""``). Where
    asked to adjust, ``season``: the month's effect taken out, 0 where none was.

    Raises
    ------
    InputError : a column is missing, one series has two points in one period, a period is
        missing or of another time zone, a figure is infinite or outside ``bounds``; or ``period``,
        ``value`` or ``by`` is a column that the result adds.

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=14, freq="MS")
    >>> frame = pd.DataFrame({"period": months, "value": [5, 6, 5, 4, 6, 5, 4, 5, 6, 5, 4, 5, 6, 20]})
    >>> points = xmr(frame, direction="decrease")
    >>> points.loc[13, ["rule", "signal"]].tolist()
    ['outside', 'concern']
    >>> float(points.loc[0, "upper"].round(2))
    9.02
    >>> float(xmr(frame, bounds=(0, None)).loc[0, "lower"].round(2))
    3.26
    >>> xmr(frame, bounds=(5, None))
    Traceback (most recent call last):
    ...
    reviewkit.model.errors.InputError: column value: 3 figures lie outside 5 to any. Correct the
    figures or the bounds.
    """
    keys = keys_of(by)
    check_columns(frame, [period, value, *keys])
    names = [*_ADDED, *(["season"] if season == "adjust" else [])]
    refuse_clash([period, value, *keys], names)
    order = order_of(frame[period], period)
    codes = codes_of(frame, keys)
    values = figures_of(frame, value)
    check_settings(direction, baseline)
    check_bounds(values, bounds, value)
    rows = series_order(codes, order, period)
    phases = phases_of(frame, keys, codes, order, rebase)[rows]
    effect = np.zeros(len(rows))
    if season == "adjust" and len(rows) and pd.api.types.is_datetime64_any_dtype(order):
        effect = season_of(values[rows], codes[rows], order.iloc[rows], phases)
    groups = renumber(codes[rows], phases)
    added = _points(values[rows] - effect, groups, baseline, screen, average, count_outside)
    added |= _placed(added, effect, bounds) | {"phase": phases, "target": _targets(frame, target)[rows]}
    added["assurance"] = _assurance(added, direction)
    added |= {"season": effect} if season == "adjust" else {}
    back = np.argsort(rows)
    columns = {name: frame[name] for name in frame if name not in names}
    columns |= {name: _WORDS[name][direction].take(added[name][back]) if name in _WORDS else added[name][back]
                for name in names}  # fmt: skip
    result = pd.DataFrame(columns, index=frame.index)
    result.attrs = {"xmr": {"period": period, "value": value, "by": keys}}
    return result


def _points(
    values: Floats,
    groups: Ints,
    baseline: int | None,
    screen: bool,
    average: Average,
    count_outside: bool,
) -> dict[str, Any]:
    """Limits, rule and signal of every row, sorted by series and period; missing values among them."""
    there = ~np.isnan(values)
    dense = renumber(groups[there])
    mean, width = limits(values[there], dense, baseline=baseline, screen=screen, average=average)
    # A missing value shows the limits of its phase; a phase of missing values has none.
    where = np.full(int(groups.max(initial=-1)) + 1, -1)
    where[groups[there]] = np.arange(int(there.sum()))
    at = where[groups]
    rule, side = run_rules(values[there], dense, mean, width, count_outside=count_outside)
    rules, sides = np.zeros(len(values), dtype=np.int64), np.zeros(len(values), dtype=np.int64)
    rules[there], sides[there] = rule, side
    return {
        "mean": np.where(at >= 0, mean[at] if len(mean) else np.nan, np.nan),
        "width": np.where(at >= 0, width[at] if len(width) else np.nan, np.nan),
        "rule": rules,
        "signal": sides + 1,
    }


def _placed(found: dict[str, Any], effect: Floats, bounds: Bounds | None) -> dict[str, Any]:
    """Limits as they are drawn: the season put back, and no further than the measure can go."""
    mean, width = found["mean"] + effect, found.pop("width")
    low, high = (np.nan if end is None else end for end in bounds or (None, None))
    placed = {
        "mean": mean,
        "lower": mean - width,
        "upper": mean + width,
        "near_lower": mean - width * 2 / 3,
        "near_upper": mean + width * 2 / 3,
    }
    if bounds:
        placed = {
            name: np.where(np.isnan(at), at, np.fmax(np.fmin(at, high), low)) for name, at in placed.items()
        }
    return placed


def _assurance(found: dict[str, Any], direction: Direction) -> Any:
    """Compare the limits with the target in force; a limit on the target is hit or miss."""
    target = found["target"]
    slack = 1e-12 * np.maximum(1, np.abs(target))
    above, below = found["lower"] > target + slack, found["upper"] < target - slack
    better, worse = (above, below) if direction == "increase" else (below, above)
    known = ~np.isnan(target) & ~np.isnan(found["lower"])
    return np.select([~known, better, worse], [0, 1, 2], 3)


def _words(*words: str) -> Any:
    return pd.array(words, dtype="str")


_SIGNALS = {
    "increase": _words("concern", "common_cause", "improvement"),
    "decrease": _words("improvement", "common_cause", "concern"),
    "neutral": _words("neutral_low", "common_cause", "neutral_high"),
}
_AGAINST = _words("", "passes", "fails", "hit_or_miss")
_WORDS: dict[str, dict[str, Any]] = {
    "rule": dict.fromkeys(_SIGNALS, _words(*RULES)),
    "signal": _SIGNALS,
    "assurance": {"increase": _AGAINST, "decrease": _AGAINST, "neutral": _words("", "", "", "")},
}


def _targets(frame: pd.DataFrame, target: float | str | None) -> Any:
    if isinstance(target, str) or (target is None and "target" in frame):
        name = target if isinstance(target, str) else "target"
        check_columns(frame, [name])
        return figures_of(frame, name)
    if target is not None and np.isinf(target):
        raise InputError("the target is infinite", key="target", fix="Give a number, or none.")
    return np.full(len(frame), np.nan if target is None else float(target))
