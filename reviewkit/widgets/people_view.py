"""Who takes part in an interview: a line for each, with what was agreed, to be changed at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from reviewkit.present.words import plural

from .parts import button, field, note, panel, row, shown
from .taking_part import ATTRIBUTIONS

if TYPE_CHECKING:
    from .desk import Row
    from .interview_view import InterviewView

_ATTRIBUTION = {"role": "by role", "broad": "by a broad description", "none": "not to be quoted"}


class PersonView:
    """One who takes part; every change is saved at once, and their notes follow."""

    def __init__(self, owner: PeopleView, stakeholder: str) -> None:
        self.owner, self.stakeholder, self._filling = owner, stakeholder, False
        self.name = w.HTML(layout=w.Layout(min_width="20rem"))
        self.record = w.Checkbox(description="on the record", indent=False, layout=w.Layout(width="9rem"))
        choices = [(_ATTRIBUTION[name], name) for name in ATTRIBUTIONS]
        self.attribution = field(w.Dropdown, "Quoted", options=choices, value="none", width="auto")
        self.off = button(
            "Remove", lambda: owner.remove(stakeholder), hint=f"{stakeholder} does not take part"
        )
        for widget in (self.record, self.attribution):
            widget.observe(lambda _: self._changed(), "value")
        self.widget = row(self.name, self.record, self.attribution, self.off)

    def show(self, one: Row) -> None:
        """Show who it is and what was agreed."""
        self._filling = True
        self.name.value = note(who(one))
        self.record.value = one["on_record"].lower() == "true"
        self.attribution.value = one["attribution"] if one["attribution"] in ATTRIBUTIONS else "none"
        self._filling = False

    def enable(self, known: bool) -> None:
        """Let it be changed, once somebody said who writes."""
        for widget in (self.record, self.attribution, self.off):
            widget.disabled = not known

    def _changed(self) -> None:
        if not self._filling:
            self.owner.agreed(self.stakeholder, self.record.value, self.attribution.value)


class PeopleView:
    """Those who take part in the interview in hand, and who could."""

    def __init__(self, page: InterviewView) -> None:
        self.page, self.model, self.do = page, page.model, page.owner.do
        self.lines: dict[str, PersonView] = {}
        self._known = False
        self.nobody, self.list = w.HTML(note("Nobody takes part yet.")), panel()
        self.find = field(w.Text, "Find who", placeholder="department, level or site", width="15rem")
        self.person = field(w.Dropdown, "Add who takes part", options=[("", "")], width="28rem")
        self.add = button("Add", lambda: self.do(self._add))
        self.group = button("It is a group session", lambda: self.do(self._group))
        self.find.observe(lambda _: self._show_register(), "value")
        self.widget = panel(self.nobody, self.list, row(self.find, self.person, self.add, self.group))

    def enable(self, known: bool) -> None:
        """Let things be changed, once somebody said who writes."""
        self._known = known
        for widget in (self.person, self.add, self.group):
            widget.disabled = not known
        for line in self.lines.values():
            line.enable(known)

    def show(self) -> None:
        """Show who takes part; lines that were there stay, and keep the keyboard's place."""
        people = {one["stakeholder_id"]: one for one in self.model.people()} if self.model.interview else {}
        self.lines = {name: self.lines.get(name) or PersonView(self, name) for name in people}
        for name, line in self.lines.items():
            line.show(people[name])
        widgets = [line.widget for line in self.lines.values()]
        if list(self.list.children) != widgets:
            self.list.children = widgets
        shown(self.nobody, not people)
        interview = self.model.tables["interviews"].get((self.model.interview,), {})
        shown(self.group, interview.get("kind") == "one_to_one")
        self._show_register()
        self.enable(self._known)

    def agreed(self, stakeholder: str, on_record: bool, attribution: str) -> None:
        """Save what was agreed with somebody."""
        if not self.do(lambda: self._agreed(stakeholder, on_record, attribution)):
            self.show()  # as it stands

    def remove(self, stakeholder: str) -> None:
        """Take somebody out who was added by mistake."""
        self.do(lambda: self._removed(stakeholder))

    def _agreed(self, stakeholder: str, on_record: bool, attribution: str) -> str:
        changed = self.model.agree(stakeholder, on_record=on_record, attribution=attribution)
        self.show()
        self.page.notes.show()
        stands = f"{'on' if on_record else 'off'} the record"
        told = f"Saved: {stakeholder} is {stands}, {_ATTRIBUTION[attribution]}."
        if not changed:
            return told
        told += f" {plural(changed, 'note')} of theirs {'is' if changed == 1 else 'are'} {stands} now"
        return f"{told}: mark what is not." if on_record else f"{told}."

    def _add(self) -> str:
        name = str(self.person.value or "")
        if not name:
            return "Choose who takes part."
        self.model.agree(name, on_record=False, attribution="none")
        self.find.value = ""
        self.show()
        self.page.notes.show()
        return f"{name} takes part, off the record. Ask, and say what was agreed."

    def _removed(self, stakeholder: str) -> str:
        self.model.leave_out(stakeholder)
        self.show()
        self.page.notes.show()
        return f"{stakeholder} does not take part. The trail keeps what was said of it."

    def _group(self) -> str:
        self.model.group()
        self.page.show_choice()
        self.show()
        return f"{self.model.interview} is a group session."

    def _show_register(self) -> None:
        wanted = self.find.value.casefold().split()
        told = [(who(one), one["stakeholder_id"]) for one in self.model.register()]
        found = [(text, name) for text, name in told if all(word in text.casefold() for word in wanted)]
        self.person.options = [("", ""), *found]
        if wanted and len(found) == 1:
            self.person.value = found[0][1]


def who(row: Row) -> str:
    """Return who somebody is: where they work first, since nobody knows ids by heart."""
    level = row.get("level", "").replace("_", " ")
    role = row.get("role", "")
    about = (row.get("department", ""), level, role, row.get("site", ""), row.get("stakeholder_id", ""))
    return " · ".join(part for part in about if part)
