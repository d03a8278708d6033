"""Agreement of coders, against published values."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from reviewkit.voices import alpha, alpha_by_theme, kappa

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


def test_kappa_matches_a_hand_calculation() -> None:
    # 20 remarks: both give the theme 8 times, one coder alone 3, the other alone 2, neither 7.
    first, second = "x" * 11 + "y" * 9, "x" * 8 + "y" * 3 + "x" * 2 + "y" * 7
    row = kappa(long(first, second)).query("code == 'x'").iloc[0]
    expected = 0.55 * 0.5 + 0.45 * 0.5
    assert row["kappa"] == pytest.approx((0.75 - expected) / (1 - expected)) and row["both"] == 8


def test_kappa_reads_only_remarks_that_both_coded() -> None:
    assert kappa(long("ab.", "abb"))["remarks"].unique().tolist() == [2]


def test_kappa_of_one_coder_is_empty() -> None:
    assert kappa(long("abc")).empty
