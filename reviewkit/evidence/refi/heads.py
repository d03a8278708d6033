"""Columns of ours that the format has no place for: lines such as ``stance: concern`` above a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from reviewkit.model import TABLES

DESCRIBED = tuple(
    column.name
    for column in TABLES["remarks"].columns
    if column.name not in ("remark_id", "interview_id", "text")
)
"""Columns of a remark that stand in a passage's description."""

NOTED = ("stance", "prompting")
"""Columns of a coding that stand in its note, above the memo."""


def headed(values: Mapping[str, str], rest: str = "") -> str:
    """Return lines of ``values`` that are filled in, and the rest beneath an empty line.

    >>> headed({"stance": "concern", "prompting": ""}, "Said twice.")
    'stance: concern\\n\\nSaid twice.'
    """
    lines = [f"{name}: {' '.join(value.split())}" for name, value in values.items() if value.strip()]
    return "\n".join([*lines, *(["", rest] if rest else [])] if lines else [rest])


def unheaded(text: str, table: str, columns: tuple[str, ...]) -> tuple[dict[str, str], str]:
    """Return the values that stand at the head of a text, and the rest of it.

    A line counts only where the column may hold what it says; the first that does not begins the rest.

    >>> unheaded("stance: concern\\n\\nSaid twice.", "codings", NOTED)
    ({'stance': 'concern'}, 'Said twice.')
    >>> unheaded("stance: unclear", "codings", NOTED)
    ({}, 'stance: unclear')
    """
    found: dict[str, str] = {}
    lines = text.split("\n")
    while lines:
        name, colon, value = lines[0].strip().partition(": ")
        fits = colon and name in columns and name not in found and allowed(table, name, value.strip())
        if not fits:
            break
        found[name] = value.strip()
        lines.pop(0)
    return found, "\n".join(lines).strip()


def allowed(table: str, name: str, value: str) -> bool:
    """Whether a column may hold a value, given as text.

    >>> allowed("remarks", "level", "front_line"), allowed("remarks", "said_on", "last week")
    (True, False)
    """
    column = TABLES[table].column(name)
    if column.allowed:
        return value in column.allowed
    if column.kind == "boolean":
        return value in ("true", "false")
    if column.kind == "date":
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            return False
    return True


def as_text(value: Any) -> str:
    """Return a cell as text: ``""`` where it is missing, dates and truth values as files have them.

    >>> as_text(None), as_text(True), as_text(dt.datetime(2025, 9, 8)), as_text(float("nan"))
    ('', 'true', '2025-09-08', '')
    """
    # Missing values of every kind differ from themselves, or refuse to say.
    if value is None or value != value or str(value) in ("<NA>", "NaT"):
        return ""
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return str(bool(value)).lower()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return str(value)
