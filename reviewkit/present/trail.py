"""From a statement to what it rests on: names of places on the evidence page."""

from __future__ import annotations

import re

from markupsafe import Markup


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
