"""What every notebook's one call does: a widget where somebody can click, else a static summary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .frontend import is_interactive

if TYPE_CHECKING:
    from .desk import Desk


def clicks(run: str | Path, interactive: bool | None) -> bool:
    """Whether a widget is shown: as forced, else where somebody sits before the notebook.

    >>> clicks("runs/acme/latest", None), clicks("runs/acme/latest", True)
    (False, True)
    """
    return interactive if interactive is not None else is_interactive(run)


def cell(
    engagement: str | Path,
    run: str | Path,
    who: str,
    interactive: bool | None,
    *,
    screen: Callable[[Desk], Any],
    summary: Callable[[], Any],
) -> Any:
    """Return the widget of an analyst's desk, or the summary where nobody can click.

    Parameters
    ----------
    engagement : id of an engagement in ``params/``, or the path of a params file.
    run : folder of a run, which always gets the summary.
    who : role or initials of the analyst; ``REVIEWKIT_ANALYST`` or a field says so where left out.
    interactive : force the widget or the summary.
    screen, summary : make the one and the other; neither is made, nor imported, where it is not shown.

    Raises
    ------
    InputError : where nobody can click, the engagement or its evidence cannot be read; a widget says so
        in words instead.
    """
    if not clicks(run, interactive):
        return summary()
    from .desk import Desk
    from .parts import in_words

    return in_words(lambda: screen(Desk(engagement, who)))
