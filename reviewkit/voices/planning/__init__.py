"""Whom to hear, when, by whom, and what to ask."""

from .explaining import CONSTRAINTS, Refusal, refusals
from .guide import asked_codes, guide, put_plainly
from .invitations import Entry, write_invitations
from .next_steps import as_of, next_steps
from .placing import Placed, place
from .problem import Problem, Slot
from .reporting import Lines, mixed_groups
from .requests import Request, open_requests
from .stakeholders import HELD, coverage, group_of, mix, reservations
from .times import Availability, working_days
from .timetable import clashes, timetable, tracker

__all__ = [
    "CONSTRAINTS",
    "HELD",
    "Availability",
    "Entry",
    "Lines",
    "Placed",
    "Problem",
    "Refusal",
    "Request",
    "Slot",
    "as_of",
    "asked_codes",
    "clashes",
    "coverage",
    "group_of",
    "guide",
    "mix",
    "mixed_groups",
    "next_steps",
    "open_requests",
    "place",
    "put_plainly",
    "refusals",
    "reservations",
    "timetable",
    "tracker",
    "working_days",
    "write_invitations",
]
