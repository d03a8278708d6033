"""Observation and walk-through forms, saved while they are filled in, and corrected later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.content import load_forms
from reviewkit.model import TABLES, InputError

from .autosave import Autosave
from .capture_model import CaptureModel
from .desk import Key
from .draft import Draft
from .parts import Said, area, button, field, note, offer, panel, row, safe, shortened
from .telling import FORMS, told

_KEPT = {"observations": ("site", "contract"), "walkthroughs": ("site", "contract", "walkthrough_id")}
_HEADLINE = {"observations": "seen", "walkthroughs": "step"}


class FormView:
    """One form: its fields are those of the printed one, and its rows those of the evidence table.

    Parameters
    ----------
    table : ``observations`` or ``walkthroughs``.
    ready : says whether somebody said who writes.
    """

    def __init__(self, model: CaptureModel, table: str, ready: Callable[[], bool]) -> None:
        self.model, self.table, self._ready, self._filling = model, table, ready, False
        self.said, self.autosave = Said(), Autosave(self._save)
        self.draft: Draft = model.form(table)
        self.form = load_forms()[FORMS[table]]
        self.noun = "observation" if table == "observations" else "step"
        self.fields = self._fields()
        for name, widget in self.fields.items():
            widget.observe(lambda change, name=name: self._typed(name, change["new"]), "value")
        self.widget = self._laid_out()
        self._renew({})

    def enable(self, known: bool) -> None:
        """Let things be written, once somebody said who writes."""
        for widget in (*self.fields.values(), *self.buttons):
            widget.disabled = not known

    def begin(self) -> None:
        """Begin anew, at the same site: somebody else writes."""
        self._renew({n: self.draft.values.get(n, "") for n in _KEPT[self.table]})
        self.said.say("")

    def resume(self) -> None:
        """Show what whoever writes now began before and did not save, where nothing else is begun."""
        if self._written() or self.draft.saved or not self._ready():
            return
        waiting = self.model.waiting_form(self.table)
        if waiting is not None:
            self.draft = waiting
            self._show()
            self.said.say(waiting.trouble or "What you typed before is in the fields again.")
            self.autosave.touch()

    def start(self, **more: str) -> None:
        """Save what stands here and begin a new one at the same site."""
        if not self._left():
            return
        told_of = f"Saved: {self._called(self.draft.key)}. A new one is begun."
        empty = not self._written() and not self.draft.saved
        next(iter(self.fields.values())).focus()
        self._renew({**{n: self.draft.values.get(n, "") for n in _KEPT[self.table]}, **more})
        self.said.say(("A new walk is begun." if more else "Nothing is written yet.") if empty else told_of)

    def _laid_out(self) -> Any:
        self.name = w.HTML()
        self.next = button(f"Next {self.noun}", lambda: self.start(), main=True, icon="plus")
        steps = [self.next]
        if self.table == "walkthroughs":
            steps.append(button("New walk", lambda: self.start(walkthrough_id=self.model.new_walk())))
        self.sofar = field(w.Select, "So far", options=[], rows=6)
        self.edit = button("Change this one", lambda: self._do(self._edit))
        self.drop = button("Take it out", lambda: self._do(self._drop))
        self.buttons = (*steps, self.edit, self.drop)
        lines = "".join(safe("<li>{}</li>", line) for line in self.form.instructions)
        guide = w.HTML(f"<details><summary>How to use this form</summary><ul>{lines}</ul></details>")
        short = [f for f in self.fields.values() if not isinstance(f, w.Textarea)]
        long = [f for f in self.fields.values() if isinstance(f, w.Textarea)]
        written = panel(guide, self.name, row(*short), *long, row(*steps), self.said.widget)
        return panel(written, self.sofar, row(self.edit, self.drop))

    def _do(self, command: Callable[[], str]) -> None:
        try:
            self.said.say(command())
        except InputError as error:
            self.said.say(told(error), trouble=True)

    def _left(self) -> bool:
        """Whether nothing that is written here would be lost."""
        self.autosave.flush()
        begun = bool(self._written()) or bool(self.draft.saved)
        if not begun or self.draft.is_saved or self.model.save_form(self.draft):
            return True
        self.said.say(self.draft.trouble or "Not saved yet.", trouble=True)
        return False

    def _edit(self) -> str:
        key = self._chosen()
        if not self._left():
            raise InputError(self.draft.trouble or "what stands here is not saved yet")
        self.draft = self.model.reopen(self.table, key)
        self._show()
        next(iter(self.fields.values())).focus()
        return f"{self._called(key)} is in the fields. What you change is saved."

    def _drop(self) -> str:
        key = self._chosen()
        self.model.drop_form(self.table, key)
        if key == self.draft.key:
            self._renew({n: self.draft.values.get(n, "") for n in _KEPT[self.table]})
        self._show_list()
        return f"{self._called(key)} is taken out. The trail keeps it."

    def _chosen(self) -> Key:
        if self.sofar.value is None:
            raise InputError("none is chosen", fix="Choose one in the list.")
        return tuple(self.sofar.value)

    def _called(self, key: Key) -> str:
        return key[0] if len(key) == 1 else f"{key[0]}, step {key[1]}"

    def _renew(self, values: dict[str, str]) -> None:
        self.draft = self.model.form(self.table, **values)
        self._show()

    def _written(self) -> list[str]:
        skip = {*TABLES[self.table].key, "at", "site", "contract"}
        return [text for name, text in self.draft.values.items() if name not in skip and text.strip()]

    def _show(self) -> None:
        self._filling = True
        for name, widget in self.fields.items():
            value = self.draft.values.get(name, "")
            if isinstance(widget, w.Dropdown) and value not in [key for _, key in widget.options]:
                widget.options = [*widget.options, (value, value)]
            widget.value = value
        self._filling = False
        self.name.value = note(self._called(self.draft.key))
        self._show_list()

    def _show_list(self) -> None:
        options = []
        for one in self.model.forms(self.table):
            key = self.model.desk.key(self.table, one)
            about = f"{self._called(key)}  {one.get('site', '')}  {one[_HEADLINE[self.table]]}"
            options.append((shortened(about, 110), key))
        offer(self.sofar, options)

    def _typed(self, name: str, value: str) -> None:
        if self._filling:
            return
        self.draft.values[name] = value
        if self._written() or self.draft.saved:
            self.said.say("Typing …")
            self.autosave.touch()

    def _save(self) -> bool:
        if not self._ready():
            self.said.say("Not saved yet: write your role or initials at the top.", trouble=True)
            return False
        saved = self.model.save_form(self.draft)
        self.name.value = note(self._called(self.draft.key))
        if saved:
            self._show_when()
            self._show_list()
        self.said.say("Saved." if saved else self.draft.trouble, trouble=not saved)
        return saved or bool(self.draft.missing) or self.draft.theirs is not None

    def _show_when(self) -> None:
        """The time is that of the first words, where nobody wrote another."""
        if "at" in self.fields and not self.fields["at"].value.strip():
            self._filling = True
            self.fields["at"].value = self.draft.values.get("at", "")
            self._filling = False

    def _fields(self) -> dict[str, Any]:
        contracts = [(one.name, one.id) for one in self.model.desk.engagement.contracts]
        made: dict[str, Any] = {}
        if self.table == "walkthroughs":
            made["site"] = self._site()
            made["contract"] = field(w.Dropdown, "Contract", options=[("not said", ""), *contracts])
        for one in self.form.fields:
            if one.id == "site":
                made["site"] = self._site()
            elif one.id == "contract":
                made["contract"] = field(w.Dropdown, one.label, options=[("not said", ""), *contracts])
            elif one.choices:
                choices = [("not said", ""), *((choice, choice) for choice in one.choices)]
                made[one.id] = field(w.Dropdown, one.label, options=choices)
            elif one.lines > 1:
                made[one.id] = area(one.label, rows=one.lines, hint=one.hint)
            else:
                hint = "set when saved" if one.id == "at" else one.hint
                made[one.id] = field(w.Text, one.label, placeholder=hint)
        return made

    def _site(self) -> Any:
        return field(w.Combobox, "Site", options=self.model.sites(), ensure_option=False)
