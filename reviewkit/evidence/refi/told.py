"""What is said after a project was read: no word that was spoken, and nobody's name."""

from __future__ import annotations

from collections import Counter

from .project import Project
from .rows import Rows

MOST = 10
"""Codes named before the rest is counted."""


def told(project: Project, rows: Rows) -> list[str]:
    """Return sentences on what was read, what was matched, and what was left out."""
    remarks, codings = rows.tables["remarks"], rows.tables["codings"]
    coded = len({row["remark_id"] for row in codings})
    lines = [f"{_number(len(remarks), 'new remark')}; {_number(len(codings), 'coding')} on {coded} remarks."]
    if rows.matches.near:
        pairs = _listed([f"'{theirs}' as '{mine}'" for theirs, mine in rows.matches.near])
        lines.append(f"Codes read by a name that is near: {pairs}.")
    lines += _unmatched(project, rows)
    lines += _coders(rows)
    if rows.interviews:
        lines.append(
            f"{_number(len(rows.interviews), 'source')} named as no interview of the engagement; the remarks "
            f"stand under {_listed(list(rows.interviews))}. Add these to interviews and participants: until "
            "then nothing in them counts as agreed to be quoted."
        )
    for heading, found in (
        ("Worth knowing", Counter(project.allowances) + rows.allowances),
        ("Left out", Counter(project.left_out) + rows.left_out),
    ):
        if found:
            listed = ", ".join(f"{what} ({number})" for what, number in sorted(found.items()))
            lines.append(f"{heading}: {listed}.")
    return lines


def _unmatched(project: Project, rows: Rows) -> list[str]:
    names = {code.guid: code.name for code in project.codes}
    if not rows.unmatched:
        return []
    listed = [f"'{names[guid]}' ({number})" for guid, number in rows.unmatched.most_common()]
    return [
        f"{_number(rows.unmatched.total(), 'coding')} left out, their codes not being in the codebook: "
        f"{_listed(listed)}. Rename them, or make the project's codes the engagement's own codebook with "
        "'reviewkit refi codebook'."
    ]


def _coders(rows: Rows) -> list[str]:
    number = Counter(row["coder"] for row in rows.tables["codings"])
    labels = sorted(set(rows.coders.values()) & set(number))
    return [
        f"{_number(number[each], 'coding')} by '{each}'. Say who that is with --coder '{each}=ROLE'."
        for each in labels
        if each == "coder" or each.startswith("coder ")
    ]


def _listed(names: list[str]) -> str:
    more = len(names) - MOST
    return ", ".join(names[:MOST]) + (f" and {more} more" if more > 0 else "")


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
