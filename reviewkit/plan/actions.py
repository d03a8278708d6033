"""The action plan: what was agreed, and a draft for each recommendation that comes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.findings.wording import place
from reviewkit.model import Engagement

from .agreed import agreed_row, shared
from .aims import SETTLED, aim
from .doubts import comments_short
from .owners import known_roles, proposed
from .rows import records
from .smart import LETTERS, smart

COLUMNS: tuple[str, ...] = (
    "action_id",
    "recommendation_id",
    "what",
    "owner",
    "measure",
    "unit",
    "site",
    "baseline",
    "target",
    "starts",
)
COLUMNS += ("due", "days", "cost", "resources", *LETTERS, "smart", "name", "contract", "direction", "summit")
COLUMNS += ("sustained", "held_by", "stretch", "gap_ids", "verdict", "title", "agreed", "effect_contract")
COLUMNS += ("return_low", "return_high")
SHOWS_AFTER = pd.Timedelta(days=91)
"""Time from when a measure can first show an action until it is due: a quarter, for figures enough."""


TOO_FEW = "so few comments could not tell the change from chance"
"""Why the letter M fails where comments are counted and too few."""


def plan_window(engagement: Engagement) -> tuple[pd.Timestamp, pd.Timestamp | None]:
    """Return when the plan starts and when it must end, as the engagement says or from its data.

    It starts on the first of the month after the data end; it ends with the last contract, if
    nothing else is said.
    """
    as_of = pd.Timestamp(engagement.data_as_of)
    starts = pd.Timestamp(engagement.plan_starts or (as_of + pd.offsets.MonthBegin(1)))
    ends = [contract.ends for contract in engagement.contracts if contract.ends]
    latest = engagement.plan_ends or (max(ends) if ends else None)
    return starts, pd.Timestamp(latest) if latest else None


def action_plan(
    recommendations: pd.DataFrame,
    agreed: pd.DataFrame,
    gaps: pd.DataFrame,
    levels: pd.DataFrame,
    themes: pd.DataFrame,
    engagement: Engagement,
    *,
    register: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the actions, checked letter by letter: those agreed first, then drafts.

    Drafts kept in ``actions`` stand after what is agreed. Others are made for recommendations that come
    first or are agreed, and for the first thing to stop, unless an action carries them already, agreed
    or kept as a draft. A draft's target is the upper end of what its return counts on, and never beyond
    what somebody has held for half a year; the summit of its climb is the gap's target, which takes more
    than one action. Where nobody has held better than today the target is the first camp, stated as a
    stretch. A draft is due a quarter after its measure can first show it. An owner begins one action at a
    time; where the register has the role by another name, the draft takes that name.

    Parameters
    ----------
    recommendations : of step 3.1. agreed : evidence table ``actions``. gaps : of step 2.1.
    levels : as :func:`reviewkit.plan.sustained_levels` returns them. themes : of step 1.4.
    register : evidence table ``stakeholders``; where there is one, owners must be among its roles.

    Returns
    -------
    ``COLUMNS``; ``agreed`` tells the two kinds apart, ``summit`` is the level the climb leads
    to, ``held_by`` who sustained the level that makes the target achievable.
    """
    starts, latest = plan_window(engagement)
    known = {row["recommendation_id"]: row for row in records(recommendations)}
    rows = [agreed_row(row, known, gaps, levels, themes, engagement) for row in records(agreed)]
    rows.sort(key=lambda row: not row["agreed"])
    carried = {row["recommendation_id"] for row in rows}
    free: dict[str, pd.Timestamp] = {}
    people = register if register is not None else pd.DataFrame(columns=["role"])
    for row in records(_to_draft(recommendations)):
        row["owner"] = proposed(row["owner"], people) or row["owner"]
        if row["recommendation_id"] not in carried:
            begin = max(starts, free.get(row["owner"], starts))
            free[row["owner"]] = begin + pd.Timedelta(weeks=int(row["weeks"]))
            rows.append(_draft(row, begin, latest, gaps, levels, themes, engagement))
    if not rows:
        return empty_plan()
    table = pd.DataFrame(rows).reindex(columns=list(COLUMNS))
    for name in ("starts", "due"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[us]")
    checked = smart(
        table,
        as_of=pd.Timestamp(engagement.data_as_of),
        latest_due=latest,
        roles=known_roles(people),
        lags=lags(engagement),
    )
    return _told_from_chance(checked, themes)[list(COLUMNS)]


def _told_from_chance(plan: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Fail the letter M where the comments counted could not show the change that is aimed at."""
    few = pd.Series([comments_short(row, themes) is not None for row in records(plan)], index=plan.index)
    measurable = plan["measurable"].mask(few & plan["measurable"].eq(""), TOO_FEW)
    return plan.assign(measurable=measurable, smart=plan["smart"] & ~few)


def lags(engagement: Engagement) -> dict[str, int]:
    """Return the weeks until what is done can show, by measure; only of those that have such a lag."""
    return {measure.id: measure.lag_weeks for measure in engagement.measures if measure.lag_weeks}


def empty_plan() -> pd.DataFrame:
    """Return an action plan without rows."""
    numbers = ("baseline", "target", "days", "cost", "summit", "sustained", "return_low", "return_high")
    kinds = dict.fromkeys(numbers, "float64") | dict.fromkeys(("starts", "due"), "datetime64[us]")
    kinds |= dict.fromkeys(("smart", "agreed"), "bool")
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in COLUMNS})


def climbs(plan: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Return one climb a measure and unit: from the baseline to the level that is asked for.

    Columns as :func:`reviewkit.plan.ascent` wants them. A climb begins with its first action
    and ends with its last, unless what is agreed reaches the summit before: a draft puts no agreed date
    off. Where the measure has a lag, it begins when its first action can show.
    Actions without a measure, a baseline or a better level to reach, that end before they start, or whose
    comments are too few to tell one camp from the next, have none.
    """
    sign = plan["direction"].map({"increase": 1.0, "decrease": -1.0})
    able = plan[
        plan["measure"].ne("")
        & plan["measure"].ne(SETTLED)
        & plan["unit"].ne("")
        & plan["measurable"].ne(TOO_FEW)
        & (sign * (plan["summit"] - plan["baseline"]) > 0)
        & (plan["due"] > plan["starts"])
    ]
    rows = []
    for _, part in able.groupby(["measure", "site", "contract"], sort=False):
        first = part.iloc[0]
        row = {
            name: first[name]
            for name in ("measure", "name", "unit", "site", "contract", "direction", "baseline")
        }
        row["name"] = f"{first['name']}{place(first['site'], engagement.contract_name(first['contract']))}"
        row |= {"target": first["summit"], "sustained": first["sustained"]}
        begins = part["starts"].min() + pd.Timedelta(weeks=lags(engagement).get(str(first["measure"]), 0))
        way = 1.0 if first["direction"] == "increase" else -1.0
        there = part[part["agreed"].astype(bool) & (way * (part["target"] - first["summit"]) >= 0)]
        ends = (there if len(there) else part)["due"].max()
        rows.append(row | {"starts": begins, "due": ends})
    names = ["measure", "name", "unit", "site", "contract", "direction", "baseline", "target", "sustained"]
    table = pd.DataFrame(rows, columns=[*names, "starts", "due"])
    return table[table["starts"].notna() & (table["due"] >= table["starts"])]


def due_after(begin: pd.Timestamp, shows: int, latest: pd.Timestamp | None = None) -> pd.Timestamp:
    """Return when an action is due: a quarter after week ``shows``, within the plan where it can be.

    >>> str(due_after(pd.Timestamp("2025-01-01"), 4).date())
    '2025-04-30'
    """
    seen = begin + pd.Timedelta(weeks=shows)
    due = seen + SHOWS_AFTER
    return latest if latest is not None and seen <= latest < due else due


def _to_draft(recommendations: pd.DataFrame) -> pd.DataFrame:
    stops = recommendations["stop"] & recommendations["verdict"].eq("supported")
    first_stop = stops & stops.cumsum().eq(1)
    decided = recommendations["status"].isin(["agreed", "amended"])
    wanted = recommendations["first"] | decided | first_stop
    return recommendations[wanted & recommendations["status"].ne("overruled")]


def _draft(
    row: Mapping[str, Any],
    begin: pd.Timestamp,
    latest: pd.Timestamp | None,
    gaps: pd.DataFrame,
    levels: pd.DataFrame,
    themes: pd.DataFrame,
    engagement: Engagement,
) -> dict[str, Any]:
    due = due_after(begin, int(row["shows"]), latest)
    resources = f"{row['days']:g} working days, led by the {row['owner']}; cost to be agreed"
    subject = str(row["recommendation_id"]).removeprefix("3.1/recommendation/").replace("/", "_")
    return {
        **shared(row),
        **aim(row, gaps, levels, themes, engagement),
        "action_id": subject,
        "what": f"{row['title']}. {row['what']}",
        "owner": row["owner"],
        "starts": begin,
        "due": due,
        "days": row["days"],
        "cost": np.nan,
        "resources": resources,
        "agreed": False,
    }
