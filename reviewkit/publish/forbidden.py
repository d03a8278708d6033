"""Names and words that may not stand on a page, looked for quickly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise


class Forbidden:
    """Names and words that may not stand on a page, ready to be looked for quickly.

    A single word is matched with its capitals (a person called May is not the month may);
    several words are matched however they are written and spaced.

    Examples
    --------
    >>> Forbidden({"Ann Lee", "May"}).found("it may rain; said ANN  lee.")
    'Ann Lee'
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.single: dict[str, str] = {}
        self.several: dict[tuple[str, str], list[tuple[list[str], str]]] = {}  # by their first two words
        for text in texts:
            words = re.findall(r"\w+", text)
            if len(words) == 1:
                self.single[words[0]] = text
            elif words:
                folded = [word.casefold() for word in words]
                self.several.setdefault((folded[0], folded[1]), []).append((folded, text))

    def found(self, text: str) -> str:
        """Return the first forbidden text that stands in ``text``; empty where there is none."""
        return next(self.all_found(text), "")

    def all_found(self, text: str) -> Iterator[str]:
        """Give every forbidden text that stands in ``text``, as often as it does."""
        words = re.findall(r"\w+", text)
        yield from (self.single[word] for word in words if word in self.single)
        folded = [word.casefold() for word in words]
        for place, pair in enumerate(pairwise(folded)):
            for whole, original in self.several.get(pair, ()):
                if folded[place : place + len(whole)] == whole:
                    yield original
