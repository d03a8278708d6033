"""Where words stand in a drawing: how wide they are, and places where none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

LINE = 12.5
"""Height of a line of small text, in pixels."""
Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in pixels."""


@lru_cache(maxsize=2048)
def text_width(text: str, size: float = 10.0, *, bold: bool = False) -> float:
    """Return how wide a text is in pixels, in the font that charts are measured with.

    Pages show a narrower font, so that what fits here fits there.

    >>> text_width("mean 61.0%") < text_width("mean 61.0%", bold=True)
    True
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def wrapped(text: str, width: float, size: float = 10.0, *, bold: bool = False) -> list[str]:
    """Return a text in lines of at most ``width`` pixels; a longer word stands alone.

    >>> wrapped("Have the front line check it", 90)
    ['Have the front', 'line check it']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places at least ``gap`` apart within ``low`` and ``high``, each near the one wanted.

    Neighbours that are too close are moved away from their middle by the same amount; where there
    is not room for all they share what there is. The order stays.

    >>> apart([10.0, 11.0, 50.0], 10, 0, 60)
    [5.5, 15.5, 50.0]
    >>> apart([58.0, 59.0], 10, 0, 60)
    [50.0, 60.0]
    """
    if not wanted:
        return []
    low, high = float(low), float(high)
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    # Blocks of neighbours that touch: where the first of each wants to stand, and how many there are.
    blocks: list[list[float]] = []
    for place in order:
        blocks.append([min(max(wanted[place], low), high), 1])
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][1] * gap > blocks[-1][0]:
            start, many = blocks.pop()
            before, few = blocks.pop()
            joined = (before * few + (start - few * gap) * many) / (few + many)
            many += few
            blocks.append([min(max(joined, low), high - (many - 1) * gap), many])
    found = [start + step * gap for start, many in blocks for step in range(int(many))]
    result = [0.0] * len(wanted)
    for place, at in zip(order, found, strict=True):
        result[place] = at
    return result


def lanes(places: Sequence[float], width: float) -> list[int]:
    """Return the lane, from 0, in which each mark stands clear of those before it.

    >>> lanes([10, 14, 60], 12)
    [0, 1, 0]
    """
    ends: list[float] = []
    taken = []
    for place in places:
        lane = next((n for n, end in enumerate(ends) if place - end >= width), len(ends))
        ends[lane : lane + 1] = [place]
        taken.append(lane)
    return taken


def freest(boxes: Sequence[Box], taken: Sequence[Box], within: Box) -> Box:
    """Return the box that covers least of what stands there, the first of several as good.

    A box that sticks out of ``within`` is taken only where all do.

    >>> freest([(0, 0, 4, 2), (6, 0, 10, 2)], [(1, 1, 3, 2)], (0, 0, 10, 10))
    (6, 0, 10, 2)
    """
    inside = [
        box
        for box in boxes
        if within[0] <= box[0] and within[1] <= box[1] and box[2] <= within[2] and box[3] <= within[3]
    ]
    return min(inside or boxes, key=lambda box: sum(covered(box, other) for other in taken))


def covered(box: Box, other: Box) -> float:
    """Return how much of one box another covers, in square pixels.

    >>> covered((0, 0, 4, 4), (2, 2, 6, 6)), covered((0, 0, 1, 1), (2, 2, 3, 3))
    (4, 0.0)
    """
    wide = min(box[2], other[2]) - max(box[0], other[0])
    tall = min(box[3], other[3]) - max(box[1], other[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0


def ticks(axis: Axis) -> list[tuple[float, float]]:
    """Return where the ticks of an axis stand, and how wide their words are."""
    from matplotlib import rcParams

    low, high = sorted(axis.get_view_interval())
    places = [float(at) for at in axis.get_majorticklocs() if low <= at <= high]
    words = axis.get_major_formatter().format_ticks(places)
    size = float(rcParams["xtick.labelsize"])
    return [(at, text_width(text, size)) for at, text in zip(places, words, strict=True)]


def margins(axes: Axes, width: float, end: float = 0.0) -> tuple[float, float]:
    """Return the room left and right of a plot that its ticks need, and ``end`` pixels of labels."""
    upright, along = ticks(axes.yaxis), ticks(axes.xaxis)
    left, right = max((wide for _, wide in upright), default=0.0) + 8, end + 2
    # A date that stands at the very edge must not be cut.
    if along:
        low, high = axes.get_xlim()
        pixel = (width - left - right) / (high - low)
        left = max(left, along[0][1] / 2 - pixel * (along[0][0] - low) + 2)
        right = max(right, along[-1][1] / 2 - pixel * (high - along[-1][0]) + 2)
    return left, right
