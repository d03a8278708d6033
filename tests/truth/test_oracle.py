"""The bound beside the result: what any test could find, against somebody else's arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from benchmarks.truth.oracle import BEFORE, POINTS, bound, bounds, directions


@pytest.mark.parametrize("autocorrelation", [0.0, 0.3])
def test_a_step_is_known_as_well_as_statsmodels_says(autocorrelation: float) -> None:
    import statsmodels.api as sm

    time, lags = np.arange(POINTS), np.abs(np.subtract.outer(np.arange(POINTS), np.arange(POINTS)))
    angle = 2 * np.pi * time / 12
    for date in (8, 12, 16):
        columns = [np.ones(POINTS), np.sin(angle), np.cos(angle), (time >= date).astype(float)]
        fitted = sm.GLS(np.zeros(POINTS), np.column_stack(columns), sigma=autocorrelation**lags).fit()
        error = np.sqrt(fitted.normalized_cov_params[3, 3])
        size = np.sqrt((directions(POINTS, autocorrelation)[:, date - BEFORE] ** 2).sum())
        assert size == pytest.approx(1 / error)


def test_with_one_white_series_half_way_the_bound_is_that_of_a_normal_test() -> None:
    # 24 points, 12 on either side, a whole year: 2 deviations are 2 / sqrt(1/12 + 1/12) errors.
    assert np.sqrt((directions(24, 0.0)[:, 12 - BEFORE] ** 2).sum()) == pytest.approx(np.sqrt(6))
    assert norm.sf(1.96 - 2 * np.sqrt(6)) > bound(2.0, 0.0, 1).known > 0.9


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([1.0, 1.5, 2.0]), st.sampled_from([0.0, 0.1, 0.2, 0.3]), st.sampled_from([1, 10, 94]))
def test_searching_more_series_and_more_resemblance_find_no_more(
    strength: float, autocorrelation: float, series: int
) -> None:
    made = bound(strength, autocorrelation, series)
    assert 0 <= made.searched <= made.known <= 1
    assert bound(strength, autocorrelation, series * 2).known <= made.known
    assert bound(strength, autocorrelation + 0.1, series).known <= made.known


def test_the_page_has_a_row_an_autocorrelation() -> None:
    assert [len(row) for row in bounds()] == [4, 4, 4]
