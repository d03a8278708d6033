"""Cohen's kappa by pair and theme: against statsmodels, published tables and rules."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from reviewkit.voices import kappa
from reviewkit.voices.agreement import cohen, size_for_width, strength

COUNTS = st.integers(min_value=0, max_value=40)


def long(*observers: str) -> pd.DataFrame:
    rows = [
        (f"u{unit}", value, f"c{coder}")
        for coder, values in enumerate(observers)
        for unit, value in enumerate(values)
        if value != "."
    ]
    return pd.DataFrame(rows, columns=["remark_id", "code", "coder"])


@settings(max_examples=60, deadline=None)
@given(st.lists(COUNTS, min_size=9, max_size=9), st.sampled_from([2, 3]))
def test_cohen_matches_statsmodels(counts: list[int], size: int) -> None:
    table = np.array(counts[: size * size]).reshape(size, size)
    mine = cohen(table)
    if not 1e-9 < mine.observed < 1 - 1e-9 or mine.expected > 1 - 1e-9:
        return
    with np.errstate(invalid="ignore"):  # theirs takes the root of a variance of about -1e-18
        theirs = cohens_kappa(table)
    assert mine.kappa == pytest.approx(theirs.kappa)
    if np.isnan(theirs.std_kappa):
        return
    assert mine.low == pytest.approx(max(-1, theirs.kappa_low), abs=1e-6)
    assert mine.high == pytest.approx(min(1, theirs.kappa_upp), abs=1e-6)


def test_cohen_matches_fleiss_levin_and_paik() -> None:
    # Two raters' diagnoses of 100 subjects, Statistical Methods for Rates and Proportions, chapter 18.
    made = cohen([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert round(made.kappa, 2) == 0.68 and round(made.expected, 2) == 0.66


def test_cohen_of_full_agreement_keeps_a_lower_limit_that_rises_with_n() -> None:
    few, many = cohen([[3, 0], [0, 7]]), cohen([[30, 0], [0, 70]])
    assert few.kappa == many.kappa == 1.0 and few.low < many.low < 1.0


def test_cohen_says_nothing_where_there_is_nothing_to_agree_on() -> None:
    assert np.isnan(cohen([[12, 0], [0, 0]]).kappa) and np.isnan(cohen([[0, 0], [0, 0]]).observed)


def test_kappa_matches_a_hand_calculation() -> None:
    # 20 remarks: both give the theme 8 times, one coder alone 3, the other alone 2, neither 7.
    first, second = "x" * 11 + "y" * 9, "x" * 8 + "y" * 3 + "x" * 2 + "y" * 7
    row = kappa(long(first, second)).query("code == 'x'").iloc[0]
    expected = 0.55 * 0.5 + 0.45 * 0.5
    assert row["kappa"] == pytest.approx((0.75 - expected) / (1 - expected))
    assert (row["both"], row["given"], row["pabak"]) == (8, 13, 0.5)


def test_kappa_reads_only_remarks_that_both_coded() -> None:
    assert kappa(long("ab.", "abb"))["remarks"].unique().tolist() == [2]


def test_kappa_of_one_coder_is_empty() -> None:
    assert kappa(long("abc")).empty and kappa(long("abc").head(0)).empty


def test_kappa_over_all_themes_has_an_interval_over_remarks() -> None:
    row = kappa(long("aabbccab" * 4, "aabbccba" * 4)).query("code == ''").iloc[0]
    assert row["low"] < row["kappa"] < row["high"] and row["remarks"] == 32


def test_kappa_gives_each_pair_of_three_coders() -> None:
    table = kappa(long("aabb", "aabb", "abab")).query("code == ''")
    assert table[["coder_a", "coder_b"]].values.tolist() == [["c0", "c1"], ["c0", "c2"], ["c1", "c2"]]


@pytest.mark.parametrize(("share", "value"), [(0.15, 0.7), (0.4, 0.8), (0.05, 0.5)])
def test_size_for_width_gives_that_width_where_its_assumptions_hold(share: float, value: float) -> None:
    n = size_for_width(0.3, kappa=value, prevalence=share)
    apart = share * (1 - share) * (1 - value)
    table = np.array([[share - apart, apart], [apart, 1 - share - apart]]) * n
    made = cohen(table)
    assert made.kappa == pytest.approx(value)
    assert made.high - made.low == pytest.approx(0.3, abs=0.003)


@pytest.mark.parametrize(
    ("value", "word"), [(-0.1, "poor"), (0.0, "slight"), (0.41, "moderate"), (0.81, "almost perfect")]
)
def test_strength_uses_the_words_of_landis_and_koch(value: float, word: str) -> None:
    assert strength(value) == word
