"""Icons of variation and assurance: the shape says what the colour says, and words beside it say it again.

Variation stands in the shape that its points have in the charts: a diamond for improvement, a
triangle for concern, a circle for common cause, a square where no direction is wanted; the letter
inside says whether figures are high (H) or low (L). Assurance shows the range between the limits as
a bar, the target as a line, and whether it is passed (P), failed (F) or hit or miss (?). The idea is
that of NHS England's *Making Data Count*; the drawings are our own.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from .words import ASSURANCE, VARIATION

OUTLINES: Mapping[str, str] = {
    "improvement": "M12 1.5L22.5 12L12 22.5L1.5 12z",
    "concern": "M12 2L23 21.5H1z",
    "common_cause": "M12 2a10 10 0 1 0 .01 0z",
    "neutral": "M3 3H21V21H3z",
}
"""Shape of each kind of variation on a ground of 24 by 24."""
SHAPES: Mapping[str, str] = {
    "improvement": "diamond",
    "concern": "triangle",
    "common_cause": "circle",
    "neutral": "square",
}
"""What those shapes are called; any other is a cross."""
CROSS = "cross"
_LETTERS = {"high": "v{0}m{1} -{0}v{0}m-{1} -{2}h{1}", "low": "v{0}h{1}"}
_WAVE = "M6 13.5l3 -4l3 5l3 -5l3 4"
_DASH = "M8 12h8"
_CROSS = "M5 5L19 19M19 5L5 19"
_VERDICTS: Mapping[str, str] = {
    "passes": "M15.5 17V7h3a2.6 2.6 0 0 1 0 5.6h-3",
    "fails": "M15.5 17V7h5.5m-5.5 4.8h4.3",
    "hit_or_miss": "M15.5 9.2a2.7 2.7 0 1 1 3.9 2.6q-1.3 .7 -1.3 2.4m0 2.6v.4",
}
"""The letters P and F and a question mark."""
_BARS: Mapping[tuple[str, bool], tuple[str, str]] = {
    ("passes", True): ("M7 3V14", "M1 19.5H13"),
    ("passes", False): ("M7 10V21", "M1 4.5H13"),
    ("fails", True): ("M7 10V21", "M1 4.5H13"),
    ("fails", False): ("M7 3V14", "M1 19.5H13"),
    ("hit_or_miss", True): ("M7 3V21", "M1 12H13"),
    ("hit_or_miss", False): ("M7 3V21", "M1 12H13"),
}
"""The range between the limits and the target, where more is better or not."""


def icon(tone: str, *, side: str = "", higher_is_better: bool = True) -> Markup:
    """Return the icon of a variation or an assurance, hidden from screen readers.

    Parameters
    ----------
    tone : ``improvement``, ``concern``, ``common_cause``, ``neutral``, ``neutral_high``,
        ``neutral_low``, ``passes``, ``fails`` or ``hit_or_miss``; nothing is drawn for another.
    side : ``high`` or ``low``, where the signal has one.
    higher_is_better : on which side of the target the bar of an assurance stands.

    >>> print(icon("common_cause"))  # doctest: +ELLIPSIS
    <svg class="rk-icon rk-common_cause" aria-hidden="true" viewBox="0 0 24 24"><path class="rk-shape" ...
    >>> icon("improvement", side="high") != icon("improvement", side="low")
    True
    >>> str(icon(""))
    ''
    """
    if tone in _VERDICTS:
        bar, line = _BARS[tone, higher_is_better]
        parts = [("bar", bar), ("line", line), ("letter", _VERDICTS[tone])]
    else:
        kind = "neutral" if tone.startswith("neutral") else tone
        if kind not in OUTLINES:
            return Markup("")
        parts = [("shape", OUTLINES[kind]), ("letter", _inside(kind, side or tone.partition("_")[2]))]
    drawn = Markup("").join(
        Markup('<path class="rk-{}" d="{}"></path>').format(name, path) for name, path in parts if path
    )
    return Markup('<svg class="rk-icon rk-{}" aria-hidden="true" viewBox="0 0 24 24">{}</svg>').format(
        tone, drawn
    )


def with_words(
    tone: str, words: str = "", small: str = "", *, side: str = "", higher_is_better: bool = True
) -> Markup:
    """Return the icon with what it means beside it, and a small line below the words.

    >>> "</svg><span>meets the target consistently</span>" in with_words("passes")
    True
    """
    words = words or VARIATION.get(tone) or ASSURANCE.get(tone, "")
    return Markup('<span class="rk-reading">{}<span>{}{}</span></span>').format(
        icon(tone, side=side, higher_is_better=higher_is_better),
        words,
        Markup("<small>{}</small>").format(small) if small else "",
    )


def key(tone: str) -> Markup:
    """Return the filled shape that points of this meaning have in a chart, for the line below it.

    >>> "rk-concern" in key("concern")
    True
    """
    return Markup(
        '<svg class="rk-key rk-{}" aria-hidden="true" viewBox="0 0 24 24"><path d="{}"></path></svg>'
    ).format(tone, OUTLINES.get(tone, _CROSS))


def _inside(kind: str, side: str) -> str:
    """Return what stands inside a shape: a wave, the letter H or L, or for a square without a side a dash."""
    if kind == "common_cause":
        return _WAVE
    if side not in _LETTERS:
        return _DASH if kind == "neutral" else ""
    # A triangle has its room lower down.
    x, y, tall, wide = (9.6, 12.6, 6.2, 4.8) if kind == "concern" else (8.8, 7.6, 8.8, 6.4)
    return f"M{x} {y}" + _LETTERS[side].format(tall, wide, round(tall / 2, 1))
