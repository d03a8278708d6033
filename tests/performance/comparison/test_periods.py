"""Few sites told apart: by the variation of periods, and with all that were looked at allowed for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.model import Engagement, read_engagement
from reviewkit.performance import site_comparison
from reviewkit.performance.comparison.periods import memory, more_than_counting, period_errors

MONTHS = pd.date_range("2023-09-01", periods=24, freq="MS")


@pytest.fixture(scope="module")
def engagement(root: Path) -> Engagement:
    return read_engagement(root / "params" / "contact_centre.yaml")


def rates(seed: int, measure: str, spread: float, apart: float = 0.0, sites: int = 5) -> pd.DataFrame:
    """A share of 7,000 a month at five sites: it varies by ``spread`` a month, site 0 lies ``apart``."""
    numbers = np.random.default_rng(seed)
    rows = pd.DataFrame(
        [(f"S{n}", month) for n in range(sites) for month in MONTHS], columns=["site", "period"]
    )
    level = 0.14 + numbers.normal(0, spread, len(rows)) + apart * rows["site"].eq("S0")
    rows = rows.assign(measure=measure, contract="", denominator=7000.0)
    rows["numerator"] = numbers.binomial(7000, level.clip(0.01, 0.9)).astype("float64")
    return rows.assign(value=100 * rows["numerator"] / rows["denominator"], cadence="month")


def test_sites_that_vary_alike_are_seldom_told_apart(engagement: Engagement) -> None:
    names = ("repeat_contacts", "abandonment", "service_level", "absence")
    alarms = 0
    for seed in range(20):
        panel = pd.concat([rates(100 * seed + n, name, 0.02) for n, name in enumerate(names)])
        alarms += bool(site_comparison(panel, engagement)["outlier"].any())
    assert alarms <= 3  # 5 in 100 are to be expected; by their counts alone nearly all would be


@pytest.mark.parametrize("spread", [0.0, 0.01])
def test_a_site_that_truly_differs_is_still_told_apart(engagement: Engagement, spread: float) -> None:
    found = site_comparison(rates(3, "repeat_contacts", spread, apart=0.03), engagement).set_index("site")
    # The site lifts the mean of all, so that others may come to lie beneath it.
    assert found.index[found["direction"] == "worse"].tolist() == ["S0"]


@given(st.integers(0, 10**6))
def test_counting_alone_is_seldom_taken_for_more(seed: int) -> None:
    # Drawn shares of 0.14 whose months differ by a hundred times the counting error always are.
    assert more_than_counting(rates(seed, "m", 0.03))


def test_counting_alone_is_counting(engagement: Engagement) -> None:
    assert sum(more_than_counting(rates(seed, "m", 0.0)) for seed in range(60)) <= 8


def test_errors_allow_for_periods_that_resemble_the_one_before() -> None:
    numbers, seen = np.random.default_rng(1), []
    for _ in range(300):
        series = np.zeros((4, 60))
        for at in range(1, 60):
            series[:, at] = 0.6 * series[:, at - 1] + numbers.normal(size=4)
        rows = pd.DataFrame({"site": np.repeat(list("abcd"), 40), "period": np.tile(range(40), 4)})
        rows["value"] = series[:, 20:].ravel()
        seen.append((rows.groupby("site")["value"].mean() / period_errors(rows)).to_numpy())
    # Divided by its error, a mean has the spread of one; without the allowance it would have that of two.
    assert 0.8 < float(np.std(seen)) < 1.25


def test_sites_in_another_order_keep_their_errors() -> None:
    rows = rates(5, "m", 0.02)
    mixed = rows.sample(frac=1, random_state=1)
    pd.testing.assert_series_equal(period_errors(rows), period_errors(mixed), rtol=1e-9)


def waves(seed: int, share: float, months: int = 24) -> pd.DataFrame:
    """Five sites alike for good: a slow wave, ``share`` of the variance, under noise."""
    random = np.random.default_rng(seed)
    slow = random.standard_normal((5, months))
    for at in range(1, months):
        slow[:, at] = 0.8 * slow[:, at - 1] + 0.6 * slow[:, at]
    values = np.sqrt(share) * slow + np.sqrt(1 - share) * random.standard_normal(slow.shape)
    sites = np.repeat(list("abcde"), months)
    return pd.DataFrame({"site": sites, "period": np.tile(range(months), 5), "value": values.ravel()})


def test_memory_sees_a_slow_wave_and_leaves_noise_nearly_alone() -> None:
    plain = [memory(waves(seed, 0.0))[0] for seed in range(60)]
    slow = [memory(waves(seed, 0.33))[0] for seed in range(60)]
    assert np.median(plain) < 1.8
    assert np.median(slow) > 1.5


def test_sites_alike_but_for_a_slow_wave_are_seldom_told_apart() -> None:
    """Two in a hundred at the line of one in a hundred: a wave of this length is not wholly seen."""
    from scipy.special import stdtr

    told = []
    for seed in range(100):
        rows = waves(seed, 0.33)
        growth, freedom = memory(rows)
        means = rows.groupby("site")["value"].mean()
        far = (means - means.mean()) / period_errors(rows, growth)
        told += (2 * stdtr(freedom, -far.abs()) < 0.01).tolist()
    assert np.mean(told) < 0.04  # with no allowance it is 0.13


def test_memory_of_few_periods_is_that_of_neighbours() -> None:
    rows = waves(1, 0.0, months=10)
    assert memory(rows)[1] == np.inf
