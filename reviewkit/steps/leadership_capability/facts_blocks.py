"""Tables of facts about leaders: wish to lead, promotion, goals, succession; for the step to show."""

from __future__ import annotations

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.disclosure.bands import band
from reviewkit.findings.leadership.rules import leadership_rules
from reviewkit.model import Edition
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block

from .blocks import gap_words
from .words import LEVELS, PERSONAL, banded, many, some_leaders

BASIS = {
    "results_in_last_role": "results in the last role",
    "length_of_service": "length of service",
    "leadership_assessment": "an assessment of leadership",
    "vacancy": "a vacancy that had to be filled",
}
RISKS = {"high": "high: none ready", "unknown": "not known", "covered": "covered: one is ready"}
FEW_OWNERS = "The goals of leaders on file are of too few people to be shown here."


def desire_block(table: pd.DataFrame, named: pd.DataFrame, gate: Discloser, edition: Edition) -> Block:
    """Return leaders' own wish to lead beside their teams' answers; names for team and managers alone.

    ``table`` as made by ``leadership_facts.desire``; ``named`` the same with ``who``.
    """
    both = table.dropna(subset=["desire_to_lead", "team_answer"])
    hidden = int(table["hidden"].sum())
    rule = f"A team's answer counts from {gate.disclosure.minimum_survey} who gave one."
    if both.empty or (edition not in PERSONAL and len(both) < gate.disclosure.minimum_survey):
        return Words(f"Answers on the desire to lead are missing, or of too few to show. {rule}")
    own, team = both["desire_to_lead"].mean(), both["team_answer"].mean()
    apart = some_leaders(gate, int(both["apart"].sum()), len(both), edition)
    left = f" {hidden} answers of smaller teams are left out." if hidden and edition in PERSONAL else ""
    lines = Words(
        f"Leaders put their wish to lead at {own:.1f} of 5 on average, their teams at {team:.1f}. "
        f"{apart} a point or more apart from their team. {rule}{left}"
    )
    if edition not in PERSONAL:
        return lines
    headings = {"who": "Leader", "desire_to_lead": "Own answer", "team_answer": "Team's answer"}
    headings |= {"difference": "Difference"}
    return Stack(lines, Table(named, caption="Personal: desire to lead", headings=headings, limit=25))


def counted_table(
    table: pd.DataFrame, caption: str, names: dict[str, str], gate: Discloser, edition: Edition
) -> Block:
    """Return how many leaders have each value; ``table`` has ``value, leaders, share``."""
    if table.empty:
        return Words(f"{caption}: not on file.")
    total = int(table["leaders"].sum())
    told = banded(gate, [int(n) for n in table["leaders"]], total, edition)
    shown = table.assign(value=table["value"].replace(names), told=told, percent=100 * table["share"])
    headings = {"value": "Basis", "told": "Leaders"}
    if edition in PERSONAL:
        headings |= {"percent": "Per cent"}
    return Table(shown, caption=caption, headings=headings, formats={"percent": ".0f"})


def basis_gaps(table: pd.DataFrame) -> Block:
    """Return the mean gap by what promotion rested on; for team and managers."""
    if table.empty:
        return Words("")
    rows = table.to_dict("records")
    basis = table["promoted_on"].replace(BASIS)
    shown = table.assign(promoted_on=basis, gap=[gap_words(row) for row in rows])
    headings = {"promoted_on": "Promotion rested on", "leaders": "Leaders", "gap": "Mean gap (95%)"}
    note = "An association: those promoted on different grounds may differ in other ways, too."
    return Table(shown, caption="Gap by what the promotion rested on", headings=headings, note=note)


def goals_block(table: pd.DataFrame, gate: Discloser, edition: Edition) -> Block:
    """Return what leaders' goals on file point at and ask for, by level.

    ``table`` as made by ``leadership_facts.aligned_goals``. For leadership levels of too few owners
    are left out; where a count is small all are bands.
    """
    least = gate.disclosure.minimum_survey
    if table.empty:
        return Words("No goals of leaders are on file. Collect them for a sample of leaders at each level.")
    names = ["measured", "contract", "results", "tasks"]
    total, levels = int(table["goals"].sum()), len(table)
    sums = [int(table[name].sum()) for name in ("contract", "results", "tasks")]
    if edition not in PERSONAL:
        if int(table["owners"].sum()) < least:
            return Words(FEW_OWNERS)
        hidden = gate.suppress(table, "owners", values=[*names, "goals"])
        table = hidden[~hidden["suppressed"]]
    columns = {name: _told(table, name, gate, edition) for name in names}
    # A total in figures beside levels in bands would give the bands away.
    small = any(" of " not in text for told in columns.values() for text in told) or len(table) < levels
    exact = edition in PERSONAL or not small
    linked, results, tasks = (many(gate, n, total, edition) if exact else band(n, total) for n in sums)
    words = Words(
        f"Goals of leaders on file that point at a measure of the contract: {linked}; that ask for a "
        f"result: {results}; for tasks alone: {tasks}."
    )
    if table.empty:
        return words
    titles = table["level"].map(LEVELS).fillna("level not recorded").str.capitalize()
    shown = table.assign(level=titles, **columns)
    headings = {
        "level": "Level",
        "measured": "Name a measure or outcome",
        "contract": "Name a contract measure",
    }
    headings |= {"results": "Ask for a result", "tasks": "Ask for tasks alone"}
    note = "Goals are read by their words, as in step 2.5, which says whether each is SMART."
    return Stack(words, Table(shown, caption="Leaders' goals on file by level", headings=headings, note=note))


def succession_block(
    table: pd.DataFrame, named: pd.DataFrame, leaders: int, gate: Discloser, edition: Edition
) -> Block:
    """Return how many posts fall vacant soon and for how many somebody is ready; names where allowed."""
    years = leadership_rules().years
    if table.empty:
        return Words(f"No leader is due to retire within {years:g} years.")
    ready = many(gate, int(table["risk"].eq("covered").sum()), len(table), edition)
    unknown = int(table["risk"].eq("unknown").sum())
    more = f" For {many(gate, unknown, len(table), edition)} it is not on file." if unknown else ""
    line = Words(
        f"{some_leaders(gate, len(table), leaders, edition)} due to retire within {years:g} years; for "
        f"{ready} of them a successor is ready.{more}"
    )
    if edition not in PERSONAL:
        return line
    headings = {"who": "Leader", "years_to_retirement": "Years to retirement", "risk": "Risk"}
    shown = named.assign(risk=named["risk"].map(RISKS))
    return Stack(line, Table(shown, caption="Personal: succession", headings=headings))


def _told(table: pd.DataFrame, name: str, gate: Discloser, edition: Edition) -> list[str]:
    """A column of counts of goals; all of them bands where one is small."""
    pairs = [(int(n), int(of)) for n, of in zip(table[name], table["goals"], strict=True)]
    told = [many(gate, n, of, edition) for n, of in pairs]
    return told if all(" of " in text for text in told) else [band(n, of) for n, of in pairs]
