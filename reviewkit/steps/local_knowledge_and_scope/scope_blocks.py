"""Blocks of step 1.2 on the scope: questions, timetable, budget, assumptions, requests, agreement."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviewkit.findings.scope import budget_lines, missing_parts, requests_late
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import MISSING, date, listing, missing

from .scope_findings import exactly

OVER = {"both": "over in days and cost", "days": "over in days", "cost": "over in cost", "": "within"}


def questions(inside: pd.DataFrame, outside: pd.DataFrame) -> Block:
    """Return which questions are in scope and which are out, and who asked."""
    if inside.empty and outside.empty:
        return Words(
            "No question has been agreed to be in or out of scope, so it cannot be said what the review will "
            "answer. Agree them with the sponsor."
        )
    parts: list[Block | None] = []
    empty = {"In scope:": "Nothing is agreed to be in scope.", "Out of scope:": "Nothing was left out."}
    for title, part in (("In scope:", inside), ("Out of scope:", outside)):
        told = [_asked(text, role, status) for text, role, status in _rows(part)]
        parts += [Words(title), Bullets(told)] if told else [Words(empty[title])]
    return Stack(*parts)


def milestones(rows: pd.DataFrame, faults: Sequence[Finding], edition: Edition) -> Block:
    """Return the timetable and what in it cannot be."""
    if rows.empty:
        return Words("No milestone has been agreed, so it cannot be said when the review answers what.")
    headings = {"text": "What", "role": "Who", "starts": "From", "due": "By", "status": "Status"}
    if rows["starts"].isna().all():
        headings.pop("starts")
    return Stack(
        Statements(list(faults), edition=edition),
        Table(rows, caption="Milestones of the review", headings=headings),
    )


def budget(rows: pd.DataFrame, told: Sequence[Finding], currency: str, edition: Edition) -> Block:
    """Return days and costs budgeted against used, item by item, and what is left."""
    if rows.empty:
        return Words(
            "No budget has been recorded, so it cannot be said whether the review keeps to it. "
            "Write down days and costs item by item."
        )
    headings = {"text": "Item", "days_budgeted": "Days budgeted", "days_used": "Days used"}
    headings |= {"days_left": "Days left", "cost_budgeted": "Cost budgeted", "cost_used": "Cost used"}
    headings |= {"cost_left": "Cost left", "over": "Budget"}

    def money(value: float) -> str:
        return MISSING if missing(value) else exactly(float(value), currency)

    lines = budget_lines(rows)
    unknown = lines[["days_left", "cost_left"]].isna().all(axis=1)
    lines["over"] = lines["over"].map(OVER).mask(unknown, "not on file")
    formats = dict.fromkeys(("cost_budgeted", "cost_used", "cost_left"), money)
    return Stack(
        Statements(list(told), edition=edition),
        Table(lines, caption="Budgeted against used", headings=headings, formats=formats),
    )


def assumptions(rows: pd.DataFrame) -> Block:
    """Return the assumptions log: what is assumed, whose it is, and whether it still holds."""
    if rows.empty:
        return Words("No assumption is written down. What the review takes for granted cannot be checked.")
    words = {"dropped": "no longer holds", "open": "not agreed yet", "agreed": "agreed", "done": "checked"}
    table = rows.assign(holds=rows["status"].map(words).fillna("not on file"))
    headings = {"text": "Assumed", "role": "Whose", "holds": "Status"}
    return Table(table, caption="Assumptions log", headings=headings)


def requests(rows: pd.DataFrame, as_of: pd.Timestamp) -> Block:
    """Return the data requested, those still open first, and which are late."""
    if rows.empty:
        return Words("No data request is on file.")
    late = requests_late(rows, as_of)
    table = rows.assign(status=rows["status"].mask(late, "open, late"))
    table = table.sort_values(
        "status", key=lambda part: ~part.str.startswith("open").fillna(False), kind="stable"
    )
    headings = {"text": "What", "role": "From whom", "due": "By", "status": "Status"}
    note = (
        f"Late: open past its date on {date(as_of)}, the last day anything here is dated."
        if late.any()
        else ""
    )
    return Table(table, caption="Data requested", headings=headings, note=note)


def agreement(rows: pd.DataFrame, scope: pd.DataFrame) -> Block:
    """Return who agreed the scope and when, and what it says nothing about."""
    lacking = missing_parts(scope)
    gaps = Words(f"Nothing is written down on {listing(lacking)}.") if lacking and len(scope) else None
    if rows.empty:
        lead = "Nobody has agreed the scope yet: until somebody does, it is the review team's proposal."
        return Stack(Words(lead), gaps)
    headings = {"text": "What", "role": "Who", "due": "On", "status": "Status"}
    return Stack(Table(rows, caption="Agreement to the scope", headings=headings), gaps)


def _rows(part: pd.DataFrame) -> list[tuple[object, object, object]]:
    return list(zip(part["text"], part["role"], part["status"], strict=True))


def _asked(text: object, role: object, status: object) -> str:
    end = "" if missing(role) or not role else f" ({role}{_settled(status)})"
    return f"{text}{end}"


def _settled(status: object) -> str:
    return {"open": ", not agreed yet", "dropped": ", dropped since"}.get(str(status), "")
