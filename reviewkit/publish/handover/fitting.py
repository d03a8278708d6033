"""Whether words fit a box, measured with a font that is wider than those they are shown in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PIL import ImageFont

LEADING = 1.2
"""Height of a line, as a share of the size of its letters."""


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    from matplotlib.font_manager import FontProperties, findfont

    return ImageFont.truetype(
        findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")), 100
    )


@cache
def _wide(word: str, bold: bool) -> float:
    return _font(bold).getlength(word) / 100


def lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes.

    Parameters
    ----------
    width : of the box, in points. size : of the letters, in points.

    Examples
    --------
    >>> lines("two words", 400, 12), lines("two words", 40, 12)
    (1, 2)
    """
    room, used, count = width / size, 0.0, 1
    blank = _wide(" ", bold)
    for word in text.split():
        long = _wide(word, bold)
        if used and used + blank + long > room:
            count, used = count + 1, 0.0
        used += long + (blank if used else 0.0)
        while used > room:  # a word wider than the box is broken
            count, used = count + 1, used - room
    return count


def height(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """Return the points a text takes from top to bottom."""
    return lines(text, width, size, bold=bold) * size * LEADING


def largest(
    texts: Sequence[str],
    width: float,
    room: float,
    sizes: Sequence[float],
    *,
    gap: float = 0.5,
    bold: bool = False,
) -> float | None:
    """Return the largest size at which paragraphs fit a box; None where none of the sizes does.

    Parameters
    ----------
    width, room : of the box, in points. sizes : from large to small. gap : after each paragraph, in lines.

    Examples
    --------
    >>> largest(["short"], 400, 40, (20, 14)), largest(["long " * 400], 400, 40, (20, 14))
    (20, None)
    """
    for size in sizes:
        if sum(height(text, width, size, bold=bold) + gap * size for text in texts) <= room:
            return size
    return None
