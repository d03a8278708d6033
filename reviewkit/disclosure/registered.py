"""Names of the register in a text: whole, turned round, glued together, shortened or misspelt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from .folded import Folded, Token, fold
from .nicknames import short_forms

_GAP = 6
"""Most characters between the parts of one name, such as the comma and tag of "Shah</b>, Priya"."""
_NEAR = 5
"""Letters a name has at least for near spellings of it to be looked for."""
_CLOSE = 86
"""How alike, of 100, a near spelling is (Indel similarity, as rapidfuzz has it)."""
_WORDS_TOO = """
may will mark grace hope rose frank field young brown white black green long short wood stone hill
price best king cook baker bill rich rob sue pat ray drew chase grant dean case day page read love
hall park moore ward bird fox rice lane marsh cross little sharp strong wise good gray grey
"""
_ORDINARY = frozenset(_WORDS_TOO.split())
"""Names that are words as well: without a capital they name nobody."""

Found = tuple[int, int, str]
"""Where a name begins and ends, and why it is thought to be one."""


@dataclass
class _Known:
    """The register's names as sequences of folded words, by their first word."""

    free: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    parts: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    glued: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    near: tuple[str, ...] = ()
    longest: int = 1


def registered(text: Folded, names: tuple[str, ...]) -> Iterator[Found]:
    """Give every stretch of a text that names somebody in the register.

    A whole name is found however it is written: in any case, with or without accents, surname
    first, glued together. A part of a name, a short form and a near spelling count with a
    capital only.

    >>> [text for *_, text in registered(Folded("shah, priya asked Liz"), ("Priya Shah", "Elizabeth Ng"))]
    ['a name in the register', 'may be short for a name in the register']
    """
    known, tokens, place = _known(names), text.tokens, 0
    misspelt: dict[str, bool] = {}
    while place < len(tokens):
        length, why = _name_at(tokens, place, known, misspelt)
        if length:
            yield tokens[place].start, tokens[place + length - 1].end, why
        place += max(length, 1)


def _name_at(tokens: list[Token], place: int, known: _Known, misspelt: dict[str, bool]) -> tuple[int, str]:
    """How many words from here on name somebody, and why; none where they do not."""
    first = tokens[place]
    length = _longest(tokens, place, known.free)
    if length or first.word in known.glued:
        return length or 1, "a name in the register"
    if not first.capital:
        return 0, ""
    length = _longest(tokens, place, known.parts)
    if length:
        return length, "part of a name in the register"
    if first.word in known.short:
        return 1, "may be short for a name in the register"
    if len(first.word) >= _NEAR and _is_near(first.word, known.near, misspelt):
        return 1, "spelt almost like a name in the register"
    return 0, ""


def _longest(tokens: list[Token], place: int, sequences: dict[str, set[tuple[str, ...]]]) -> int:
    best = 0
    for sequence in sequences.get(tokens[place].word, ()):
        there = tokens[place : place + len(sequence)]
        if len(sequence) > best and tuple(token.word for token in there) == sequence and _together(there):
            best = len(sequence)
    return best


def _together(tokens: list[Token]) -> bool:
    return all(b.start - a.end <= _GAP for a, b in pairwise(tokens))


def _is_near(word: str, near: tuple[str, ...], judged: dict[str, bool]) -> bool:
    if word not in judged:
        judged[word] = bool(process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=_CLOSE))
    return judged[word]


@lru_cache(maxsize=8)
def _known(names: tuple[str, ...]) -> _Known:
    known = _Known()
    for name in names:
        # Parts as people write them: "O'Neill" is one, of two words.
        parts = [tuple(token.word for token in Folded(part).tokens) for part in fold(name).split()]
        parts = [part for part in parts if part]
        if parts:
            _add(known, parts)
    words = {word for sequences in known.parts.values() for part in sequences for word in part}
    known.near = tuple(sorted(word for word in words if len(word) >= _NEAR))
    return known


def _add(known: _Known, parts: list[tuple[str, ...]]) -> None:
    orders = [parts, parts[1:] + parts[:1], parts[-1:] + parts[:-1], [parts[0], parts[-1]], parts[::-1]]
    orders.append([parts[-1], parts[0]])
    if len(parts) > 1:
        for order in orders:
            whole = tuple(word for part in order for word in part)
            known.free.setdefault(whole[0], set()).add(whole)
            known.glued.add("".join(whole))
    elif len(parts[0]) > 1 or parts[0][0] not in _ORDINARY:
        known.free.setdefault(parts[0][0], set()).add(parts[0])
    for part in parts:
        if len("".join(part)) > 1:
            known.parts.setdefault(part[0], set()).add(part)
        for word in part:
            if len(word) > 2:
                known.parts.setdefault(word, set()).add((word,))
    known.short |= short_forms().get(parts[0][0], frozenset())
