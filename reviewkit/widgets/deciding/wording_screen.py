"""The words screen: bottom lines, headlines and main points, edited where they stand."""

from __future__ import annotations

import ipywidgets as w

from ..drafts import Typed
from ..parts import area, button, field, root, row
from .frame import Frame
from .model import DecideModel
from .recording import Given


class WordingScreen(Frame):
    """The widget for words; what is typed is kept as a draft until it is saved."""

    def __init__(self, model: DecideModel) -> None:
        super().__init__(model)
        self.words = area("Your words", rows=4)
        self.role = field(w.Text, "Worded by (role)", width="24rem")
        for typed in (self.words, self.role):
            typed.observe(lambda _: self._keep(), "value")
        self.save = button("Save words", lambda: self.do(self._save), main=True, icon="check")
        self.back = button("Take the words of the analysis", lambda: self.do(self._back), icon="history")
        self.widget = root(self.laid_out(self.words, row(self.role, self.save, self.back), row(self.undo)))
        self.do(lambda: "" if model.results.findings else model.reload())

    def fill(self, typed: Typed) -> None:
        """Fill the fields for what is in hand."""
        item = self.model.current
        assert item is not None, "only what is in hand has fields"
        decided = self.model.decided(item)
        self.words.value = typed.get("words", "") or (decided.words if decided else item.says)
        self.role.value = typed.get("role", "") or self.model.role or (decided.role if decided else "")
        self.back.disabled = decided is None

    def _keep(self) -> None:
        item = self.model.current
        if self.filling or item is None:
            return
        decided = self.model.decided(item)
        same = self.words.value == (decided.words if decided else item.says)
        self.model.keep({} if same else {"words": self.words.value, "role": self.role.value})

    def _save(self) -> str:
        item = self.model.current
        if item is not None and self.words.value.strip() == item.says and self.model.decided(item) is None:
            return "These are the words of the analysis: there is nothing to save."
        return self.model.decide(Given("words", self.role.value, words=self.words.value))

    def _back(self) -> str:
        return self.model.decide(Given("words", self.role.value))
