"""Counts of people in words, where an exact count would point at somebody."""

from __future__ import annotations


def band(n: int, total: int) -> str:
    """Return ``n`` of ``total`` as none, one, a few, several or most.

    More than half is most; otherwise two or three are a few, and more are several. Of ten and
    more, where five can be told exactly, four are a few as well: "several" would mean just them.

    >>> [band(n, 12) for n in (0, 1, 4, 6, 7)]
    ['none', 'one', 'a few', 'several', 'most']
    >>> band(2, 3), band(4, 8)
    ('most', 'several')
    """
    if n <= 1:
        return "one" if n == 1 else "none"
    if 2 * n > total:
        return "most"
    return "a few" if n <= (4 if total >= 10 else 3) else "several"


def is_small(n: int, total: int, *, minimum: int = 5) -> bool:
    """Return whether ``n of total`` must be banded: fewer than ``minimum``, or out of fewer than twice it.

    >>> is_small(9, 14), is_small(3, 14), is_small(6, 8)
    (False, True, True)
    """
    return n < minimum or total < 2 * minimum
