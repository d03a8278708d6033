"""What is proposed for redaction: a stretch of text, why, and what stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("name", "e-mail", "phone", "id", "job title", "date of birth", "place", "address")
PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(KINDS)})\]")
"""What an earlier redaction put in: it is never redacted again."""


@dataclass(frozen=True)
class Proposal:
    """A stretch of text that should go: where, which words, of which kind, and why.

    ``start`` and ``end`` count characters as Python does, so that ``text[start:end] == words``.

    >>> Proposal(0, 5, "Priya", "name", "a name in the register").replacement
    '[name]'
    """

    start: int
    end: int
    words: str
    kind: str
    why: str = ""

    @property
    def replacement(self) -> str:
        """What stands in its place, such as ``[name]``."""
        return f"[{self.kind}]"


def applied(text: str, proposals: Iterable[Proposal]) -> str:
    """Return the text with some proposals, which do not overlap, carried out.

    >>> applied("Ask Priya.", [Proposal(4, 9, "Priya", "name")])
    'Ask [name].'
    """
    pieces, place = [], 0
    for proposal in sorted(proposals, key=lambda one: one.start):
        pieces += [text[place : proposal.start], proposal.replacement]
        place = proposal.end
    return "".join([*pieces, text[place:]])


def without_overlap(found: Iterable[Proposal], text: str) -> list[Proposal]:
    """Return proposals in the order they stand, those that overlap joined, none within a placeholder."""
    taken = [match.span() for match in PLACEHOLDER.finditer(text)] if "[" in text else []
    kept: list[Proposal] = []
    place = 0
    for one in sorted(found, key=lambda item: (item.start, -item.end)):
        while place < len(taken) and taken[place][1] <= one.start:
            place += 1
        if place < len(taken) and taken[place][0] < one.end:
            continue
        if kept and one.start < kept[-1].end:
            last = kept[-1]
            if one.end > last.end:
                words = text[last.start : one.end]
                kept[-1] = Proposal(last.start, one.end, words, last.kind, last.why)
            continue
        kept.append(one)
    return kept
