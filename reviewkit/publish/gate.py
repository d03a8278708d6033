"""The gate: a page that breaks a promise is not published, and the reason is told."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from .forbidden import Forbidden
from .gate_reader import DATA_FILE, Reader
from .gate_told import (
    OTHERS_WORDS,
    Cause,
    Refused,
    forbidden_words_held,
    link_lost,
    place_of,
    too_large,
)

if TYPE_CHECKING:
    from .gate_others import Others  # it reads evidence, which the list of all engagements does not need

__all__ = ["LIMIT", "SUMMARY_LIMIT", "Refused", "check_files", "check_page"]

LIMIT, SUMMARY_LIMIT = 400_000, 150_000
"""Most bytes a page may have, and the summary where its charts allow."""
AROUND_CHARTS = 60_000
"""Bytes the summary may have beside its charts and their data, where these alone take most of its limit."""
_CHARTS = re.compile(r'<svg\b.*?</svg>|<details class="rk-data">.*?</details>', re.S)


def check_page(
    name: str, html: str, *, forbidden: Forbidden | None = None, others: Others | None = None
) -> None:
    """Refuse a page that breaks a promise; return nothing where all is well.

    Parameters
    ----------
    name : the page, as it shall be called in a message, such as ``leadership/index.html``.
    html : the page.
    forbidden : names and words this edition may not see.
    others : what other engagements are known by.

    Raises
    ------
    Refused : naming the page and the first cause found: script, event handler, outside address,
        alternative text that is missing or a placeholder, a missing or empty caption, a jump of
        headings, more than one h1, an id used twice, a link to nowhere on the page, more than 400 KB,
        forbidden words, or words of another engagement.
    """
    reader = Reader()
    reader.feed(html)
    reader.close()
    if reader.problems:
        words, place = reader.problems[0]
        raise Refused(name, Cause(words), place)
    if (size := len(html.encode("utf-8"))) > (limit := _limit(html, size)):
        raise Refused(name, too_large(size, limit))
    problems = [*_headings(reader.headings), *_references(reader)]
    problems += [f"it has no {what}" for what in ("title", "main", "policy") if what not in reader.seen]
    if not re.match(r"<!DOCTYPE html>\s*<html lang=\"[\w-]+\"", html):
        problems.append("it does not name its language")
    if problems:
        raise Refused(name, Cause(problems[0]))
    # Read twice: a name may be split by an inline tag, or stand right beside one.
    read = [joint.join(reader.words) for joint in ("", " ")]
    leak = next((found for text in read if (found := forbidden.found(text))), "") if forbidden else ""
    if leak and forbidden:
        raise Refused(name, forbidden_words_held(len(leak)), place_of(reader, forbidden))
    if others and others.stand_in(read[1]):
        raise Refused(name, OTHERS_WORDS)


def check_files(name: str, html: str, folder: Path) -> None:
    """Refuse a page that links to a file of data which does not lie beside it in ``folder``.

    Raises
    ------
    Refused : naming the page and the first such link.
    """
    links = sorted(set(re.findall(rf'href="({DATA_FILE})"', html)))
    lost = next((link for link in links if not (folder / link).is_file()), "")
    if lost:
        raise Refused(name, link_lost(lost))


def _limit(html: str, size: int) -> int:
    """Return the most bytes that a page of this size may have."""
    if size <= SUMMARY_LIMIT or not re.search(r'<body class="[^"]*\brk-summary\b', html):
        return LIMIT
    charts = sum(len(part.encode("utf-8")) for part in _CHARTS.findall(html))
    return min(LIMIT, max(SUMMARY_LIMIT, charts + AROUND_CHARTS))


def _headings(levels: list[int]) -> list[str]:
    if levels.count(1) != 1:
        return [f"it has {levels.count(1)} headings of the first level, not one"]
    if levels[0] != 1:
        return ["a heading stands before that of the first level"]
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    return [f"a heading of level {jumps[0][1]} follows one of level {jumps[0][0]}"] if jumps else []


def _references(reader: Reader) -> list[str]:
    twice = (
        sorted({name for name in reader.ids if reader.ids.count(name) > 1})
        if len(set(reader.ids)) < len(reader.ids)
        else []
    )
    lost = sorted(set(reader.links) - set(reader.ids))
    return [f"the id {name!r} is used twice" for name in twice] + [
        f"the link #{name} leads nowhere" for name in lost
    ]
