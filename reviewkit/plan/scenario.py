"""What becomes of the plan where effort, effect, dates or cost are supposed to be otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from reviewkit.findings.wording import filled
from reviewkit.model import Engagement

from .actions import action_plan, due_after, lags, plan_window
from .estimates import Estimate
from .joint_return import rounded
from .owners import known_roles
from .owners_sheet import HANDED_BACK
from .returns import first_year
from .rows import records
from .smart import LETTERS, smart


def supposing(on_file: Mapping[str, Estimate], supposed: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """Return what is on file of each recommendation with what is supposed laid over it.

    >>> supposing({"a": Estimate(impact=2, effort=3)}, {"a": Estimate(impact=4)})["a"].given
    {'impact': 4, 'effort': 3}
    """
    both = dict(on_file)
    for name, one in supposed.items():
        both[name] = replace(both.get(name, Estimate()), **one.given)
    return both


def supposed_plan(
    table: pd.DataFrame,
    supposed: Mapping[str, Estimate],
    actions: pd.DataFrame,
    gaps: pd.DataFrame,
    levels: pd.DataFrame,
    themes: pd.DataFrame,
    engagement: Engagement,
    *,
    also: Collection[str] = (),
    register: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the action plan that follows: what is agreed stays, drafts have the dates and costs supposed.

    Parameters
    ----------
    table : recommendations with what is supposed in them. actions : evidence table ``actions``.
    also : recommendations that are to have a draft although they do not come first.
    register : evidence table ``stakeholders``, whose roles owners should have.
    """
    _, latest = plan_window(engagement)
    wanted = table["first"] | table["recommendation_id"].isin(list(also))
    plan = action_plan(
        table.assign(first=wanted), actions, gaps, levels, themes, engagement, register=register
    )
    if plan.empty:
        return plan
    shows = dict(zip(table["recommendation_id"], table["shows"], strict=True))
    rows = [_dated(row, supposed, shows, latest) for row in records(plan)]
    changed = pd.DataFrame(rows, columns=list(plan.columns))
    for name in ("starts", "due"):
        changed[name] = pd.to_datetime(changed[name]).astype("datetime64[us]")
    judged = smart(
        changed,
        as_of=pd.Timestamp(engagement.data_as_of),
        latest_due=latest,
        roles=known_roles(register) if register is not None else frozenset(),
        lags=lags(engagement),
    )
    # Whether comments are too few to tell a change from chance does not hang on dates or cost.
    judged["measurable"] = judged["measurable"].mask(judged["measurable"].eq(""), plan["measurable"])
    return judged.assign(smart=(judged[list(LETTERS)] == "").all(axis=1))[list(plan.columns)]


def plan_year(row: Mapping[str, Any], starts: Any, plan_starts: pd.Timestamp) -> tuple[float, float]:
    """Return what of a return falls in the first year of the plan, for an action that starts on a day.

    Parameters
    ----------
    row : a recommendation, ``return_low, return_high`` a full year, ``shows`` in weeks after its start.
    starts : when its action starts; with the plan where that is not known.

    Examples
    --------
    >>> row = {"return_low": 5200.0, "return_high": 10_400.0, "shows": 13}
    >>> plan_year(row, pd.Timestamp("2025-09-30"), pd.Timestamp("2025-07-01"))
    (2600.0, 5200.0)
    """
    late = max(0, (starts - plan_starts).days // 7) if pd.notna(starts) else 0
    low, high = (first_year(float(row[f"return_{end}"]), int(row["shows"]) + late) for end in ("low", "high"))
    return rounded(low), rounded(high)


def as_draft(action: Mapping[str, Any]) -> dict[str, Any]:
    """Return an action of the plan as a row of the table ``actions`` that nobody has agreed yet.

    >>> as_draft({"action_id": "a", "what": "Train", "cost": float("nan")})
    {'action_id': 'a', 'what': 'Train', 'agreed': False}
    """
    taken = {table: action.get(column) for column, table in HANDED_BACK.items()}
    kept = {name: value for name, value in taken.items() if _known(value)}
    return {"action_id": action["action_id"]} | kept | {"agreed": False}


def as_estimate(name: str, whole: Estimate, reason: str, role: str, on: str, seen: str) -> dict[str, Any]:
    """Return what is estimated of a recommendation as a row of the table ``estimates``.

    Parameters
    ----------
    name : finding id of the recommendation. whole : all that is estimated of it.
    on : the day, as ISO text. seen : what library and tests say of it.

    Examples
    --------
    >>> row = as_estimate("3.1/recommendation/a", Estimate(impact=4, cost=100.0), "Tried before", "Lead",
    ...     "2025-07-01", "effect 3")
    >>> row["impact"], "cost" in row, row["seen"]
    (4, False, 'effect 3')
    """
    signed = {"role": role, "reason": reason, "judged_on": on, "seen": seen}
    return {"recommendation": name} | whole.judged | signed


def _dated(
    row: Mapping[str, Any],
    supposed: Mapping[str, Estimate],
    shows: Mapping[Any, Any],
    latest: pd.Timestamp | None,
) -> dict[str, Any]:
    change = supposed.get(str(row["recommendation_id"]), Estimate())
    if row["agreed"] or not change.given:
        return dict(row)
    # What is supposed of a draft on file goes before what the file says, and the rest of it stays.
    new = dict(row) | {name: change.given[name] for name in ("days", "cost") if name in change.given}
    if change.starts is not None or change.weeks is not None:
        new["starts"] = change.starts if change.starts is not None else row["starts"]
        new["due"] = due_after(new["starts"], int(shows[row["recommendation_id"]]), latest)
    return new


def _known(value: Any) -> bool:
    return filled(value) if isinstance(value, str) or value is None else bool(pd.notna(value))
