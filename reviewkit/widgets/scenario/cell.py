"""The scenario notebook's one call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cell import cell

if TYPE_CHECKING:
    from ..desk import Desk


def scenario(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the scenario desk; a static summary where nobody can click.

    Parameters and errors are those of :func:`reviewkit.widgets.cell.cell`.
    """

    def screen(desk: Desk) -> Any:
        from .screen import Screen

        return Screen(desk).widget

    def summary() -> Any:
        from .static import scenario_summary

        return scenario_summary(engagement, run)

    return cell(engagement, run, who, interactive, screen=screen, summary=summary)
