"""Text without case, accents and invisible characters, and where each part of it stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Token:
    """A word, folded, and where it stands in the text as written; ``capital`` where it begins with one."""

    word: str
    start: int
    end: int
    capital: bool


class Folded:
    """A text folded for comparison: lower case, no accents, no invisible characters.

    Parameters
    ----------
    written : the text as it was written.

    Examples
    --------
    >>> [(token.word, token.start, token.end) for token in Folded("Jose\\u0301 🙂 Ruiz").tokens]
    [('jose', 0, 5), ('ruiz', 8, 12)]
    """

    def __init__(self, written: str) -> None:
        self.written = written
        self.plain, self._places = _folded(written)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words, in the order they stand."""
        found = []
        for match in _WORD.finditer(self.plain):
            start, end = self.span(match.start(), match.end())
            found.append(Token(match.group(), start, end, _capital(self.written[start])))
        return found

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text stood, marks that belong to its last letter included."""
        if self._places is None:
            return begin, end
        last = self._places[end - 1] + 1
        while last < len(self.written) and not self.written[last].isspace() and _dropped(self.written[last]):
            last += 1
        return self._places[begin], last


def fold(text: str) -> str:
    """Return a text without case, accents and invisible characters.

    >>> fold("Zoë O\\u2019Brien")
    'zoe o’brien'
    """
    return _folded(text)[0]


def _folded(text: str) -> tuple[str, list[int] | None]:
    if text.isascii():
        return text.lower(), None
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter).casefold():
            if not _dropped(plain):
                letters.append(plain)
                places.append(place)
    return "".join(letters), places


def _dropped(letter: str) -> bool:
    """Marks on letters, and characters nobody sees: joiners, soft hyphens, marks of direction."""
    return not letter.isascii() and unicodedata.category(letter) in ("Mn", "Me", "Cf")


def _capital(letter: str) -> bool:
    """A capital, or a letter of a script that has none."""
    return letter.isupper() or letter.istitle() or letter.lower() == letter.upper()
