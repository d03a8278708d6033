"""Long turns split into remarks of a few sentences."""

from __future__ import annotations

import re

LONG = 60
"""Words up to which a turn, bullet or paragraph is one remark."""
FEW = 3
"""Sentences a remark has when a longer turn is split."""
_LONGEST = 90  # words a "sentence" without an end may have

_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|St|No|vs|etc|approx|dept|e\.g|i\.e|a\.m|p\.m|[A-Z])\.|\.\.\.|…)[\"'”’)\]]*$",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; ``Mr.`` and ``e.g.`` end none.

    >>> sentences("We wait. Dr. Doe said so! Why? Nobody knows")
    ['We wait.', 'Dr. Doe said so!', 'Why?', 'Nobody knows']
    """
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        part = text[start : end.end()].strip()
        if not _SHORT.search(part[-12:]):
            found.append(part)
            start = end.end()
    return [*found, rest] if (rest := text[start:].strip()) else found


def split(text: str) -> list[str]:
    """Return a text as remarks: whole where it is short, else three sentences each.

    Sentences are counted, not words, so that a word corrected in one remark moves no other.

    >>> [len(part.split()) for part in split("We wait a lot here every day. " * 10)]
    [21, 21, 21, 7]
    """
    if len(text.split()) <= LONG:
        return [text]
    whole = [part for sentence in sentences(text) for part in _cut(sentence)]
    return [" ".join(whole[at : at + FEW]) for at in range(0, len(whole), FEW)]


def _cut(sentence: str) -> list[str]:
    """A sentence nobody ended, as speech recognition writes them, in parts."""
    words = sentence.split()
    if len(words) <= _LONGEST:
        return [" ".join(words)]
    return [" ".join(words[at : at + LONG]) for at in range(0, len(words), LONG)]
