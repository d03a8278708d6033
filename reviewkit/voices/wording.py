"""Counts of interviews and comments in sentences, as exact as an edition may see."""

from __future__ import annotations

from reviewkit.disclosure import Discloser
from reviewkit.model import Edition

NOUNS = {"interview": "interview", "customer": "customers' comment", "observation": "observation"}


def how_many(gate: Discloser, n: int, total: int, kind: str, edition: Edition) -> str:
    """Return ``9 of 14 interviews``, or ``a few interviews`` where the count must not be told.

    >>> import pandas as pd
    >>> from reviewkit.model import Disclosure
    >>> gate = Discloser(Disclosure(), pd.DataFrame())
    >>> how_many(gate, 9, 14, "interview", "leadership"), how_many(gate, 1, 14, "interview", "leadership")
    ('9 of 14 interviews', 'one interview')
    """
    words = gate.count(n, total, edition)
    noun = NOUNS.get(kind, kind)
    return f"{words} {noun}" if words == "one" else f"{words} {noun}s"


def is_banded(gate: Discloser, n: int, total: int, edition: Edition) -> bool:
    """Return whether an edition sees a band and not the count."""
    return " of " not in gate.count(n, total, edition)
