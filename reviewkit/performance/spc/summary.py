"""One row a series: the limits of today, and the verdict on its last point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..names import refuse_clash
from .grouping import check_columns, codes_of, keys_of, order_of, renumber
from .run_chart import runs_about_median
from .runs import Runs

ENOUGH = 12
"""Points a phase must have before its limits are read."""
_NEEDED = ["phase", "mean", "lower", "upper", "rule", "signal", "target", "assurance"]


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
    and ``assurance`` are ``""`` and ``note`` says so, and what the points show as a run chart.

    Examples
    --------
    >>> from reviewkit.performance import xmr
    >>> frame = pd.DataFrame({"period": range(12), "value": [5, 6, 5, 4, 6, 5, 4, 5, 6, 5, 4, 5]})
    >>> summarise_xmr(xmr(frame, direction="increase", target=9))[["n", "variation", "assurance"]]
        n     variation assurance
    0  12  common_cause     fails
    """
    kept = points.attrs.get("xmr", {})
    keys, period = keys_of(by) or list(kept.get("by", [])), period or kept.get("period", "period")
    value = value or kept.get("value", "value")
    check_columns(points, [period, value, *keys, *_NEEDED])
    refuse_clash(keys, _SUMMARY)
    codes, order = codes_of(points, keys), order_of(points[period], period)
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
    counted = runs_about_median(ordered[value].to_numpy(dtype="float64"), groups, len(np.unique(groups)))
    runs = pd.DataFrame(counted, index=range(len(counted["n"]))).iloc[groups[last]]
    return _without_verdict(result, runs)[[*keys, *_SUMMARY]].reset_index(drop=True)


_SUMMARY = ["n", "mean", "lower", "upper", "target", "variation", "assurance"]
_SUMMARY += ["period", "latest", "rule", "since", "phase", "n_phase", "note"]


def _without_verdict(result: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Take back the verdict where too few points stand behind it; say what a run chart says."""
    few = result["n_phase"] < ENOUGH
    said = runs.set_axis(result.index)
    note = "too few points: " + result["n_phase"].astype("str") + f" of {ENOUGH} needed"
    readable = said["longest_run_max"].notna()
    told = said["rule"].map(_TOLD)
    for name in ("longest_run", "longest_run_max", "crossings", "crossings_min"):
        said[name] = said[name].fillna(0).astype("int64").astype("str")
    chart = "; as a run chart, longest run " + said["longest_run"] + " (by chance up to "
    chart += said["longest_run_max"] + "), crossings " + said["crossings"] + " (by chance at least "
    chart += said["crossings_min"] + "): " + told
    result["note"] = (note + chart.where(readable, "")).where(few, "").astype("str")
    result.loc[few, ["variation", "assurance"]] = ""
    result["since"] = result["since"].where(~(few | (result["variation"] == "common_cause")))
    return result


_TOLD = {"long_run": "it has changed", "few_crossings": "it has changed", "": "nothing but chance"}
