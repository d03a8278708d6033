"""Who takes part in an interview and what is agreed with them; their notes follow what is agreed."""

from __future__ import annotations

from reviewkit.model import InputError

from .capture_state import CaptureState
from .desk import Key, Row
from .draft import Draft

ATTRIBUTIONS = ("role", "broad", "none")
AS_AGREED = "off the record as agreed"
"""In the trail: a note is off the record because its speaker is, and follows when that changes.

A note that was marked so by itself does not: what was promised for it holds whatever is agreed later.
"""


class TakingPart(CaptureState):
    """Those who take part in the interview in hand."""

    def people(self) -> list[Row]:
        """Return those who take part, each with department, level, site and what was agreed."""
        return self.taking_part(self.interview)

    def register(self) -> list[Row]:
        """Return everybody who could take part and does not yet."""
        there = {row["stakeholder_id"] for row in self.people()}
        return [row for key, row in self.tables["stakeholders"].items() if key[0] not in there]

    def is_on_record(self, stakeholder: str) -> bool:
        """Whether a speaker of the interview in hand agreed to be on the record; nobody's note is not."""
        row = self.tables["participants"].get((self.interview, stakeholder), {})
        return row.get("on_record", "").lower() == "true"

    def agree(self, stakeholder: str, *, on_record: bool, attribution: str) -> int:
        """Write down what was agreed with somebody; return how many of their notes changed with it.

        Who is off the record has every note off it. Who is on the record again has those back that were
        off for no other reason; a note that was marked off the record by itself stays so.

        Raises
        ------
        InputError : a one-to-one has somebody else in it; or it cannot be saved.
        """
        self.settle()
        interview, key = self.open_one(), (self.interview, stakeholder)
        known = key in self.tables["participants"]
        if not known and self.people() and self.tables["interviews"][(interview,)]["kind"] == "one_to_one":
            fix = "Remove who does not take part, or press: It is a group session."
            raise InputError("this one-to-one has its speaker", fix=fix)
        row = {"interview_id": interview, "stakeholder_id": stakeholder, "attribution": attribution}
        row["on_record"] = str(on_record).lower()
        # Whatever fails in between, no note is on the record of somebody who is not.
        changed = 0 if on_record else self._follow(stakeholder, on_record=False)
        if row != self.tables["participants"].get(key):
            self.put("participants", [row], f"consent in {interview}")
        return self._follow(stakeholder, on_record=True) if on_record else changed

    def leave_out(self, stakeholder: str) -> None:
        """Take somebody out who was added by mistake.

        Raises
        ------
        InputError : notes are theirs, or a file holds that they take part.
        """
        if self._notes_of(stakeholder):
            fix = "Say first who said them, or take them out."
            raise InputError("notes of this interview are theirs", fix=fix)
        key = (self.open_one(), stakeholder)
        if key in self.filed("participants"):
            fix = "Take it out there, or say that they are not to be quoted."
            raise InputError("they stand in a file of the engagement, which is never written", fix=fix)
        self.take_out("participants", key, f"{stakeholder} does not take part in {self.interview}")

    def group(self) -> None:
        """Make the interview in hand a group session."""
        row = self.tables["interviews"][(self.open_one(),)]
        self.put("interviews", [row | {"kind": "group"}], f"{self.interview} is a group session")

    def open_one(self) -> str:
        """Return the interview in hand.

        Raises
        ------
        InputError : none is.
        """
        if not self.interview:
            raise InputError("no interview is open", fix="Choose one, or begin a new one.")
        return self.interview

    def mark(self, note: Draft, *, off: bool) -> None:
        """Put a note on or off the record: on it only where its speaker agreed and it is not marked off."""
        agreed = self.is_on_record(note.values["stakeholder_id"])
        note.values["on_record"] = str(agreed and not off).lower()
        follows = not agreed and not off and note.key not in self.filed("remarks")
        note.why = f"note in {self.interview}{f', {AS_AGREED}' if follows else ''}"

    def is_marked_off(self, note: Draft) -> bool:
        """Whether a note is off the record by itself, and not because its speaker is."""
        off = bool(note.saved) and note.saved.get("on_record", "").lower() != "true"
        return off and not self._follows(note.key)

    def settle(self) -> None:
        """Save what waits to be saved.

        Raises
        ------
        InputError : something cannot be; it stays where it was written.
        """
        for note in self.notes:
            begun = bool(note.saved) or bool(note.values["text"].strip())
            if begun and not note.is_saved and not self.save(note):
                raise InputError(note.trouble or "this note is not saved yet")

    def save(self, note: Draft) -> bool:
        """Save a note."""
        raise NotImplementedError

    def _follow(self, stakeholder: str, *, on_record: bool) -> int:
        """Put the notes of a speaker on or off the record, as far as they follow; return how many."""
        rows = []
        for row in self._notes_of(stakeholder):
            is_on = row["on_record"].lower() == "true"
            if is_on != on_record and (not on_record or self._follows((row["remark_id"],))):
                rows.append(row | {"on_record": str(on_record).lower()})
        if rows:
            self.put("remarks", rows, f"{'on the record' if on_record else AS_AGREED} in {self.interview}")
        changed = {(row["remark_id"],): row for row in rows}
        for note in self.notes:
            if note.key in changed:
                note.values = note.values | {"on_record": changed[note.key]["on_record"]}
                note.saved = dict(note.values)
        return len(rows)

    def _follows(self, key: Key) -> bool:
        """Whether the trail says that a note went off the record because its speaker was."""
        for change in reversed(self.desk.store().changes("remarks", key)):
            before, after = change["before"] or {}, change["after"] or {}
            if after and not _is_on(after) and (not before or _is_on(before)):
                return AS_AGREED in change["why"]
        return False

    def _notes_of(self, stakeholder: str) -> list[Row]:
        mine = (self.interview, stakeholder)
        rows = self.tables["remarks"].values()
        return [row for row in rows if (row["interview_id"], row["stakeholder_id"]) == mine]


def _is_on(values: Row) -> bool:
    return values.get("on_record", "").lower() == "true"
