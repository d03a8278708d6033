"""The capture notebook's one call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cell import cell

if TYPE_CHECKING:
    from .desk import Desk


def capture(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the widget for notes and forms; a static summary where nobody can click.

    Parameters and errors are those of :func:`reviewkit.widgets.cell.cell`.
    """

    def screen(desk: Desk) -> Any:
        from .capture_model import CaptureModel
        from .capture_view import CaptureView

        return CaptureView(CaptureModel(desk)).widget

    def summary() -> Any:
        from .summary import CAPTURE_TABLES, capture_summary, standing

        return capture_summary(standing(engagement, run, CAPTURE_TABLES)[0])

    return cell(engagement, run, who, interactive, screen=screen, summary=summary)
