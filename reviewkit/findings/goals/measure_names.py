"""Which measures a text names: by their names, their ids and what they are also called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reviewkit.model import Measure

from .vocabulary import ALSO_CALLED

_WORD = re.compile(r"[^\W_]+")
_SKIPPED = frozenset(["the", "a", "an", "my", "our", "their", "of", "to", "in", "for", "at", "on"])
LIKE_ENOUGH = 90.0
SHORT = 6


class Named(NamedTuple):
    """Words of a text that name a measure (or an outcome of the contract)."""

    start: int
    end: int
    measure: str


def measure_phrases(measures: Sequence[Measure], outcomes: Iterable[str] = ()) -> dict[str, str]:
    """Return the phrases that name measures, and the id of each; outcomes name themselves.

    Examples
    --------
    >>> fcr = Measure(id="fcr", name="First-contact resolution", unit="percent", direction="increase",
    ...               table="contacts", numerator="sum(resolved)")
    >>> sorted(measure_phrases([fcr]))[:2]
    ['fcr', 'first contact resolution']
    """
    found: dict[str, str] = {}
    for measure in measures:
        for phrase in (measure.name, measure.id):
            found.setdefault(_plain(phrase), measure.id)
    for measure in measures:
        known = f" {_plain(measure.name)} | {_plain(measure.id)} "
        for key, others in ALSO_CALLED.items():
            if f" {_plain(key)} " in known:
                for phrase in (key, *others):
                    found.setdefault(_plain(phrase), measure.id)
    for outcome in outcomes:
        found.setdefault(_plain(outcome), outcome)
    return {phrase: name for phrase, name in found.items() if phrase}


def named_measures(text: str, phrases: Mapping[str, str]) -> list[Named]:
    """Return the words of ``text`` that name a measure, in their order; overlapping ones are joined.

    Words are compared without case, spacing, endings and small words; longer phrases may
    differ by a slip of the pen (a likeness of 90 of 100, rapidfuzz's ratio).

    Examples
    --------
    >>> text = "Raise First Contact  Resolutoin of my team"
    >>> [text[a:b] for a, b, _ in named_measures(text, {"first contact resolution": "fcr"})]
    ['First Contact  Resolutoin']
    >>> named_measures("Be present", {"absence": "absence"})
    []
    """
    from rapidfuzz import fuzz

    words = [found for found in _WORD.finditer(text) if found[0].lower() not in _SKIPPED]
    stems = [_stem(found[0]) for found in words]
    hits: list[tuple[float, int, Named]] = []
    for phrase, measure in phrases.items():
        wanted = [_stem(word) for word in phrase.split() if word not in _SKIPPED]
        size, whole = len(wanted), " ".join(wanted)
        for place in range(len(words) - size + 1 if size else 0):
            here = " ".join(stems[place : place + size])
            alike = len(whole) > SHORT and _digits(here) == _digits(whole)
            like = 100.0 if here == whole else fuzz.ratio(here, whole) if alike else 0.0
            if like >= LIKE_ENOUGH:
                span = Named(words[place].start(), words[place + size - 1].end(), measure)
                hits.append((like, size, span))
    return _joined(hits)


def _joined(hits: list[tuple[float, int, Named]]) -> list[Named]:
    """Overlapping words as one; it names what the longest and likest of them names."""
    joined: list[tuple[float, int, Named]] = []
    for like, size, span in sorted(hits, key=lambda hit: hit[2].start):
        if joined and span.start < joined[-1][2].end:
            before = joined[-1]
            best = max(before, (like, size, span), key=lambda hit: (hit[1], hit[0]))
            end = max(before[2].end, span.end)
            joined[-1] = (best[0], best[1], Named(before[2].start, end, best[2].measure))
        else:
            joined.append((like, size, span))
    return [span for _, _, span in joined]


def _plain(phrase: str) -> str:
    return " ".join(found[0].lower() for found in _WORD.finditer(phrase.replace("_", " ")))


def _digits(text: str) -> list[str]:
    """Figures in a phrase, which bear no slip: 4 hours are not 24."""
    return re.findall(r"\d+", text)


def _stem(word: str) -> str:
    low = word.lower()
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low
