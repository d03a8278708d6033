"""Cue phrases of a codebook found in a text, praise told from concern, simple negation heeded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reviewkit.content import Code

_TOKEN = re.compile(r"[a-zà-ÿ]+|\d+|[.,;:!?()\n]")
_BREAKS = frozenset(".,;:!?()\n")
_NEGATORS = frozenset({"no", "not", "never", "without", "hardly", "nobody", "none", "neither", "nor"})
_REACH = 3


@dataclass(frozen=True)
class Hit:
    """A cue phrase found: the code it speaks for, whether as concern or strength, and its words."""

    code: str
    stance: str
    words: str
    weight: int


def tokens(text: str) -> list[str]:
    """Return the words of a text, lower case, plural endings gone, with the marks that end a clause.

    >>> tokens("We can't get refreshers, sadly.")
    ['we', 'can', 'not', 'get', 'refresher', ',', 'sadly', '.']
    """
    text = text.lower().replace("’", "'")
    text = text.replace("can't", "can not").replace("cannot", "can not").replace("won't", "will not")
    return [_stem(word) for word in _TOKEN.findall(text.replace("n't", " not"))]


def _stem(word: str) -> str:
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


class CueIndex:
    """Cue phrases of a codebook, ready to be looked up.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> code = SimpleNamespace(cues=("slow systems",), strengths=("good training",))
    >>> index = CueIndex({"systems": code})
    >>> [(hit.code, hit.stance) for hit in index.find("The slow systems cost us hours.")]
    [('systems', 'concern')]
    >>> [(hit.code, hit.stance) for hit in index.find("There was no good training.")]
    [('systems', 'concern')]
    """

    def __init__(self, codes: Mapping[str, Code]) -> None:
        self._cues: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for name, code in codes.items():
            for stance, phrases in (("concern", code.cues), ("strength", code.strengths)):
                for phrase in phrases:
                    self._cues.setdefault(tuple(tokens(phrase)), []).append((name, stance))
        self._starts = {cue[0] for cue in self._cues if cue}
        self._longest = max((len(cue) for cue in self._cues), default=0)

    def find(self, text: str) -> list[Hit]:
        """Return every cue in the text; of cues that overlap for one code, the longest."""
        words = tokens(text)
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for start, word in enumerate(words):
            if word not in self._starts:
                continue
            for length in range(min(self._longest, len(words) - start), 0, -1):
                cue = tuple(words[start : start + length])
                for code, stance in self._cues.get(cue, ()):
                    if taken.get(code, -1) <= start:
                        taken[code] = start + length
                        hits.append(_hit(code, stance, words, start, cue))
        return hits


def _hit(code: str, stance: str, words: list[str], start: int, cue: tuple[str, ...]) -> Hit:
    negated = cue[0] not in _NEGATORS and _negated(words[max(0, start - _REACH) : start])
    if negated:
        stance = "strength" if stance == "concern" else "concern"
    shown = " ".join(cue)
    return Hit(code, stance, f"not: {shown}" if negated else shown, len(cue))


def _negated(before: list[str]) -> bool:
    """Whether a negating word stands shortly before, in the same clause."""
    for word in reversed(before):
        if word in _BREAKS or word == "but":
            return False
        if word in _NEGATORS:
            return True
    return False
