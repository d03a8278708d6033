"""The coding notebook's one call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cell import cell

if TYPE_CHECKING:
    from .desk import Desk


def coding(
    engagement: str | Path,
    run: str | Path = "",
    *,
    who: str = "",
    blind: bool = False,
    interactive: bool | None = None,
) -> Any:
    """Return the coding widget; a static summary where nobody can click.

    Parameters and errors are those of :func:`reviewkit.widgets.cell.cell`; with ``blind`` the drawn sample
    is shown, without suggestions and without what others coded.
    """

    def screen(desk: Desk) -> Any:
        from .coding_model import CodingModel
        from .coding_view import CodingView

        return CodingView(CodingModel(desk, blind=blind)).widget

    def summary() -> Any:
        from .summary import TABLES_READ, coding_summary, standing

        return coding_summary(*standing(engagement, run, TABLES_READ))

    return cell(engagement, run, who, interactive, screen=screen, summary=summary)
