"""Effect sizes and corrections agree with what others compute."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.voices.partnering import benjamini_hochberg, holm, superiority

answers = st.lists(st.integers(1, 5), min_size=2, max_size=25).map(np.array)
few = settings(max_examples=60, deadline=None)


def differ(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether the sides overlap, so that a variance exists."""
    chance = superiority(a, b).chance
    return 0 < chance < 1 and len(set(a)) > 1 and len(set(b)) > 1


@few
@given(answers, answers)
def test_superiority_is_brunner_and_munzels_as_statsmodels_has_it(a: np.ndarray, b: np.ndarray) -> None:
    from statsmodels.stats.nonparametric import rank_compare_2indep

    if not differ(a, b):
        return
    found, theirs = superiority(a, b), rank_compare_2indep(a, b)
    low, high = theirs.conf_int()
    assert found.chance == pytest.approx(theirs.prob1)
    assert (found.lower, found.upper) == pytest.approx((max(0.0, low), min(1.0, high)))


@few
@given(answers, answers)
def test_delta_is_that_of_mann_and_whitneys_u(a: np.ndarray, b: np.ndarray) -> None:
    from scipy.stats import mannwhitneyu

    u = mannwhitneyu(a, b, method="asymptotic").statistic if len({*a, *b}) > 1 else len(a) * len(b) / 2
    assert superiority(a, b).delta[0] == pytest.approx(2 * u / (len(a) * len(b)) - 1)


@few
@given(answers, answers)
def test_superiority_turned_round_is_the_rest(a: np.ndarray, b: np.ndarray) -> None:
    one, other = superiority(a, b), superiority(b, a)
    assert (one.lower, one.chance, one.upper) == pytest.approx(
        (1 - other.upper, 1 - other.chance, 1 - other.lower), abs=1e-6
    )
    assert 0 <= one.lower <= one.chance <= one.upper <= 1


@pytest.mark.parametrize("size", [3, 8, 40])
def test_sides_that_do_not_overlap_still_leave_doubt(size: int) -> None:
    found = superiority(np.full(size, 5), np.full(size, 1))
    assert found.chance == found.upper == 1 and found.lower < 1


def test_newcombe_limits_solve_his_equation() -> None:
    """At the limit the observed chance is 1.96 of his standard errors away."""
    n_a, n_b = 8, 9
    theta = superiority(np.full(n_a, 5), np.full(n_b, 1)).lower
    extra = (n_a + n_b) / 2 - 1
    inner = 1 + extra * ((1 - theta) / (2 - theta) + theta / (1 + theta))
    assert 1 - theta == pytest.approx(1.959964 * (theta * (1 - theta) * inner / (n_a * n_b)) ** 0.5, rel=1e-5)


@few
@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=30))
def test_corrections_are_those_of_statsmodels(p_values: list[float]) -> None:
    from statsmodels.stats.multitest import multipletests

    for ours, name in ((benjamini_hochberg, "fdr_bh"), (holm, "holm")):
        theirs = multipletests(p_values, method=name)[1]
        assert ours(pd.Series(p_values)).tolist() == pytest.approx(list(theirs))
