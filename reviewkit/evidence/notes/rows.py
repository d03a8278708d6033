"""Notes as rows of our tables, each with an id that stays the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from reviewkit.model import InputError

from .dates import in_name
from .identity import KEYS, group_of_file, identifier, name_of, numbered
from .labels import role, spoken
from .passages import Notes, Passage
from .people import Person, Register
from .questions import question_of
from .turns import Said, hear, says_nothing

Row = dict[str, str]
CUSTOMERS = "customer_feedback"


@dataclass(frozen=True)
class About:
    """What is said about notes from outside: it comes before what they say of themselves."""

    engagement: str
    interview: str = ""
    source: str = ""
    said_on: str = ""
    interviewers: Collection[str] = ()


@dataclass
class Remarks:
    """The rows of one file of notes, and what is worth saying about them.

    ``names`` are what the rows' ids are made of, beside the file. ``strangers`` are the places where
    somebody first speaks who is not (surely) in the register.
    """

    table: Literal["remarks", "customer_feedback"]
    group: str
    rows: list[Row] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    asked: int = 0
    unknown: int = 0
    passed: int = 0
    strangers: tuple[str, ...] = ()
    no_consent: int = 0
    guessed: str = ""
    told: list[str] = field(default_factory=list)

    def add(self, row: Row, name: str) -> None:
        """Add a row, known in its file by ``name``."""
        self.rows.append({column: value for column, value in row.items() if value})
        self.names.append(name)

    def close(self) -> Remarks:
        """Give the rows their ids, now that all are there."""
        self.names = numbered(self.names)
        for row, name in zip(self.rows, self.names, strict=True):
            row[KEYS[self.table]] = identifier(self.group, name)
        if self.table == "remarks":
            self.no_consent = sum("on_record" not in row for row in self.rows)
        return self


def remarks(notes: Notes, about: About, register: Register) -> Remarks:
    """Return the rows that notes come to: of ``remarks``, or of ``customer_feedback`` for customers.

    Parameters
    ----------
    notes : as :func:`reviewkit.evidence.notes.read_notes` returns them.
    register : who could have spoken; an empty one matches nobody.

    Raises
    ------
    InputError : a table of comments, and nobody said whose; or customers were said, and it is of staff.

    Examples
    --------
    >>> notes = Notes("talk", (Passage("What works well here?", "1", "Q"), Passage("People help.", "2", "A")))
    >>> [(row["question"], row["text"]) for row in remarks(notes, About("acme"), Register()).rows]
    [('works_well', 'People help.')]
    """
    if notes.survey:
        return _survey(notes, about, register)
    if about.source != CUSTOMERS:
        return _talk(notes, about, register)
    # Customers are heard in tables of comments; a conversation beside them is with staff.
    made = _talk(notes, replace(about, source=""), register)
    made.told.append(f"no table of comments: --source {CUSTOMERS} does not apply to it")
    return made


def _talk(notes: Notes, about: About, register: Register) -> Remarks:
    facts = notes.facts
    interview = about.interview or facts.get("interview", "") or register.interview_in(notes.stem)
    known = cache(lambda label: register.find(label, interview) is not None)
    passages = spoken(notes.passages, known)
    askers = [*about.interviewers, *re.split(r"[,;&]| and ", facts.get("interviewer", ""))]
    heard = hear(passages, register, interview, askers)
    who = _speakers(heard.said, register, interview)
    common = _common(
        about, facts, register, interview, notes.stem, len({each.speaker for each in heard.said})
    )
    file = group_of_file(about.engagement, interview, notes.stem)
    common["interview_id"] = interview or file  # what is in one file was said in one conversation
    made = Remarks("remarks", file)
    made.asked, made.unknown = len(set(heard.asked)), heard.unknown
    made.passed, made.guessed = heard.nods, heard.guessed
    for said in heard.said:
        person = who.get(said.speaker)
        row = {**common, **_of_person(person, register, interview, common), "question": said.question}
        if person is None and said.speaker and role(said.speaker) != "answers":
            row |= {"department": "", "level": ""}  # somebody who was not expected: of whom, nobody knows
        if facts.get("on_record"):
            row["on_record"] = "false"
        made.add({**row, "text": said.text}, name_of(said.question, said.speaker, said.text))
    made.strangers = _strangers(heard.said, who)
    made.told = register.doubts(interview, notes.stem)
    return made.close()


def _survey(notes: Notes, about: About, register: Register) -> Remarks:
    if not about.source:
        raise InputError(
            "is a table of comments, and does not say whose they are",
            fix="Add --source customer_feedback for customers, or --source one_to_one for staff.",
        )
    customers = about.source == CUSTOMERS
    if customers and _is_of_staff(notes, register):
        raise InputError(
            "names interviews, or people in the register: these are no customers' comments",
            fix="Import it by itself with --source one_to_one.",
        )
    group = group_of_file(about.engagement, about.interview, notes.stem)
    made = Remarks("customer_feedback" if customers else "remarks", group)
    strangers: dict[str, str] = {}
    for passage in notes.passages:
        if says_nothing(passage.text) and not re.search(r"[^\W\d_]{2}", passage.text):
            made.passed += 1
            continue
        said_on = passage.details.get("date", "") or about.said_on or in_name(notes.stem)
        row = _of_customer(passage, said_on) if customers else _of_staff(passage, said_on, about, register)
        if passage.speaker and not customers and "stakeholder_id" not in row:
            strangers.setdefault(passage.speaker, passage.place)
        own = passage.details.get("id", "")
        made.add(row, name_of(own, passage.details.get("question", ""), "" if own else passage.text))
    made.strangers = tuple(strangers.values())
    made.asked = len({row["question"] for row in made.rows if row.get("question")})
    return made.close()


def _is_of_staff(notes: Notes, register: Register) -> bool:
    """Whether a table names interviews, or most who speak in it are in the register."""
    named = any(passage.details.get("interview") for passage in notes.passages)
    return named or register.knows_most({passage.speaker for passage in notes.passages})


def _of_customer(passage: Passage, said_on: str) -> Row:
    """A customer's comment. Who wrote it is not kept."""
    details = passage.details
    score = details.get("score", "").replace(",", ".")
    return {
        "at": said_on,
        "site": details.get("site", ""),
        "contract": details.get("contract", ""),
        "contact_id": details.get("contact", ""),
        "question": details.get("question", ""),
        "score": score if re.fullmatch(r"-?\d+(\.\d+)?", score) else "",
        "text": passage.text,
    }


def _of_staff(passage: Passage, said_on: str, about: About, register: Register) -> Row:
    details = passage.details
    interview = about.interview or details.get("interview", "")
    person = register.find(passage.speaker, interview) if passage.speaker else None
    names = ("site", "contract", "department", "level")
    row = {name: details.get(name, "") for name in names}
    row |= {"source": about.source, "interview_id": interview, "said_on": said_on, "text": passage.text}
    return {
        **row,
        **_of_person(person, register, interview, row),
        "question": question_of(details.get("question", "")),
    }


def _common(
    about: About, facts: Mapping[str, str], register: Register, interview: str, stem: str, speakers: int
) -> Row:
    """What all remarks of a conversation share."""
    held = register.interviews.get(interview, {})
    members = register.members(interview)
    kind = {"group": "group_work", "one_to_one": "one_to_one"}.get(held.get("kind", ""), "")
    guess = "group_work" if speakers > 1 or len(members) > 1 else "one_to_one"
    shared = {
        name: values.pop()
        for name in ("department", "level", "site")
        if len(values := {getattr(member, name) for member in members}) == 1
    }
    return {
        **shared,
        "source": about.source or facts.get("source", "") or kind or guess,
        "interview_id": interview,
        "site": facts.get("site", "") or held.get("site", "") or shared.get("site", ""),
        "contract": facts.get("contract", ""),
        "said_on": about.said_on or facts.get("said_on", "") or in_name(stem),
    }


def _of_person(person: Person | None, register: Register, interview: str, common: Row) -> Row:
    if person is None:
        return {}
    return {
        "stakeholder_id": person.id,
        "department": person.department or common.get("department", ""),
        "level": person.level or common.get("level", ""),
        "site": person.site or common.get("site", ""),
        "on_record": register.consent.get(interview, {}).get(person.id, ""),
    }


def _speakers(said: list[Said], register: Register, interview: str) -> dict[str, Person]:
    """Whom each label means. Whoever alone answers in an interview of one is the one invited."""
    labels = dict.fromkeys(each.speaker for each in said)
    found = {label: person for label in labels if label and (person := register.find(label, interview))}
    members = register.members(interview)
    unnamed = [label for label in labels if not label or role(label) == "answers"]
    if len(members) == 1 and len(labels) == 1 and unnamed:
        found[unnamed[0]] = members[0]
    return found


def _strangers(said: list[Said], who: Mapping[str, Person]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for each in said:
        if each.speaker and role(each.speaker) != "answers" and each.speaker not in who:
            first.setdefault(each.speaker, each.place)
    return tuple(first.values())
