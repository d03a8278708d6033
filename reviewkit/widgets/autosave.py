"""Saving while somebody types: a second late at the most, and again until it works."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable

SECONDS, RETRY_SECONDS = 0.7, 3.0


class Autosave:
    """Calls ``save`` shortly after :meth:`touch`; while it says False, again every few seconds.

    Where no event loop runs (a script, a test), it saves at once.

    Examples
    --------
    >>> saved = []
    >>> Autosave(lambda: saved.append("now") is None).touch()
    >>> saved
    ['now']
    """

    def __init__(self, save: Callable[[], bool]) -> None:
        self._save = save
        self._waiting: asyncio.TimerHandle | None = None
        atexit.register(self.flush)  # a kernel that is asked to restart saves first

    def touch(self) -> None:
        """Say that something was typed. Further typing does not put the saving off."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._save()
            return
        if self._waiting is None:
            self._waiting = loop.call_later(SECONDS, self._due)

    def flush(self) -> None:
        """Save now what waits to be saved."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
            self._save()

    def _due(self) -> None:
        self._waiting = None
        if not self._save():
            self._waiting = asyncio.get_running_loop().call_later(RETRY_SECONDS, self._due)
