"""Blocks of the recommendations: what each does, returns, rests on and may spoil, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviewkit.content import Cause
from reviewkit.disclosure.corrections import OPEN
from reviewkit.findings.wording import filled
from reviewkit.model import Finding
from reviewkit.model.words import begin_lower
from reviewkit.plan.choice import SETTLE
from reviewkit.plan.decided import NO_LONGER
from reviewkit.present.blocks import Bullets, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date, listing, plural

TYPES = {
    "process_optimisation": "process",
    "resource_allocation": "resources",
    "cross_departmental_collaboration": "departments together",
}
STRENGTH = {
    "studied": "Studied elsewhere",
    "practised": "In wide use",
    "argued": "Reasoned, to be tested here",
}
STATUS = {
    "proposed": "proposed",
    "amended": "agreed with changes",
    "agreed": "agreed",
    "overruled": "overruled",
}
CHANGED = "The figures beneath it changed since."


def effects_table(doing: pd.DataFrame) -> Block:
    """Return what each does for contracted performance, in the measure's own unit, and for learning."""
    return Table(
        doing.assign(expected=doing["expected"].where(doing["expected"].ne(""), _unseen(doing))),
        caption="What each recommendation is meant to do",
        headings={
            "title": "Recommendation",
            "effect_contract": "For contracted performance",
            "expected": "On the measure",
            "effect_improvement": "For continuous improvement",
        },
        note="On the measure: the same share of the gap as in its return; a judgement and no forecast.",
    )


def _unseen(doing: pd.DataFrame) -> pd.Series:
    settle = doing["intervention"].eq(SETTLE)
    return settle.map({True: "It moves none by itself", False: "No measure shows it"})


def support_table(table: pd.DataFrame) -> Block:
    """Return what speaks for each in general, how long it takes to show and what may go wrong."""
    rows = table.assign(
        strength=[
            f"{STRENGTH[kind]}. {words}"
            for kind, words in zip(table["strength"], table["support"], strict=True)
        ],
        takes=[
            f"{days:g} working days; in place after {plural(weeks, 'week')}; its measure can show it "
            f"from week {shows}"
            for days, weeks, shows in zip(table["days"], table["weeks"], table["shows"], strict=True)
        ],
    )
    return Table(
        rows,
        caption="What speaks for each, what it takes and what to watch",
        headings={
            "title": "Recommendation",
            "strength": "What speaks for it elsewhere",
            "takes": "What it takes",
            "watch": "What to watch",
        },
        note="What speaks for it elsewhere is general knowledge; the evidence from here is in the reason "
        "above.",
    )


def whom_block(table: pd.DataFrame) -> Block:
    """Return which recommendations concern everybody and which some departments."""
    common = table[table["department"].eq("common")]
    own = table[table["department"].ne("common")]
    told = []
    if len(common):
        concern = "concerns" if len(common) == 1 else "concern"
        titles = listing([begin_lower(title) for title in common["title"]])
        told.append(f"{plural(len(common), 'recommendation')} {concern} everybody: {titles}.")
    if own.empty:
        told.append("No evidence ties a recommendation to one department.")
        return Words(*told)
    grouped = own.groupby("department", sort=False)["title"].apply(lambda titles: titles.map(begin_lower))
    names = grouped.groupby(level=0, sort=False).agg(listing)
    lines = [f"{department}: {titles}." for department, titles in names.items()]
    return Stack(Words(*told, "For departments:"), Bullets(lines))


def estimates(table: pd.DataFrame, kept: pd.DataFrame) -> Block | None:
    """Return what people estimated otherwise than the library, by whom and why; None where nobody did.

    Parameters
    ----------
    table : recommendations. kept : the evidence table ``estimates``.
    """
    mine = table[table["estimated"].ne("")]
    gone = [_readable(name) for name in kept["recommendation"] if name not in set(table["recommendation_id"])]
    note = f"Estimated as well, and not recommended in this run: {listing(gone)}." if gone else ""
    if mine.empty:
        return Words(note) if note else None
    return Table(
        mine,
        caption="Estimated otherwise than by the library",
        headings={"title": "Recommendation", "estimated": "Estimated", "library_says": "In place of"},
        note=f"Effect and effort run from 1 to 5. Estimates are judgements of people. {note}".strip(),
    )


def contradicted_table(causes: pd.DataFrame, gaps: pd.DataFrame, known: Mapping[str, Cause]) -> Block:
    """Return the causes that a test contradicts, with what the test found."""
    against = causes[causes["verdict"].eq("contradicted")].drop_duplicates(["gap_id", "cause"])
    if against.empty:
        return Words("No cause is contradicted by a test.")
    names = gaps.set_index("gap_id")["name"]
    rows = against.assign(
        gap=against["gap_id"].map(names), cause=[known[str(one)].name for one in against["cause"]]
    )
    return Table(
        rows.drop_duplicates(["cause", "gap"]),
        caption="Causes that the evidence here speaks against",
        headings={"cause": "Cause", "gap": "Not for the gap in", "statement": "What the test found"},
    )


def decisions_block(table: pd.DataFrame, unplaced: pd.DataFrame, findings: Sequence[Finding]) -> Block:
    """Return what was decided, by which role and when, what changed since, and what has no place any more."""
    changed = {finding.id for finding in findings if finding.changed_since_decided}
    decided = table[table["role"].map(filled).astype(bool)]
    waiting = len(table) - len(decided)
    parts: list[Block] = []
    if decided.empty:
        open_words = f"{plural(waiting, 'recommendation')} to be agreed or amended"
        parts.append(
            Words(f"Nothing is decided yet: {open_words}." if waiting else "Nothing is decided yet.")
        )
    else:
        notes = [
            " ".join(
                part for part in (row["flag"], CHANGED if row["recommendation_id"] in changed else "") if part
            )
            for row in decided.to_dict("records")
        ]
        parts.append(
            Table(
                decided.assign(flag=notes, status=decided["status"].map(STATUS)),
                caption="Decisions on recommendations",
                headings={
                    "title": "Recommendation",
                    "status": "Decision",
                    "role": "By",
                    "decided_on": "On",
                    "reason": "In their words",
                    "dissent": "Dissent",
                    "flag": "To note",
                },
                formats={"decided_on": lambda day: date(day, "short")},
                note=f"{plural(waiting, 'recommendation')} still to be decided.",
            )
        )
    return Stack(*parts, _without_place(unplaced))


def _without_place(unplaced: pd.DataFrame) -> Block:
    """Return the decisions about recommendations that are not on this page any more."""
    if unplaced.empty:
        return Words("")
    lines = [
        f"“{_readable(row['finding_id'])}” was {STATUS[row['decision']]} by {row['role'] or 'somebody'} on "
        f"{date(row['decided_on'])}; this run does not make it. "
        + (
            "Withdraw it or agree on what stands in its place."
            if row["decision"] in ("agreed", "amended")
            else "Nothing needs to be done."
        )
        for row in unplaced.fillna({"role": ""}).to_dict("records")
    ]
    return Stack(Words("Decisions about recommendations that are no longer here:"), Bullets(lines))


def _readable(finding_id: str) -> str:
    return finding_id.split("/", 2)[-1].replace("_", " ").replace("/", ", ")


def again_words(
    table: pd.DataFrame, unplaced: pd.DataFrame, findings: Sequence[Finding], estimated: int = 0
) -> str:
    """Return what asks to be decided or estimated again, and what rests on an open correction.

    ``estimated`` : how many estimates rest on other evidence than there is now.
    """
    changed = {finding.id for finding in findings if finding.changed_since_decided}
    agreed = table["status"].isin(["agreed", "amended"])
    moved = table["flag"].str.contains(NO_LONGER, regex=False) | table["recommendation_id"].isin(changed)
    again = int((agreed & moved).sum()) + int(unplaced["decision"].isin(["agreed", "amended"]).sum())
    said = []
    if again:
        ask = "asks" if again == 1 else "ask"
        said.append(
            f"{plural(again, 'recommendation')} agreed earlier {ask} to be looked at again; nothing "
            "agreed was "
            "changed."
        )
    if estimated:
        rests = "rests" if estimated == 1 else "rest"
        said.append(f"{plural(estimated, 'estimate')} {rests} on what library and tests said earlier.")
    doubted = int(table["flag"].str.contains(OPEN, regex=False).sum())
    if doubted:
        said.append(
            f"{plural(doubted, 'recommendation')} {'rests' if doubted == 1 else 'rest'} on what people "
            "who were heard have corrected; answer them first."
        )
    return " ".join(said)
