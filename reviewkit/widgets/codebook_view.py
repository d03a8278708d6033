"""The codebook beside the remark: find a code, read when it is used, give it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.content import Code, Codebook

from .parts import button, field, panel, safe, shortened


class CodebookView:
    """A list of codes by name, with heading and definition of the one chosen.

    Parameters
    ----------
    give : called with the id of a code that the analyst gives.
    """

    def __init__(self, codebook: Codebook, give: Callable[[str], None]) -> None:
        self.codebook, self._give = codebook, give
        self.find = field(w.Text, "Find a code", placeholder="word of its name or definition")
        self.codes = field(w.Select, "Codes", options=self._options(""), rows=11, tooltip="Codes by name")
        self.meaning = w.HTML()
        self.add = button("Give this code", self._press, main=True, hint="Give the remark the code chosen")
        self.find.observe(self._filter, "value")
        self.codes.observe(lambda _: self._explain(), "value")
        self.widget = panel(self.find, self.codes, self.add, self.meaning)
        self._explain()

    @property
    def chosen(self) -> str:
        """The id of the code chosen; empty where none is."""
        return str(self.codes.value or "")

    def choose(self, code: str) -> None:
        """Choose a code, such as the one that is suggested."""
        if code not in [value for _, value in self.codes.options]:
            self.find.value = ""
        if code in self.codebook.codes:
            self.codes.value = code

    def _press(self) -> None:
        self._give(self.chosen)

    def _filter(self, change: Any) -> None:
        self.codes.options = self._options(change["new"])
        self._explain()

    def _options(self, wanted: str) -> list[tuple[str, str]]:
        """Codes in which all words wanted occur; a heading finds its codes."""
        sought = wanted.casefold().split()
        return [
            (shortened(code.name, 40), code.id)
            for code in sorted(self.codebook.codes.values(), key=lambda one: one.name.casefold())
            if all(word in self._said_of(code) for word in sought)
        ]

    def _explain(self) -> None:
        code = self.codebook.codes.get(self.chosen)
        if code is None:
            self.meaning.value = safe("<p>{}</p>", "No code has these words.")
            return
        self.meaning.value = safe(
            '<p class="rkw-name">{}</p><p class="rkw-quiet">{}</p><p>{}</p>'
            "<p><b>Use it when:</b> {}</p><p><b>Not when:</b> {}</p>",
            code.name,
            self.codebook.headings[code.heading].name,
            code.definition,
            code.use_when,
            code.not_when,
        )

    def _said_of(self, code: Code) -> str:
        heading = self.codebook.headings[code.heading].name
        return f"{code.name} {heading} {code.definition} {' '.join(code.cues)}".casefold()
