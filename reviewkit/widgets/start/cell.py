"""The start screen, or its table where nobody can click."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reviewkit.steps.workbench import find_params

from ..cell import clicks
from .state import Tracker

ENGAGEMENT = "REVIEWKIT_ENGAGEMENT"
"""Which engagement the start screen begins with."""


def screen(
    engagement: str | Path,
    run: str | Path,
    tracker: Tracker,
    desks: Mapping[str, Path],
    *,
    interactive: bool | None = None,
) -> Any:
    """Return the start screen; the tracker as a table where nobody can click.

    Parameters
    ----------
    engagement : picked at first. run : folder of a run, which always gets the table.
    tracker : says how an engagement stands. desks : notebooks to work in, by what they are for.
    """
    if clicks(run, interactive):
        from .model import StartModel
        from .screen import Screen

        return Screen(StartModel(tracker, desks, os.environ.get(ENGAGEMENT, "") or engagement)).widget
    from .static import table

    return table(tracker(find_params(engagement)))
