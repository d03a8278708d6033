"""Long work beside the kernel's own: told while it runs, and given up when somebody says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

import ipywidgets as w

from reviewkit.model import InputError

from .parts import Said, button, row, safe
from .telling import told

T = TypeVar("T")
TICK_SECONDS = 0.5


class Work:
    """A line that says what is being done and for how long, with a button that gives it up.

    Its height stays, whether something is done or not. Where no event loop runs (a script, a test) work
    is done at once.

    Parameters
    ----------
    said : where it is told what went wrong.
    stop : interrupts the work that runs, as far as that can be done.

    Examples
    --------
    >>> found = []
    >>> Work(Said()).start("Counting", lambda: 2 + 2, found.append)
    >>> found
    [4]
    """

    def __init__(self, said: Said, stop: Callable[[], object] = lambda: None) -> None:
        self.said, self._stop = said, stop
        self._task: asyncio.Task[None] | None = None
        self.line = w.IntProgress(value=0, min=0, max=20, layout=w.Layout(width="10rem", visibility="hidden"))
        self.telling = w.HTML()
        self.give_up = button(
            "Cancel", self.cancel, icon="stop", hint="Give up what is being done", at_once=True
        )
        self.give_up.layout.visibility = "hidden"
        self.widget = row(self.line, self.give_up, self.telling)
        self.widget.layout.height = "34px"
        self.widget.layout.overflow = "hidden"

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._task is not None

    def start(self, what: str, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Do ``work`` off the loop, then hand what it made to ``then``; what runs already is given up."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._at_once(work, then)
            return
        if self.busy:
            self._end(stop=True)
        self._task = loop.create_task(self._watched(what, work, then))

    def cancel(self) -> None:
        """Give up what is being done; what was shown before stays."""
        if self.busy:
            self._end(stop=True)
            self.said.say("Cancelled. What is shown is what was there before.")

    def _at_once(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        try:
            then(work())
        except Exception as error:  # noqa: BLE001 - every database has errors of its own
            self.said.say(in_words(error), trouble=True)

    async def _watched(self, what: str, work: Callable[[], T], then: Callable[[T], object]) -> None:
        mine = asyncio.current_task()
        began = time.monotonic()
        doing = asyncio.ensure_future(asyncio.to_thread(work))
        try:
            while not (await asyncio.wait({doing}, timeout=TICK_SECONDS))[0]:
                self._tick(what, time.monotonic() - began)
            found = doing.result()
        except asyncio.CancelledError:
            doing.add_done_callback(_let_go)
            raise
        except Exception as error:  # noqa: BLE001 - every database has errors of its own
            if self._task is mine:
                self._end()
                self.said.say(in_words(error), trouble=True)
            return
        if self._task is mine:
            self._end()
            self._at_once(lambda: found, then)

    def _tick(self, what: str, seconds: float) -> None:
        for part in (self.line, self.give_up):
            part.layout.visibility = "visible"
        self.line.value = int(seconds / TICK_SECONDS) % (self.line.max + 1)
        self.telling.value = safe('<p role="status">{} … {} s</p>', what, f"{seconds:.0f}")

    def _end(self, *, stop: bool = False) -> None:
        task, self._task = self._task, None
        for part in (self.line, self.give_up):
            part.layout.visibility = "hidden"
        self.telling.value = ""
        if stop and task is not None:
            task.cancel()
            self._stop()


def in_words(error: Exception) -> str:
    """Return what went wrong for the person who asked: no trace, no address.

    >>> in_words(ValueError("no such column"))
    'That could not be worked out: no such column. What is shown is what was there before.'
    """
    if isinstance(error, InputError):
        return told(error)
    first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return f"That could not be worked out: {first[:200]}. What is shown is what was there before."


def _let_go(doing: asyncio.Future[Any]) -> None:
    """Take note of how abandoned work ended, which nobody asks any more."""
    if not doing.cancelled():
        doing.exception()
