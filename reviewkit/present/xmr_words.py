"""A process behaviour chart in words: what it shows, for those who do not see it, and its data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from .display import Display
from .words import date, listing, missing, plural, sentence
from .xmr_series import gaps_of

MOST = 4
"""Runs of special points that the description lists one by one, latest first told."""
HEADINGS: Mapping[str, str] = {
    "value": "Value",
    "mean": "Mean",
    "lower": "Lower limit",
    "upper": "Upper limit",
    "target": "Target",
    "elsewhere": "Other sites",
    "signal": "Reading",
    "rule": "Rule",
}
FIGURES = ("Value", "Mean", "Median", "Lower limit", "Upper limit", "Target", "Other sites")
"""Headings of columns that hold figures of the measure."""
MEANINGS = ("improvement", "concern", "neutral", "common_cause", "gap")
"""What shapes stand for, in the order in which they are told."""


def is_run(points: pd.DataFrame) -> bool:
    """Tell whether the last point stands on a run chart, which has a median and no limits."""
    return bool(len(points)) and "chart" in points and str(points["chart"].iloc[-1]) == "run"


def remarks(points: pd.DataFrame, display: Display) -> str:
    """Return what a reader must know to read the chart right: run chart, season, gaps."""
    said = []
    if is_run(points):
        few = "too few points for limits"
        phase = points["phase"] if "phase" in points else pd.Series(0, index=points.index)
        begun = points.loc[phase == phase.iloc[-1], "period"]
        since = f" since {display.when(begun.iloc[0])}" if len(begun) < len(points) else ""
        said.append(f"A run chart{since}, {few}: the line is the median.")
    if "seasonal" in points and bool(points["seasonal"].fillna(False).astype(bool).any()):
        said.append("Mean and limits follow the time of year.")
    said.append(gap_words(points, display))
    return " ".join(part for part in said if part)


def gap_words(points: pd.DataFrame, display: Display) -> str:
    """Say for which periods there is no figure."""
    gaps = gaps_of(points)
    if gaps.empty:
        return ""
    if len(gaps) <= 3:
        return f"No figure for {listing([display.when(at) for at in gaps])}."
    return (
        f"No figure for {plural(len(gaps), display.cadence)} "
        f"between {display.when(gaps.iloc[0])} and {display.when(gaps.iloc[-1])}."
    )


def description(points: pd.DataFrame, display: Display, title: str, marks: str = "") -> str:
    """Return what the chart says: finding, first and last figure, limits, target, verdict, special points."""
    known = points.dropna(subset=["value"])
    kind = "Run chart" if is_run(points) else "Process behaviour chart"
    if known.empty:
        return f"{kind} of {display.name}: no values."
    first, last = known.iloc[0], known.iloc[-1]
    parts = [
        f"{kind} of {display.name}, by {display.cadence}.",
        sentence(title),
        f"{plural(len(known), 'point')} "
        f"from {display.when(first['period'])}, {display.figure(first['value'])}, "
        f"to {display.when(last['period'])}, {display.figure(last['value'])}.",
        _centre(last, display, run=is_run(points)),
        _target(points, last, display),
        _signals(known, display),
        remarks(points, display),
        marks,
    ]
    return " ".join(part for part in parts if part)


def signal_runs(points: pd.DataFrame) -> pd.DataFrame:
    """Return one row a run of special points that mean the same: ``signal, rules, first, last, n``.

    >>> points = pd.DataFrame({"period": [1, 2, 3, 4], "value": 1.0, "rule": ["", "shift", "shift", ""],
    ...                        "signal": ["common_cause", "concern", "concern", "common_cause"]})
    >>> signal_runs(points)[["signal", "first", "last", "n"]].values.tolist()
    [['concern', 2, 3, 2]]
    """
    there = points["value"].notna().to_numpy()
    signal = points["signal"].fillna("common_cause").to_numpy(dtype="object")[there]
    rules = points["rule"] if "rule" in points else pd.Series("", index=points.index)
    rule, period = rules.fillna("").to_numpy(dtype="object")[there], points["period"].to_numpy()[there]
    edges = np.flatnonzero(signal[1:] != signal[:-1]) + 1
    runs = [
        {
            "signal": str(signal[first]),
            "rules": tuple(dict.fromkeys(str(text) for text in rule[first:end] if text)),
            "first": period[first],
            "last": period[end - 1],
            "n": int(end - first),
        }
        for first, end in zip([0, *edges], [*edges, len(signal)], strict=True)
        if end > first and signal[first] != "common_cause"
    ]
    return pd.DataFrame(runs, columns=["signal", "rules", "first", "last", "n"])


def shapes_of(points: pd.DataFrame, display: Display) -> dict[str, str]:
    """Return what the shapes that occur mean; nothing where all points are common cause.

    >>> from reviewkit.model import Measure
    >>> wait = Measure(id="w", name="Wait", unit="days", direction="decrease", table="kpis",
    ...                numerator="sum(value)")
    >>> points = pd.DataFrame({"period": [1, 2], "value": 1.0, "signal": ["common_cause", "concern"]})
    >>> shapes_of(points, Display(wait))
    {'concern': 'worsening (higher)', 'common_cause': 'no significant change'}
    """
    found = {str(signal) for signal in points["signal"].dropna()}
    special = (signal for signal in ("improvement", "concern") if signal in found)
    keys: dict[str, str] = {signal: display.variation(signal) for signal in special}
    if both := sorted(found & {"neutral_high", "neutral_low"}):
        # One shape: which of the two it is shows in where the point lies.
        keys["neutral"] = "higher or lower than before" if len(both) == 2 else display.variation(both[0])
    if keys and "common_cause" in found:
        keys["common_cause"] = display.variation("common_cause")
    if len(gaps_of(points)):
        keys["gap"] = "no figure"
    return keys


def data_of(points: pd.DataFrame, display: Display) -> pd.DataFrame:
    """Return the figures drawn, under the headings of the table behind the chart."""
    headings = {name: text for name, text in HEADINGS.items() if name in points}
    headings = {name: text for name, text in headings.items() if points[name].notna().any()}
    if is_run(points) and "mean" in headings:
        headings["mean"] = "Median"
    data = points[["period", *headings]].rename(columns={"period": "Period", **headings})
    if pd.api.types.is_datetime64_any_dtype(data["Period"]):
        data["Period"] = [date(at, "short") for at in data["Period"]]
    if "Reading" in data:
        data["Reading"] = [display.variation(str(signal)) or "–" for signal in data["Reading"]]
    if "Rule" in data:
        # The rule's name alone: its words in every row would weigh more than the figures.
        data["Rule"] = ["" if missing(rule) else str(rule).replace("_", " ") for rule in data["Rule"]]
    return data


def _centre(last: pd.Series[Any], display: Display, *, run: bool) -> str:
    middle = last.get("mean")
    if missing(middle):
        return ""
    if run or missing(last.get("lower")) or missing(last.get("upper")):
        return f"{'Median' if run else 'Mean'} {display.figure(middle)}."
    low, high = display.figure(last["lower"]), display.figure(last["upper"])
    return f"Mean now {display.figure(middle)}, limits {low} to {high}."


def _target(points: pd.DataFrame, last: pd.Series[Any], display: Display) -> str:
    """Say which target is in force, since when where it changed, and whether it can be relied on."""
    target = last.get("target")
    if missing(target):
        return ""
    steps = target_steps(points)
    since = f" since {display.when(steps.iloc[-1]['period'])}" if len(steps) > 1 else ""
    before = f", {display.figure(steps.iloc[-2]['target'])} before" if len(steps) > 1 else ""
    verdict = "" if missing(last.get("assurance")) else display.assurance(str(last["assurance"]))
    return f"Target {display.figure(target)}{since}{before}" + (f": {verdict}." if verdict else ".")


def target_steps(points: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of each level of the target: ``period, target``.

    >>> points = pd.DataFrame({"period": [1, 2, 3], "target": [70.0, 70.0, 75.0]})
    >>> target_steps(points).values.tolist()
    [[1.0, 70.0], [3.0, 75.0]]
    """
    if "target" not in points:
        return pd.DataFrame({"period": [], "target": []})
    levels = points["target"].to_numpy(dtype="float64", na_value=np.nan)
    known = np.flatnonzero(~np.isnan(levels))
    new = known[np.diff(levels[known], prepend=np.nan) != 0] if len(known) else known
    return pd.DataFrame({"period": points["period"].iloc[new].to_numpy(), "target": levels[new]})


def _signals(known: pd.DataFrame, display: Display) -> str:
    runs = signal_runs(known)
    if runs.empty:
        return "No special points: no significant change."
    told = [
        f"{display.variation(str(run['signal']))}, {_between(run['first'], run['last'], display)}"
        + (f", {listing([display.rule(rule) for rule in run['rules']])}" if run["rules"] else "")
        for run in runs.tail(MOST).to_dict("records")
    ]
    more = len(runs) - len(told)
    lead = f"{plural(int(runs['n'].sum()), 'special point')}"
    earlier = f"; {plural(more, 'run')} before these" if more else ""
    return f"{lead}: {'; '.join(told)}{earlier}."


def _between(first: Any, last: Any, display: Display) -> str:
    start, end = display.when(first), display.when(last)
    return start if start == end else f"{start} to {end}"
