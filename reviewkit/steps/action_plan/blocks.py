"""Blocks of the action plan: its letters, its owners and means, its timeline and its climb."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.plan import LETTERS, beyond_actions, budget_words
from reviewkit.plan.actions import TOO_FEW
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date, listing, number, plural

AGREED = {True: "agreed", False: "draft"}


def letters(plan: pd.DataFrame) -> Block:
    """Return the check of each action, letter by letter, with what makes its target achievable."""
    shown = plan.assign(**{letter: plan[letter].replace("", "yes") for letter in LETTERS})
    heads = {letter: letter.replace("_", "-").capitalize() for letter in LETTERS}
    held = [row["stretch"] or row["held_by"] for row in plan.to_dict("records")]
    return Table(
        shown.assign(held=[words[:1].upper() + words[1:] for words in held]),
        caption="SMART, letter by letter: yes, or why not",
        headings={"title": "Action", **heads, "held": "Why the target is within reach"},
    )


def to_settle(doubts: Sequence[str]) -> Block:
    """Return what is still to settle, or that nothing is."""
    if not doubts:
        return Words("Owners, baselines, targets and costs leave nothing to settle.")
    return Bullets(list(doubts))


def owners(plan: pd.DataFrame, engagement: Engagement, budget: float | None = None) -> Block:
    """Return who answers for what, with dates, time and cost; the sums and the budget stand below."""
    shown = plan.assign(
        owner=[_capital(str(owner)) if owner else "to be named" for owner in plan["owner"]],
        state=plan["agreed"].map(AGREED),
        time=[number(days, "count", 0) if pd.notna(days) else "to be agreed" for days in plan["days"]],
        money=[
            number(cost, "money", 0, currency=engagement.currency) if pd.notna(cost) else "to be agreed"
            for cost in plan["cost"]
        ],
    ).sort_values(["owner", "starts"], kind="stable")
    return Table(
        shown,
        caption="Actions by owner",
        headings={
            "owner": "Owner, by role",
            "title": "Action",
            "state": "State",
            "starts": "Starts",
            "due": "Due",
            "time": "Working days",
            "money": "Cost",
        },
        formats={"starts": _short, "due": _short},
        note=f"{sums(plan, engagement.currency, budget=budget)} "
        "An owner begins one drafted action at a time. "
        "Due: of an agreed action, the date agreed; of a draft, a quarter after its measure can first show "
        "it, so that there are figures enough to judge.",
    )


def timeline(plan: pd.DataFrame, engagement: Engagement) -> Block:
    """Return the chart of when each action runs, agreed ones told from drafts."""
    able = plan[plan["due"] > plan["starts"]]
    if able.empty:
        return Words(
            "No action has a start and a later end, so there is no timeline. Date them in the table actions."
        )
    left = len(plan) - len(able)
    note = (
        f"{plural(left, 'action')} without a start and a later end {'is' if left == 1 else 'are'} not drawn."
    )
    drawn = _gantt(able, engagement)
    return Stack(drawn, Words(note)) if left else drawn


def _gantt(plan: pd.DataFrame, engagement: Engagement) -> Block:
    months = max(1, round((plan["due"].max() - plan["starts"].min()).days / 30.4))
    return charts.gantt(
        plan.assign(what=plan["title"]),
        title=f"The plan runs {plural(len(plan), 'action')} over {plural(months, 'month')}",
        subtitle="Filled bars are agreed, outlined ones are drafts; the dashed line is the day the data end.",
        today=pd.Timestamp(engagement.data_as_of),
        source="Step 3.2",
        key="timeline",
    )


def climb(ascent: pd.DataFrame, plan: pd.DataFrame, engagement: Engagement) -> Block:
    """Return the ascent in four stages, each measure in its own unit, as a chart and in words.

    Parameters
    ----------
    ascent : its stages. plan : the actions, of which some may rest on too few comments for any stage.
    """
    few = _too_few(plan)
    if ascent.empty:
        return Words(
            few
            or "There is no climb to show: no action has a measure with a baseline and a target. "
            "Give both for an action in the table actions."
        )
    gap = ascent["basis"].iloc[0] == "gap"
    basis = "gap between baseline and target" if gap else "level the contract asks for"
    stretch = ascent[ascent["stretch"] & ~ascent["passed"]]["name"].nunique()
    passed, measures = int(ascent["passed"].sum()), ascent["name"].nunique()
    notes = [f"Stages are shares of the {basis}; the parameter basis of the ascent says which."]
    notes += [f"{plural(passed, 'stage')} already passed at the baseline."] if passed else []
    if stretch:
        notes.append(
            f"For {plural(stretch, 'measure', spell=True)} the upper stages go beyond what anybody has held."
        )
    notes += [few] if few else []
    return Stack(
        charts.ascent_chart(
            ascent,
            title=f"Four stages lead from the baseline to the target for {plural(measures, 'measure')}",
            subtitle=f"Level at each stage and date by which it is due; shares of the {basis}. "
            "Filled circles were passed at the baseline.",
            source="Steps 2.1 and 3.2",
            key="ascent",
        ),
        Words(" ".join(notes)),
        Bullets(further) if (further := beyond_actions(plan, ascent, engagement)) else None,
    )


def _too_few(plan: pd.DataFrame) -> str:
    """Return which actions are not staged because comments are too few; "" where none is."""
    names = [row["title"].rstrip(".") for row in plan[plan["measurable"].eq(TOO_FEW)].to_dict("records")]
    if not names:
        return ""
    return (
        f"Not staged: {listing(names)}. So few comments could not tell one camp from the next; what is still "
        "to settle says how many it takes."
    )


def sums(plan: pd.DataFrame, currency: str, lead: str = "In all:", budget: float | None = None) -> str:
    """Return the working days of all actions and what those cost whose cost is known, after ``lead``.

    Where the plan has a budget, what is left of it follows.
    """
    days, costs = plan["days"].dropna(), plan["cost"].dropna()
    parts = [f"{number(days.sum(), 'count', 0)} working days"] if len(days) else []
    if len(costs):
        parts.append(
            f"{number(costs.sum(), 'money', 0, currency=currency)} for the {len(costs)} of "
            f"{plural(len(plan), 'action')} whose cost is known"
        )
    said = f"{lead} {' and '.join(parts)}." if parts else "Neither time nor cost is known yet."
    return f"{said} {budget_words(plan, budget, currency)}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(day: object) -> str:
    return date(day, "short")
