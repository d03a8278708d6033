"""Who writes: asked at every start, since several people may share a machine."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w

from .frontend import remember, remembered
from .parts import button, field, row, shown


class WhoField:
    """The field for who writes, with a button for who wrote last on this machine.

    Parameters
    ----------
    who : who writes, where that is known for certain; a name that is only remembered is to be confirmed.
    changed : called with the name whenever it was said anew.
    """

    def __init__(self, who: str, changed: Callable[[str], None]) -> None:
        self.text = field(w.Text, "You are (role or initials)", value=who, width="21rem")
        self.text.continuous_update = False
        self.last = remembered()
        self.same = button(
            f"I am {self.last}",
            self._is_the_same,
            hint="Who wrote last on this machine",
        )
        shown(self.same, bool(self.last) and not who)
        self._changed = changed
        self.text.observe(lambda change: self._said(change["new"]), "value")
        self.widget = row(self.text, self.same)

    def _is_the_same(self) -> None:
        self.text.value = self.last

    def _said(self, who: str) -> None:
        if who.strip():
            remember(who)
            shown(self.same, False)
        self._changed(who.strip())
