"""Names and words that may not stand on a page, looked for quickly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class Forbidden:
    """Names and words that may not stand on a page, ready to be looked for quickly.

    A single word is matched with its capitals (a person called May is not the month may);
    several words are matched however they are written and spaced.

    Examples
    --------
    >>> Forbidden({"Ann Lee", "May"}).found("it may rain; said ANN  lee.")
    'Ann Lee'
    """

    LEAD = 6

    def __init__(self, texts: Iterable[str]) -> None:
        self.single: dict[str, str] = {}
        self.several: dict[tuple[str, ...], list[tuple[list[str], str]]] = {}
        for text in texts:
            words = re.findall(r"\w+", text)
            if len(words) == 1:
                self.single[words[0]] = text
            elif words:
                folded = [word.casefold() for word in words]
                self.several.setdefault(tuple(folded[: self.LEAD]), []).append((folded, text))
        self.lengths = sorted({len(lead) for lead in self.several})

    def found(self, text: str) -> str:
        """Return the first forbidden text that stands in ``text``; empty where there is none."""
        return next(self.all_found(text), "")

    def all_found(self, text: str) -> Iterator[str]:
        """Give every forbidden text that stands in ``text``, as often as it does."""
        words = re.findall(r"\w+", text)
        yield from (self.single[word] for word in words if word in self.single)
        folded = [word.casefold() for word in words]
        for length in self.lengths:
            for place in range(len(folded) - length + 1):
                for whole, original in self.several.get(tuple(folded[place : place + length]), ()):
                    if folded[place : place + len(whole)] == whole:
                        yield original
