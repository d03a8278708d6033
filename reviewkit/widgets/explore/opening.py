"""The evidence of an engagement opened for exploring, and whether it is still what it was."""

from __future__ import annotations

from pathlib import Path

from reviewkit.evidence import EvidenceSet
from reviewkit.model import sources_of

from ..desk import Desk
from ..presence import still_there


class Workbench:
    """Opens the evidence of the workbench: read and checked once, a connection of its own every time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder: Path | None = None

    def open(self) -> EvidenceSet:
        """Return the evidence; read anew where its files have changed since the last time, once renewed.

        Raises
        ------
        InputError : a file cannot be read or breaks the rules of its table.
        """
        if self._folder is None:
            from reviewkit.steps.workbench import open_review

            still_there(self._desk.params)
            self._folder = open_review(self._desk.params).evidence.folder
        return EvidenceSet(self._desk.engagement, self._folder)

    def renew(self) -> None:
        """Read and check the files again when the evidence is next opened."""
        self._folder = None


def signature(desk: Desk) -> dict[str, tuple[int, int]]:
    """Return when each file of the evidence was written, and how long it is; the store is not among them."""
    found = {}
    for name, source in sources_of(desk.engagement, desk.params).items():
        if source.file:
            found[name] = _state(desk.params.parent / desk.engagement.data / source.file)
    return found


def _state(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
