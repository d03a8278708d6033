"""What a file of notes holds: passages, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# Left in: tab and line break. Marks of direction and zero width are stripped too: they hide words.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class Passage:
    """A stretch of notes: a turn, a paragraph, a bullet, a heading, a comment.

    Parameters
    ----------
    text : the words.
    place : where they stand, such as ``paragraph 4``, ``row 12`` or ``00:03:10``.
    speaker : who said them, as the file names them; empty where it does not.
    kind : ``item`` is a numbered or bold line, which may be a question; a ``bullet`` is an answer.
    details : what a survey says about a comment: ``id, date, site, question, contract, score``.
    """

    text: str
    place: str
    speaker: str = ""
    kind: Literal["words", "item", "bullet", "heading", "comment"] = "words"
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Notes:
    """One file of notes.

    Parameters
    ----------
    stem : its name without the ending, by which it is known again.
    facts : what the notes say of themselves: ``interview, said_on, site, source, interviewer, on_record``.
    told : what is worth saying about the reading, such as a guessed encoding.
    survey : whether it is a table of comments.
    """

    stem: str
    passages: tuple[Passage, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    survey: bool = False


def clean(text: str) -> str:
    """Return text without control characters, its spaces single, in Unicode's composed form.

    >>> clean("a\\x00 \\u200bb\\u00a0  c\\r\\nd")
    'a b c\\nd'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in _HIDDEN.sub("", text).split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines)).strip()


def plain_words(text: str) -> str:
    """Return the words alone, so that spacing, case and punctuation make no difference.

    >>> plain_words("It’s   SLOW - really!")
    'it s slow really'
    """
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
