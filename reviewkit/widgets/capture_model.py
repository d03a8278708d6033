"""Notes of interviews as a state and what can be done to it; it knows no widget."""

from __future__ import annotations

import datetime as dt

from reviewkit.model import InputError

from .asking import Asked, asked_of
from .capture_state import BEFORE, next_id
from .desk import Row
from .draft import Draft
from .forms_model import FormsModel
from .opinions import opinions_of
from .taking_part import TakingPart

_SOURCE = {"one_to_one": "one_to_one", "group": "group_work"}
_WHEN = "%Y-%m-%d %H:%M"


class CaptureModel(TakingPart, FormsModel):
    """Interviews with those who take part, and what is noted while they speak."""

    def open(self, interview: str) -> None:
        """Take an interview in hand, with the notes there are.

        Raises
        ------
        InputError : there is none; or a note of the one in hand cannot be saved, and so is not left.
        """
        self.settle()
        if (interview,) not in self.tables["interviews"]:
            raise InputError("there is no such interview")
        self.interview = interview
        self._take_up()

    def be(self, who: str) -> None:
        """Be another analyst: what the one before could not save waits for them, and is nobody else's."""
        for note in self.notes:
            note.keep()
        self.desk.who = who
        self._take_up()

    def close(self) -> None:
        """Have no interview in hand; a note that cannot be saved is not left."""
        self.settle()
        self.interview, self.notes = "", []

    def begin(self, kind: str, site: str, when: str) -> str:
        """Put an interview that nobody planned into the tracker, and take it in hand.

        Parameters
        ----------
        when : the day, or day and time, it was held: ``2025-09-08`` or ``2025-09-08 14:00``.
        """
        self.settle()
        if not site.strip():
            raise InputError("the site is not said", fix="Write where it was held.")
        held = _moment(when)
        name = next_id("I", (key[0] for key in self.tables["interviews"]))
        row = {"interview_id": name, "kind": kind, "planned_at": held.strftime(_WHEN), "site": site.strip()}
        row |= {"status": "held", "status_on": held.date().isoformat()}
        self.put("interviews", [row | {"interviewer": self.desk.signed()}], f"interview {name}")
        self.open(name)
        return name

    def status(self, status: str, *, empty: bool = False) -> None:
        """Say how far the interview has come, as of today.

        Raises
        ------
        InputError : it is to be noted without a note, and ``empty`` does not say so.
        """
        self.settle()
        if status == "noted" and not empty and not any(note.saved for note in self.notes):
            fix = "Write a note; or, where nothing was said that is to be kept, press: Noted without a note."
            raise InputError("nothing is noted yet", fix=fix)
        self._come_to(status)

    def questions(self, stakeholder: str = "") -> list[Asked]:
        """Return the questions for those who take part, or one of them: those to ask first, opinions last."""
        people = [self.person(stakeholder)] if stakeholder else self.people()
        return asked_of(people, opinions_of(self.desk), self.desk.engagement.interviews.one_to_one_minutes)

    def note(self, *, stakeholder: str = "", question: str = "", off: bool = False) -> Draft:
        """Return a new note, to be written to; it is a remark from its first word."""
        interview = self.tables["interviews"][(self.open_one(),)]
        values = {
            "remark_id": self._next_note(),
            "source": _SOURCE.get(interview["kind"], "one_to_one"),
            "interview_id": self.interview,
            "question": question,
            "said_on": dt.date.today().isoformat(),
            "text": "",
        }
        draft = Draft(self.desk, "remarks", values)
        self.said_by(draft, stakeholder)
        self.mark(draft, off=off)
        self.notes.append(draft)
        return draft

    def waiting(self) -> Draft | None:
        """Return the note of the interview in hand that this analyst typed and that was never saved."""
        for about in self.desk.drafts.names(f"remarks {self.interview}-"):
            known = [] if Draft.was_new(self.desk, about) else self.notes
            there = next((one for one in known if about == f"remarks {one.key[0]}"), None)
            if self.desk.drafts.of(about).get("text", ""):
                found = there or self.note()
                found.resume(about)
                # What was agreed may have changed since; what was off the record stays off.
                self.mark(found, off=found.values["on_record"] != "true")
                return found
        return None

    def said_by(self, note: Draft, stakeholder: str) -> None:
        """Say who said a note: department, level and site are theirs."""
        who = self.person(stakeholder) if stakeholder else {}
        site = who.get("site", "") or self.tables["interviews"][(self.interview,)]["site"]
        note.values |= {name: who.get(name, "") for name in ("department", "level")}
        note.values |= {"stakeholder_id": stakeholder, "site": site}

    def save(self, note: Draft) -> bool:
        """Save a note; where somebody else took its id meanwhile, under the next."""
        if note.is_saved:
            return True
        if not note.save() and note.theirs is not None and not note.saved:
            self.tables["remarks"][note.key] = dict(note.theirs.values or {})
            note.theirs, note.values["remark_id"] = None, self._next_note()
            note.save()
        note.keep()
        if not note.is_saved:
            return False
        self.tables["remarks"][note.key] = dict(note.values)
        self._is_held()
        return True

    def drop(self, note: Draft) -> None:
        """Take a note out; the trail keeps it."""
        if note.saved:
            self.take_out("remarks", note.key, f"note taken out of {self.interview}")
        self.tables["remarks"].pop(note.key, None)
        self.notes.remove(note)

    @property
    def how_far(self) -> str:
        """How far the interview in hand has come; empty where none is."""
        return self.tables["interviews"].get((self.interview,), {}).get("status", "")

    def _take_up(self) -> None:
        why, rows = f"note in {self.interview}", self.tables["remarks"].values()
        mine = [row for row in rows if row["interview_id"] == self.interview] if self.interview else []
        self.notes = [Draft(self.desk, "remarks", dict(row), dict(row), why=why) for row in mine]

    def _come_to(self, status: str) -> None:
        row = self.tables["interviews"][(self.open_one(),)]
        if row["status"] != status:
            row = row | {"status": status, "status_on": dt.date.today().isoformat()}
            self.put("interviews", [row], f"{self.interview} is {status}")

    def _is_held(self) -> None:
        """The first note sets the interview to held; where that fails, the next does."""
        if self.tables["interviews"][(self.interview,)]["status"] in BEFORE:
            try:
                self._come_to("held")
            except InputError:  # the note is saved, and that counts
                return

    def _next_note(self) -> str:
        taken = {key[0] for key in self.tables["remarks"]} | {draft.key[0] for draft in self.notes}
        number = 1
        while f"{self.interview}-{number:02d}" in taken:
            number += 1
        return f"{self.interview}-{number:02d}"


def _moment(text: str) -> dt.datetime:
    """Return a day, or day and time, as typed.

    >>> _moment("2025-09-08 14:00"), _moment(" 2025-09-08")
    (datetime.datetime(2025, 9, 8, 14, 0), datetime.datetime(2025, 9, 8, 0, 0))
    """
    try:
        return dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        raise InputError(
            f"'{text}' is not a day", fix="Write when it was held, such as 2025-09-08 14:00."
        ) from None


__all__ = ["CaptureModel", "Row"]
