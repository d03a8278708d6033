"""Notes of an interview: one note is one remark, saved while somebody types and never left unsaved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from reviewkit.model import InputError

from .asking import Asked
from .autosave import Autosave
from .draft import Draft
from .parts import area, button, columns, field, note, offer, panel, row, safe, shortened, shown
from .people_view import who

if TYPE_CHECKING:
    from .interview_view import InterviewView

_BY_ITSELF = "none: it came up by itself"
_HINTS = (
    "Write your role or initials at the top first.",
    "One remark, as it was said. Saved while you type.",
)


class NotesView:
    """The field to write in, what a note belongs to, and the notes so far."""

    def __init__(self, page: InterviewView) -> None:
        self.page, self.owner, self.model = page, page.owner, page.model
        self._filling, self._marked, self._goes_on = False, False, False
        self.draft: Draft | None = None
        self.bank: dict[str, Asked] = {}
        self.autosave = Autosave(self._save)
        self._make_fields()
        self._make_list()
        answers = row(self.question, self.itself)
        left = panel(
            self.by, answers, self.asked, self.text, self.both, self.settle, self.steps, self.consent
        )
        self.widget = panel(columns(left, panel(self.sofar, row(self.edit, self.drop)), least="26rem"))
        self._show_conflict()

    def enable(self, known: bool) -> None:
        """Let things be written, once somebody said who writes."""
        self.text.disabled = not known
        self.text.placeholder = _HINTS[known]
        for widget in (self.by, self.question, self.next, self.done, self.drop, self.edit):
            widget.disabled = not known

    def begin(self, by: str = "") -> None:
        """Begin anew: another interview is in hand, or somebody else writes while the same one speaks."""
        self.draft, self._marked, self._goes_on = None, False, False
        self._fill(by, "")

    def resume(self) -> str:
        """Put into the field what whoever writes now typed before and did not save; say so."""
        waiting = self.model.waiting() if self.draft is None and self.owner.is_known() else None
        if waiting is None:
            return ""
        self._take_in_hand(waiting, off=waiting.values["on_record"] != "true")
        self.autosave.touch()
        return " What you typed before is in the field again."

    def show(self) -> None:
        """Show who may have spoken, what is asked of them, and the notes there are."""
        by, question, self._filling = self.by.value, self.question.value, True
        people = self.model.people() if self.model.interview else []
        self.by.options = [("nobody in particular", ""), *((who(p), p["stakeholder_id"]) for p in people)]
        only = people[0]["stakeholder_id"] if len(people) == 1 else ""
        self.by.value = by if by and any(by == name for _, name in self.by.options) else only
        self.bank = {one.id: one for one in self.model.questions()} if self.model.interview else {}
        self.question.options = [(_BY_ITSELF, ""), *((one.label, one.id) for one in self.bank.values())]
        self.question.value = question if question in self.bank else ""
        self._filling = False
        self._show_question()
        self._show_off()
        self._show_notes()
        shown(self.empty, False)

    def _make_fields(self) -> None:
        self.by = field(w.Dropdown, "Said by", options=[("", "")])
        self.question = field(w.Dropdown, "Question", options=[("", "")], width="30rem")
        self.itself = button("It came up by itself", lambda: setattr(self.question, "value", ""))
        self.asked, self.consent, self.both = w.HTML(), w.HTML(), w.HTML()
        self.text = area("What was said", rows=7)
        self.off = w.Checkbox(
            description="this is off the record", indent=False, layout=w.Layout(width="auto")
        )
        self.next = button("Next remark", lambda: self.owner.do(self._next), main=True, icon="plus")
        self.done = button("Interview is noted", lambda: self._done(empty=False))
        self.empty = button("Noted without a note", lambda: self._done(empty=True))
        shown(self.empty, False)
        self.steps = row(self.next, self.off, self.done, self.empty)
        mine = button("Keep yours", lambda: self._settle(True))
        self.settle = row(mine, button("Take theirs", lambda: self._settle(False)))
        self.off.observe(lambda change: self._mark(change["new"]), "value")
        for widget in (self.text, self.by, self.question):
            widget.observe(lambda _: self._typed(), "value")

    def _make_list(self) -> None:
        self.sofar = field(w.Select, "Noted", options=[], rows=12)
        self.edit = button("Change this note", lambda: self.owner.do(self._edit))
        self.drop = button("Take it out", lambda: self.owner.do(self._drop))

    def _mark(self, off: bool) -> None:
        if not self._filling:
            self._marked = off
            self._typed()

    def _typed(self) -> None:
        if self._filling or not self.model.interview:
            return
        self._goes_on = self._goes_on and bool(self.question.value) and self.draft is None
        self._show_question()
        self._show_off()
        by, question = self.by.value or "", self.question.value or ""
        if self.draft is None and not self.text.value.strip():
            return
        if self.draft is None:
            self.draft = self.model.note(stakeholder=by, question=question)
        self.draft.values |= {"text": self.text.value, "question": question}
        if by != self.draft.values["stakeholder_id"]:
            self.model.said_by(self.draft, by)
        self.model.mark(self.draft, off=self._marked)
        self.owner.said.say("Typing …")
        self.autosave.touch()

    def _save(self) -> bool:
        if self.draft is None:
            return True
        before = self.model.how_far
        saved = self.model.save(self.draft)
        if self.model.how_far != before:
            self.page.show_choice()
        self.owner.said.say(
            f"Saved: {self.draft.key[0]}." if saved else self.draft.trouble, trouble=not saved
        )
        self._show_conflict()
        self._show_notes()
        return saved or bool(self.draft.missing) or self.draft.theirs is not None

    def _leave(self) -> str:
        """Leave the note in hand, once it is saved; return its id."""
        self.autosave.flush()
        self.model.settle()
        left = self.draft.key[0] if self.draft is not None else ""
        self.draft, self._marked = None, False
        return left

    def _next(self) -> str:
        left = self._leave()
        self._goes_on = True
        self._fill(self.by.value or "", self.question.value or "")
        self.text.focus()
        self.page.show_choice()
        return f"Saved: {left}. Write the next." if left else "Nothing is written yet."

    def _edit(self) -> str:
        chosen = self._chosen()
        self._leave()
        self._take_in_hand(chosen, off=self.model.is_marked_off(chosen))
        self.text.focus()
        return f"{chosen.key[0]} is in the field."

    def _take_in_hand(self, one: Draft, *, off: bool) -> None:
        self.draft, self._marked, values = one, off, one.values
        self._fill(values.get("stakeholder_id", ""), values.get("question", ""), values["text"])

    def _drop(self) -> str:
        chosen = self._chosen()
        self.model.drop(chosen)
        if chosen is self.draft:
            self.draft, self._marked = None, False
            self._fill(self.by.value or "", "")
        self._show_notes()
        return "Taken out. The trail keeps it."

    def _chosen(self) -> Draft:
        found = next((one for one in self.model.notes if one.key[0] == self.sofar.value), None)
        if found is None:
            raise InputError("no note is chosen", fix="Choose one in the list.")
        return found

    def _done(self, *, empty: bool) -> None:
        went_well = self.owner.do(lambda: self._noted(empty=empty))
        shown(self.empty, not went_well and not any(one.saved for one in self.model.notes))

    def _noted(self, *, empty: bool) -> str:
        self.autosave.flush()
        self.model.status("noted", empty=empty)
        self.page.show_choice()
        return f"{self.model.interview} is noted."

    def _settle(self, mine: bool) -> None:
        if self.draft is None:
            return
        if mine:
            self.draft.keep_mine()
        else:
            self.draft.take_theirs()
            self._fill(self.by.value or "", self.question.value or "", self.draft.values["text"])
        self.owner.said.say(self.draft.trouble or "Saved.", trouble=bool(self.draft.trouble))
        self._show_conflict()

    def _fill(self, by: str, question: str, text: str = "") -> None:
        self._filling = True
        self.by.value = by if by in [name for _, name in self.by.options] else ""
        if question and question not in self.bank:  # asked of somebody else, or no longer in the bank
            self.bank[question] = Asked(question, question, True)
            self.question.options = [(_BY_ITSELF, ""), *((one.label, one.id) for one in self.bank.values())]
        self.question.value = question
        self.text.value = text
        self._filling = False
        self._show_question()
        self._show_off()
        self._show_conflict()

    def _show_question(self) -> None:
        """Show the question in full, and while it goes on that it does: it is easily forgotten."""
        one = self.bank.get(self.question.value or "")
        lead = "Still answering: " if self._goes_on else ""
        self.asked.value = note(f"{lead}{one.text}") if one is not None else ""
        shown(self.itself, one is not None)

    def _show_off(self) -> None:
        """Show whether the note is off the record, and where that was agreed with the speaker."""
        by = self.by.value or ""
        agreed = self.model.is_on_record(by)
        self._filling = True
        self.off.value, self.off.disabled = (self._marked if agreed else True), not agreed
        self._filling = False
        speaker = by or "Nobody in particular"
        self.consent.value = "" if agreed else note(f"{speaker} is off the record, and so is the note.")

    def _show_conflict(self) -> None:
        theirs = self.draft.theirs if self.draft is not None else None
        shown(self.both, theirs is not None)
        shown(self.settle, theirs is not None)
        if theirs is not None:
            told = (theirs.by or "Somebody else", (theirs.values or {}).get("text", "taken out"))
            self.both.value = safe('<p>{} wrote meanwhile: <span dir="auto">{}</span></p>', *told)

    def _show_notes(self) -> None:
        there = [(one.key[0], one.values["text"]) for one in self.model.notes if one.saved]
        offer(self.sofar, [(shortened(f"{name}  {text}", 46), name) for name, text in there])
