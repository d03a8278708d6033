"""Paragraphs and table rows of a document as passages."""

from __future__ import annotations

from collections.abc import Sequence

from .facts import fact
from .labels import looks_like_name, role
from .passages import Passage


def shown_as(text: str, before: int, *, heading: bool = False, item: bool = False) -> list[Passage]:
    """Return a paragraph as a passage, or none where it is empty.

    Parameters
    ----------
    before : how many passages came before it, for its place.
    item : it is numbered or bold, and may be a question.
    """
    if not text:
        return []
    kind = "heading" if heading else "item" if item else "words"
    return [Passage(text, f"paragraph {before + 1}", kind=kind)]  # type: ignore[arg-type]


def row_passages(cells: Sequence[Sequence[str]], before: int) -> list[Passage]:
    """Return the passages of a table's row, cell by cell.

    ``Date | 4 March`` becomes a fact, ``Jane Doe | We wait`` a turn, and the first cell of a row
    may be the question that the others answer.

    >>> [passage.text for passage in row_passages([["Date"], ["4 March 2026"]], 0)]
    ['Date: 4 March 2026']
    """
    filled = [list(cell) for cell in cells if cell]
    if len(filled) == 2 and len(filled[0]) == 1:
        first, rest = filled[0][0].rstrip(":"), filled[1]
        if fact(f"{first}: x") and len(rest) == 1:
            return shown_as(f"{first}: {rest[0]}", before)
        if role(first) or (looks_like_name(first) and len(first.split()) > 1):
            return [Passage(text, f"paragraph {before + 1 + n}", first) for n, text in enumerate(rest)]
    found: list[Passage] = []
    for number, cell in enumerate(filled):
        for text in cell:
            found += shown_as(text, before + len(found), item=number == 0 and len(filled) > 1)
    return found
