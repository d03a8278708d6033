"""Counts of people as bands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from reviewkit.disclosure import band


@given(some.integers(0, 50), some.integers(1, 50))
def test_band_rises_with_the_count(n: int, total: int) -> None:
    order = ["none", "one", "a few", "several", "most"]
    assert order.index(band(n, total)) <= order.index(band(n + 1, total))
