"""Observation and walk-through forms, saved while they are filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.content import load_forms
from reviewkit.model import TABLES

from .autosave import Autosave
from .capture_model import CaptureModel
from .parts import Said, area, button, field, note, panel, row, safe

_FORMS = {"observations": "observation", "walkthroughs": "walkthrough"}
_KEPT = {"observations": ("site", "contract"), "walkthroughs": ("site", "contract", "walkthrough_id")}


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
        self.draft = model.form(table)
        self.form = load_forms()[_FORMS[table]]
        self.fields = self._fields()
        self.name = w.HTML()
        noun = "observation" if table == "observations" else "step"
        self.next = button(f"Next {noun}", lambda: self.start(), main=True, icon="plus")
        steps = [self.next]
        if table == "walkthroughs":
            steps.append(button("New walk", lambda: self.start(walkthrough_id=self.model.new_walk())))
        for name, widget in self.fields.items():
            widget.observe(lambda change, name=name: self._typed(name, change["new"]), "value")
        told = "".join(safe("<li>{}</li>", line) for line in self.form.instructions)
        guide = w.HTML(f"<details><summary>How to use this form</summary><ul>{told}</ul></details>")
        short = [f for f in self.fields.values() if not isinstance(f, w.Textarea)]
        long = [f for f in self.fields.values() if isinstance(f, w.Textarea)]
        self.widget = panel(guide, self.name, row(*short), *long, row(*steps), self.said.widget)
        self.start(first=True)

    def start(self, *, first: bool = False, **more: str) -> None:
        """Save what stands here and begin a new one at the same site."""
        if not first:
            self.autosave.flush()
            if not self.draft.is_saved and len(self._written()):
                self.said.say(self.draft.trouble or "Not saved yet.", trouble=True)
                return
        keep = {} if first else {n: self.draft.values.get(n, "") for n in _KEPT[self.table]}
        self.draft = self.model.form(self.table, **{**keep, **more})
        self._show()
        self.said.say("" if first else "Saved. A new one is begun.")

    def _written(self) -> list[str]:
        skip = {*TABLES[self.table].key, "at", "site", "contract"}
        return [text for name, text in self.draft.values.items() if name not in skip and text.strip()]

    def _show(self) -> None:
        self._filling = True
        for name, widget in self.fields.items():
            widget.value = self.draft.values.get(name, "")
        self._filling = False
        self.name.value = note(" · ".join(part for part in self.draft.key if part))

    def _typed(self, name: str, value: str) -> None:
        if self._filling:
            return
        self.draft.values[name] = value
        if self._written():
            self.said.say("Typing …")
            self.autosave.touch()

    def _save(self) -> bool:
        if not self._ready():
            self.said.say("Not saved yet: write your role or initials at the top.", trouble=True)
            return False
        saved = self.model.save_form(self.draft)
        self.name.value = note(" · ".join(part for part in self.draft.key if part))
        self.said.say("Saved." if saved else self.draft.trouble, trouble=not saved)
        return saved or bool(self.draft.missing) or self.draft.theirs is not None

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
                made[one.id] = field(w.Text, one.label, placeholder=one.hint)
        return made

    def _site(self) -> Any:
        return field(w.Combobox, "Site", options=self.model.sites(), ensure_option=False)
