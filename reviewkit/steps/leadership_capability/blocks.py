"""Tables and charts of leaders' competencies; who may see which is for the step to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.content import load_competencies
from reviewkit.disclosure import Discloser
from reviewkit.findings.leadership.priority import formula
from reviewkit.findings.leadership.rules import leadership_rules
from reviewkit.model import Edition
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import number
from reviewkit.voices.partnering import interval_words

from .words import LEVELS, PERSONAL, group_words, many

ROUTE = {
    "teachable": "training where the gap is large, else coaching",
    "talent": "move or hiring; coaching where the gap is small",
}
VIEWS = ("self_rating", "manager_rating", "team_rating")


def needed_chart(table: pd.DataFrame) -> Block:
    """Return for each competency what roles need and what leaders have, the widest gap first."""
    if table.empty:
        return Words("Competencies have not been rated, or for too few leaders to show.")
    widest = table.iloc[0]
    short = number(widest["gap"], "score", 1)
    return charts.dumbbell(
        table,
        "name",
        "needed",
        "assessed",
        "needed",
        "assessed",
        unit="score",
        decimals=1,
        key="2.4-needed",
        title=f"{widest['name']} falls furthest short: {short} of five points",
        subtitle="Mean level the roles need and mean assessment by managers and teams, 1 to 5.",
        source="ratings of competencies",
    )


def level_matrix(table: pd.DataFrame, minimum: int) -> Block:
    """Return the gaps by competency and level, groups of fewer than ``minimum`` leaders left out before."""
    if table.empty:
        return Words("Every group is too small to show without pointing at somebody.")
    levels = table["level"].map(LEVELS).fillna(table["level"])
    groups = f"Groups of fewer than {minimum} leaders, and those that would give them away,"
    return charts.matrix(
        table.assign(level=levels, words=[_points(gap) for gap in table["gap"]]),
        "name",
        "level",
        "gap",
        words="words",
        corner="Competency",
        caption="Gap by level: points of five short of what the role needs",
        note=f"{groups} are left out.",
    )


def views_table(gaps: pd.DataFrame, gate: Discloser, edition: Edition) -> Block:
    """Return by competency the leaders' own, their managers' and their teams' view, side by side.

    For leadership a view of fewer leaders than the survey's threshold is left out.
    """
    least = gate.disclosure.minimum_survey if edition not in PERSONAL else 1
    groups = gaps.groupby("name", sort=False)
    table = groups[["needed", *VIEWS]].mean()
    heard = groups[list(VIEWS)].count()
    # A view of nearly all leaders would tell that of the few without it.
    others = heard.rsub(groups["stakeholder_id"].nunique(), axis=0)
    table[list(VIEWS)] = table[list(VIEWS)].where((heard >= least) & (others.eq(0) | (others >= least)))
    told = groups["own_view"].agg(above=lambda views: views.eq("above").sum(),
                                  below=lambda views: views.eq("below").sum(),
                                  compared=lambda views: views.ne("").sum())  # fmt: skip
    table = table.join(told.astype("int64")).join(heard["team_rating"].rename("teams")).reset_index()
    table = table[table["compared"] >= least]
    if table.empty:
        return Words("Too few leaders were rated by themselves and by others to set the views side by side.")
    for name in ("above", "below"):
        pairs = zip(table[name], table["compared"], strict=True)
        table[name] = [many(gate, int(n), int(of), edition) for n, of in pairs]
    apart = leadership_rules().apart
    headings = {"name": "Competency", "needed": "Needed", "self_rating": "Own view"}
    headings |= {"manager_rating": "Manager's", "team_rating": "Team's"}
    headings |= {"above": f"Leaders {apart:g} point or more above others", "below": "As far below"}
    note = (
        "Means, 1 to 5. A team's view counts from "
        f"{gate.disclosure.minimum_survey} answers. Others are the manager and the team; an own view above "
        "theirs is common and no fault by itself."
    )
    return Table(table, caption="Three views of leaders, side by side", headings=headings,
                 formats=dict.fromkeys(["needed", *VIEWS], ".1f"), note=note)  # fmt: skip


def first_table(first: pd.DataFrame, gate: Discloser, edition: Edition) -> Block:
    """Return the few gaps to begin with: how sure, whom they affect, and the route for each."""
    if first.empty:
        return Words("No gap is sure enough to begin with.")
    rows = first.to_dict("records")
    routes = [str(row["routes"]) or ROUTE[str(row["kind"])] for row in rows]
    if edition not in PERSONAL:
        # The routes taken depend on facts about individuals; the rule does not.
        routes = [ROUTE[str(row["kind"])] for row in rows]
    shown = first.assign(
        group=[group_words(row) for row in rows],
        size=[gap_words(row) for row in rows],
        route=routes,
        short=[many(gate, int(row["with_gap"]), int(row["leaders"]), edition) for row in rows],
    )
    headings = {"name": "Competency", "group": "Among", "short": "Leaders short", "size": "Mean gap (95%)"}
    if edition in PERSONAL:
        headings |= {"people": "People they lead", "relevance": "Contract relevance", "priority": "Priority"}
    else:
        headings |= {"relevance": "Contract relevance"}
    headings |= {"kind": "Kind", "route": "How"}
    note = f"{formula()} Only gaps that are surely half a point or more can come first."
    return Table(shown, caption="The few gaps to begin with", headings=headings, note=note,
                 formats={"priority": ".0f", "relevance": ".2f"})  # fmt: skip


def kinds_table(rated: set[str]) -> Block:
    """Return which of the competencies rated can be taught, which are talents, and the rules for routes."""
    rows = [entry.model_dump() for entry in load_competencies().values() if entry.id in rated]
    if not rows:
        return Words("No competency of the list has been rated.")
    headings = {"name": "Competency", "kind": "Kind", "reason": "Why"}
    table = Table(pd.DataFrame(rows), caption="Teachable skill or talent", headings=headings)
    return Stack(table, Bullets(leadership_rules().sentences()))


def personal_table(rows: pd.DataFrame) -> Block:
    """Return each leader's gaps and route; ``who`` names the leader, for the team and managers alone."""
    headings = {"who": "Leader", "name": "Competency", "needed": "Needed", "self_rating": "Own view"}
    headings |= {"manager_rating": "Manager's", "team_rating": "Team's", "raters": "Team answers"}
    headings |= {"size": "Gap (95%)", "own_view": "Own view is", "told": "Route"}
    told = rows.assign(
        size=[gap_words(row) for row in rows.to_dict("records")],
        told=rows["route"].str.capitalize() + ": " + rows["why"],
        raters=rows["raters"].where(rows["raters"].gt(0)),
        needed=[_need(row) for row in rows[["needed", "needed_from"]].to_dict("records")],
    )
    note = (
        "A team's view is left out under the survey's threshold. How sure a gap is follows from how many "
        "rated, and from how far managers and teams differ in this engagement."
    )
    return Table(told, caption="Personal: gaps by leader", headings=headings, limit=60, note=note,
                 formats=dict.fromkeys(VIEWS, ".1f") | {"raters": ".0f"})  # fmt: skip


def _need(row: Mapping[Any, Any]) -> str:
    return f"{row['needed']:.1f}" + (" (usual for the level)" if row["needed_from"] == "level" else "")


def gap_words(row: Mapping[Any, Any]) -> str:
    """Return a gap with its interval, where there is one.

    >>> gap_words({"gap": 1.0, "lower": -0.2, "upper": 2.24}), gap_words({"gap": 1.0, "lower": float("nan")})
    ('1.0 (−0.2 to 2.2)', '1.0')
    """
    if pd.isna(row["lower"]):
        return _points(row["gap"])
    return interval_words(row["gap"], row["lower"], row["upper"])


def _points(gap: float) -> str:
    # Adding nought takes the sign off a rounded minus nought.
    return f"{round(float(gap), 1) + 0.0:.1f}".replace("-", "−")
