"""What a scenario changes, in tables and sentences."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from reviewkit.content import load_ascent
from reviewkit.model.words import money, plural
from reviewkit.plan import plan_window
from reviewkit.plan.joint_return import reach_of
from reviewkit.plan.returns import plausible_share
from reviewkit.plan.rows import records
from reviewkit.plan.scenario import plan_year
from reviewkit.present.blocks import Table
from reviewkit.present.words import date, number, percent

from .model import Row, ScenarioModel

NONE = "not known"
_SHOWN = {"what": "What", "before": "As the review has it", "now": "As supposed"}


def span_of_money(low: Any, high: Any, currency: str) -> str:
    """Return a return as a range.

    >>> span_of_money(1000.0, 2000.0, "GBP"), span_of_money(float("nan"), float("nan"), "GBP")
    ('£1,000 to £2,000', 'not known')
    """
    if _missing(low) or _missing(high):
        return NONE
    return f"{money(float(low), currency)} to {money(float(high), currency)}"


def label(row: Row, currency: str) -> str:
    """Return how a recommendation stands in the list: rank, title, return."""
    moved = row["rank"] != row["rank_before"]
    place = f"{row['rank']} (was {row['rank_before']})" if moved else f"{row['rank']}"
    marks = "first · " if row["first"] else ""
    marks += "changed · " if row["changed"] else ""
    return (
        f"{place} · {marks}{row['title']} · {span_of_money(row['return_low'], row['return_high'], currency)}"
    )


def compared(model: ScenarioModel) -> Table:
    """Return the chosen recommendation and the whole plan, before and as supposed."""
    lines = [
        (name, *(told(model, side) for side in (True, False)))
        for name, told in (
            ("Place in the order", _place),
            ("Return a year", _return),
            ("of it in the plan's first year", _plan_year),
            ("Part of the gap closed", closes),
            ("Starts, and is due", _dates),
            ("Working days, and cost", _means),
            ("All of the plan: return a year", _together),
            ("All of the plan: days, and cost", _sums),
        )
    ]
    return Table(pd.DataFrame(lines, columns=list(_SHOWN)), "What changes", _SHOWN, linked=False)


def climbed(model: ScenarioModel) -> Table | None:
    """Return the stages of the ascent with the dates before and as supposed; None where there is no climb."""
    now, before = model.ascent(), model.ascent(before=True)
    if now.empty:
        return None
    keys = ["name", "stage"]
    old = before.set_index(keys)["due"].to_dict()
    rows = []
    for row in records(now):
        was = old.get((row["name"], row["stage"]))
        rows.append(
            {
                "name": row["name"],
                "stage": row["stage_name"],
                "level": number(row["level"], row["unit"], currency=model.engagement.currency),
                "before": date(was, "short") if was is not None else "no climb",
                "now": date(row["due"], "short"),
                "moved": "" if was == row["due"] else "moved" if was is not None else "new",
            }
        )
    rows.sort(key=lambda row: not row["moved"])
    headings = {
        "name": "Measure",
        "stage": "Camp",
        "level": "Level",
        "before": "Due before",
        "now": "Due now",
    }
    headings |= {"moved": "Changed"}
    moved = sum(bool(row["moved"]) for row in rows)
    caption = f"The ascent: {plural(moved, 'camp')} moved" if moved else "The ascent: no camp moved"
    return Table(pd.DataFrame(rows), caption, headings, linked=False)


def closes(model: ScenarioModel, before: bool) -> str:
    """Return which part of its gap the chosen recommendation may close, and up to which camp that is."""
    row = model.row(before=before)
    by_gap = {str(gap["gap_id"]): gap for gap in records(model.inputs.gaps)}
    gap = by_gap.get(str(row.get("gap_ids", "")).split(", ")[0])
    if gap is None or gap["kind"] != "measured":
        return NONE
    reach = reach_of(gap, model.engagement, model.inputs.levels)
    low, high = plausible_share(int(row["impact"]), str(row["verdict"]), reach)
    camps = [camp.name for camp in load_ascent().values() if camp.percent <= 100 * high]
    return f"{percent(low)} to {percent(high)}, " + (
        f"at best to {camps[-1]}" if camps else "below the first camp"
    )


def _place(model: ScenarioModel, before: bool) -> str:
    row = model.row(before=before)
    return f"{row['rank']}, among the first" if row["first"] else str(row["rank"])


def _return(model: ScenarioModel, before: bool) -> str:
    row = model.row(before=before)
    return span_of_money(row["return_low"], row["return_high"], model.engagement.currency)


def _plan_year(model: ScenarioModel, before: bool) -> str:
    starts = model.action(before=before).get("starts")
    ends = plan_year(model.row(before=before), starts, plan_window(model.engagement)[0])
    return span_of_money(*ends, model.engagement.currency)


def _dates(model: ScenarioModel, before: bool) -> str:
    action = model.action(before=before)
    return (
        f"{date(action['starts'], 'short')}, {date(action['due'], 'short')}" if action else "not in the plan"
    )


def _means(model: ScenarioModel, before: bool) -> str:
    action = model.action(before=before)
    days = action.get("days", model.row(before=before)["days"])
    return _means_words(days, action.get("cost"), model.engagement.currency)


def _together(model: ScenarioModel, before: bool) -> str:
    return span_of_money(*model.together(before=before), model.engagement.currency)


def _sums(model: ScenarioModel, before: bool) -> str:
    plan = model.plan_before if before else model.plan
    cost = plan["cost"].sum() if plan["cost"].notna().any() else None
    return _means_words(plan["days"].sum(), cost, model.engagement.currency)


def _means_words(days: Any, cost: Any, currency: str) -> str:
    spent = "cost to be agreed" if _missing(cost) else money(float(cost), currency)
    return f"{'days to be agreed' if _missing(days) else f'{float(days):g} days'}, {spent}"


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
