"""The quotes notebook's one call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cell import cell

if TYPE_CHECKING:
    from ..desk import Desk

TABLES = ("remarks", "customer_feedback", "participants", "stakeholders", "quotes")
"""Tables that say what may be quoted."""


def quotes(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the review screen; a static summary where nobody can click.

    Parameters and errors are those of :func:`reviewkit.widgets.cell.cell`.
    """

    def screen(desk: Desk) -> Any:
        from .model import ReviewModel
        from .screen import Screen

        return Screen(ReviewModel(desk)).widget

    def summary() -> Any:
        from .static import review_summary

        return review_summary(engagement, run)

    return cell(engagement, run, who, interactive, screen=screen, summary=summary)
