"""Who speaks, told from labels such as ``Jane Doe:`` or ``Q:`` before the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .passages import Passage, plain_words

_LABEL = re.compile(
    r"^[*_\[]{0,3}(?P<label>[^\s:*_\[\]][^:\n]{0,59}?)[*_\]]{0,3}\s?:[*_]{0,3}(?:\s+|$)(?P<rest>.*)$",
    re.DOTALL,
)
_STAMPED = re.compile(
    r"^\[?(?P<name>[^\W\d_][^\d\[\]:\n]{1,58}?)\]?\s+[\[(]?(?P<time>\d{1,2}:\d\d(?::\d\d)?)[\])]?(?:\n(?P<rest>.*))?$",
    re.DOTALL,
)
_TIMED = re.compile(r"^[\[(]?(?P<time>\d{1,2}:\d\d(?::\d\d)?)[\])]?\s(?:[-–]\s)?(?P<rest>\S.*)$", re.DOTALL)
_ASKS = re.compile(
    r"(?:lead |senior )?(?:q|question|interviewer|int|i|me|analyst|reviewer|facilitator|moderator|consultant)"
    r"(?: ?\d{1,2})?"
)
_ANSWERS = re.compile(
    r"(?:a|answer|r|respondent|interviewee|participant|speaker|unknown speaker|p|s)(?: ?\d{1,2})?"
)
# With one of these in it, a label is no name.
_NO_NAME = frozenset(
    plain_words(
        """
        action actions agenda aim background comment comments conclusion customers date decision
        example examples goal idea ideas impact issue issues next note notes observation one other
        outcome point problem problems process question questions reason result results risk risks
        site staff steps strengths suggestion suggestions summary support systems team the theme
        themes time tools topic training weaknesses what why
        """
    ).split()
)
_MOSTLY = 0.4
"""Share of passages with a label from which notes are a dialogue, and a label holds until the next."""

Role = Literal["asks", "answers", ""]


@dataclass(frozen=True)
class _Found:
    speaker: str
    rest: str
    place: str


def role(label: str) -> Role:
    """Return what a label says of its speaker, where it is no name.

    >>> role("Q"), role("Interviewer 2"), role("Speaker 1"), role("Jane Doe")
    ('asks', 'asks', 'answers', '')
    """
    words = plain_words(label)
    return "asks" if _ASKS.fullmatch(words) else "answers" if _ANSWERS.fullmatch(words) else ""


def spoken(passages: Sequence[Passage], is_known: Callable[[str], bool]) -> list[Passage]:
    """Return the passages with their speakers, the labels taken out of the words.

    A label counts where it is one for whoever asks or answers, where ``is_known`` knows the
    name, or where it looks like a name and is there twice or has two words. Other words before
    a colon, such as ``One idea:``, stay.

    Examples
    --------
    >>> notes = [Passage("Jane Doe: We wait a lot.", "line 1"), Passage("One idea: stop it.", "line 2")]
    >>> [(passage.speaker, passage.text) for passage in spoken(notes, lambda name: False)]
    [('Jane Doe', 'We wait a lot.'), ('', 'One idea: stop it.')]
    """
    times = Counter(
        plain_words(match["label"]) for passage in passages if (match := _LABEL.match(passage.text))
    )
    found = [_found(passage, times, is_known) for passage in passages]
    told = [one for one in found if one]
    dialogue = len(told) > 1 and len(told) >= _MOSTLY * max(
        sum(passage.kind != "heading" for passage in passages), 1
    )
    others = any(role(one.speaker) != "asks" for one in told)
    result: list[Passage] = []
    current, holds = "", False
    for passage, one in zip(passages, found, strict=True):
        if one:
            current, holds = one.speaker, dialogue or not one.rest
            if one.rest:
                result.append(replace(passage, text=one.rest, speaker=one.speaker, place=one.place))
        elif passage.kind == "heading":
            current = ""
            result.append(passage)
        else:
            # Whoever asks is followed by answers, unless those who answer have labels of their own.
            carried = holds and bool(current) and (others or role(current) != "asks")
            result.append(replace(passage, speaker=passage.speaker or (current if carried else "")))
    return result


def _found(passage: Passage, times: Counter[str], is_known: Callable[[str], bool]) -> _Found | None:
    if passage.speaker or passage.kind in ("heading", "comment"):
        return None
    text, place = passage.text, passage.place
    if (stamped := _STAMPED.match(text)) and looks_like_name(stamped["name"]):
        return _Found(stamped["name"], (stamped["rest"] or "").strip(), stamped["time"])
    if timed := _TIMED.match(text):
        text, place = timed["rest"], timed["time"]
    match = _LABEL.match(text)
    if match is None:
        return None
    label = match["label"].strip()
    named = looks_like_name(label) and (times[plain_words(label)] > 1 or len(label.split()) > 1)
    return _Found(label, match["rest"].strip(), place) if role(label) or is_known(label) or named else None


def looks_like_name(text: str) -> bool:
    """Whether words could be somebody's name: one to four, each with a capital.

    >>> looks_like_name("Jane van der Doe (Finance)"), looks_like_name("Next Steps")
    (True, False)
    """
    text = re.sub(r"\([^)]*\)", "", text).replace(",", " ").strip()
    words = text.split()
    particles = {"de", "van", "von", "der", "den", "la", "le", "bin", "al", "ter", "da", "dos", "el", "y"}
    if not 1 <= len(words) <= 5 or any(word.lower().strip(".") in _NO_NAME for word in words):
        return False
    return all(
        word in particles or (word[0].isupper() and all(part.isalpha() or part in "'’.-" for part in word))
        for word in words
    )
