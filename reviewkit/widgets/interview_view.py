"""An interview while it is held: which one, who takes part, the questions, and the notes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import ipywidgets as w

from reviewkit.content import opening_script

from .arriving import once_arrived
from .notes_view import NotesView
from .parts import button, field, panel, row, safe, shown
from .people_view import PeopleView

if TYPE_CHECKING:
    from .capture_view import CaptureView


class InterviewView:
    """The page of one interview; it is left only when every note of it is saved."""

    def __init__(self, owner: CaptureView) -> None:
        self.owner, self.model, self._filling = owner, owner.model, False
        self.notes = NotesView(self)
        self.people = PeopleView(self)
        self._make_choice()
        self._make_new()
        script = "".join(safe("<p>{}</p>", text) for text in opening_script())
        opening = w.HTML(f"<details><summary>Opening script</summary>{script}</details>")
        self.body = panel(opening, self.people.widget, self.notes.widget)
        top = row(self.find, self.interview, self.new)
        self.widget = panel(top, self.beginning, self.body)
        shown(self.body, False)

    def enable(self, known: bool) -> None:
        """Let things be written, once somebody said who writes."""
        self.new.disabled = not known
        self.people.enable(known)
        self.notes.enable(known)

    def show_choice(self) -> None:
        """Show the interviews as they stand, those whose words are looked for."""
        wanted = self.find.value.casefold().split()
        told = [(self._told(one), one["interview_id"]) for one in self.model.interviews()]
        here = self.model.interview
        kept = [(text, name) for text, name in told if name == here or _has(text, wanted)]
        self._filling = True
        self.interview.options = [("choose one", ""), *kept]
        self.interview.value = here
        self._filling = False

    def _make_choice(self) -> None:
        self.find = field(w.Text, "Find", placeholder="id, site, who or how far", width="15rem")
        self.interview = field(w.Dropdown, "Interview", options=[("choose one", "")], width="34rem")
        self.find.observe(lambda _: self.show_choice(), "value")
        self.interview.observe(lambda change: self._open(change["new"]), "value")
        self.show_choice()

    def _make_new(self) -> None:
        self.new = button("New interview …", self._offer_new, icon="plus")
        self.site = field(w.Combobox, "Site", options=self.model.sites(), ensure_option=False, width="16rem")
        self.when = field(w.Text, "Held on", width="15rem", placeholder="2025-09-08 14:00")
        self.one = button("New one-to-one", lambda: self._begin("one_to_one"), main=True)
        self.group = button("New group", lambda: self._begin("group"), main=True)
        not_now = button("Not now", self._not_now)
        self.beginning = row(self.site, self.when, self.one, self.group, not_now)
        shown(self.beginning, False)

    def _offer_new(self) -> None:
        self.when.value = dt.datetime.now().isoformat(sep=" ", timespec="minutes")
        shown(self.beginning, True)
        self.site.focus()

    def _not_now(self) -> None:
        shown(self.beginning, False)
        self.new.focus()

    def _told(self, one: dict[str, str]) -> str:
        """One line of an interview: with whom, where, when, how far."""
        who = [
            " ".join(part for part in (p.get("department", ""), p.get("level", "").replace("_", " ")) if part)
            for p in self.model.taking_part(one["interview_id"])
        ]
        with_whom = ", ".join(list(dict.fromkeys(who))[:2]) + (" and others" if len(set(who)) > 2 else "")
        kind, status = one["kind"].replace("_", "-"), one["status"].replace("_", " ")
        parts = (one["interview_id"], status, with_whom, one["site"], one["planned_at"][:10], kind)
        return " · ".join(part for part in parts if part)

    def _open(self, name: str) -> None:
        if self._filling or name == self.model.interview:
            return
        once_arrived(lambda: self._open_now(name), written_only=True)

    def _open_now(self, name: str) -> None:
        if not self.owner.do(lambda: self._opened(name)):
            self.show_choice()  # what is not saved is not left

    def _opened(self, name: str) -> str:
        self.notes.autosave.flush()
        if name:
            self.model.open(name)
        else:
            self.model.close()
        self.notes.begin()
        self._show()
        return f"{name} is open.{self.notes.resume()}" if name else ""

    def _begin(self, kind: str) -> None:
        self.owner.do(lambda: self._begun(kind))

    def _begun(self, kind: str) -> str:
        self.notes.autosave.flush()
        name = self.model.begin(kind, self.site.value, self.when.value)
        shown(self.beginning, False)
        self.notes.begin()
        self._show()
        self.people.find.focus()
        return f"{name} is in the tracker. Add who takes part."

    def _show(self) -> None:
        shown(self.body, bool(self.model.interview))
        self.show_choice()
        self.people.show()
        self.notes.show()


def _has(text: str, wanted: list[str]) -> bool:
    return all(word in text.casefold() for word in wanted)
