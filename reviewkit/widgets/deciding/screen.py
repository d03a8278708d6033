"""The decision screen: what was found, what the rule says, what people decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ipywidgets as w

from ..drafts import Typed
from ..parts import area, button, field, root, row, shown
from .frame import Frame
from .item import SORTS, Kind
from .model import DecideModel
from .recording import Given, choice


class Screen(Frame):
    """The widget of :class:`~.model.DecideModel`; what is typed is kept as a draft until it is saved."""

    def __init__(self, model: DecideModel) -> None:
        super().__init__(model)
        kinds = [(sort.told, kind) for kind, sort in SORTS.items()]
        self.kind = field(w.Dropdown, "Decide on", options=kinds, value=model.kind, width="26rem")
        self.kind.observe(lambda change: self._turned(lambda: self._kind(change["new"])), "value")
        self.value = field(w.Dropdown, "Decision", options=[("", "")], width="24rem")
        self.role = field(w.Text, "Decided by (role)", value="", width="24rem")
        self.on = field(w.DatePicker, "On", value=dt.date.today(), width="14rem")
        self.reason = area("Why", rows=2, hint="What speaks for it")
        self.words = area("New words", rows=2, hint="Where the decision puts it in other words")
        self.dissent = area("Dissent", rows=1, hint="Who disagreed, by role, and why")
        for typed in (self.value, self.role, self.reason, self.words, self.dissent):
            typed.observe(lambda _: self._keep(), "value")
        self.save = button("Save decision", lambda: self.do(self._save), main=True, icon="check")
        fields = (
            row(self.value, self.role, self.on),
            self.reason,
            self.words,
            self.dissent,
            row(self.save, self.undo),
        )
        self.widget = root(self.laid_out(*fields, head=(self.kind,)))
        self.do(lambda: "" if model.results.findings else model.reload())

    def fill(self, typed: Typed) -> None:
        """Fill the fields for what is in hand."""
        item = self.model.current
        assert item is not None, "only what is in hand has fields"
        decided = self.model.decided(item)
        self._choices(self.model.kind)
        held = {"value": decided.value, "reason": decided.reason} if decided else {}
        held |= {"words": decided.words, "dissent": decided.dissent, "role": decided.role} if decided else {}
        held |= typed
        known = [value for _, value in self.value.options]
        value = held.get("value", "")
        self.value.value = value if value in known else ""
        self.role.value = held.get("role", "") or self.model.role
        self.reason.value, self.dissent.value = held.get("reason", ""), held.get("dissent", "")
        self.words.value = held.get("words", "")
        self._needed()

    def _choices(self, kind: Kind) -> None:
        options = [("Choose …", ""), *((one.told, one.value) for one in SORTS[kind].choices)]
        if list(self.value.options) != options:
            self.value.options = options
        shown(self.dissent, SORTS[kind].dissent)
        shown(self.words, any(one.words for one in SORTS[kind].choices))

    def _needed(self) -> None:
        chosen = choice(self.model.kind, self.value.value)
        self.words.disabled = chosen is None or not chosen.words  # it stays where it is: nothing jumps
        item = self.model.current
        if chosen is not None and chosen.words and not self.words.value and item is not None:
            self.words.value = item.says

    def _keep(self) -> None:
        if not self.filling:
            self._needed()
            self.model.keep(self._typed())

    def _typed(self) -> Typed:
        names: dict[str, Any] = {"value": self.value, "role": self.role, "reason": self.reason}
        names |= {"words": self.words, "dissent": self.dissent}
        return {name: str(widget.value or "") for name, widget in names.items()}

    def _save(self) -> str:
        return self.model.decide(Given(**self._typed(), on=self.on.value))

    def _kind(self, kind: Kind) -> str:
        self.model.current = None
        self.model.choose(kind, self.model.show)
        return "" if self.model.order else "There is nothing of this kind."
