"""What an analyst did here and may take back, also after the kernel was restarted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reviewkit.evidence.store import Conflict
from reviewkit.model import InputError

from .desk import LOOKED_AT, Desk, Key

Change = Mapping[str, Any]
_UNDO = "undo of "


class Undoing:
    """The things one analyst did in the evidence store, last first out.

    Parameters
    ----------
    ours : says of a change in the trail whether it was made here. Others made in the workbench, such as
        notes of an interview by the same analyst, are not offered.
    """

    def __init__(self, desk: Desk, ours: Callable[[Change], bool]) -> None:
        self.desk, self._ours = desk, ours
        self.done: list[tuple[str, str]] = []

    def restore(self) -> None:
        """Find in the trail what can be undone."""
        changes = self.desk.store().changes(last=LOOKED_AT)
        mine = [change for change in changes if change["by"] == self.desk.who]
        undone = {c["why"].removeprefix(_UNDO) for c in mine if c["why"].startswith(_UNDO)}
        found = {
            change["batch"]: change["why"]
            for change in mine
            if change["batch"].startswith("wb-")
            and not change["why"].startswith(_UNDO)
            and self._ours(change)
        }
        self.done = [(batch, why) for batch, why in found.items() if batch not in undone]

    def add(self, batch: str, why: str) -> None:
        """Note a thing that was done; the same batch again is the same thing."""
        if not any(batch == known for known, _ in self.done):
            self.done.append((batch, why))

    @property
    def last(self) -> str:
        """What would be undone, in words; empty where nothing can be."""
        return self.done[-1][1] if self.done else ""

    def undo(self) -> list[tuple[str, Key]]:
        """Take the last thing back; return the tables and keys of the rows it was about.

        Raises
        ------
        Conflict : somebody changed a row of it since; it is no longer offered.
        InputError : nothing can be undone, or the store cannot be written to.
        """
        if not self.done:
            raise InputError("there is nothing to undo")
        batch, _ = self.done[-1]
        try:
            made = self.desk.undo(batch)
        except Conflict:
            self.done.pop()
            raise
        self.done.pop()
        return made
