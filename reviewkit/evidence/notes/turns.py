"""Turns of an interview: who asks, which question stands, what is a remark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from .labels import role
from .passages import Passage, plain_words
from .people import Register
from .questions import question_of
from .sentences import sentences, split

_NODS = frozenset(
    plain_words(
        """
        yes yeah yep yup no nope ok okay right sure mm mmm mhm hm hmm uh um er ah oh exactly
        absolutely definitely thanks thank you so well good fine great see i indeed true agreed
        cheers
        """
    ).split()
)
_ASKING = frozenset(
    [
        "what",
        "why",
        "how",
        "where",
        "when",
        "who",
        "which",
        "do",
        "does",
        "did",
        "is",
        "are",
        "can",
        "could",
        "would",
        "if",
        "tell",
    ]
)
_OWN = frozenset(plain_words("i we us our ours my me mine they them their").split())
_PROBE = 8
"""Words up to which an unknown question, such as "Why is that?", goes on with the one before."""


@dataclass(frozen=True)
class Said:
    """A remark before it is a row: the words, who said them, to which question."""

    text: str
    place: str
    speaker: str
    question: str


@dataclass
class Heard:
    """What the turns of a conversation came to.

    ``asked`` are questions of the bank; ``unknown`` counts others. ``nods`` counts what says
    nothing, such as "Yes, right." ``guessed`` is where somebody first speaks who was taken for
    the one who asks.
    """

    said: list[Said] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    unknown: int = 0
    nods: int = 0
    guessed: str = ""


def hear(passages: Sequence[Passage], register: Register, interview: str, askers: Collection[str]) -> Heard:
    """Return the remarks in a conversation whose speakers are told.

    Parameters
    ----------
    askers : names of those who ask, where known. Else labels such as ``Q`` tell, or the one who is
        in no register and mostly asks.
    """
    heard = Heard()
    asking = {passage.speaker for passage in passages if passage.speaker and _asks(passage.speaker, askers)}
    if not asking:
        asking, heard.guessed = _who_asks(passages, register, interview)
    question = ""
    for passage in passages:
        if passage.speaker in asking or passage.kind == "heading":
            question = _put(passage, question, heard)
            continue
        if not passage.speaker:
            question, passage = _unlabelled(passage, question, heard)
        for text in split(passage.text) if passage.text else ():
            if says_nothing(text):
                heard.nods += 1
            else:
                heard.said.append(Said(text, passage.place, passage.speaker, question))
    return heard


def _asks(speaker: str, askers: Collection[str]) -> bool:
    name = plain_words(speaker)
    known = (plain_words(asker) for asker in askers)
    return role(speaker) == "asks" or any(
        fuzz.token_sort_ratio(name, asker) >= 90 for asker in known if asker
    )


def _who_asks(passages: Sequence[Passage], register: Register, interview: str) -> tuple[set[str], str]:
    """The one speaker in no register half of whose turns, and two or more, ask something."""
    turns = Counter(passage.speaker for passage in passages if passage.speaker)
    asks = Counter(passage.speaker for passage in passages if passage.speaker and "?" in passage.text)
    found = [
        name
        for name, count in asks.most_common()
        if count >= 2
        and count >= turns[name] / 2
        and role(name) != "answers"
        and not register.find(name, interview)
    ]
    # With two who ask alike nobody knows; nor with one alone, who may be thinking aloud.
    if len(turns) < 2 or not found or (len(found) > 1 and asks[found[0]] == asks[found[1]]):
        return set(), ""
    first = next(passage.place for passage in passages if passage.speaker == found[0])
    return {found[0]}, first


def _put(passage: Passage, before: str, heard: Heard) -> str:
    """The question that stands after somebody who asks has spoken, or after a heading."""
    found = question_of(passage.text)
    if found:
        heard.asked.append(found)
        return found
    if passage.kind == "heading":
        return ""
    asked = [part for part in sentences(passage.text) if part.endswith("?")]
    if not any(len(part.split()) > _PROBE for part in asked):
        return before
    heard.unknown += 1
    return ""


def _unlabelled(passage: Passage, before: str, heard: Heard) -> tuple[str, Passage]:
    """Question and words of a passage that nobody is named for: it may be, or begin with, a question."""
    parts = sentences(passage.text)
    last = next((at for at in (2, 1) if len(parts) >= at and parts[at - 1].endswith("?")), 0)
    opening = passage.text if passage.kind == "item" or last == len(parts) else " ".join(parts[:last])
    found = question_of(opening) if opening else ""
    if not found and last == 2 and parts[0].endswith("?"):
        last, found = 1, question_of(parts[0])
    if not found and passage.kind != "bullet" and len(parts) == 1 and _asked_of_another(passage.text):
        heard.unknown += 1
        return "", replace(passage, text="")
    if not found:
        return before, passage
    heard.asked.append(found)
    answer = " ".join(parts[last:]) if last else ""
    return found, replace(passage, text=answer)


def _asked_of_another(text: str) -> bool:
    """Whether a line by itself reads as put to somebody: a question word first, no word of one's own.

    >>> _asked_of_another("What would you change first?"), _asked_of_another("Why do we still do this?")
    (True, False)
    """
    words = plain_words(text).split()
    return text.endswith("?") and len(words) > 2 and words[0] in _ASKING and _OWN.isdisjoint(words)


def says_nothing(text: str) -> bool:
    """Whether a remark holds nods alone.

    >>> says_nothing("Yes, yes. Right."), says_nothing("Yes, but slowly."), says_nothing("-")
    (True, False, True)
    """
    return all(word in _NODS for word in _words(text))


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"\w+", text.lower()))
