"""Are the actions working? Camps, a signal after the start, benefit against promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.findings.gaps.money import site_shares
from reviewkit.model import Engagement, Measure
from reviewkit.performance import false_discovery

from .after import After, after
from .ascent import reached
from .before_after import ALPHA
from .caveats import caveats
from .compared import as_columns, compared, last_words
from .owners import known_roles
from .process import process_changes
from .rows import records
from .timing import heard_last, judged_from, next_check, share_done, time_gone, timing
from .verdicts import COLUMNS, DATES, KEPT, VERDICT_WORDS, leaning, verdict


class _Case(NamedTuple):
    """All that is known of one action; ``seen_from`` is when its measure can first show it."""

    action: dict[str, Any]
    seen_from: pd.Timestamp
    measure: Measure | None
    points: pd.DataFrame
    report: pd.DataFrame
    stages: pd.DataFrame
    notes: list[tuple[pd.Timestamp, str]]
    found: After


def progress(
    plan: pd.DataFrame,
    stages: pd.DataFrame,
    series: pd.DataFrame,
    checks: pd.DataFrame,
    engagement: Engagement,
    *,
    annotations: pd.DataFrame | None = None,
    register: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return how each action is coming on.

    See :func:`reviewkit.plan.signal_after` for what counts as a signal, and
    :func:`reviewkit.plan.difference_in_differences` for the comparison with sites where the action had
    not begun. Chances are adjusted for the number of agreed actions judged
    (:func:`reviewkit.performance.false_discovery`). Nothing here says that the action caused the change.

    Parameters
    ----------
    plan, stages : tables ``action_plan`` and ``ascent`` of step 3.2.
    series : ``measure, site, contract, period, value``.
    checks : evidence table ``progress``: ``action_id, at, percent_done, note, benefit``.
    annotations : local knowledge, of which ``process_changed`` bears on the limits.
    register : evidence table ``stakeholders``, whose roles owners should have.

    Returns
    -------
    ``COLUMNS``: ``level`` (mean since the start), ``before`` (mean of the steady points that fix the
    limits), ``change`` with its 95 % interval (time of year allowed for), ``stage_reached`` (highest camp
    that the level has reached, once there are points enough), ``signal`` after the start, ``estimate`` (the
    change x value of a unit a year, where there is a signal), ``benefit`` as reported, ``more`` (than at
    ``compared_with``), ``drift`` (what the paths before would have made), ``verdict`` (a key of
    ``VERDICT_WORDS``), ``timing`` (of ``TIMING_WORDS``), ``time_gone`` at the last report (per cent),
    ``seen_from`` (the start and the measure's lag: figures before it tell of before), ``judged_from``,
    ``leans`` (which way a change without a signal goes) and ``caveats``.
    """
    as_of = pd.Timestamp(engagement.data_as_of)
    notes = annotations if annotations is not None and len(annotations) else None
    roles = known_roles(register) if register is not None else frozenset()
    cases = [_case(action, stages, series, checks, notes, engagement) for action in records(plan)]
    shares = site_shares(series)
    rows = []
    for case, found in zip(cases, _certain(cases), strict=True):
        action, known = case.action, case._replace(found=found)
        share = shares.get(_place(action), np.nan if action["site"] or action["contract"] else 1.0)
        begun = action | {"starts": case.seen_from}
        versus, why = compared(begun, found, series, plan, case.measure, last_words(case.report))
        last = _last_period(series, action["measure"])
        said = (
            caveats(action, found, case.measure, case.points, last, case.notes, roles, engagement)
            if action["agreed"]
            else {}
        )
        rows.append(
            _row(known, _worth(case.measure, share), as_of, engagement)
            | as_columns(versus)
            | {"not_compared": why if action["agreed"] else "", "caveats": " ".join(said.values())}
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.assign(**{name: pd.to_datetime(table[name]).astype("datetime64[us]") for name in DATES})


def _case(
    action: dict[str, Any],
    stages: pd.DataFrame,
    series: pd.DataFrame,
    checks: pd.DataFrame,
    annotations: pd.DataFrame | None,
    engagement: Engagement,
) -> _Case:
    measure = {entry.id: entry for entry in engagement.measures}.get(action["measure"])
    points = _same_unit(series, action)
    points = points.sort_values("period") if len(points) else points
    report = checks[checks["action_id"].eq(action["action_id"])].sort_values("at")
    notes = process_changes(annotations, action["measure"], action["site"]) if measure else []
    period = engagement.cadence(measure) if measure else engagement.period
    dated = [day for day, _ in notes]
    lag = pd.Timedelta(weeks=measure.lag_weeks if measure else 0)
    seen: Any = action["starts"] + lag
    found = after(points, seen, action["direction"], period, dated) if measure else _NOTHING
    return _Case(action, seen, measure, points, report, _same_unit(stages, action), notes, found)


_NOTHING = After("", np.nan, np.nan, np.nan, 0)


def _certain(cases: list[_Case]) -> list[After]:
    """What each measure shows, chances adjusted for the number of changes looked at.

    Actions that share measure, place and start share one change.
    """
    frame = pd.DataFrame(
        [
            {"key": (*_place(case.action), str(case.action["starts"])), "agreed": bool(case.action["agreed"])}
            | {"chance": case.found.chance}
            for case in cases
        ],
        columns=["key", "agreed", "chance"],
    )
    single = (
        frame[frame["agreed"] & frame["chance"].notna()].drop_duplicates("key").set_index("key")["chance"]
    )
    adjusted = false_discovery(single).to_dict()
    result = []
    for case, key in zip(cases, frame["key"], strict=True):
        chance, found = adjusted.get(key, case.found.chance), case.found
        told = found.signal in ("improvement", "concern")
        result.append(
            found._replace(chance=chance, signal="none" if told and chance >= ALPHA else found.signal)
        )
    return result


def _place(action: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(action["measure"]), str(action["site"]), str(action["contract"])


def _same_unit(table: pd.DataFrame, action: Mapping[str, Any]) -> pd.DataFrame:
    if table.empty:
        return table
    keys = ("measure", "site", "contract")
    mask = np.logical_and.reduce([table[key].eq(action[key]).to_numpy() for key in keys])
    return table[mask]


def _last_period(series: pd.DataFrame, measure: str) -> Any:
    return series.loc[series["measure"].eq(measure), "period"].max() if len(series) else pd.NaT


def _row(case: _Case, worth: float, as_of: pd.Timestamp, engagement: Engagement) -> dict[str, Any]:
    action, found = case.action, case.found
    period = engagement.cadence(case.measure) if case.measure else engagement.period
    ends = sorted([found.low * worth, found.high * worth])
    told = found.signal in ("improvement", "concern")
    early = found.signal == "too_early" and bool(action["agreed"])
    benefits = case.report.dropna(subset=["benefit"])["benefit"] if "benefit" in case.report else pd.Series()
    return {
        **{name: action[name] for name in KEPT.split()},
        "latest": found.latest,
        "level": found.level,
        "before": found.before,
        "points_after": found.points,
        "points_before": found.steady,
        "change": found.change,
        "change_low": found.low,
        "change_high": found.high,
        "chance": found.chance,
        "seasonal": found.seasonal,
        "limits_from": found.limits_from,
        "limits_reason": found.limits_reason,
        "percent_done": share_done(case.report),
        "stage_reached": _stage(case.stages, found.level, str(action["direction"])),
        "signal": found.signal,
        "benefit": float(benefits.iloc[-1]) if len(benefits) else np.nan,
        "estimate": found.change * worth if told else np.nan,
        "estimate_low": ends[0] if told else np.nan,
        "estimate_high": ends[1] if told else np.nan,
        "promise_low": action["return_low"],
        "promise_high": action["return_high"],
        "note": last_words(case.report),
        "timing": timing(action, case.report, as_of),
        "judged_from": judged_from(case.seen_from, period, as_of) if early else pd.NaT,
        "verdict": verdict(action, found, case.measure, share_done(case.report), as_of),
        "next_check": next_check(case.stages, action, as_of),
        "leans": leaning(action, found, case.measure) if action["agreed"] else "",
        "time_gone": time_gone(action, heard_last(case.report)),
        "seen_from": case.seen_from,
    }


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


__all__ = ["COLUMNS", "VERDICT_WORDS", "process_changes", "progress"]
