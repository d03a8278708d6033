"""What both decision screens have: who writes, the list, the card, the line that says what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.model import InputError

from ..arriving import once_arrived
from ..drafts import Typed
from ..naming import WhoField
from ..parts import Said, button, field, note, panel, row, shortened, shown
from ..telling import told
from . import card
from .model import SHOW, DecideModel, Show

_LONGEST = 140


class Frame:
    """A list of what can be decided on, and a card of what is in hand; a screen adds its fields."""

    def __init__(self, model: DecideModel) -> None:
        self.model, self.said = model, Said()
        self.filling = False
        self.naming = WhoField(model.desk.who, lambda who: self.do(lambda: self._be(who)))
        self.which = field(
            w.Dropdown, "Show", options=[(told, name) for name, told in SHOW.items()], width="19rem"
        )
        self.which.observe(lambda change: self._turned(lambda: self._show(change["new"])), "value")
        self.list = field(w.Select, "List", options=[], rows=8)
        self.list.observe(lambda change: self._picked(change["new"]), "value")
        self.counted, self.about, self.since, self.history = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.again = button("Read again", lambda: self.do(self.model.reload), icon="refresh")
        self.undo = button("Undo", lambda: self.do(self.model.undo), icon="undo")
        self.card = panel(self.about, self.since, self.history)
        self.card.add_class("rkw-card")

    def _turned(self, turn: Callable[[], str]) -> None:
        once_arrived(lambda: self.do(turn), written_only=True)

    def laid_out(self, *fields: Any, head: tuple[Any, ...] = ()) -> Any:
        """Return all of it: the list stays where it is, whatever the card holds."""
        self.fields = panel(*fields)
        top = panel(row(self.naming.widget, self.again), row(*head, self.which), self.counted, self.list)
        return panel(top, self.card, self.fields, self.said.widget)

    def do(self, command: Callable[[], str]) -> None:
        """Run a command, show where things stand, and tell what happened or what went wrong."""
        try:
            text = command()
        except InputError as error:
            self.show()  # the figures may be others now; what was typed stays
            self.said.say(told(error), trouble=True)
            return
        self.show()
        self.said.say(text)

    def show(self) -> None:
        """Show the list and what is in hand."""
        model = self.model
        total, decided, changed = model.counts
        since = f", {changed} on figures that changed since" if changed else ""
        noun = "worded by people" if model.kind == "words" else "decided"
        self.counted.value = note(f"{total} in all, {decided} {noun}{since}; {len(model.order)} in the list.")
        self.undo.disabled = not model.last
        self.undo.description = shortened(f"Undo: {model.last}", 60) if model.last else "Undo"
        self.filling = True
        lines = [
            (shortened(card.title_of(one, model.decided(one), typed=model.is_typed(one)), _LONGEST), one.id)
            for one in model.order
        ]
        self.list.options = lines
        self.list.value = model.current.id if model.current and model.order else None
        self.filling = False
        for part in (self.card, self.fields):
            shown(part, model.current is not None)
        if model.current is not None:
            item = model.current
            self.about.value = card.told_of(item)
            meanwhile = card.MEANWHILE if model.is_behind(item) else ""
            self.since.value = card.since(item, model.decided(item)) + meanwhile
            self.history.value = card.history(item, model.earlier(item))
            self.filling = True
            self.fill(model.typed())
            self.filling = False

    def fill(self, typed: Typed) -> None:
        """Fill the fields for what is in hand: what was typed and not saved, else what holds."""
        raise NotImplementedError

    def _picked(self, name: str | None) -> None:
        if not self.filling and name:
            once_arrived(lambda: self._pick(name), written_only=True)

    def _pick(self, name: str) -> None:
        self.model.pick(name)
        self.show()
        self.said.say("")

    def _show(self, show: Show) -> str:
        self.model.current = None
        self.model.choose(self.model.kind, show)
        return "" if self.model.order else "There is nothing of this kind."

    def _be(self, who: str) -> str:
        self.model.be(who)
        return f"You are {who}." if who else "Write your role."
