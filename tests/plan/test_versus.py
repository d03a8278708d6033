"""Difference in differences: against statsmodels with site and period effects, on null and planted data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.plan import Versus, difference_in_differences

SITES = list("ABCDEF")
MONTHS = pd.date_range("2023-01-01", periods=24, freq="MS")


def panel(values: np.ndarray) -> pd.DataFrame:
    """Values by period and site as rows."""
    wide = pd.DataFrame(values, index=MONTHS[: len(values)], columns=SITES[: values.shape[1]])
    return wide.rename_axis("period").reset_index().melt("period", var_name="site", value_name="value")


def simulated(
    seed: int, *, planted: float = 0, noisy: float = 1, apart: float = 0, memory: float = 0.3
) -> Versus:
    random = np.random.default_rng(seed)
    noise = random.standard_normal((24, 5))
    for at in range(1, 24):
        noise[at] = memory * noise[at - 1] + np.sqrt(1 - memory**2) * noise[at]
    noise[:, 0] *= noisy
    shared = 2 * np.sin(np.arange(24) / 12 * 2 * np.pi) + random.standard_normal(24)
    values = 60 + random.standard_normal(5) * 5 + shared[:, None] + noise
    values[:, 0] += apart * np.arange(24)
    values[16:, 0] += planted
    found = difference_in_differences(panel(values), ["A"], list("BCDE"), MONTHS[16])
    assert found is not None
    return found


def test_size_is_that_of_a_regression_with_site_and_period_effects() -> None:
    from statsmodels.regression.linear_model import OLS

    rows = panel(np.random.default_rng(1).standard_normal((24, 6)))
    begun = (rows["site"].isin(["A", "B"]) & (rows["period"] >= MONTHS[15])).astype(float)
    design = pd.concat([begun.rename("begun"), pd.get_dummies(rows[["site"]], dtype=float),
                        pd.get_dummies(rows["period"], dtype=float).iloc[:, 1:]], axis=1)  # fmt: skip
    fit = OLS(rows["value"].to_numpy(), design.to_numpy()).fit()
    found = difference_in_differences(rows, ["A", "B"], list("CDEF"), MONTHS[15])
    assert found is not None
    assert found.more == pytest.approx(fit.params[0])


def test_interval_is_that_of_the_sites_changes_where_they_scatter_alike() -> None:
    from scipy.stats import ttest_ind

    values = np.random.default_rng(4).standard_normal((24, 6))
    values[:16, :2] *= 0.5
    change = values[16:].mean(axis=0) - values[:16].mean(axis=0)
    reference = ttest_ind(change[:2], change[2:]).confidence_interval(0.95)
    found = difference_in_differences(panel(values), ["A", "B"], list("CDEF"), MONTHS[16])
    assert found is not None
    assert (found.low, found.high) == pytest.approx((reference.low, reference.high))


@pytest.mark.parametrize("noisy", [1.0, 2.0])
def test_interval_holds_nought_where_nothing_is_planted(noisy: float) -> None:
    held = sum(found.low <= 0 <= found.high for found in (simulated(seed, noisy=noisy) for seed in range(80)))
    assert held / 80 > 0.87


def test_planted_difference_is_found_and_within_the_interval() -> None:
    found = [simulated(seed, planted=3) for seed in range(80)]
    assert sum(one.low <= 3 <= one.high for one in found) / 80 > 0.87
    assert sum(one.low > 0 for one in found) / 80 > 0.8


def test_sites_that_went_apart_before_are_seen() -> None:
    assert sum(not simulated(seed, apart=0.4).alike for seed in range(40)) / 40 > 0.8
    assert sum(simulated(seed).alike for seed in range(40)) / 40 > 0.85


def test_too_few_sites_or_periods_give_nothing() -> None:
    rows = panel(np.random.default_rng(1).standard_normal((24, 6)))
    assert difference_in_differences(rows, ["A"], ["B", "C"], MONTHS[15]) is None
    assert difference_in_differences(rows, ["A"], list("BCD"), MONTHS[5]) is None
    assert difference_in_differences(rows, ["Z"], list("BCD"), MONTHS[15]) is None
