"""What the owners' workbook asks for: its sheets, the columns to fill in, and the words for status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

README = "Read me"
PROGRESS = "Progress"
ACTIONS_SHEET = "Actions"
ASCENT_SHEET = "Ascent"
ENGAGEMENT = "Engagement"
"""What stands before the engagement's id on the first sheet."""
YES, NO = "yes", "no"


class Field(NamedTuple):
    """A column of the sheet of progress: heading, width, whether owners fill it in, and what goes there."""

    heading: str
    width: int
    fill_in: bool
    meaning: str


FIELDS: Mapping[str, Field] = {
    "action_id": Field("Action id", 24, False, "Names the action. It cannot be changed."),
    "title": Field("Action", 46, False, "What is done. The sheet of actions says more."),
    "owner": Field("Owner, by role", 24, False, "Who answers for it."),
    "due": Field("Due", 12, False, "The date agreed; of a draft, a quarter after its measure can show it."),
    "agreed": Field(
        "Agreed", 10, True, "yes turns a draft into an action that is followed up. It is set where agreed."
    ),
    "at": Field("Date of check", 14, True, "The day your report is about, such as 2025-08-31."),
    "status": Field("Status", 14, True, "One of the five below."),
    "percent_done": Field("Percent done", 11, True, "How much of the work is done, from 0 to 100."),
    "note": Field(
        "Note", 52, True, "What was done, what is in the way. No names of customers or colleagues."
    ),
    "benefit": Field("Benefit so far", 14, True, "Money gained or saved since the start, where it is known."),
}
"""Columns of the sheet of progress, in order."""

STATUSES: Mapping[str, str] = {
    "Not started": "nothing is done yet: 0 per cent",
    "Under way": "work goes on",
    "Held up": "work would go on, but something is in the way: say what in the note",
    "Done": "all of it is done: 100 per cent",
    "Stopped": "it is given up: say why in the note",
}
TOLD_IN_NOTE = ("Held up", "Stopped")
"""Statuses that go in front of the note, for the table of progress has no column for them."""

HANDED_BACK: Mapping[str, str] = {
    "recommendation_id": "recommendation",
    "what": "what",
    "owner": "owner",
    "measure": "measure",
    "site": "site",
    "contract": "contract",
    "baseline": "baseline",
    "target": "target",
    "stretch": "stretch",
    "starts": "starts",
    "due": "due",
    "days": "days",
    "cost": "cost",
}
"""Column of the plan -> column of the evidence table ``actions`` that a draft becomes when it is agreed."""
