"""Notes of interviews as a state and what can be done to it; it knows no widget."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pandas as pd

from reviewkit.content import Question, load_questions
from reviewkit.model import InputError

from .desk import Desk, Row, new_batch
from .draft import Draft
from .summary import CAPTURE_TABLES

_SOURCE = {"one_to_one": "one_to_one", "group": "group_work"}
_BEFORE = ("planned", "invited")
ATTRIBUTIONS = ("role", "broad", "none")


class CaptureModel:
    """Interviews with those who take part, and what is noted while they speak."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.interview = ""
        self.reload()

    def reload(self) -> None:
        """Read the evidence again."""
        self.desk.read("interviews", "participants", "remarks", "observations", "walkthroughs")
        frames = self.desk.frames(*CAPTURE_TABLES, "stakeholders")
        self.tables: dict[str, dict[tuple[str, ...], Row]] = {}
        for name, frame in frames.items():
            rows = [_texts(row) for row in frame.to_dict("records")]
            self.tables[name] = {self.desk.key(name, row): row for row in rows}
        self.notes: list[Draft] = []

    # Interviews and those who take part

    def interviews(self) -> list[Row]:
        """Return the interviews, those still to be held first."""
        rows = list(self.tables["interviews"].values())
        return sorted(rows, key=lambda row: (row["status"] not in (*_BEFORE, "held"), row["planned_at"]))

    def open(self, interview: str) -> None:
        """Take an interview in hand, with the notes there are."""
        if (interview,) not in self.tables["interviews"]:
            raise InputError("there is no such interview")
        self.interview = interview
        mine = [row for row in self.tables["remarks"].values() if row["interview_id"] == interview]
        self.notes = [
            Draft(self.desk, "remarks", dict(row), dict(row), why=f"note in {interview}") for row in mine
        ]

    def begin(self, kind: str, site: str = "") -> str:
        """Put an interview that nobody planned into the tracker, and take it in hand."""
        name = _next_id("I", (key[0] for key in self.tables["interviews"]))
        now = dt.datetime.now().isoformat(sep=" ", timespec="minutes")
        row = {"interview_id": name, "kind": kind, "planned_at": now, "site": site}
        self._put("interviews", row | {"interviewer": self.desk.who, "status": "held"}, f"interview {name}")
        self.open(name)
        return name

    def people(self) -> list[Row]:
        """Return those who take part, each with department, level, site and what was agreed."""
        found = [row for key, row in self.tables["participants"].items() if key[0] == self.interview]
        return [self.person(row["stakeholder_id"]) | row for row in found]

    def person(self, stakeholder: str) -> Row:
        """Return a person or group of the register."""
        return self.tables["stakeholders"].get((stakeholder,), {"stakeholder_id": stakeholder})

    def register(self) -> list[Row]:
        """Return everybody who could take part and does not yet."""
        there = {row["stakeholder_id"] for row in self.people()}
        return [row for key, row in self.tables["stakeholders"].items() if key[0] not in there]

    def agree(self, stakeholder: str, *, on_record: bool, attribution: str) -> None:
        """Write down who takes part, and what was agreed with them."""
        row = {"interview_id": self._open_one(), "stakeholder_id": stakeholder, "attribution": attribution}
        self._put("participants", row | {"on_record": str(on_record).lower()}, f"consent in {self.interview}")

    def status(self, status: str) -> None:
        """Say how far the interview has come."""
        row = self.tables["interviews"][(self._open_one(),)]
        self._put("interviews", row | {"status": status}, f"{self.interview} is {status}")

    # Questions and notes

    def questions(self, stakeholder: str = "") -> list[Question]:
        """Return the questions for those who take part, or one of them, in the order they are asked."""
        people = [self.person(stakeholder)] if stakeholder else self.people()
        levels = {row.get("level", "") for row in people} - {""}
        departments = {row.get("department", "") for row in people}
        return [
            question
            for question in load_questions().values()
            if (not question.levels or not levels or levels & set(question.levels))
            and (not question.departments or departments & set(question.departments))
        ]

    def note(self, *, stakeholder: str = "", question: str = "") -> Draft:
        """Return a new note, to be written to; it is a remark from its first word."""
        interview = self.tables["interviews"][(self._open_one(),)]
        who = self.person(stakeholder) if stakeholder else {}
        agreed = self.tables["participants"].get((self.interview, stakeholder), {})
        record = agreed.get("on_record", "").lower() == "true"
        values = {
            "remark_id": self._next_note(),
            "source": _SOURCE.get(interview["kind"], "one_to_one"),
            "interview_id": self.interview,
            "stakeholder_id": stakeholder,
            "department": who.get("department", ""),
            "level": who.get("level", ""),
            "site": who.get("site", "") or interview["site"],
            "question": question,
            "on_record": str(record).lower(),
            "said_on": dt.date.today().isoformat(),
            "text": "",
        }
        draft = Draft(self.desk, "remarks", values, why=f"note in {self.interview}")
        self.notes.append(draft)
        return draft

    def save(self, draft: Draft) -> bool:
        """Save a note; where somebody else took its id meanwhile, under the next."""
        if draft.is_saved:
            return True
        held = self.tables["interviews"][(draft.values["interview_id"],)]["status"] in _BEFORE
        if draft.save():
            if held:
                self.status("held")
            self.tables["remarks"][draft.key] = dict(draft.values)
            return True
        if draft.theirs is not None and not draft.saved:
            self.tables["remarks"][draft.key] = dict(draft.theirs.values or {})
            draft.theirs, draft.values["remark_id"] = None, self._next_note()
            return draft.save()
        return False

    def drop(self, draft: Draft) -> None:
        """Take a note out; the trail keeps it."""
        if draft.saved:
            if not self.desk.in_store("remarks", draft.key):
                raise InputError("this note stands in a file of the engagement, which is never written")
            self.desk.remove("remarks", draft.key, why=f"note taken out of {self.interview}")
        self.tables["remarks"].pop(draft.key, None)
        self.notes.remove(draft)

    # Forms

    def form(self, table: str, **values: str) -> Draft:
        """Return a new row of observations or walk-throughs, to be written to."""
        if table == "observations":
            start = {"observation_id": _next_id("O", (key[0] for key in self.tables[table]))}
            start["at"] = dt.datetime.now().isoformat(sep=" ", timespec="minutes")
        else:
            start = {"walkthrough_id": values.pop("walkthrough_id", "") or self.new_walk()}
            steps = [int(key[1]) for key in self.tables[table] if key[0] == start["walkthrough_id"]]
            start["step_order"] = str(max(steps, default=0) + 1)
        return Draft(self.desk, table, {**start, **values}, why="form of the workbench", batch=new_batch())

    def save_form(self, draft: Draft) -> bool:
        """Save a form; where somebody else took its id meanwhile, under the next."""
        if draft.save():
            self.tables[draft.table][draft.key] = dict(draft.values)
            return True
        if draft.theirs is not None and not draft.saved:
            self.tables[draft.table][draft.key] = dict(draft.theirs.values or {})
            walk = {n: draft.values[n] for n in ("walkthrough_id",) if n in draft.values}
            fresh = self.form(draft.table, **walk)
            keys = {name: fresh.values[name] for name in fresh.values if name != "at"}
            draft.theirs, draft.values = None, draft.values | keys
            return self.save_form(draft)
        return False

    def new_walk(self) -> str:
        """Return an id for a new walk-through."""
        return _next_id("W", (key[0] for key in self.tables["walkthroughs"]))

    def sites(self) -> list[str]:
        """Return the sites that occur."""
        found = {row.get("site", "") for rows in self.tables.values() for row in rows.values()}
        return sorted(found - {""})

    # Behind it

    def _open_one(self) -> str:
        if not self.interview:
            raise InputError("no interview is open", fix="Choose one, or begin a new one.")
        return self.interview

    def _put(self, table: str, row: Row, why: str) -> None:
        self.desk.put(table, [row], why=why)
        self.tables[table][self.desk.key(table, row)] = row

    def _next_note(self) -> str:
        taken = {key[0] for key in self.tables["remarks"]} | {draft.key[0] for draft in self.notes}
        number = 1
        while f"{self.interview}-{number:02d}" in taken:
            number += 1
        return f"{self.interview}-{number:02d}"


def _next_id(letter: str, taken: Any) -> str:
    """Return the next id of a series such as O01, O02; as wide as those there are.

    >>> _next_id("O", ["O01", "O09", "other"]), _next_id("W", [])
    ('O10', 'W1')
    """
    found = [match for name in taken if (match := re.fullmatch(rf"{letter}(\d+)", name))]
    width = max((len(match[1]) for match in found), default=1)
    return f"{letter}{max((int(match[1]) for match in found), default=0) + 1:0{width}d}"


def _texts(row: dict[Any, Any]) -> Row:
    return {str(name): _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return (
            value.isoformat(sep=" ", timespec="minutes")
            if value.time() != dt.time()
            else value.date().isoformat()
        )
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
