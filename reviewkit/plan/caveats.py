"""What an action's figures can and cannot say, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from reviewkit.findings.wording import amount, difference, filled
from reviewkit.model import Engagement, Measure

from .after import STEADY, After
from .aims import SETTLED
from .owners import stranger

ENDED = pd.Timedelta(days=62)
SEASON_KNOWN = pd.Timedelta(days=690)


def caveats(
    action: Mapping[str, Any],
    found: After,
    measure: Measure | None,
    points: pd.DataFrame,
    last: pd.Timestamp,
    notes: Sequence[tuple[pd.Timestamp, str]],
    roles: frozenset[str],
    engagement: Engagement,
) -> dict[str, str]:
    """Return what is wanting in an agreed action, by a short code: a sentence each.

    Parameters
    ----------
    action : a row of the plan. found : what its measure shows. points : its series.
    last : the latest period that any series of the measure has.
    notes : when and how the process behind the measure is said to have changed.
    roles : those of the register in small letters; empty where there is no register.
    """
    said = _of_the_plan(action, roles)
    if measure is None:
        return said | _unmeasured(action)
    if points.empty:
        return said | {"no_figures": "No figures of its measure are there for this place: whether it works "
                                     "cannot be said."}  # fmt: skip
    said |= _of_the_levels(action, found, measure, engagement)
    end = points["period"].max()
    if last - end > ENDED:
        said["figures_end"] = (
            f"The figures of this place end in {end:%B %Y}: nothing after that can be judged."
        )
    return said | _since_the_start(action, found, measure, points, notes)


def _since_the_start(
    action: Mapping[str, Any],
    found: After,
    measure: Measure,
    points: pd.DataFrame,
    notes: Sequence[tuple[pd.Timestamp, str]],
) -> dict[str, str]:
    """What stands between the start and a judgement: a lag, few figures, another change, the season."""
    said, end = {}, points["period"].max()
    begun = pd.notna(action["starts"]) and found.points > 0
    if measure.lag_weeks and pd.notna(action["starts"]):
        seen = action["starts"] + pd.Timedelta(weeks=measure.lag_weeks)
        said["lag"] = (
            f"Its measure counts people {measure.lag_weeks} weeks later: figures before "
            f"{seen.day} {seen:%B %Y} still tell of the time before it began."
        )
    if begun and found.steady < STEADY:
        said["few_before"] = (
            f"Only {found.steady} steady figures lie before the start; limits need {STEADY}, "
            "so a change cannot be told from chance."
        )
    for at, text in notes:
        if begun and action["starts"] <= at <= end:
            said["process_changed"] = (
                f"The process changed in {at:%B %Y} ({text.rstrip('.')}): what that did "
                "and what the action did cannot be told apart."
            )
    if begun and end - points["period"].min() < SEASON_KNOWN:
        said["season"] = "Less than two years of figures: a change with the time of year cannot be ruled out."
    return said


def _of_the_plan(action: Mapping[str, Any], roles: frozenset[str]) -> dict[str, str]:
    said = {}
    if not filled(action["owner"]):
        said["no_owner"] = "Nobody is named to answer for it."
    elif stranger(action["owner"], roles):
        said["owner_unknown"] = "Its owner is not in the register of people: ask who answers for it."
    starts, due = action["starts"], action["due"]
    if pd.isna(starts):
        said["no_start"] = "It has no start: before and after cannot be told apart."
    if pd.isna(due):
        said["no_end"] = "It has no end: it cannot be late, and is never over."
    elif pd.notna(starts) and due < starts:
        said["ends_first"] = "It ends before it starts: correct the dates; camps and lateness are left out."
    return said


def _unmeasured(action: Mapping[str, Any]) -> dict[str, str]:
    name = str(action["measure"])
    if not name:
        text = "It names no measure: whether it is done can be said, not whether it works."
    elif name == SETTLED:
        text = "It is done when causes are settled: no figures can show that it works."
    elif name.startswith("theme:"):
        text = "It rests on comments, counted once: whether it works takes a second count or a measure."
    else:
        text = f"Its measure, {name}, is none of this review: whether it works cannot be said."
    return {"no_measure": text}


def _of_the_levels(
    action: Mapping[str, Any], found: After, measure: Measure, engagement: Engagement
) -> dict[str, str]:
    def told(value: float) -> str:
        return amount(value, measure.unit, measure.decimals, engagement.currency)

    said = {}
    base, target, sign = action["baseline"], action["target"], -1 if measure.direction == "decrease" else 1
    known = pd.notna(found.before)
    if pd.isna(base):
        rest = f"the mean before the start, {told(found.before)}, stands in for it" if known else ""
        said["no_baseline"] = (
            f"No baseline was agreed; {rest or 'nothing stands in for it'}. It has no camps."
        )
    elif known and abs(found.before - base) > max(measure.minimum_effect, 1e-9):
        apart = difference(found.before - base, measure.unit, measure.decimals, engagement.currency)
        said["baseline_unlike"] = (
            f"The agreed baseline, {told(base)}, is {apart} from what the figures before the start show, "
            f"{told(found.before)}; change is judged by the figures, camps by the baseline."
        )
    if pd.isna(target):
        said["no_target"] = "No target was agreed: change can be judged, how far it has come cannot."
    elif known and measure.direction != "neutral" and sign * (found.before - target) >= 0:
        said["target_met"] = (
            f"The target, {told(target)}, was met before it began ({told(found.before)}): "
            "reaching it shows nothing."
        )
    return said


def unknown_reports(plan: pd.DataFrame, checks: pd.DataFrame) -> list[str]:
    """Return the actions that reports name and the plan does not hold.

    >>> unknown_reports(pd.DataFrame({"action_id": ["A1"]}), pd.DataFrame({"action_id": ["A1", "A9", "A9"]}))
    ['A9']
    """
    known = set(plan["action_id"]) if len(plan) else set()
    return [str(name) for name in dict.fromkeys(checks["action_id"]) if name not in known]
