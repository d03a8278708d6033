"""What step 2.5 shows about goals and feedback: groups that are too small are left out for leadership."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser, band, is_small
from reviewkit.findings.goals import alignment as aligned
from reviewkit.findings.goals import results_and_tasks as kinds
from reviewkit.findings.goals.smart import LETTERS, goal_summary, summary_by_level
from reviewkit.model import Edition
from reviewkit.model.words import listing, plural
from reviewkit.present.blocks import Folded, Stack, Words
from reviewkit.present.tables import Table
from reviewkit.present.view import Block

from ..leadership_capability.words import LEVELS
from .development_findings import PERSONAL
from .development_inputs import DevelopmentInputs

FEW_OWNERS = "The goals on file are of too few people to be shown here."
NO_GOALS = "No goals are on file: collect those of a sample of people at each level."
HIDDEN = "Levels with fewer people than may be shown are left out, and any that would give them away."
_STAGES = {"leaders": "Leaders", "teams": "Team leads", "front_line": "Front line"}


def hidden_or_none(inputs: DevelopmentInputs, edition: Edition) -> str:
    """Return why goals cannot be shown to an edition; empty where they can."""
    if inputs.goals.empty:
        return NO_GOALS
    return FEW_OWNERS if inputs.few_owners and edition not in PERSONAL else ""


def goals_block(inputs: DevelopmentInputs, gate: Discloser, edition: Edition) -> Block:
    """Return how many goals on file meet each letter, and by level."""
    if hidden_or_none(inputs, edition):
        return Words(hidden_or_none(inputs, edition))
    headings = {"letter": "Letter", "met": "Met", "not_met": "Not met", "unknown": "Cannot be judged"}
    note = (
        "All goals on file are counted, so that there is no sampling error. Achievable means no better than "
    )
    note += "a level that was held for half a year; without a level asked for, or a record, nobody can tell."
    letters = Table(
        goal_summary(inputs.goals),
        caption=f"{plural(len(inputs.goals), 'goal')} on file, by letter of SMART",
        headings=headings,
        note=note,
    )
    levels, hidden = by_level(summary_by_level(inputs.goals), gate, edition, [*LETTERS, "smart", "goals"])
    levels = _banded(levels, [*LETTERS, "smart"], gate, edition)
    if len(levels) < 2:
        return letters
    headings = {"level": "Level", "goals": "Goals", **LETTERS, "smart": "All five"}
    return Stack(letters, Table(levels, caption="Goals that meet each letter, by level", headings=headings,
                                note=HIDDEN if hidden else ""))  # fmt: skip


def letters_table(read: pd.DataFrame) -> Block:
    """Return each wording once, letter by letter: the words that carry it, or what is missing."""
    if read.empty:
        return Words(NO_GOALS)
    met = read[list(LETTERS)].astype("boolean").fillna(False).sum(axis=1)
    once = read.assign(met=met, goals=read.groupby("text")["goal_id"].transform("size"))
    once = once.sort_values(["met", "text"], ascending=[False, True], kind="stable").drop_duplicates("text")
    for name in LETTERS:
        once[name] = [_letter(row, name) for row in once.to_dict("records")]
    caption = "Each wording on file, letter by letter, with the words that carry it"
    headings = {"text": "Goal", "goals": "On file", **LETTERS}
    return Folded(plural(len(once), "wording"), Table(once, caption=caption, headings=headings, limit=40))


def rewrite_table(read: pd.DataFrame) -> Block:
    """Return the goals that do not meet a letter, and what is missing; for team and managers."""
    if read.empty:
        return Words(NO_GOALS)
    fails = ~read[list(LETTERS)].astype("boolean").fillna(True)
    rows = read[fails.any(axis=1)]
    if rows.empty:
        return Words("No goal on file fails a letter that can be judged.")
    lacks = [
        listing(title for name, title in LETTERS.items() if row[name]) for row in fails.to_dict("records")
    ]
    rows = rows.assign(lacks=pd.Series(lacks, index=fails.index).str.capitalize())
    owners = rows.groupby(["text", "lacks"], sort=False)["owner"].agg(lambda ids: listing(ids.dropna()))
    table = owners.reset_index().assign(goals=rows.groupby(["text", "lacks"], sort=False).size().to_numpy())
    table = table.sort_values("goals", ascending=False, kind="stable")
    headings = {"text": "Goal", "goals": "On file", "owner": "Owners", "lacks": "What is missing"}
    told = f"{plural(len(table), 'wording')} of {plural(len(rows), 'goal')} to be written anew"
    return Folded(told, Table(table, caption="Goals to be written anew", headings=headings, limit=60))


def holes_table(inputs: DevelopmentInputs, gate: Discloser, edition: Edition) -> Block:
    """Return contract measures by level: how many goals point at each; for leadership whether any does."""
    table = inputs.holes
    if table.empty:
        return Words("No measure of the engagement is marked as one the contract pays by.")
    headings = {"name": "Measure of the contract"}
    if edition in PERSONAL:
        headings |= {level: name[:1].upper() + name[1:] for level, name in LEVELS.items()}
        headings["cascade"] = "From the top to the front line"
        return Table(table, caption="Goals on file by contract measure and level", headings=headings)
    hidden = False
    for stage, levels in aligned.STAGES.items():
        if _pool(inputs.stakeholders, levels) < gate.disclosure.minimum_pool:
            hidden = True
            continue
        table = table.assign(
            **{stage: table[list(levels)].sum(axis=1).gt(0).map({True: "yes", False: "none"})}
        )
        headings[stage] = _STAGES[stage]
    note = HIDDEN if hidden else ""
    return Table(table, caption="Is there a goal on file, by contract measure and level?", headings=headings,
                 note=note)  # fmt: skip


def conflicts_table(table: pd.DataFrame) -> Block:
    """Return the goals that pull against the target in force; for team and managers."""
    if table.empty:
        return Words("No goal on file asks for less than the target in force.")
    rows = table.assign(level=table["level"].map(LEVELS).fillna(""))
    headings = {"owner": "Owner", "level": "Level", "text": "Goal", "why": "Against the target in force"}
    note = "A lower level may be a stage on the way: ask the owner."
    return Table(rows, caption="Goals that pull against the contract", headings=headings, note=note, limit=40)


def kinds_table(inputs: DevelopmentInputs, gate: Discloser, edition: Edition) -> Block:
    """Return what goals ask for by level: results, tasks, both, neither."""
    if hidden_or_none(inputs, edition):
        return Words(hidden_or_none(inputs, edition))
    counts = ["result", "task", "both", "neither", "goals"]
    table, hidden = by_level(kinds.kinds_by_level(inputs.goals), gate, edition, counts)
    table = _banded(table, counts[:-1], gate, edition)
    headings = {"level": "Level", "goals": "Goals", "result": "Results", "task": "Tasks", "both": "Both"}
    headings["neither"] = "Neither"
    named = {kind: [m.name for m in inputs.measures if kinds.measure_kind(m) == kind] for kind in counts}
    note = f"{HIDDEN} " if hidden else ""
    if named["task"]:
        note += f"Of the engagement's measures these count work done or time spent: {listing(named['task'])}."
    return Table(table, caption="What goals on file ask for, by level", headings=headings, note=note.strip())


def _letter(row: dict[Any, Any], name: str) -> str:
    met, words = row[name], row[f"{name}_words"]
    if pd.isna(met):
        return "cannot be judged"
    if not met:
        return f"no: {row[f'{name}_lacks']}"
    return words if words.startswith("on file") else f"“{words}”"


def by_level(
    table: pd.DataFrame, gate: Discloser, edition: Edition, values: list[str], people: str = "owners"
) -> tuple[pd.DataFrame, bool]:
    """Levels in words; for leadership without those of too few people."""
    hidden = False
    if edition not in PERSONAL and len(table):
        table = gate.suppress(table, people, values=values)
        hidden = bool(table["suppressed"].any())
        table = table[~table["suppressed"]].astype(dict.fromkeys([people], "int64"))
    words = table["level"].map(LEVELS).fillna("level not on file")
    return table.assign(level=[text[:1].upper() + text[1:] for text in words]).reset_index(drop=True), hidden


def _banded(table: pd.DataFrame, names: list[str], gate: Discloser, edition: Edition) -> pd.DataFrame:
    """Counts of goals as those who may not see individuals may read them.

    Where one is too small to be told, all are told in bands: rows and totals add up, so that an
    exact count beside a band would give the band away. So would the number of goals of a level.
    """
    if edition in PERSONAL:
        return table
    pairs = {name: [(int(n), int(of)) for n, of in zip(table[name], table["goals"], strict=True)]
             for name in names}  # fmt: skip
    least = gate.disclosure.minimum_pool
    small = any(n and is_small(n, of, minimum=least) for part in pairs.values() for n, of in part)
    told = {
        name: [band(n, of) if small else gate.count(n, of, edition) for n, of in part]
        for name, part in pairs.items()
    }
    table = table.assign(**told)
    return table.drop(columns="goals") if small else table.astype({"goals": "int64"})


def _pool(register: pd.DataFrame, levels: tuple[str, ...]) -> int:
    here = register[register["level"].isin(levels)]
    return int(pd.to_numeric(here["headcount"]).fillna(1).sum())
