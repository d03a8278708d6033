"""A remark that says two things made into two remarks, its words unchanged."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from reviewkit.model import InputError

_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_NUMBERED = re.compile(r"\.(\d+)$")


def parts_of(words: str, marked: str) -> list[str]:
    """Return the parts of a remark as marked by empty lines.

    Raises
    ------
    InputError : there is one part alone, or the words are no longer what was said.

    Examples
    --------
    >>> parts_of("It is slow. Pay is low.", "It is slow.\\n\\nPay is low.")
    ['It is slow.', 'Pay is low.']
    """
    if "".join(words.split()) != "".join(marked.split()):
        raise InputError(
            "the words are no longer those that were said", fix="Change nothing but empty lines."
        )
    parts = [part.strip() for part in _EMPTY_LINES.split(marked.strip()) if part.strip()]
    if len(parts) < 2:
        raise InputError("there is one part alone", fix="Put an empty line where the next part begins.")
    return parts


def split_rows(parent: Mapping[str, Any], parts: list[str], taken: Collection[str]) -> list[dict[str, Any]]:
    """Return the rows that take the place of a remark: everything but the words is the parent's.

    The first part keeps the id, so that the codes given stay with it; the others add a number to it.

    Examples
    --------
    >>> rows = split_rows({"remark_id": "R7", "site": "North", "text": "A. B."}, ["A.", "B."], {"R7", "R7.2"})
    >>> [(row["remark_id"], row["site"], row["text"]) for row in rows]
    [('R7', 'North', 'A.'), ('R7.3', 'North', 'B.')]
    """
    name = str(parent["remark_id"])
    rows, number = [{**parent, "text": parts[0]}], 2
    for part in parts[1:]:
        while f"{name}.{number}" in taken:
            number += 1
        rows.append({**parent, "remark_id": f"{name}.{number}", "text": part})
        number += 1
    return rows
