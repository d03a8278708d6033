"""Interviews that have no time yet: those planned without one, and those that would fill a hole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reviewkit.model.interviewing import Interviewing

from .reporting import Lines
from .stakeholders import group_of

LEVEL_WORDS = {
    "senior_leadership": "senior leadership",
    "department_head": "department heads",
    "team_lead": "team leads",
    "front_line": "front line",
}


@dataclass(frozen=True)
class Request:
    """An interview that is to be given a time.

    ``people`` may take part, ``needs`` of them at least and ``most`` at most. ``must`` goes before
    whatever is only proposed; ``weight`` tells which of the proposed matter more. ``label`` says
    with whom, by role or group; never by name. ``interviewer`` is empty where any will do.
    """

    id: str
    kind: str
    minutes: int
    site: str = ""
    people: tuple[str, ...] = ()
    needs: int = 0
    most: int = 0
    weight: float = 1.0
    must: bool = False
    interviewer: str = ""
    label: str = ""


def open_requests(
    coverage: pd.DataFrame,
    register: pd.DataFrame,
    interviews: pd.DataFrame,
    participants: pd.DataFrame,
    settings: Interviewing,
) -> list[Request]:
    """Return the interviews without a time: planned ones first, then one for each hole.

    A hole weighs its headcount times the relevance of its department for the contract. It asks for
    a group session where the group has ``group_from`` people or more, else for a one-to-one.

    Examples
    --------
    >>> from reviewkit.voices.planning import coverage
    >>> register = pd.DataFrame({"stakeholder_id": ["s1"], "department": ["sales"], "level": "front_line",
    ...                          "site": "North", "role": "adviser", "headcount": [12]})
    >>> none = pd.DataFrame(columns=["interview_id", "kind", "status", "planned_at", "minutes", "site",
    ...                              "interviewer"])
    >>> nobody = pd.DataFrame(columns=["interview_id", "stakeholder_id"])
    >>> holes = coverage(register, none, nobody)
    >>> [(r.id, r.weight, r.needs) for r in open_requests(holes, register, none, nobody, Interviewing())]
    [('new-sales-front_line-north', 12.0, 1)]
    """
    lines = Lines.of(register)
    planned = interviews["status"].isin(("planned", "invited")) & interviews["planned_at"].isna()
    asked = [
        _planned(row, participants, lines, settings)
        for row in interviews[planned].sort_values("interview_id").to_dict("records")
    ]
    missed = interviews.loc[interviews["status"] == "did_not_attend", "interview_id"]
    absent = set(participants.loc[participants["interview_id"].isin(missed), "stakeholder_id"].astype("str"))
    cells = group_of(register)
    holes = coverage[coverage["hole"].astype(bool)].to_dict("records")
    proposed = [
        _proposed(row, cells[row["department"], row["level"], row["site"]], absent, lines, settings)
        for row in holes
    ]
    return asked + proposed


def _planned(
    row: Mapping[Any, Any], participants: pd.DataFrame, lines: Lines, settings: Interviewing
) -> Request:
    mine = participants["interview_id"] == row["interview_id"]
    people = tuple(dict.fromkeys(participants.loc[mine, "stakeholder_id"].astype("str")))
    usual = settings.group_minutes if row["kind"] == "group" else settings.one_to_one_minutes
    return Request(
        id=str(row["interview_id"]),
        kind=str(row["kind"]),
        minutes=usual if pd.isna(row["minutes"]) else int(row["minutes"]),
        site=_text(row["site"]),
        people=people,
        needs=len(people),
        most=len(people),
        must=True,
        interviewer=_text(row["interviewer"]),
        label=", ".join(dict.fromkeys(lines.role(one) for one in people)),
    )


def _proposed(
    row: Mapping[Any, Any], people: list[str], absent: set[str], lines: Lines, settings: Interviewing
) -> Request:
    headcount, department = int(row["headcount"]), str(row["department"])
    # Whoever did not come before is asked last.
    order = [one for one in people if one not in absent] + [one for one in people if one in absent]
    together = lines.apart(order)
    group = headcount >= settings.group_from and (len(together) >= settings.group_least or len(people) == 1)
    site = str(row["site"])
    return Request(
        id=_id(row),
        kind="group" if group else "one_to_one",
        minutes=settings.group_minutes if group else settings.one_to_one_minutes,
        site=site,
        people=tuple(together if group else order),
        needs=min(settings.group_least, len(together)) if group else 1,
        most=settings.group_most if group else 1,
        weight=headcount * settings.relevance.get(department, 1.0),
        label=f"{LEVEL_WORDS.get(str(row['level']), str(row['level']))}, {department}"
        + (f" at {site}" if site else ""),
    )


def _id(row: Mapping[Any, Any]) -> str:
    """Return an id that stays the same while other holes come and go."""
    parts = [str(row[name]) for name in ("department", "level", "site") if row[name]]
    return "new-" + "-".join(re.sub(r"\W+", "_", part.lower()) for part in parts)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
