"""The start notebook's one call: the tracker laid into the start screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reviewkit.widgets.start.cell import screen

from .notebooks import workbench_notebook
from .tracker import tracked

DESKS = {
    "capture": "Capture notes, observations, walk-throughs",
    "coding": "Code remarks",
    "quotes": "Approve quotes",
    "decide": "Decide, and edit words",
    "explore": "Explore measures, themes and journeys",
    "scenario": "Try what recommendations would bring",
}
"""Notebooks to work in, and what for."""


def start(engagement: str | Path = "", run: str | Path = "", *, interactive: bool | None = None) -> Any:
    """Return the start screen: pick an engagement, see its steps, open one with its parameters set.

    Parameters
    ----------
    engagement : id of an engagement in ``params/`` or path of a params file, picked at first; the
        environment variable ``REVIEWKIT_ENGAGEMENT``, which ``reviewkit lab`` sets, goes before it.
    run : folder of a run, which always gets the table alone.
    interactive : force the screen or the table.

    Raises
    ------
    InputError : where nobody can click, the engagement cannot be read; the screen says so in words instead.
    """
    desks = {told: workbench_notebook(name) for name, told in DESKS.items()}
    return screen(engagement, run, tracked, desks, interactive=interactive)
