"""How often chance is told as a change, and how often a change is found: counted on simulated reviews."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.performance import level_changes, xmr


def resembling(random: np.random.Generator, shape: tuple[int, int], resemblance: float) -> np.ndarray:
    """Noise of variance 1 in which a point resembles the one before."""
    noise = random.standard_normal(shape)
    for at in range(1, shape[1]):
        noise[:, at] = resemblance * noise[:, at - 1] + np.sqrt(1 - resemblance**2) * noise[:, at]
    return noise


def panel(values: np.ndarray) -> pd.DataFrame:
    series, points = values.shape
    months = pd.date_range("2022-01-01", periods=points, freq="MS")
    return pd.DataFrame(
        {
            "measure": "m",
            "site": np.repeat(np.arange(series).astype(str), points),
            "period": np.tile(months, series),
            "value": values.ravel(),
        }
    )


def told(values: np.ndarray) -> pd.Series:
    found = level_changes(panel(values), keys=["measure", "site"])
    return (found["chance_adjusted"] < 0.05) & found["holds"]


@pytest.mark.parametrize("resemblance", [0.0, 0.3])
def test_a_clean_review_of_thirty_series_seldom_tells_a_change(resemblance: float) -> None:
    random, alarms = np.random.default_rng(7), 0
    for _ in range(60):
        season = np.sin(2 * np.pi * np.arange(36) / 12)
        alarms += bool(told(resembling(random, (30, 36), resemblance) + season).any())
    assert alarms <= 6  # 5 % of 60 is 3


def test_icons_alone_would_tell_a_change_in_nearly_half_of_all_series_of_noise() -> None:
    points = xmr(panel(np.random.default_rng(5).standard_normal((2000, 52))), by="site")
    special = points["rule"].ne("").groupby(points["site"]).any().mean()
    assert special == pytest.approx(0.44, abs=0.03)


@pytest.mark.parametrize(("size", "least"), [(1.0, 0.1), (1.5, 0.45), (2.0, 0.75)])
def test_a_step_half_way_in_three_years_is_found_the_more_often_the_larger(size: float, least: float) -> None:
    random, found = np.random.default_rng(9), 0
    for _ in range(40):
        values = resembling(random, (10, 36), 0.1)
        values[0] += size * (np.arange(36) >= 18)
        found += bool(told(values).iloc[0])
    assert found / 40 >= least


def test_a_slow_wave_under_noise_seldom_passes_for_a_change() -> None:
    """Neighbours resemble each other no more than 0.25, and those two months apart nearly as much."""
    random, told = np.random.default_rng(3), 0
    weeks = pd.date_range("2023-09-04", periods=104, freq="7D")
    for _ in range(15):
        wave = random.standard_normal((18, 154))
        for at in range(1, 154):
            wave[:, at] = 0.76 * wave[:, at - 1] + 0.65 * wave[:, at]
        values = 0.57 * wave[:, 50:] + 0.82 * random.standard_normal((18, 104))
        panel = pd.DataFrame({"measure": np.repeat(list("abc"), 6 * 104), "period": np.tile(weeks, 18)})
        panel = panel.assign(site=np.repeat(np.arange(18), 104), value=values.ravel(), cadence="week")
        told += bool((level_changes(panel, keys=["measure", "site"])["chance_adjusted"] < 0.05).any())
    assert told <= 4  # with neighbours alone allowed for, more than half of them would
