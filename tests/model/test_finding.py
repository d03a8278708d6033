"""Findings keep their id from run to run; their fingerprint changes when the figures do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reviewkit.model import Finding, slug

numbers = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)
figures = st.dictionaries(
    st.text(max_size=8), numbers | st.integers(-(10**6), 10**6) | st.text(max_size=8), max_size=5
)


def made(statement: str = "It fell.", **values: float | int | str | bool | None) -> Finding:
    """A finding with these figures."""
    return Finding.of("1.1", "opinion", "fcr", statement=statement, figures=dict(values))


@given(st.text(max_size=40))
def test_slug_is_a_safe_part_of_an_id(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9._]+", slug(text))


@given(st.text(max_size=40))
def test_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


def test_of_leaves_out_empty_parts_of_the_subject() -> None:
    assert Finding.of("2.1", "gap", "fcr", "", "Leeds 2", statement="x").id == "2.1/gap/fcr/leeds_2"


@given(figures, st.text(max_size=30), st.text(max_size=30))
def test_id_and_fingerprint_do_not_hang_on_the_words(
    values: dict[str, float | int | str], a: str, b: str
) -> None:
    first, second = (Finding.of("1.1", "x", "y", statement=text, figures=dict(values)) for text in (a, b))
    assert (first.id, first.fingerprint) == (second.id, second.fingerprint)


@given(figures)
def test_fingerprint_does_not_hang_on_the_order_of_figures(values: dict[str, float | int | str]) -> None:
    turned = dict(reversed(list(values.items())))
    assert made(**{}).model_copy(update={"figures": values}).fingerprint == (
        made(**{}).model_copy(update={"figures": turned}).fingerprint
    )


@given(numbers.filter(lambda x: abs(x) > 1e-6))
def test_fingerprint_overlooks_the_last_bit_and_sees_one_per_cent(value: float) -> None:
    value = float(f"{value:.6g}")
    assert made(a=value).fingerprint == made(a=value * (1 + 1e-12)).fingerprint
    assert made(a=value).fingerprint != made(a=value * 1.01).fingerprint


@given(numbers)
def test_fingerprint_is_the_same_after_a_round_trip(value: float) -> None:
    finding = made(a=value, b=None, c="x")
    assert Finding.model_validate_json(finding.model_dump_json()).fingerprint == finding.fingerprint


@pytest.mark.parametrize("other", [{"a": 2.0}, {"b": 1.0}, {"a": 1.0, "b": None}, {"a": "1"}, {}])
def test_fingerprint_changes_with_the_figures(other: dict[str, float | str | None]) -> None:
    assert made(a=1.0).fingerprint != made(**other).fingerprint


def test_figure_that_is_no_number_is_none() -> None:
    assert made(a=float("nan")).figures == {"a": None}


def test_personal_finding_is_for_team_and_managers_alone() -> None:
    finding = Finding.of(
        "2.5", "person", "a1", statement="x", audience=("team", "leadership", "managers"), personal=True
    )
    assert finding.audience == ("team", "managers")


def test_finding_refuses_a_field_it_does_not_know() -> None:
    with pytest.raises(ValidationError):
        Finding.model_validate({**made().model_dump(), "colour": "red"})
