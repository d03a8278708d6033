"""Counts of interviews and comments in sentences, as exact as an edition may see."""

from __future__ import annotations

from reviewkit.disclosure import Discloser
from reviewkit.model import Edition


def noun(gate: Discloser, kind: str) -> str:
    """Return what is counted for a kind of remark.

    >>> import pandas as pd
    >>> from reviewkit.model import Disclosure
    >>> gate = Discloser(Disclosure(), pd.DataFrame(), customer="patient")
    >>> noun(gate, "customer"), noun(gate, "interview")
    ("patients' comment", 'interview')
    """
    return f"{gate.customer}s' comment" if kind == "customer" else kind


def how_many(gate: Discloser, n: int, total: int, kind: str, edition: Edition) -> str:
    """Return ``9 of 14 interviews``, or ``a few interviews`` where the count must not be told.

    >>> import pandas as pd
    >>> from reviewkit.model import Disclosure
    >>> gate = Discloser(Disclosure(), pd.DataFrame())
    >>> how_many(gate, 9, 14, "interview", "leadership"), how_many(gate, 1, 14, "interview", "leadership")
    ('9 of 14 interviews', 'one interview')
    """
    words = gate.count(n, total, edition)
    counted = noun(gate, kind)
    return f"{words} {counted}" if words == "one" else f"{words} {counted}s"


def is_banded(gate: Discloser, n: int, total: int, edition: Edition) -> bool:
    """Return whether an edition sees a band and not the count."""
    return " of " not in gate.count(n, total, edition)
