"""The quotes notebook's one call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TABLES = ("remarks", "customer_feedback", "participants", "stakeholders", "quotes")

"""Tables that say what may be quoted."""


def quotes(
    engagement: str | Path, run: str | Path = "", *, who: str = "", interactive: bool | None = None
) -> Any:
    """Return the review screen; a static summary where nobody can click.

    Parameters
    ----------
    engagement : id of an engagement in ``params/``, or the path of a params file.
    run : folder of a run, which always gets the summary.
    who : role of the analyst; ``REVIEWKIT_ANALYST`` or a field says so where left out.
    interactive : force the screen or the summary.

    Raises
    ------
    InputError : the engagement or its evidence cannot be read.
    """
    from ..frontend import is_interactive

    if interactive if interactive is not None else is_interactive(run):
        from ..desk import Desk
        from .model import ReviewModel
        from .screen import Screen

        return Screen(ReviewModel(Desk(engagement, who))).widget
    from .static import review_summary

    return review_summary(engagement, run)
