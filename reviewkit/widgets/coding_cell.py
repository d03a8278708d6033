"""The coding notebook's one call."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def coding(
    engagement: str | Path,
    run: str | Path = "",
    *,
    who: str = "",
    blind: bool = False,
    interactive: bool | None = None,
) -> Any:
    """Return the coding widget; a static summary where nobody can click.

    Parameters
    ----------
    engagement : id of an engagement in ``params/``, or the path of a params file.
    run : folder of a run, which always gets the summary.
    who : role or initials of the analyst; ``REVIEWKIT_ANALYST`` or a field says so where left out.
    blind : show the drawn sample, without suggestions and without what others coded.
    interactive : force the widget or the summary.

    Raises
    ------
    InputError : the engagement or its evidence cannot be read; the widget says so in words instead.
    """
    from .frontend import is_interactive

    if interactive if interactive is not None else is_interactive(run):
        from .coding_model import CodingModel
        from .coding_view import CodingView
        from .desk import Desk
        from .parts import in_words

        return in_words(lambda: CodingView(CodingModel(Desk(engagement, who), blind=blind)).widget)
    from .summary import TABLES_READ, coding_summary, standing

    return coding_summary(*standing(engagement, run, TABLES_READ))
