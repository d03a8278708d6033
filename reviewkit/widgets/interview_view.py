"""An interview while it is held: who takes part, what was agreed, the questions, and the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from reviewkit.content import load_questions, opening_script
from reviewkit.model import InputError

from .autosave import Autosave
from .capture_model import ATTRIBUTIONS
from .draft import Draft
from .parts import area, button, field, note, panel, row, safe, shown

if TYPE_CHECKING:
    from .capture_view import CaptureView

_ATTRIBUTION = {"role": "by role", "broad": "by a broad description", "none": "not to be quoted"}


class InterviewView:
    """Notes of one interview: one note is one remark."""

    def __init__(self, owner: CaptureView) -> None:
        self.owner, self.model, self._filling = owner, owner.model, False
        self.draft: Draft | None = None
        self.autosave = Autosave(self._save)
        self._make_choice()
        self._make_notes()
        script = "".join(safe("<p>{}</p>", text) for text in opening_script())
        opening = w.HTML(f"<details><summary>Opening script</summary>{script}</details>")
        left = panel(self.by, self.question, self.asked, self.text, self.both, self.settle, self.steps)
        left.layout = w.Layout(width="60%", min_width="26rem", flex="1 1 26rem", padding="0 .8rem 0 0")
        right = panel(self.sofar, row(self.edit, self.drop))
        right.layout = w.Layout(width="36%", min_width="18rem", flex="1 1 18rem")
        self.body = panel(
            opening, self.people, row(self.person, self.record, self.attribution, self.join),
            w.HBox([left, right], layout=w.Layout(flex_flow="row wrap", align_items="flex-start")),
        )  # fmt: skip
        self.widget = panel(row(self.interview, self.group, self.one), self.body)
        shown(self.body, False)

    def _make_choice(self) -> None:
        self.interview = field(w.Dropdown, "Interview", options=self._interviews(), width="34rem")
        self.one = button("New one-to-one", lambda: self.owner.do(lambda: self._begin("one_to_one")))
        self.group = button("New group", lambda: self.owner.do(lambda: self._begin("group")))
        self.people = w.HTML()
        self.person = field(w.Dropdown, "Add who takes part", options=[("", "")], width="26rem")
        self.record = w.Checkbox(description="on the record", indent=False, layout=w.Layout(width="auto"))
        choices = [(_ATTRIBUTION[name], name) for name in ATTRIBUTIONS]
        self.attribution = field(w.Dropdown, "Quoted", options=choices, value="none", width="auto")
        self.join = button("Add", lambda: self.owner.do(self._join))
        self.interview.observe(lambda change: self._open(change["new"]), "value")

    def _make_notes(self) -> None:
        self.by = field(w.Dropdown, "Said by", options=[("", "")])
        self.question = field(w.Dropdown, "Question", options=[("", "")])
        self.asked = w.HTML()
        self.text = area("What was said", rows=7, hint="One remark, as it was said. Saved while you type.")
        self.off = w.Checkbox(
            description="this is off the record", indent=False, layout=w.Layout(width="auto")
        )
        self.next = button("Next remark", lambda: self.owner.do(self._next), main=True, icon="plus")
        self.done = button("Interview is noted", lambda: self.owner.do(self._done))
        self.steps = row(self.next, self.off, self.done)
        self.both = w.HTML()
        self.settle = row(
            button("Keep yours", lambda: self._settle(True)),
            button("Take theirs", lambda: self._settle(False)),
        )
        self.sofar = w.Select(description="Noted", options=[], rows=12, layout=w.Layout(width="auto"))
        self.sofar.style = {"description_width": "3.5rem"}
        self.edit = button("Change this note", lambda: self.owner.do(self._edit))
        self.drop = button("Take it out", lambda: self.owner.do(self._drop))
        for widget in (self.text, self.off, self.by, self.question):
            widget.observe(lambda _: self._typed(), "value")
        self._show_conflict()

    # Interviews

    def _interviews(self) -> list[tuple[str, str]]:
        told = []
        for one in self.model.interviews():
            about = (one["interview_id"], one["kind"].replace("_", "-"), one["site"], one["planned_at"])
            told.append(
                (" · ".join([*filter(None, about), one["status"].replace("_", " ")]), one["interview_id"])
            )
        return [("choose one", ""), *told]

    def _open(self, name: str) -> None:
        self.autosave.flush()
        shown(self.body, bool(name))
        if name:
            self.owner.do(lambda: self._opened(name))

    def _opened(self, name: str) -> str:
        self.model.open(name)
        self.draft = None
        self._show_people()
        self._fill(self.by.value, "")
        self._show_notes()
        return f"{name} is open."

    def _begin(self, kind: str) -> str:
        self.autosave.flush()
        name = self.model.begin(kind)
        self.interview.options = self._interviews()
        self.interview.value = name
        return f"{name} is in the tracker. Add who takes part."

    def _join(self) -> str:
        if not self.person.value:
            return "Choose who takes part."
        self.model.agree(self.person.value, on_record=self.record.value, attribution=self.attribution.value)
        self._show_people()
        return "Saved: who takes part, and what was agreed."

    def _show_people(self) -> None:
        people = self.model.people()
        lines = [
            f"{_who(one)}: {'on' if one['on_record'].lower() == 'true' else 'off'} the record, "
            f"{_ATTRIBUTION.get(one['attribution'], one['attribution'])}"
            for one in people
        ]
        self.people.value = "".join(note(line) for line in lines) or note("Nobody takes part yet.")
        self._filling = True
        self.by.options = [("nobody in particular", ""), *((_who(p), p["stakeholder_id"]) for p in people)]
        self.by.value = people[0]["stakeholder_id"] if len(people) == 1 else ""
        bank = [(f"{one.text}", one.id) for one in self.model.questions()]
        self.question.options = [("none: it came up by itself", ""), *bank]
        self._filling = False
        self.person.options = [("", ""), *((_who(p), p["stakeholder_id"]) for p in self.model.register())]

    # Notes

    def _typed(self) -> None:
        question = load_questions().get(self.question.value or "")
        self.asked.value = note(question.text) if question is not None else ""
        if self._filling or not self.model.interview:
            return
        if self.draft is None:
            if not self.text.value.strip():
                return
            self.draft = self.model.note(stakeholder=self.by.value, question=self.question.value)
            self._filling = True
            self.off.value = self.off.value or self.draft.values["on_record"] != "true"
            self._filling = False
        fresh = self.model.person(self.by.value) if self.by.value else {}
        self.draft.values |= {"text": self.text.value, "question": self.question.value or ""}
        self.draft.values["on_record"] = str(not self.off.value).lower()
        if self.by.value != self.draft.values["stakeholder_id"]:
            self.draft.values |= {name: fresh.get(name, "") for name in ("department", "level")}
            self.draft.values["stakeholder_id"] = self.by.value
        self.owner.said.say("Typing …")
        self.autosave.touch()

    def _save(self) -> bool:
        if self.draft is None:
            return True
        if not self.owner.is_known():
            self.owner.said.say("Not saved yet: write your role or initials at the top.", trouble=True)
            return False
        saved = self.model.save(self.draft)
        self.owner.said.say(
            f"Saved: {self.draft.key[0]}." if saved else self.draft.trouble, trouble=not saved
        )
        self._show_conflict()
        self._show_notes()
        return saved or bool(self.draft.missing) or self.draft.theirs is not None

    def _next(self) -> str:
        self.autosave.flush()
        if self.draft is not None and not self.draft.is_saved:
            raise InputError(self.draft.trouble or "not saved yet")
        told = f"Saved: {self.draft.key[0]}. Write the next." if self.draft is not None else ""
        self.draft = None
        self._fill(self.by.value, self.question.value)
        return told

    def _fill(self, by: str, question: str, text: str = "", off: bool = False) -> None:
        self._filling = True
        self.by.value = by if by in [value for _, value in self.by.options] else self.by.value
        self.question.value = question if question in [value for _, value in self.question.options] else ""
        self.text.value, self.off.value = text, off
        self._filling = False
        self._show_conflict()

    def _edit(self) -> str:
        self.autosave.flush()
        self.draft = next(one for one in self.model.notes if one.key[0] == self.sofar.value)
        values = self.draft.values
        self._fill(
            values.get("stakeholder_id", ""), values.get("question", ""), values["text"],
            values.get("on_record", "").lower() != "true",
        )  # fmt: skip
        return f"{self.draft.key[0]} is in the field."

    def _drop(self) -> str:
        chosen = next((one for one in self.model.notes if one.key[0] == self.sofar.value), None)
        if chosen is None:
            return "Choose a note."
        self.model.drop(chosen)
        if chosen is self.draft:
            self.draft = None
            self._fill(self.by.value, "")
        self._show_notes()
        return "Taken out. The trail keeps it."

    def _done(self) -> str:
        self.autosave.flush()
        self.model.status("noted")
        return f"{self.model.interview} is noted."

    def _settle(self, mine: bool) -> None:
        assert self.draft is not None
        if mine:
            self.draft.keep_mine()
        else:
            self.draft.take_theirs()
            self._fill(self.by.value, self.question.value, self.draft.values["text"])
        self.owner.said.say(self.draft.trouble or "Saved.", trouble=bool(self.draft.trouble))
        self._show_conflict()

    def _show_conflict(self) -> None:
        theirs = self.draft.theirs if self.draft is not None else None
        shown(self.both, theirs is not None)
        shown(self.settle, theirs is not None)
        if theirs is not None:
            told = (theirs.by or "Somebody else", (theirs.values or {}).get("text", "taken out"))
            self.both.value = safe('<p>{} wrote meanwhile: <span dir="auto">{}</span></p>', *told)

    def _show_notes(self) -> None:
        shown_now = self.sofar.value
        told: list[Any] = [
            (f"{n.key[0]}  {n.values['text'][:90]}", n.key[0]) for n in self.model.notes if n.saved
        ]
        self.sofar.options = told
        if shown_now in [value for _, value in told]:
            self.sofar.value = shown_now


def _who(row: dict[str, str]) -> str:
    level = row.get("level", "").replace("_", " ")
    about = (row.get("stakeholder_id", ""), row.get("department", ""), level, row.get("site", ""))
    return " · ".join(part for part in about if part)
