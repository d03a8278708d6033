"""The data-request list for a client: what is wanted, why, for which period, and who usually has it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reviewkit.model import STEPS, TABLES, Table

_OURS = re.compile(r", by (?:its |stakeholder )?id\b.*$")
"""What only the review's team needs to know about a column."""
PERIOD = "the last 24 months, or since the contract began"
_PERIODS = {
    "targets": "every target since the contract began, with the day from which it held",
    "stakeholders": "today",
    "competencies": "today",
    "leaders": "today",
    "goals": "those on file now",
    "feedback_given": "the last three months",
    "customer_feedback": "the last 12 months",
    "perceptions": "a survey in the first week",
}
WANTED = (
    "kpis",
    "contacts",
    "targets",
    "resources",
    "outcomes",
    "journey",
    "leads",
    "stakeholders",
    "customer_feedback",
    "perceptions",
    "goals",
    "leaders",
    "competencies",
    "feedback_given",
)
"""Tables that a client is asked for; the others are written by the review's team."""
FIELDS = (
    "table",
    "state",
    "what it is",
    "why",
    "must have",
    "also wanted",
    "period",
    "who usually has it",
    "format",
)
FORMAT = "CSV or XLSX, one row a record, as the system exports it; no names are needed unless asked for"


@dataclass(frozen=True)
class Wanted:
    """One table that a client is asked for. ``state`` is received, in part or missing."""

    table: Table
    state: str
    why: str
    must: tuple[str, ...]
    also: tuple[str, ...]

    def row(self) -> dict[str, str]:
        """Return it as a row of the list."""
        period = _PERIODS.get(self.table.name, PERIOD)
        cells = (
            self.table.name,
            self.state,
            self.table.meaning,
            self.why,
            ", ".join(self.must),
            ", ".join(self.also),
            period,
            self.table.collect,
            FORMAT,
        )
        return dict(zip(FIELDS, cells, strict=True))


def wanted(found: Mapping[str, Collection[str]]) -> list[Wanted]:
    """Return what to ask for, what is missing first.

    Parameters
    ----------
    found : by table, our columns that the files hold already.

    Examples
    --------
    >>> first = wanted({"contacts": ["contact_id", "at"]})
    >>> first[0].table.name, first[0].state, [one.state for one in first if one.table.name == "contacts"]
    ('kpis', 'missing', ['in part'])
    """
    listed = [_wanted(TABLES[name], found) for name in WANTED]
    order = ("missing", "in part", "received")
    return sorted(listed, key=lambda one: order.index(one.state))


def as_csv(listed: Collection[Wanted]) -> str:
    """Return the list as CSV, for a spreadsheet."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(one.row() for one in listed)
    return text.getvalue()


def as_markdown(listed: Collection[Wanted], client: str) -> str:
    """Return the list as a page to send to the client."""
    lines = [
        f"# Data request: {client}",
        "",
        "Every item is useful by itself; send what is there, as the system exports it.",
        f"Format: {FORMAT}.",
        "Please leave out dates of birth, addresses, telephone and bank numbers.",
    ]
    for state, title in (
        ("missing", "Still wanted"),
        ("in part", "Received in part"),
        ("received", "Received"),
    ):
        some = [one for one in listed if one.state == state]
        if some:
            lines += ["", f"## {title}"]
        for one in some:
            lines += ["", *_item(one)]
    return "\n".join(lines) + "\n"


def _item(one: Wanted) -> list[str]:
    row = one.row()
    lines = [f"### {one.table.name}: {one.table.meaning[0].lower()}{one.table.meaning[1:]}"]
    if one.state != "received":
        lines += [
            f"- Why: {row['why']}",
            f"- Where it comes from: {row['who usually has it']}",
            f"- Period: {row['period']}",
        ]
    if one.must:
        lines += ["- Columns it must have:", *(f"  - {_column(one.table, name)}" for name in one.must)]
    if one.also:
        lines += ["- Also wanted:", *(f"  - {_column(one.table, name)}" for name in one.also)]
    return lines


def _column(table: Table, name: str) -> str:
    column = table.column(name)
    unit = f", in {column.unit}" if column.unit else ""
    allowed = f" ({', '.join(column.allowed)})" if column.allowed else ""
    meaning = _OURS.sub("", column.meaning)
    return f"`{name}`: {meaning[0].lower()}{meaning[1:]}{unit}{allowed}"


def _wanted(table: Table, found: Mapping[str, Collection[str]]) -> Wanted:
    there = set(found.get(table.name, ()))
    must = tuple(name for name in table.required if name not in there)
    also = tuple(column.name for column in table.columns if column.name not in {*there, *table.required})
    state = "missing" if table.name not in found or must else "in part" if also else "received"
    return Wanted(table, state, _why(table.name), must, also)


def _why(table: str) -> str:
    """Say which steps can rest on a table, and which others read it."""
    needs = [f"{step.number} {step.title}" for step in STEPS if table in step.needs]
    uses = [f"{step.number} {step.title}" for step in STEPS if table in step.uses]
    shown = [*needs[:4], f"and {len(needs) - 4} more"] if len(needs) > 5 else needs
    parts = [
        f"steps that can rest on it: {', '.join(shown)}" if needs else "",
        f"read by {', '.join(uses)}" if uses else "",
    ]
    return "; ".join(part for part in parts if part)
