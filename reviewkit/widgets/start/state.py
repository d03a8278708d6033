"""What the tracker shows of an engagement: how each step stands, and why.

What a step depends on is known where runs are made, which no widget may import: the start screen is
given a function that tells how an engagement stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["done", "by_hand", "stale", "failed", "waiting", "running", "not_run"]
STATES: dict[State, str] = {
    "done": "Done",
    "by_hand": "Done by hand",
    "stale": "Out of date",
    "failed": "Failed",
    "waiting": "Waiting for evidence",
    "running": "Running",
    "not_run": "Not run yet",
}
"""The states of a step, and what the screen calls them."""


@dataclass(frozen=True)
class StepState:
    """How one step stands: its state, why in words, and the notebook that a run would use."""

    number: str
    title: str
    notebook: Path
    place: str
    state: State
    why: str = ""


@dataclass(frozen=True)
class Tracked:
    """How an engagement stands: ``said`` is a sentence on its newest run, ``home`` the folder of results."""

    name: str
    params: Path
    home: Path
    said: str
    steps: tuple[StepState, ...]

    def count(self, state: State) -> int:
        """Return how many steps are in a state."""
        return sum(one.state == state for one in self.steps)

    @property
    def counted(self) -> str:
        """How many steps are in each state, in words; states that no step is in are left out.

        >>> step = StepState("1.1", "", Path("a"), "a", "done")
        >>> Tracked("acme", Path("p"), Path("r"), "", (step, step)).counted
        '2 done'
        """
        counts = {name: self.count(name) for name in STATES}
        return ", ".join(f"{counts[name]} {STATES[name].lower()}" for name in STATES if counts[name])


Tracker = Callable[[Path], Tracked]
"""Returns how the engagement of a params file stands, or raises an ``InputError`` that says why it cannot."""
