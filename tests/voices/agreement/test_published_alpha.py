"""Krippendorff's alpha, against published values and by rules."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.voices import alpha, alpha_by_theme
from reviewkit.voices.agreement import alpha_interval, masi

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). Sections A and B: two
# observers; section C: four observers of twelve units with missing values (".").
A = ("0100000010", "1110010000")
B = ("aabbdcccedda", "babbbccceddd")
C = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def long(*observers: str) -> pd.DataFrame:
    rows = [
        (f"u{unit}", value, f"c{coder}")
        for coder, values in enumerate(observers)
        for unit, value in enumerate(values)
        if value != "."
    ]
    return pd.DataFrame(rows, columns=["remark_id", "code", "coder"])


@pytest.mark.parametrize(("observers", "published"), [(A, 0.095), (B, 0.692), (C, 0.743)])
def test_alpha_matches_krippendorff_2011(observers: tuple[str, ...], published: float) -> None:
    assert round(alpha(long(*observers)), 3) == published


def test_alpha_of_full_agreement_is_one() -> None:
    assert alpha(long("aabb", "aabb")) == 1.0


def test_alpha_is_unknown_where_nothing_was_coded_twice() -> None:
    assert math.isnan(alpha(long("ab..", "..ab"))) and math.isnan(alpha(long("aa", "aa")))


def test_alpha_takes_sets_of_codes_as_the_value() -> None:
    both = pd.concat([long("ab", "ab"), long("ba", "..")])
    assert alpha(both) < alpha(long("ab", "ab"))


def test_alpha_by_theme_shows_where_coders_part() -> None:
    table = alpha_by_theme(long("aabbcc", "aabbca")).set_index("code")["alpha"]
    assert table["b"] == 1.0 and table["a"] < 1.0


def test_alpha_interval_holds_the_value_and_narrows_with_more_remarks() -> None:
    few, many = alpha_interval(long(*B)), alpha_interval(long(*(values * 8 for values in B)))
    assert few.low < few.value < few.high and many.high - many.low < few.high - few.low
    assert (few.remarks, few.values) == (12, 24)


def test_alpha_interval_is_the_same_for_the_same_seed() -> None:
    assert alpha_interval(long(*C)) == alpha_interval(long(*C))


def test_alpha_interval_of_full_agreement_is_no_certainty() -> None:
    few, many = alpha_interval(long("aab", "aab")), alpha_interval(long("aab" * 20, "aab" * 20))
    assert few.low < many.low < 1.0 and few.high == 1.0


def test_no_code_is_a_judgement_and_no_theme() -> None:
    codings = long("xx", "xx").replace({"code": {"x": "a"}})
    codings.loc[0, "code"] = "no_code"
    assert alpha(codings) < 1.0
    assert alpha_by_theme(codings)["code"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("a", "b", "published"),
    [("ab", "abcd", 1 - 0.5 * 2 / 3), ("abc", "bcd", 1 - 0.5 / 3), ("a", "b", 1.0), ("ab", "ab", 0.0)],
)
def test_masi_follows_passonneau_2006(a: str, b: str, published: float) -> None:
    assert masi(frozenset(a), frozenset(b)) == pytest.approx(published)


def test_alpha_takes_overlap_for_part_of_an_agreement() -> None:
    near = pd.concat([long("aabbcc", "aabbcc"), long("b.....", "......")])
    far = pd.concat([long("aabbcc", "aabbcc"), long("......", "......")])
    far.loc[0, "code"] = "b"
    assert alpha(far) < alpha(near) < 1.0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc."), st.sampled_from("abc.")), min_size=2, max_size=14))
def test_alpha_does_not_depend_on_who_is_called_what(pairs: list[tuple[str, str]]) -> None:
    first, second = ("".join(each) for each in zip(*pairs, strict=True))
    one, other = alpha(long(first, second)), alpha(long(second, first)[::-1])
    assert (math.isnan(one) and math.isnan(other)) or one == pytest.approx(other)
    assert math.isnan(one) or one <= 1.0
