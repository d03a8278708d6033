"""The decision notebook's two calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cell import cell

if TYPE_CHECKING:
    from ..desk import Desk


def decide(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the decision screen; a static summary where nobody can click.

    Parameters and errors are those of :func:`reviewkit.widgets.cell.cell`.
    """

    def screen(desk: Desk) -> Any:
        from .model import DecideModel
        from .screen import Screen

        return Screen(DecideModel(desk)).widget

    def static() -> Any:
        from .item import SORTS
        from .static import standing, summary

        return summary("decide", tuple(SORTS), *standing(engagement, run))

    return cell(engagement, run, who, interactive, screen=screen, summary=static)


def wording(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the screen for bottom lines, headlines and main points; a static summary where nobody can click.

    Parameters and errors are those of :func:`reviewkit.widgets.cell.cell`.
    """

    def screen(desk: Desk) -> Any:
        from .model import DecideModel
        from .wording_screen import WordingScreen

        return WordingScreen(DecideModel(desk, kind="words")).widget

    def static() -> Any:
        from .static import WORDS, standing, summary

        return summary("wording", WORDS, *standing(engagement, run))

    return cell(engagement, run, who, interactive, screen=screen, summary=static)
