"""Where a passage begins: the standard counts code points, some programs count otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Place = tuple[int, int, str]
"""Start, end and name of a passage, as the file gives them."""

Reading = Callable[[int], int]
"""An offset of the file to one in code points of the text."""


def reading(text: str, places: Sequence[Place]) -> tuple[Reading, str]:
    """Return how to read a source's offsets, and the name of that way.

    Programs often name a passage after its first words. Where those names fit the text only if
    offsets are counted in UTF-16 units, with each line end as one, or with the mark at the start of
    the file, they are read so; else they are code points, as the standard has it.

    Examples
    --------
    >>> text = "🙂 It takes too long. We wait."
    >>> read, name = reading(text, [(22, 30, "We wait.")])
    >>> name, text[read(22):read(30)]
    ('UTF-16 units', 'We wait.')
    """
    best: tuple[Reading, str] = (_same, "code points")
    fits = _fits(text, places, _same)
    if fits == len(places):
        return best
    for name, other in _others(text):
        if (number := _fits(text, places, other)) > fits:
            best, fits = (other, name), number
    return best


def _others(text: str) -> list[tuple[str, Reading]]:
    found: list[tuple[str, Reading]] = []
    if any(ord(each) > 0xFFFF for each in text):
        found.append(("UTF-16 units", _counted(text, lambda each: 2 if ord(each) > 0xFFFF else 1)))
    if "\r\n" in text:
        found.append(("line ends as one", _counted(text.replace("\r\n", "\0\n"), lambda each: each != "\0")))
    found.append(("code points after a mark", lambda offset: max(offset - 1, 0)))
    return found


def _same(offset: int) -> int:
    return offset


def _counted(text: str, size: Callable[[str], int]) -> Reading:
    """Return a reading for a count in which each character has a size of its own."""
    place: dict[int, int] = {}
    count = 0
    for position, each in enumerate(text):
        place.setdefault(count, position)
        count += size(each)
    place.setdefault(count, len(text))

    def read(offset: int) -> int:
        # What lies past the end stays past it, so that it is told as such.
        return len(text) + offset - count if offset > count else place.get(offset, offset)

    return read


def _fits(text: str, places: Sequence[Place], read: Reading) -> int:
    return sum(named_after(name, text[read(start) : read(end)]) for start, end, name in places)


def named_after(name: str, words: str) -> bool:
    """Whether a passage's name is its words, or the beginning of them.

    >>> named_after("We  wait for…", "We wait for weeks."), named_after("Quotation 1:2", "We wait.")
    (True, False)
    """
    start = _spaced(name.removesuffix("…").removesuffix("...").rstrip())
    return len(start) >= 3 and _spaced(words).startswith(start)


def _spaced(text: str) -> str:
    # White space at the beginning stays: it shows a place that is one off.
    return re.sub(r"\s+", " ", text)
