"""All traps looked for at once."""

from __future__ import annotations

from collections.abc import Callable

from .blanks import blank_scores
from .closing import selected_by_closing
from .gaps import gaps
from .hangups import hang_ups
from .mergers import mergers
from .small import small_denominators
from .startup import start_up
from .trap import Looked, Trap

TRAPS: tuple[Callable[[Looked], Trap | None], ...] = (
    selected_by_closing,
    hang_ups,
    blank_scores,
    mergers,
    start_up,
    gaps,
    small_denominators,
)
"""Every trap, the most misleading first."""


def find_traps(looked: Looked) -> list[Trap]:
    """Return the traps that are there, the most misleading first.

    >>> from reviewkit.model import Engagement
    >>> find_traps(Looked(Engagement(id="e", name="E", client="E", purpose="P", data_as_of="2025-06-30",
    ...                              data=".")))
    []
    """
    return [found for trap in TRAPS if (found := trap(looked))]
