"""Themes in JupyterLab: filters above, themes in a list, their remarks below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.model import InputError
from reviewkit.model.words import plural

from ..parts import Said, button, field, note, panel, row
from ..telling import told
from ..work import Work
from .themes_model import ATTRIBUTES, ThemesModel

_NAMES = {"prompting": "How it came up"}
_EVERY = "all"


class ThemesView:
    """The page of themes."""

    def __init__(self, model: ThemesModel, said: Said) -> None:
        self.model, self.said, self._filling = model, said, False
        self.work = Work(said)
        self.filters = {
            name: field(
                w.Dropdown, _NAMES.get(name, name.capitalize()), options=[(_EVERY, "")], width="15rem"
            )
            for name in ATTRIBUTES
        }
        for name, each in self.filters.items():
            each.observe(lambda change, name=name: self._filter(name, change["new"]), "value")
        self.themes = field(w.Select, "Theme", options=[], rows=10, width="100%")
        self.themes.observe(lambda change: self._theme(change["new"]), "value")
        self.remarks, self.summary = w.HTML(), w.HTML()
        self.clear = button("Clear filters", self._clear, icon="times")
        self.again = button(
            "Read again", self.open, hint="Read remarks and codes as they are now", icon="refresh"
        )
        below = w.Box([self.remarks], layout=w.Layout(height="24rem", overflow="auto"))
        below.add_class("rkx-found")
        head = row(*self.filters.values(), self.clear)
        self.widget = panel(head, row(self.again, self.summary, self.work.widget), self.themes, below)

    def open(self) -> None:
        """Read remarks and codes, off the loop."""
        self.model.read_again()
        self.work.start("Reading remarks", lambda: self.model.coded, lambda _: self._read())

    def _read(self) -> None:
        self._filling = True
        for name, each in self.filters.items():
            kept, values = each.value, self.model.choices(name)
            each.options = [(_EVERY, ""), *((value.replace("_", " "), value) for value in values)]
            each.value = kept if kept in values else ""
            self.model.chosen[name] = each.value
        self._filling = False
        self._show()

    def _show(self) -> None:
        self._filling = True
        kept, labels = self.themes.value, self.model.labels()
        self.themes.options = labels
        codes = [code for _, code in labels]
        self.themes.value = kept if kept in codes else (codes[0] if codes else None)
        self._filling = False
        self.summary.value = note(f"{plural(len(codes), 'theme')} among the remarks that fit.")
        self._theme(self.themes.value)

    def _filter(self, name: str, value: str) -> None:
        if not self._filling:
            self.model.chosen[name] = value
            self._do(self._show)

    def _clear(self) -> None:
        self._filling = True
        for name, each in self.filters.items():
            each.value = self.model.chosen[name] = ""
        self._filling = False
        self._do(self._show)

    def _theme(self, code: str | None) -> None:
        if self._filling:
            return
        if code is None:
            self.remarks.value = note("No theme fits these filters.")
            return
        self.remarks.value = self.model.table((code,), f"Remarks on {self.model.codebook.codes[code].name}")

    def _do(self, command: Callable[[], Any]) -> None:
        try:
            command()
        except InputError as error:
            self.said.say(told(error), trouble=True)
