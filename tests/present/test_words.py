"""Figures and dates in sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from reviewkit.present import words

NUMBERS = some.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


@given(NUMBERS, some.sampled_from(["percent", "seconds", "minutes", "count", "score", "money", "days"]))
def test_number_never_shows_a_negative_nothing(value: float, unit: str) -> None:
    text = words.number(value, unit)
    assert "-" not in text and (any(digit in text for digit in "123456789") or "−" not in text)


@given(NUMBERS)
def test_money_is_within_one_percent(value: float) -> None:
    text = words.money(value)
    size = float("".join(c for c in text if c.isdigit() or c == ".")) * (1e6 if "million" in text else 1)
    assert abs(size - abs(value)) <= max(0.5, 0.01 * abs(value))


@given(some.lists(some.text(min_size=1, alphabet="abc"), max_size=6))
def test_listing_names_everything(items: list[str]) -> None:
    assert all(item in words.listing(items) for item in items)


def test_number_missing_is_a_dash() -> None:
    assert {words.number(value) for value in (None, float("nan"), float("inf"), "")} == {"–"}
