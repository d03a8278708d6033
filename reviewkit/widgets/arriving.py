"""Presses wait for what was typed before them, which may arrive a moment after the press."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

QUIET_SECONDS = 0.3
"""How long nothing may have arrived before a press counts: the longest way there and back that is met."""
LEAST_SECONDS = 0.1
"""How long a press waits where nothing has arrived yet."""


def heard(widget: Any, *, written: bool) -> None:
    """Note from now on when something arrives from a field.

    The browser sends a change of a field only once the kernel has done with the one before, but a press at
    once: somebody quick, or a kernel that is busy, would save a word too few, or the code chosen before.

    Parameters
    ----------
    written : whether words are written in it; else something is chosen.
    """
    take = widget.set_state

    def taken(state: Mapping[str, Any]) -> None:
        _PRESSES.heard[written] = time.monotonic()
        take(state)

    widget.set_state = taken


def once_arrived(does: Callable[[], object], *, written_only: bool = False) -> None:
    """Do something as soon as what was typed before it is there; at once where no event loop runs.

    What was pressed first is done first.

    Parameters
    ----------
    written_only : wait for words alone, such as before another row is taken in hand.

    Examples
    --------
    >>> once_arrived(lambda: print("done"))
    done
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        does()
    else:
        _PRESSES.add(loop, does, written_only)


@dataclass
class _Presses:
    """What is to be done, in order, and when something arrived last: words, and what is chosen."""

    heard: dict[bool, float] = field(default_factory=lambda: {True: 0.0, False: 0.0})
    waiting: deque[tuple[Callable[[], object], bool, float]] = field(default_factory=deque)

    loop: asyncio.AbstractEventLoop | None = None

    def add(self, loop: asyncio.AbstractEventLoop, does: Callable[[], object], written_only: bool) -> None:
        if loop is not self.loop:  # what waited for another loop waits for nothing any more
            self.loop = loop
            self.waiting.clear()
        self.waiting.append((does, written_only, time.monotonic()))
        if len(self.waiting) == 1:
            self.go_on(loop)

    def go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        does, written_only, pressed = self.waiting[0]
        last = self.heard[True] if written_only else max(self.heard.values())
        due = last + QUIET_SECONDS if written_only else max(last + QUIET_SECONDS, pressed + LEAST_SECONDS)
        if (wait := due - time.monotonic()) > 0:
            loop.call_later(wait, self.go_on, loop)
            return
        try:
            does()
        finally:  # a press that fails holds up no other
            self.waiting.popleft()
            if self.waiting:
                loop.call_soon(self.go_on, loop)


_PRESSES = _Presses()
