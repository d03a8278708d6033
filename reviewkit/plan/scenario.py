"""What becomes of returns, order and plan where somebody judges effort, effect, dates or cost otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.findings.wording import filled
from reviewkit.model import Engagement

from .actions import action_plan, due_after, lags, plan_window
from .joint_return import joint_return, rounded
from .owners import known_roles
from .owners_sheet import HANDED_BACK
from .priority import with_first
from .returns import first_year
from .rows import records
from .smart import LETTERS, smart

TRIAL = " (trial)"
"""How the title of a recommendation ends that is a trial at one place."""


@dataclass(frozen=True)
class Supposed:
    """What somebody supposes of one recommendation; what is None stays as the review has it.

    ``impact`` and ``effort`` run from 1 to 5, ``days`` are working days, ``weeks`` until it is in place,
    ``cost`` is in the engagement's currency.
    """

    impact: int | None = None
    effort: int | None = None
    days: float | None = None
    weeks: int | None = None
    starts: pd.Timestamp | None = None
    cost: float | None = None
    owner: str | None = None

    @property
    def given(self) -> dict[str, Any]:
        """What is supposed, by name."""
        return {name: value for name, value in vars(self).items() if value is not None}


def rescored(
    recommendations: pd.DataFrame,
    supposed: Mapping[str, Supposed],
    gaps: pd.DataFrame,
    engagement: Engagement,
    levels: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the recommendations in the order that follows from what is supposed of some.

    Returns are worked out as in step 3.1. The priority of a changed one is its own, times the new impact
    over the old, times the root of the old effort over the new, which is what the rule of 3.1 comes to.

    Parameters
    ----------
    recommendations : of step 3.1. supposed : by recommendation id. gaps : of step 2.1.
    levels : best levels kept up anywhere, which cap the returns.

    Returns
    -------
    The columns of ``recommendations``, with ``rank`` (from 1), ``rank_before`` and ``changed``.
    """
    starts, _ = plan_window(engagement)
    by_gap = {str(row["gap_id"]): row for row in records(gaps)}
    rows = []
    for rank, row in enumerate(records(recommendations), start=1):
        change = supposed.get(str(row["recommendation_id"]), Supposed())
        new = _rescored(row, change, starts, by_gap, engagement, levels) if change.given else row
        rows.append({**new, "rank_before": rank, "changed": bool(change.given)})
    columns = [*recommendations.columns, "rank_before", "changed"]
    table = pd.DataFrame(rows, columns=columns)
    table = table.sort_values("priority", ascending=False, kind="stable", ignore_index=True)
    overruled = table["recommendation_id"][table["status"].eq("overruled")]
    trial = table["title"].astype("str").str.endswith(TRIAL)
    if any(change.given for change in supposed.values()):
        table = with_first(table.assign(trial=trial), set(overruled)).drop(columns="trial")
    return table.assign(rank=np.arange(1, len(table) + 1))


def supposed_plan(
    table: pd.DataFrame,
    supposed: Mapping[str, Supposed],
    agreed: pd.DataFrame,
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
    table : as :func:`rescored` returns it. agreed : evidence table ``actions``.
    also : recommendations that are to have a draft although they do not come first.
    register : evidence table ``stakeholders``, whose roles owners should have.
    """
    starts, latest = plan_window(engagement)
    wanted = table["first"] | table["recommendation_id"].isin(list(also))
    plan = action_plan(
        table.assign(first=wanted), agreed, gaps, levels, themes, engagement, register=register
    )
    if plan.empty:
        return plan
    shows = dict(zip(table["recommendation_id"], table["shows"], strict=True))
    rows = [_dated(row, supposed, shows, starts, latest) for row in records(plan)]
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


def as_draft(action: Mapping[str, Any]) -> dict[str, Any]:
    """Return an action of the plan as a row of the table ``actions`` that nobody has agreed yet.

    >>> as_draft({"action_id": "a", "what": "Train", "cost": float("nan")})
    {'action_id': 'a', 'what': 'Train', 'agreed': False}
    """
    taken = {table: action.get(column) for column, table in HANDED_BACK.items()}
    kept = {name: value for name, value in taken.items() if _known(value)}
    return {"action_id": action["action_id"]} | kept | {"agreed": False}


def _rescored(
    row: Mapping[str, Any],
    change: Supposed,
    starts: pd.Timestamp,
    by_gap: Mapping[str, dict[str, Any]],
    engagement: Engagement,
    levels: pd.DataFrame | None,
) -> dict[str, Any]:
    given = change.given
    taken = ("impact", "effort", "days", "weeks", "owner")
    new: dict[str, Any] = dict(row) | {name: given[name] for name in taken if name in given}
    if new["impact"] != row["impact"]:
        new |= _returned(new, by_gap, engagement, levels)
    better = new["impact"] / row["impact"] * np.sqrt(row["effort"] / new["effort"])
    new["priority"] = round(float(row["priority"]) * float(better), 3)
    late = _late(change, starts)
    new["shows"] = max(1, int(row["shows"]) + int(new["weeks"]) - int(row["weeks"]) + late)
    for end in ("low", "high"):
        new[f"first_year_{end}"] = rounded(first_year(float(new[f"return_{end}"]), new["shows"]))
    return new


def _returned(
    row: Mapping[str, Any],
    by_gap: Mapping[str, dict[str, Any]],
    engagement: Engagement,
    levels: pd.DataFrame | None,
) -> dict[str, Any]:
    ids = [name for name in str(row["gap_ids"]).split(", ") if name in by_gap]
    if not ids:
        return {}
    part = pd.DataFrame({"gap_id": ids, "intervention": row["intervention"], "verdict": row["verdict"]})
    low, high, assumptions = joint_return(part, int(row["impact"]), by_gap, engagement, levels)
    return {"return_low": low, "return_high": high, "assumptions": assumptions}


def _dated(
    row: Mapping[str, Any],
    supposed: Mapping[str, Supposed],
    shows: Mapping[Any, Any],
    starts: pd.Timestamp,
    latest: pd.Timestamp | None,
) -> dict[str, Any]:
    change = supposed.get(str(row["recommendation_id"]), Supposed())
    if row["agreed"] or not change.given:
        return dict(row)
    # What is supposed of a draft on file goes before what the file says, and the rest of it stays.
    new = dict(row) | {name: change.given[name] for name in ("days", "cost", "owner") if name in change.given}
    if change.starts is not None or change.weeks is not None:
        new["starts"] = change.starts if change.starts is not None else row["starts"]
        # Weeks until it shows are counted from the plan's start, a due date from the action's own.
        own = max(1, int(shows[row["recommendation_id"]]) - _late(change, starts))
        new["due"] = due_after(new["starts"], own, latest)
    return new


def _late(change: Supposed, starts: pd.Timestamp) -> int:
    """Weeks by which an action is supposed to start after the plan does."""
    return max(0, (change.starts - starts).days // 7) if change.starts is not None else 0


def _known(value: Any) -> bool:
    return filled(value) if isinstance(value, str) or value is None else bool(pd.notna(value))
