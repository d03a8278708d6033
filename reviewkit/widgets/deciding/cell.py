"""The decision notebook's two calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def decide(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the decision screen; a static summary where nobody can click.

    Parameters
    ----------
    engagement : id of an engagement in ``params/``, or the path of a params file.
    run : folder of a run, which always gets the summary.
    who : role or initials of the analyst who writes; ``REVIEWKIT_ANALYST`` or a field says so where left out.
    interactive : force the screen or the summary.

    Raises
    ------
    InputError : the engagement or its evidence cannot be read; the screen says so in words instead.
    """
    from .item import SORTS

    if _clicks(run, interactive):
        from ..desk import Desk
        from ..parts import in_words
        from .model import DecideModel
        from .screen import Screen

        return in_words(lambda: Screen(DecideModel(Desk(engagement, who))).widget)
    from .static import standing, summary

    return summary("decide", tuple(SORTS), *standing(engagement, run))


def wording(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the screen for bottom lines, headlines and main points; as :func:`decide` otherwise."""
    if _clicks(run, interactive):
        from ..desk import Desk
        from ..parts import in_words
        from .model import DecideModel
        from .wording_screen import WordingScreen

        return in_words(lambda: WordingScreen(DecideModel(Desk(engagement, who), kind="words")).widget)
    from .static import WORDS, standing, summary

    return summary("wording", WORDS, *standing(engagement, run))


def _clicks(run: str | Path, interactive: bool | None) -> bool:
    from ..frontend import is_interactive

    return interactive if interactive is not None else is_interactive(run)
