"""How an action stands: the words for it, and the columns of the table of progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Measure

from .after import After
from .timing import DONE

KEPT = "action_id what measure baseline target name unit site contract owner agreed direction starts due"
"""Columns of the plan that the table of progress keeps."""
COLUMNS: tuple[str, ...] = (
    *KEPT.split(),
    *[
        "latest",
        "percent_done",
        "stage_reached",
        "signal",
        "benefit",
        "verdict",
        "next_check",
        "level",
        "points_after",
    ],
    *["promise_low", "promise_high", "before", "estimate", "note", "timing", "judged_from"],
    *[
        "change",
        "change_low",
        "change_high",
        "chance",
        "points_before",
        "seasonal",
        "limits_from",
        "limits_reason",
    ],
    *[
        "estimate_low",
        "estimate_high",
        "compared_with",
        "more",
        "more_low",
        "more_high",
        "change_elsewhere",
        "place",
    ],
    *["drift", "drift_low", "drift_high", "not_compared", "caveats", "leans", "time_gone", "seen_from"],
)
DATES = ("next_check", "starts", "due", "judged_from", "limits_from", "seen_from")
LEANS = ("wrong_way", "right_way")
VERDICT_WORDS: Mapping[str, str] = {
    "baseline": "baseline recorded, nothing to judge yet",
    "draft": "owner, dates and cost still to be agreed",
    "working": "the measure has improved by a signal since the start",
    "wrong_way": "the measure has worsened by a signal since the start",
    "small": "the measure has changed by a signal, but by less than is worth acting on",
    "no_signal": "no signal yet",
    "too_early": "too few figures since the start to judge",
    "stop": "due and done or nearly so, and no signal worth acting on: stop or change it",
    "late": "due and not done",
    "not_measured": "no figures to judge it by",
}


def verdict(
    action: Mapping[str, Any], found: After, measure: Measure | None, done: float, as_of: pd.Timestamp
) -> str:
    """Return how an action stands: a key of ``VERDICT_WORDS``; ``done`` is the per cent last reported."""
    if not action["agreed"]:
        return "draft"
    told = found.signal in ("improvement", "concern")
    if told and abs(found.change) >= (measure.minimum_effect if measure else 0.0):
        return "working" if found.signal == "improvement" else "wrong_way"
    over = pd.notna(action["due"]) and action["due"] <= as_of and not action["due"] < action["starts"]
    if over and not done >= DONE:
        return "late"
    if over and (found.signal == "none" or told):
        return "stop"
    if not found.signal:
        return "not_measured"
    if found.signal == "too_early":
        return "too_early" if found.points else "baseline"
    return "small" if told else "no_signal"


def leaning(action: Mapping[str, Any], found: After, measure: Measure | None) -> str:
    """Return which way a change without a signal leans: ``wrong_way``, ``right_way`` or "".

    It leans where it is worth acting on by its size, or where its interval by itself leaves out nought.
    What is within routine variation and small leans no way.
    """
    if measure is None or found.signal != "none" or pd.isna(found.change):
        return ""
    told = found.low > 0 or found.high < 0
    if not told and abs(found.change) < max(measure.minimum_effect, 1e-9):
        return ""
    better = found.change * (-1 if action["direction"] == "decrease" else 1) > 0
    return "right_way" if better else "wrong_way"
