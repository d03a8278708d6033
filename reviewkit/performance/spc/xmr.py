"""XmR charts by the rules of Making Data Count: limits, run rules and what they mean.

The rules are those of NHS England's *Making Data Count* as published in the R package
NHSRplotthedots 0.2.2, with three corrections: a series that never changes is common cause
throughout, a missing value is left out and kept as a row, and fewer than twelve points give
no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from reviewkit.model import InputError

from .grouping import Dates, check_columns, codes_of, keys_of, order_of, phases_of, renumber
from .limits import LIMIT, limits
from .runs import Floats, Ints, Runs, run_rules

Direction = Literal["increase", "decrease", "neutral"]
ENOUGH = 12
"""Points a phase must have before its limits are read."""
_ADDED = ["phase", "mean", "lower", "upper", "near_lower", "near_upper", "rule", "signal", "assurance"]


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
) -> pd.DataFrame:
    """Return one row a point, in the order given, with limits, run rule and meaning.

    Parameters
    ----------
    frame : one row a period and series; not changed.
    period, value : columns with the period (date, ISO text or number) and the figure.
    by : column or columns that tell series apart.
    direction : which way is better.
    target : a number, or the column with the target in force at each point; left out, the
        column ``target`` is used where there is one.
    rebase : dates at which a new phase begins, for every series; or a mapping from the value
        of ``by`` (a tuple where there are several columns) to the dates of that series.
    baseline : number of first points of each phase that fix its limits; all where left out.
    screen : leave out very large moving ranges once when the limits are worked out.

    Returns
    -------
    The input's columns and ``phase`` (from 0), ``mean, lower, upper, near_lower,
    near_upper`` in the unit of ``value``, ``rule`` (``""``, ``outside``, ``trend``,
    ``two_in_three`` or ``shift``), ``signal`` (``common_cause``, ``improvement``,
    ``concern``, ``neutral_high`` or ``neutral_low``), ``target`` and ``assurance`` (the limits against
    the target in force: ``passes``, ``fails``, ``hit_or_miss`` or ``""``).

    Raises
    ------
    InputError : a column is missing, or one series has two points in one period.

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=14, freq="MS")
    >>> frame = pd.DataFrame({"period": months, "value": [5, 6, 5, 4, 6, 5, 4, 5, 6, 5, 4, 5, 6, 20]})
    >>> points = xmr(frame, direction="decrease")
    >>> points.loc[13, ["rule", "signal"]].tolist()
    ['outside', 'concern']
    >>> float(points.loc[0, "upper"].round(2))
    9.02
    """
    keys = keys_of(by)
    check_columns(frame, [period, value, *keys])
    order = order_of(frame[period])
    codes = codes_of(frame, keys)
    result = frame.copy()
    result["phase"] = phases_of(frame, keys, codes, order, rebase)
    result["target"] = _targets(frame, target)
    rows = np.lexsort((order.to_numpy(), codes))
    if len(rows) and bool(((np.diff(codes[rows]) == 0) & (np.diff(order.to_numpy()[rows]) == 0)).any()):
        raise InputError(
            "two points in one period of one series", column=period, fix="Name the series in 'by'."
        )
    values = frame[value].to_numpy(dtype="float64", na_value=np.nan)
    groups = renumber(codes[rows], result["phase"].to_numpy()[rows])
    added = _points(values[rows], groups, direction, baseline, screen)
    for name, column in added.items():
        filled = np.empty(len(rows), dtype=column.dtype)
        filled[rows] = column
        result[name] = filled
    result["assurance"] = _assurance(result, direction)
    result.attrs = {"xmr": {"period": period, "value": value, "by": keys}}
    return result[
        [*(name for name in frame if name not in [*_ADDED, "target"]), *_ADDED[:-1], "target", "assurance"]
    ]


def summarise_xmr(
    points: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    period: str | None = None,
    value: str | None = None,
) -> pd.DataFrame:
    """Return one row a series: its limits now, and the verdict on its last point.

    Parameters
    ----------
    points : what :func:`xmr` returned. ``by``, ``period`` and ``value`` are remembered from
        there; name them again where the frame was written to a file in between.

    Returns
    -------
    The columns of ``by`` and ``n`` (points with a figure), ``mean, lower, upper, target,
    variation, assurance`` of the last point's phase; further ``period`` and ``latest`` (the
    last point), ``rule``, ``since`` (period at which the present signal began), ``phase``,
    ``n_phase`` and ``note``. With fewer than twelve points in the last phase ``variation``
    and ``assurance`` are ``""`` and ``note`` says so.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": range(12), "value": [5, 6, 5, 4, 6, 5, 4, 5, 6, 5, 4, 5]})
    >>> summarise_xmr(xmr(frame, direction="increase", target=9))[["n", "variation", "assurance"]]
        n     variation assurance
    0  12  common_cause     fails
    """
    kept = points.attrs.get("xmr", {})
    keys, period = keys_of(by) or list(kept.get("by", [])), period or kept.get("period", "period")
    value = value or kept.get("value", "value")
    check_columns(points, [period, value, *keys, *_ADDED])
    codes, order = codes_of(points, keys), order_of(points[period])
    there = points[value].notna().to_numpy()
    rows = np.lexsort((order.to_numpy(), codes))
    rows = rows[there[rows]]
    last = np.flatnonzero(np.append(np.diff(codes[rows]) != 0, True)) if len(rows) else rows
    ordered = points.iloc[rows]
    groups = renumber(codes[rows], ordered["phase"].to_numpy())
    run = Runs(renumber(groups, pd.factorize(ordered["signal"])[0]))
    result = ordered.iloc[last][
        [*keys, "mean", "lower", "upper", "target", "assurance", "rule", "phase"]
    ].copy()
    result["n"] = np.bincount(codes[rows])[codes[rows][last]] if len(rows) else 0
    result["n_phase"] = np.bincount(groups)[groups[last]] if len(rows) else 0
    result["variation"] = ordered["signal"].to_numpy()[last]
    result["period"], result["latest"] = ordered[period].to_numpy()[last], ordered[value].to_numpy()[last]
    result["since"] = ordered[period].to_numpy()[run.first[last]] if len(rows) else result["period"]
    return _without_verdict(result)[[*keys, *_SUMMARY]].reset_index(drop=True)


_SUMMARY = ["n", "mean", "lower", "upper", "target", "variation", "assurance"]
_SUMMARY += ["period", "latest", "rule", "since", "phase", "n_phase", "note"]


def _without_verdict(result: pd.DataFrame) -> pd.DataFrame:
    """Take back the verdict where too few points stand behind it."""
    few = result["n_phase"] < ENOUGH
    result["note"] = ""
    result.loc[few, "note"] = "too few points: " + result["n_phase"].astype("str") + f" of {ENOUGH} needed"
    result.loc[few, ["variation", "assurance"]] = ""
    result["since"] = result["since"].where(~(few | (result["variation"] == "common_cause")))
    return result


def _points(
    values: Floats, groups: Ints, direction: Direction, baseline: int | None, screen: bool
) -> dict[str, Any]:
    """Limits, rule and signal of every row, sorted by series and period; missing values among them."""
    there = ~np.isnan(values)
    dense = renumber(groups[there])
    mean, average = limits(values[there], dense, baseline=baseline, screen=screen)
    # A missing value shows the limits of its phase; a phase of missing values has none.
    where = np.full(int(groups.max(initial=-1)) + 1, -1)
    where[groups[there]] = np.arange(int(there.sum()))
    at = where[groups]
    middle = np.where(at >= 0, mean[at] if len(mean) else np.nan, np.nan)
    width = LIMIT * np.where(at >= 0, average[at] if len(average) else np.nan, np.nan)
    rule, side = run_rules(values[there], dense, mean, LIMIT * average)
    rules = np.full(len(values), "", dtype=object)
    signals = np.full(len(values), "common_cause", dtype=object)
    rules[there], signals[there] = rule, _meaning(side, direction)
    return {
        "mean": middle,
        "lower": middle - width,
        "upper": middle + width,
        "near_lower": middle - width * 2 / 3,
        "near_upper": middle + width * 2 / 3,
        "rule": rules,
        "signal": signals,
    }


def _meaning(side: Ints, direction: Direction) -> np.ndarray[Any, np.dtype[np.object_]]:
    words = {
        "increase": ("concern", "common_cause", "improvement"),
        "decrease": ("improvement", "common_cause", "concern"),
        "neutral": ("neutral_low", "common_cause", "neutral_high"),
    }
    return np.array(words[direction], dtype=object)[side + 1]


def _assurance(points: pd.DataFrame, direction: Direction) -> Any:
    """Compare the limits with the target in force; a limit on the target is hit or miss."""
    target = points["target"].to_numpy(dtype="float64", na_value=np.nan)
    slack = 1e-12 * np.maximum(1, np.abs(target))
    above = points["lower"].to_numpy() > target + slack
    below = points["upper"].to_numpy() < target - slack
    if direction == "neutral":
        return np.full(len(points), "", dtype=object)
    better, worse = (above, below) if direction == "increase" else (below, above)
    known = ~np.isnan(target) & points["lower"].notna().to_numpy()
    return np.select([~known, better, worse], ["", "passes", "fails"], "hit_or_miss").astype(object)


def _targets(frame: pd.DataFrame, target: float | str | None) -> Any:
    if isinstance(target, str) or (target is None and "target" in frame):
        name = target if isinstance(target, str) else "target"
        check_columns(frame, [name])
        return frame[name].to_numpy(dtype="float64", na_value=np.nan)
    return np.full(len(frame), np.nan if target is None else float(target))
