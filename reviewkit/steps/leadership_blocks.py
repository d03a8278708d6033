"""Tables and charts of leadership capability; who may see which is for the step to say."""

from __future__ import annotations

import pandas as pd

from reviewkit.content import load_competencies
from reviewkit.disclosure import Discloser
from reviewkit.findings import leadership as lead
from reviewkit.model import Edition
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import number

from .leadership_words import LEVELS, group_words

BASIS = {
    "results_in_last_role": "results in the last role",
    "length_of_service": "length of service",
    "leadership_assessment": "an assessment of leadership",
    "vacancy": "a vacancy that had to be filled",
}
ROUTE = {
    "teachable": "training where the gap is large, else coaching",
    "talent": "move or hiring; coaching where the gap is small",
}


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
        table.assign(level=levels, words=table["gap"].map("{:.1f}".format)),
        "name",
        "level",
        "gap",
        words="words",
        corner="Competency",
        caption="Gap by level: points of five short of what the role needs",
        note=f"{groups} are left out.",
    )


def first_table(first: pd.DataFrame) -> Block:
    """Return the few gaps to begin with, and the route for each."""
    if first.empty:
        return Words("No gap is sure enough to begin with.")
    groups = [group_words(row) for row in first.to_dict("records")]
    headings = {"name": "Competency", "group": "Among", "leaders": "Leaders", "gap": "Mean gap"}
    headings |= {"kind": "Kind", "route": "Route"}
    table = first.assign(group=groups, route=first["kind"].map(ROUTE))
    return Table(table, caption="The few gaps to begin with", headings=headings)


def kinds_table(rated: set[str]) -> Block:
    """Return which of the competencies rated can be taught, which are talents, and the rules for routes."""
    rows = [entry.model_dump() for entry in load_competencies().values() if entry.id in rated]
    if not rows:
        return Words("No competency of the list has been rated.")
    headings = {"name": "Competency", "kind": "Kind", "reason": "Why"}
    table = Table(pd.DataFrame(rows), caption="Teachable skill or talent", headings=headings)
    return Stack(table, Bullets(lead.RULES))


def personal_table(rows: pd.DataFrame) -> Block:
    """Return each leader's gaps and route; ``who`` names the leader, for the team and managers alone."""
    headings = {"who": "Leader", "name": "Competency", "needed": "Needed", "assessed": "Assessed"}
    headings |= {"gap": "Gap", "self_over_others": "Own view above others'", "kind": "Kind"}
    headings |= {"route": "Route", "why": "Why"}
    return Table(rows, caption="Personal: gaps by leader", headings=headings, limit=60)


def desire_table(rows: pd.DataFrame) -> Block:
    """Return leaders' own wish to lead beside their teams' answers; personal."""
    headings = {"who": "Leader", "desire_to_lead": "Own answer", "team_answer": "Team's answer"}
    headings["difference"] = "Difference"
    return Table(rows, caption="Personal: desire to lead", headings=headings, limit=25)


def succession_table(rows: pd.DataFrame) -> Block:
    """Return who retires within three years, and whether a successor is ready; personal."""
    headings = {"who": "Leader", "years_to_retirement": "Years to retirement"}
    headings["successor_ready"] = "Successor ready"
    return Table(rows, caption="Personal: succession", headings=headings)


def goals_block(table: pd.DataFrame, gate: Discloser, edition: Edition) -> Block:
    """Return how many goals on file name a measure, and one of the contract, by level.

    ``table`` has ``level, goals, measured, contract``; leadership sees small counts as bands.
    """
    linked, total = int(table["contract"].sum()), int(table["goals"].sum())
    if edition == "leadership":
        hidden = gate.suppress(table, "goals", values=["measured", "contract"])
        table = hidden[~hidden["suppressed"]].astype({"goals": "int64"})
        for name in ("measured", "contract"):
            pairs = zip(table[name], table["goals"], strict=True)
            table = table.assign(**{name: [gate.count(int(n), int(of), edition) for n, of in pairs]})
    table = table.assign(level=table["level"].map(LEVELS).fillna("level not recorded"))
    headings = {"level": "Level", "goals": "Goals", "measured": "Name a measure"}
    headings["contract"] = "Name a contract measure"
    return Stack(
        Words(f"{linked} of {total} goals on file name a measure of the contract."),
        Table(table, caption="Goals on file by level", headings=headings),
    )


def counted_table(
    table: pd.DataFrame, caption: str, names: dict[str, str], gate: Discloser, edition: Edition
) -> Block:
    """Return how many leaders have each value; ``table`` has ``value, leaders, share``."""
    if table.empty:
        return Words(f"{caption}: not on file.")
    table = table.assign(value=table["value"].replace(names), percent=100 * table["share"])
    headings = {"value": "Basis", "leaders": "Leaders"}
    if edition == "leadership":
        total = int(table["leaders"].sum())
        told = [gate.count(int(n), total, edition) for n in table["leaders"]]
        return Table(table.assign(leaders=told), caption=caption, headings=headings)
    return Table(table, caption=caption, headings=headings | {"percent": "Per cent"})
