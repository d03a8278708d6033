"""Questions of the bank, recognised in the words in which they were asked."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from reviewkit.content import load_questions

from .passages import plain_words
from .sentences import sentences

SURE = 70.0
"""Likeness from which a question of the bank counts as asked.

The likeness is the mean of rapidfuzz's token_set_ratio (which forgives words added) and
token_sort_ratio (which does not, so that "What?" is no question of the bank). docs/notes.md shows
what it was measured on."""
_LONGEST = 60


def likeness(heard: str, question: str, **_: object) -> float:
    """Return how alike two questions are, 0 to 100; both as :func:`plain_words` gives them.

    >>> heard = ("what", "what is it that works well here")
    >>> [round(likeness(one, "what works well here")) for one in heard]
    [67, 89]
    """
    return (fuzz.token_set_ratio(heard, question) + fuzz.token_sort_ratio(heard, question)) / 2


@lru_cache(maxsize=4096)
def question_of(heard: str) -> str:
    """Return the id of the bank's question that was asked; empty where none is recognised.

    Each sentence is looked at, alone and with the next, as is the whole where it is short.

    >>> question_of("OK, next. What works well here, that you wouldn't want to lose?")
    'works_well'
    >>> question_of("Could you say more about that?")
    ''
    """
    bank = _bank()
    name = heard.strip().strip("[]:").lower()
    if name in bank:
        return name
    best, score = "", 0.0
    for part in _parts(heard):
        found = process.extractOne(_asked(part), bank, scorer=likeness, score_cutoff=max(SURE, score))
        if found and found[1] > score:
            best, score = str(found[2]), float(found[1])
    return best


def is_question(heard: str) -> bool:
    """Whether a question of the bank is recognised in the words."""
    return bool(question_of(heard))


def _parts(heard: str) -> list[str]:
    found = sentences(heard)
    pairs = [f"{one} {two}" for one, two in pairwise(found)]
    whole = [heard] if len(found) != 1 and len(heard.split()) <= _LONGEST else []
    return [part for part in (*found, *pairs, *whole) if len(part.split()) > 1]


def _asked(heard: str) -> str:
    """``wouldn't`` and ``you're`` as one word each, the way they are in no question of the bank twice."""
    return plain_words(re.sub(r"(?<=\w)['’](?=\w)", "", heard))


@lru_cache
def _bank() -> dict[str, str]:
    return {name: _asked(question.text) for name, question in load_questions().items()}
