"""Text and Markdown as passages: paragraphs, bullets, headings."""

from __future__ import annotations

import re

from .facts import fact
from .passages import Passage, clean

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^(?:[-*+•‣◦–—]|\[[ xX]\])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_NUMBER = re.compile(r"^(?:\(?\d{1,3}[.)]|[a-z][.)]|[Qq]\d{1,3}[.:)]?)\s+(?=\S)")
_BOLD = re.compile(r"^(\*\*|__)(?P<words>[^*_].*?)\1$", re.DOTALL)
_LABELLED = re.compile(
    r"^(?:[*_]{2})?(?:[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}|[QqAa])\d{0,2}(?:\s\([^)]*\))?\s?:"
)
_TIMED = re.compile(r"^[\[(]?\d{1,2}:\d\d|\d{1,2}:\d\d[\])]?$")
_RULE = re.compile(r"^(?:[-=_*] ?){3,}$")
_WRAPPED = 50
"""Characters from which a line may go on in the next."""


def blocks(text: str) -> list[Passage]:
    """Return the passages of a text; a line that is wrapped is put together again.

    Examples
    --------
    >>> [(b.kind, b.text) for b in blocks("# Notes\\n\\n- We wait.\\n- **What helps?**\\n\\n> A lot.")]
    [('heading', 'Notes'), ('bullet', 'We wait.'), ('item', 'What helps?'), ('words', 'A lot.')]
    """
    found: list[Passage] = []
    open_, before = False, ""
    for number, line in enumerate(clean(text).split("\n"), start=1):
        line = line.removeprefix(">").strip()
        if not line or _RULE.match(line):
            open_ = open_ and not line and False
            continue
        passage = _passage(line, number)
        if open_ and _goes_on(before, line, found[-1]):
            last = found[-1]
            found[-1] = Passage(f"{last.text} {line}", last.place, kind=last.kind)
        else:
            found.append(passage)
        open_, before = passage.kind != "heading", line
    return [_without_marks(passage) for passage in found]


def _passage(line: str, number: int) -> Passage:
    place = f"line {number}"
    if heading := _HEADING.match(line):
        return Passage(heading[1], place, kind="heading")
    if bullet := _BULLET.match(line):
        return Passage(line[bullet.end() :], place, kind="bullet")
    if numbered := _NUMBER.match(line):
        return Passage(line[numbered.end() :], place, kind="item")
    return Passage(line, place)


def _goes_on(before: str, line: str, last: Passage) -> bool:
    """Whether a line belongs to the one before it."""
    if _HEADING.match(line) or _BULLET.match(line) or _NUMBER.match(line) or _BOLD.match(line):
        return False
    if _LABELLED.match(line) or _TIMED.search(line) or fact(line) or fact(before) or _BOLD.match(before):
        return False
    if before.endswith("?") or _TIMED.search(before) or before.endswith(":"):
        return False
    return len(before) >= _WRAPPED or not before.endswith((".", "!", "…", ";"))


def _without_marks(passage: Passage) -> Passage:
    text, kind = passage.text, passage.kind
    if bold := _BOLD.match(text):
        text, kind = bold["words"], "item" if kind in ("words", "bullet") else kind
    text = re.sub(r"\[([^\[\]\n]{1,500})\]\([^()\s]{0,2000}\)", r"\1", text)  # a link's words
    text = re.sub(r"(?<![\w*])(\*{1,2}|_{1,2})(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])", r"\2", text)
    return Passage(text, passage.place, kind=kind)
