"""Are the actions working? Camps, a signal after the start, benefit against promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.findings.money import site_shares
from reviewkit.findings.wording import filled
from reviewkit.model import Engagement, Measure

from .after import After, after
from .ascent import reached
from .rows import records

COLUMNS: tuple[str, ...] = (
    "action_id",
    "what",
    "measure",
    "baseline",
    "latest",
    "target",
    "percent_done",
    "stage_reached",
    "signal",
)
COLUMNS += (
    "benefit",
    "verdict",
    "next_check",
    "name",
    "unit",
    "site",
    "contract",
    "owner",
    "level",
    "points_after",
)
COLUMNS += ("promise_low", "promise_high", "before", "estimate", "note", "agreed")
VERDICT_WORDS: Mapping[str, str] = {
    "baseline": "baseline recorded, nothing to judge yet",
    "draft": "proposed and not agreed yet",
    "working": "the measure has improved by a signal since the start",
    "wrong_way": "the measure has worsened by a signal since the start",
    "no_signal": "no signal yet",
    "stop": "due and done, and no signal: stop or change it",
    "late": "due and not done",
    "not_measured": "no figures to judge it by",
}


def progress(
    plan: pd.DataFrame,
    stages: pd.DataFrame,
    series: pd.DataFrame,
    checks: pd.DataFrame,
    engagement: Engagement,
) -> pd.DataFrame:
    """Return how each action is coming on.

    See :func:`reviewkit.plan.signal_after` for what counts as a signal.
    Nothing here says that the action caused the change.

    Parameters
    ----------
    plan, stages : tables ``action_plan`` and ``ascent`` of step 3.2.
    series : ``measure, site, contract, period, value``.
    checks : evidence table ``progress``: ``action_id, at, percent_done, note, benefit``.

    Returns
    -------
    ``COLUMNS``: ``latest`` point, ``level`` (mean since the start), ``before`` (mean of the steady
    points before it), ``stage_reached`` (name of the highest camp that level has reached, once
    there are points enough), ``signal`` after the start (improvement, concern, none,
    too_early), ``estimate`` (change in level x value of a unit a year, where there is a
    signal), ``benefit`` as reported, ``promise_low, promise_high`` a year, ``verdict`` (a key
    of ``VERDICT_WORDS``) and ``next_check``.
    """
    as_of = pd.Timestamp(engagement.data_as_of)
    measures = {measure.id: measure for measure in engagement.measures}
    shares = site_shares(series)
    rows = []
    for action in records(plan):
        mine = _same_unit(stages, action)
        points = _same_unit(series, action).sort_values("period") if len(series) else series
        report = checks[checks["action_id"].eq(action["action_id"])].sort_values("at")
        measure = measures.get(action["measure"])
        period = engagement.cadence(measure) if measure else engagement.period
        found = after(points, action["starts"], action["direction"], period)
        share = shares.get(
            (action["measure"], action["site"], action["contract"]), np.nan if action["site"] else 1.0
        )
        worth = _worth(measure, share)
        rows.append(_row(action, mine, found, report, worth, as_of))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.assign(next_check=pd.to_datetime(table["next_check"]).astype("datetime64[us]"))


def _same_unit(table: pd.DataFrame, action: Mapping[str, Any]) -> pd.DataFrame:
    if table.empty:
        return table
    keys = ("measure", "site", "contract")
    mask = np.logical_and.reduce([table[key].eq(action[key]).to_numpy() for key in keys])
    return table[mask]


def _row(
    action: dict[str, Any],
    stages: pd.DataFrame,
    found: After,
    report: pd.DataFrame,
    worth: float,
    as_of: pd.Timestamp,
) -> dict[str, Any]:
    done, benefit = _last(report, "percent_done"), _last(report.dropna(subset=["benefit"]), "benefit")
    kept = (
        "action_id",
        "what",
        "measure",
        "baseline",
        "target",
        "name",
        "unit",
        "site",
        "contract",
        "owner",
        "agreed",
    )
    changed = found.signal in ("improvement", "concern")
    return {
        **{name: action[name] for name in kept},
        "latest": found.latest,
        "level": found.level,
        "before": found.before,
        "points_after": found.points,
        "percent_done": done,
        "stage_reached": _stage(stages, found.level, str(action["direction"])),
        "signal": found.signal,
        "benefit": benefit,
        "estimate": (found.level - found.before) * worth if changed else np.nan,
        "promise_low": action["return_low"],
        "promise_high": action["return_high"],
        "note": str(report["note"].iloc[-1]) if len(report) and filled(report["note"].iloc[-1]) else "",
        "verdict": _verdict(action, found.signal, done, len(report), as_of),
        "next_check": _next_check(stages, action, as_of),
    }


def _last(report: pd.DataFrame, name: str) -> float:
    return float(report[name].iloc[-1]) if len(report) and pd.notna(report[name].iloc[-1]) else np.nan


def _worth(measure: Measure | None, share: float) -> float:
    """What a rise of one unit at this place is worth a year; missing where nobody has said."""
    if measure is None or not measure.value_per_unit:
        return np.nan
    return measure.value_per_unit * share * (1 if measure.direction == "increase" else -1)


def _stage(stages: pd.DataFrame, level: float, direction: str) -> str:
    if stages.empty or np.isnan(level):
        return ""
    ordered = stages.sort_values("percent")
    count = reached(ordered["level"].tolist(), level, direction)
    return str(ordered["stage_name"].iloc[count - 1]) if count else "below Base Camp"


def _verdict(action: Mapping[str, Any], signal: str, done: float, reports: int, as_of: pd.Timestamp) -> str:
    if not action["agreed"]:
        return "draft"
    if signal in ("improvement", "concern"):
        return "working" if signal == "improvement" else "wrong_way"
    over = pd.notna(action["due"]) and action["due"] <= as_of
    if over and not done >= 80:
        return "late"
    if over and signal == "none":
        return "stop"
    if not signal:
        return "not_measured"
    return "baseline" if signal == "too_early" and not reports else "no_signal"


def _next_check(stages: pd.DataFrame, action: Mapping[str, Any], as_of: pd.Timestamp) -> pd.Timestamp:
    dates = list(stages["due"]) if len(stages) else []
    coming = [date for date in [*sorted(dates), action["due"]] if pd.notna(date) and date > as_of]
    if coming:
        return pd.Timestamp(coming[0])
    return as_of + pd.Timedelta(days=30)
