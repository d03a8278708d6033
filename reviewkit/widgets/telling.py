"""Faults in words for the person who types: the field, what is wrong with it, and what to do."""

from __future__ import annotations

from reviewkit.content import load_forms
from reviewkit.evidence.store import Conflict
from reviewkit.model import TABLES, InputError

FORMS = {"observations": "observation", "walkthroughs": "walkthrough"}
"""Tables that are filled in by a form, and the form."""


def told(error: InputError) -> str:
    """Return an error in words for the person who typed: no file, row or key, which are none of theirs.

    >>> told(InputError("somebody else has been writing for 30 seconds", file="a.sqlite", fix="Try again."))
    'Somebody else has been writing. Try again.'
    >>> told(InputError("'noon' is not a date and time", file="observations", row=1, column="at"))
    "Date and time: 'noon' is not a date and time."
    """
    problem = error.problem.replace(" for 30 seconds", "")
    if isinstance(error, Conflict) and problem.startswith("was changed"):
        problem = f"this {problem.removesuffix(', by another import or edit')}"
    field = _field(error)
    problem = f"{field}: {problem}" if field else f"{problem[:1].upper()}{problem[1:]}"
    problem = problem if problem.endswith((".", "?", "!")) else f"{problem}."
    return f"{problem} {error.fix}".strip()


def _field(error: InputError) -> str:
    """What the column is called on the screen; empty where the fault is of no column."""
    name = str(error.file)
    if not error.column:
        return ""
    known = {one.name: one.meaning for one in TABLES[name].columns} if name in TABLES else {}
    if name in FORMS:
        known |= {one.id: one.label for one in load_forms()[FORMS[name]].fields}
    return known.get(error.column, error.column.replace("_", " ").capitalize())
