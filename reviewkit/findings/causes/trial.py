"""One test of a cause that was run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .association import Association
from .presence import Presence


@dataclass(frozen=True)
class Trial:
    """One test that was run: what was compared and what came of it.

    ``words`` completes "… goes with the gap: <words>"; ``kind`` says how to read the effect
    (``series`` correlation, difference in ``rate`` or in survey ``points``); a test that only
    asks whether the condition is there has ``linked`` False and cannot support a cause. ``span``
    is what a series counts. ``at`` says whether the condition was there, given a site and when its gap
    began; without it the test speaks for every site.
    """

    test: str
    found: Association
    words: str
    kind: str = "series"
    linked: bool = True
    rows: str = ""
    span: str = "months"
    at: Callable[[str, object], Presence] | None = None
