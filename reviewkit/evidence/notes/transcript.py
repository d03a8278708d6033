"""Transcripts of Teams and Zoom (WebVTT) as turns."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from reviewkit.model import InputError

from .labels import looks_like_name, role
from .passages import Passage, clean

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,99})?\s+([^<>\n]{0,99})>")
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>\n]*>")
_NAMED = re.compile(r"^(?P<name>[^\s:<][^:\n<>]{0,59}?):\s+(?P<rest>.*)$", re.DOTALL)
_LONG = 60
"""Words after which the turn of somebody unnamed is ended with its sentence."""


def turns(text: str, path: Path) -> list[Passage]:
    """Return the turns of a WebVTT transcript, consecutive cues of one speaker put together.

    Raises
    ------
    InputError : it is no WebVTT, or holds no words.
    """
    import webvtt

    try:
        cues = webvtt.from_string(text.lstrip("\ufeff\n\r "))
    except webvtt.errors.MalformedFileError:
        raise InputError(
            "is no WebVTT transcript", file=path, fix="Download it again, in the format .vtt."
        ) from None
    parts = [part for cue in cues.captions for part in _spoken(cue.raw_text, _time(cue.start))]
    passages = merged(parts if any(part.speaker for part in parts) else _named(parts))
    if not passages:
        raise InputError("holds no words", file=path, fix="Download the transcript again.")
    return passages


def merged(passages: Iterable[Passage]) -> list[Passage]:
    """Put together what one speaker says on end; the place is where it begins.

    >>> cues = [Passage("We", "0", "A"), Passage("wait.", "1", "A"), Passage("I see.", "2", "B")]
    >>> [turn.text for turn in merged(cues)]
    ['We wait.', 'I see.']
    """
    parts: list[list[Passage]] = []
    for passage in passages:
        if parts and parts[-1][0].speaker == passage.speaker and (passage.speaker or not _ended(parts[-1])):
            parts[-1].append(passage)
        else:
            parts.append([passage])
    # Joined once a turn: a long recording has thousands of cues.
    return [Passage(" ".join(one.text for one in group), group[0].place, group[0].speaker) for group in parts]


def _ended(group: list[Passage]) -> bool:
    """Whether a turn of somebody unnamed ends here: with a question, or a sentence when it is long."""
    last = group[-1].text.rstrip("\"'”’")
    long = len(group) > _LONG or sum(len(one.text.split()) for one in group) >= _LONG
    return last.endswith("?") or (long and last.endswith((".", "!", "…")))


def _named(parts: list[Passage]) -> list[Passage]:
    """Speakers told as ``Name: words``, the way of Zoom; a cue without one goes on with the last."""
    found = [_NAMED.match(part.text) for part in parts]
    times = Counter(match["name"] for match in found if match)
    result: list[Passage] = []
    speaker = ""
    for part, match in zip(parts, found, strict=True):
        name = match["name"].strip() if match else ""
        if match and (role(name) or looks_like_name(name) or (times[name] > 2 and len(name.split()) < 5)):
            speaker = name
            result.append(Passage(match["rest"].strip(), part.place, speaker))
        else:
            result.append(Passage(part.text, part.place, speaker))
    return [part for part in result if part.text]


def _spoken(raw: str, time: str) -> Iterable[Passage]:
    """A cue's parts: before its first voice tag nobody is named."""
    pieces = _VOICE.split(raw)
    if before := _words(pieces[0]):
        yield Passage(before, time)
    for name, words in zip(pieces[1::2], pieces[2::2], strict=True):
        if text := _words(words):
            yield Passage(text, time, clean(html.unescape(name)).replace("\n", " "))


def _words(raw: str) -> str:
    return clean(html.unescape(_TAG.sub("", raw))).replace("\n", " ")


def _time(start: str) -> str:
    """``00:03:10`` of ``00:03:10.250``."""
    return str(start).split(".", maxsplit=1)[0]
