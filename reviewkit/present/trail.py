"""From a statement to what it rests on: names of places on the evidence page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from markupsafe import Markup

_page: ContextVar[str] = ContextVar("page", default="")


def anchor(finding_id: str) -> str:
    """Return the id of a finding's place on the evidence page.

    >>> anchor("1.1/opinion/fcr")
    'f-1.1-opinion-fcr'
    """
    return "f-" + re.sub(r"[^A-Za-z0-9._-]+", "-", finding_id)


def trail_link(finding_id: str, words: str = "evidence") -> Markup:
    """Return the link from a statement to its place on the evidence page.

    >>> "evidence.html#f-1.1-opinion-fcr" in trail_link("1.1/opinion/fcr")
    True
    """
    return Markup(
        '<a class="rk-trail" href="evidence.html#{}">{}<span class="rk-hidden"> for {}</span></a>'
    ).format(anchor(finding_id), words, finding_id)


@contextmanager
def on_page(number: str) -> Iterator[None]:
    """Have what is shown meanwhile, and names no finding of its own, lead to what the step rests on."""
    before = _page.set(number)
    try:
        yield
    finally:
        _page.reset(before)


def basis_link(finding_id: str = "") -> Markup:
    """Return the link to a finding or, where none is named, to what the page as a whole rests on.

    Empty where nothing is known of the page.

    >>> basis_link()
    Markup('')
    >>> with on_page("1.1"):
    ...     "evidence.html#f-1.1" in basis_link()
    True
    """
    place = finding_id or _page.get()
    return trail_link(place) if place else Markup("")
