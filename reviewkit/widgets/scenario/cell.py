"""The scenario notebook's one call."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def scenario(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the scenario desk; a static summary where nobody can click.

    Parameters
    ----------
    engagement : id of an engagement in ``params/``, or the path of a params file.
    run : folder of a run, which always gets the summary.
    who : role or initials of the analyst; ``REVIEWKIT_ANALYST`` or a field says so where left out.
    interactive : force the widget or the summary.

    Raises
    ------
    InputError : the engagement or its evidence cannot be read; the widget says so in words instead.
    """
    from ..frontend import is_interactive

    if interactive if interactive is not None else is_interactive(run):
        from ..desk import Desk
        from ..parts import in_words
        from .screen import Screen

        return in_words(lambda: Screen(Desk(engagement, who)).widget)
    from .static import scenario_summary

    return scenario_summary(engagement, run)
