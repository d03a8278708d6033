"""What an analyst did here and may take back, also after the kernel was restarted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reviewkit.evidence.store import Conflict
from reviewkit.model import InputError

from .desk import LOOKED_AT, Desk, Key, new_batch

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
            made = take_back(self.desk, batch)
        except Conflict:
            self.done.pop()
            raise
        self.done.pop()
        return made


def take_back(desk: Desk, batch: str) -> list[tuple[str, Key]]:
    """Take back what one batch did; return the tables and keys of its rows.

    Raises
    ------
    Conflict : a row of it is no longer as the batch left it.
    """
    store = desk.store()
    done = [change for change in store.changes(last=LOOKED_AT) if change["batch"] == batch]
    rows = {(change["table"], tuple(change["key"])): change for change in done}
    try:
        store.undo(batch, by=desk.signed())
    except Conflict as conflict:
        # What was changed and changed back is as the batch left it, though its version is another.
        if any(desk.now(*row).values != last["after"] for row, last in rows.items()):
            raise conflict from None
        _put_back(desk, done, f"{_UNDO}{batch}")
    for row in rows:
        desk.now(*row)
    return list(rows)


def _put_back(desk: Desk, done: Sequence[Change], why: str) -> None:
    first = {(change["table"], tuple(change["key"])): change["before"] for change in reversed(done)}
    batch = f"undo-{new_batch()}"
    for table in dict.fromkeys(table for table, _ in first):
        before = [values for (name, _), values in first.items() if name == table and values is not None]
        if before:
            desk.put(table, before, why=why, batch=batch)
    for (table, key), values in first.items():
        if values is None:
            desk.remove(table, key, why=why, batch=batch)
