"""Who spoke, matched to the register of stakeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from .passages import plain_words

SURE = 90.0
"""Likeness from which two spellings are one name."""
APART = 5.0
"""How much less alike the next best must be."""

_LONGEST = 200
_ID = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,9})[-_]?\d{1,5}(?![A-Za-z0-9])")
_NUMBERED = re.compile(r"([a-z]{1,9})[-_]?\d")

Row = Mapping[str, str]


@dataclass(frozen=True)
class Person:
    """One row of the register."""

    id: str
    name: str = ""
    department: str = ""
    level: str = ""
    site: str = ""


@dataclass(frozen=True)
class Register:
    """Who could have spoken, in which interview, and whether on the record.

    Parameters
    ----------
    people : by stakeholder id.
    consent : interview: {stakeholder id: ``true``, ``false`` or empty}.
    interviews : interview: its row of the table ``interviews``.
    """

    people: Mapping[str, Person] = field(default_factory=dict)
    consent: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    interviews: Mapping[str, Row] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        stakeholders: Iterable[Row] = (),
        participants: Iterable[Row] = (),
        interviews: Iterable[Row] = (),
    ) -> Register:
        """Return the register of rows of the three tables, as text."""
        fields = ("name", "department", "level", "site")
        people = {
            row["stakeholder_id"]: Person(row["stakeholder_id"], *(row.get(name, "") for name in fields))
            for row in stakeholders
        }
        consent: dict[str, dict[str, str]] = {}
        for row in participants:
            agreed = row.get("on_record", "").lower()
            consent.setdefault(row["interview_id"], {})[row["stakeholder_id"]] = agreed
        return cls(people, consent, {row["interview_id"]: row for row in interviews})

    def members(self, interview: str) -> list[Person]:
        """Return those who took part in an interview; one who is not in the register has an id alone."""
        return [self.people.get(name, Person(name)) for name in self.consent.get(interview, {})]

    def find(self, label: str, interview: str = "") -> Person | None:
        """Return whom a label means; None where that is not sure.

        An id or a whole name (near spellings, titles and "Doe, Jane" too) is looked for among
        those who took part, then in the register; a first name, surname or initials only among
        those who took part, and only where one of them fits.

        Examples
        --------
        >>> register = Register.of([{"stakeholder_id": "P1", "name": "Priya Shah"}],
        ...                        [{"interview_id": "I1", "stakeholder_id": "P1", "on_record": "true"}])
        >>> [bool(register.find(label)) for label in ("Shah, Pryia", "Priya", "PS")]
        [True, False, False]
        >>> [bool(register.find(label, "I1")) for label in ("Shah, Pryia", "Priya", "PS")]
        [True, True, True]
        """
        label = label[:_LONGEST]
        members = self.members(interview)
        everybody = list(self.people.values())
        return (
            _by_id(label, [*members, *everybody])
            or _by_name(label, members)
            or _by_part(label, members)
            or _by_name(label, everybody)
        )

    def interview_in(self, name: str) -> str:
        """Return the interview whose id stands in a file's name; empty where none or several do.

        >>> Register(interviews={"I003": {}}).interview_in("2026-03-04_i003 notes")
        'I003'
        """
        known = {each.lower(): each for each in (*self.interviews, *self.consent)}
        found = {
            known[each]
            for each in known
            if re.search(rf"(?<![a-z0-9]){re.escape(each)}(?![a-z0-9])", name.lower())
        }
        return found.pop() if len(found) == 1 else ""

    def knows_most(self, labels: Iterable[str]) -> bool:
        """Whether more than half of the labels mean somebody."""
        named = [label for label in labels if label]
        return 2 * sum(self.find(label) is not None for label in named) > len(named)

    def doubts(self, interview: str, name: str) -> list[str]:
        """Say what is doubtful about the interview that notes are of, by the name of their file."""
        known = {*self.interviews, *self.consent}
        if not interview and (unknown := self.unknown_in(name)):
            add = f"add it to 'interviews', or use --interview {unknown}"
            return [f"{unknown} in the file's name is no known interview; {add}"]
        if interview and known and interview not in known:
            return ["its interview is in neither interviews nor participants"]
        return []

    def unknown_in(self, name: str) -> str:
        """Return what in a file's name looks like the id of an interview that nobody knows.

        >>> Register().unknown_in("2025-03-04 I001"), Register().unknown_in("I went 2025, Q1")
        ('I001', '')
        """
        known = {each.lower() for each in (*self.interviews, *self.consent)}
        letters = {"i", "int", *(match[1] for each in known if (match := _NUMBERED.match(each)))}
        found = {match[0] for match in _ID.finditer(name) if match[1].lower() in letters}
        found = {each for each in found if each.lower() not in known}
        return found.pop() if len(found) == 1 else ""


def _by_id(label: str, people: Iterable[Person]) -> Person | None:
    return next((person for person in people if person.id.lower() == label.strip().lower()), None)


def _by_name(label: str, people: Iterable[Person]) -> Person | None:
    """The one whose whole name this is, with nobody else nearly as alike."""
    name = _bare(label)
    if len(name.split()) < 2:
        return None
    scored = sorted(
        ((fuzz.token_sort_ratio(name, _bare(person.name)), person) for person in people if person.name),
        key=lambda pair: -pair[0],
    )
    if not scored or scored[0][0] < SURE:
        return None
    return scored[0][1] if len(scored) == 1 or scored[1][0] <= scored[0][0] - APART else None


def _by_part(label: str, people: Iterable[Person]) -> Person | None:
    """The one with this first name, surname or these initials, where that is one alone."""
    part = _bare(label)
    if not part or " " in part:
        return None
    fits = [
        person
        for person in people
        if part in (words := _bare(person.name).split())
        or (label.strip().isupper() and part == "".join(word[0] for word in words) and len(part) > 1)
    ]
    return fits[0] if len(fits) == 1 else None


def _bare(name: str) -> str:
    """A name without titles and what stands in brackets."""
    words = plain_words(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name)).split()
    return " ".join(word for word in words if word not in ("mr", "mrs", "ms", "miss", "mx", "dr", "prof"))
