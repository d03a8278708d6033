"""Blocks about those who carry a plan: plans to improve, the conversation, development of leaders."""

from __future__ import annotations

import pandas as pd

from reviewkit.content import improvement_conversation, load_competencies
from reviewkit.disclosure import Discloser
from reviewkit.model import Edition
from reviewkit.plan import leader_development
from reviewkit.present.blocks import Bullets, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date, number

ROUTES = {"move": "a move", "": "to be decided"}
CHECKS = ("first_check", "second_check", "ends")


def improvement_plans(plans: pd.DataFrame, stakeholders: pd.DataFrame) -> Block:
    """Show plans to consider, one row a person and measure, with names where the register has them."""
    if plans.empty:
        return Words("For nobody do figures, judged fairly, suggest that an improvement plan be considered.")
    shown = plans.assign(
        person=_names(plans["agent"], stakeholders),
        now=[number(value, unit) for value, unit in zip(plans["baseline"], plans["unit"], strict=True)],
        checks=[", ".join(date(row[name], "short") for name in CHECKS) for row in plans.to_dict("records")],
    )
    return Table(
        shown,
        caption="Improvement plans to consider",
        headings={
            "person": "Person",
            "name": "Measure",
            "now": "Now",
            "what": "Goal",
            "support": "Support",
            "checks": "Checks",
            "reason": "Why considered",
        },
        note="A person decides whether there is to be a plan. Figures allow for small numbers and case mix.",
    )


def conversation() -> Block:
    """Show the guide for the conversation, stage by stage."""
    parts: list[Block] = []
    for stage in improvement_conversation():
        avoid = [f"Avoid: {words[0].lower()}{words[1:]}" for words in stage.avoid]
        parts += [Words(f"{stage.title}. {stage.purpose}"), Bullets([*stage.say, *avoid])]
    return Stack(*parts)


def leaders(gaps: pd.DataFrame, stakeholders: pd.DataFrame, gate: Discloser, edition: Edition) -> Block:
    """Show gaps in leadership by competency, and by leader where individuals may be seen."""
    development = leader_development(gaps)
    if development.empty:
        return Words("No gap in leadership is on record; step 2.4 says what to collect.")
    personal = edition in ("team", "managers")
    pairs = zip(development["leaders"], development["assessed"], strict=True)
    counts = [gate.count(int(n), int(total), "team" if personal else edition) for n, total in pairs]
    reasons = {name: entry.reason for name, entry in load_competencies().items()}
    overall = Table(
        development.assign(
            short=counts,
            route=[ROUTES.get(route, route) for route in development["route"]],
            reason=[reasons.get(name, "") for name in development["competency"]],
        ),
        caption="Development of leaders, by competency",
        headings={
            "name": "Competency",
            "short": "Leaders short of need",
            "route": "Commonest route",
            "reason": "Why it is taken as a skill or a talent",
        },
    )
    return Stack(overall, _by_leader(gaps, stakeholders) if personal else None)


def _by_leader(gaps: pd.DataFrame, stakeholders: pd.DataFrame) -> Block:
    short = gaps[gaps["route"].ne("") & gaps["gap"].gt(0)].sort_values("gap", ascending=False)
    known = {name: entry.name for name, entry in load_competencies().items()}
    return Table(
        short.assign(
            person=_names(short["stakeholder_id"], stakeholders),
            competency=[known.get(name, name) for name in short["competency"]],
            route=[ROUTES.get(route, route) for route in short["route"]],
        ),
        caption="Development of leaders, by leader",
        headings={
            "person": "Leader",
            "competency": "Competency",
            "needed": "Needed",
            "assessed": "Assessed",
            "route": "Route",
        },
        limit=20,
    )


def _names(ids: pd.Series, stakeholders: pd.DataFrame) -> list[str]:
    known = stakeholders.set_index("stakeholder_id")["name"].dropna().to_dict()
    return [str(known.get(one) or one) for one in ids]
