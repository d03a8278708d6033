"""Small signs beside words: the shape says what the colour says, and the words say it again."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from .words import ASSURANCE, VARIATION

SIGNS: Mapping[str, str] = {
    "improvement": "◆",
    "concern": "▲",
    "common_cause": "●",
    "neutral": "■",
    "neutral_high": "■",
    "neutral_low": "■",
    "passes": "✓",
    "fails": "✕",
    "hit_or_miss": "~",
}


def icon(tone: str) -> Markup:
    """Return the sign of a variation or an assurance, hidden from screen readers.

    >>> str(icon("concern"))
    '<span class="rk-icon rk-concern" aria-hidden="true">▲</span>'
    >>> str(icon(""))
    ''
    """
    if tone not in SIGNS:
        return Markup("")
    return Markup('<span class="rk-icon rk-{}" aria-hidden="true">{}</span>').format(tone, SIGNS[tone])


def with_words(tone: str) -> Markup:
    """Return the sign followed by what it means.

    >>> str(with_words("passes"))
    '<span class="rk-icon rk-passes" aria-hidden="true">✓</span>meets the target consistently'
    """
    words = VARIATION.get(tone) or ASSURANCE.get(tone, "")
    return icon(tone) + words
