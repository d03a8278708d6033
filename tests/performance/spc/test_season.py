"""Season: found where it is, not where it is not, and taken out of the limits on request."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reviewkit.performance import seasonality, summarise_xmr, xmr

YEAR = np.array([9, 7, 3, 0, -4, -8, -9, -6, -2, 1, 4, 5.0])


def many(make: object, *, size: int = 300, points: int = 36, freq: str = "MS") -> pd.DataFrame:
    random = np.random.default_rng(11)
    dates = pd.date_range("2022-01-03" if freq != "MS" else "2022-01-01", periods=points, freq=freq)
    parts = [
        pd.DataFrame({"site": place, "period": dates, "value": make(random, dates)})  # type: ignore[operator]
        for place in range(size)
    ]
    return pd.concat(parts, ignore_index=True)


def noise(random: np.random.Generator, dates: pd.DatetimeIndex, resemblance: float = 0.0) -> np.ndarray:
    series = random.normal(size=len(dates))
    for at in range(1, len(series)):
        series[at] = resemblance * series[at - 1] + np.sqrt(1 - resemblance**2) * series[at]
    return 50 + series


def flagged(frame: pd.DataFrame) -> float:
    return float(seasonality(frame, by="site")["strong"].mean())


@pytest.mark.parametrize("points", [24, 36])
@pytest.mark.parametrize("resemblance", [0.0, 0.3])
def test_noise_has_no_strong_season(points: int, resemblance: float) -> None:
    assert flagged(many(lambda random, dates: noise(random, dates, resemblance), points=points)) <= 0.01


@pytest.mark.parametrize("points", [24, 36])
def test_a_steady_trend_is_no_season(points: int) -> None:
    assert (
        flagged(many(lambda random, dates: noise(random, dates) + np.arange(len(dates)), points=points))
        <= 0.01
    )


@pytest.mark.parametrize("at", [6, 9, 12, 15])
def test_a_step_is_no_season(at: int) -> None:
    frame = many(lambda random, dates: noise(random, dates) + 8 * (np.arange(len(dates)) >= at), points=24)
    assert flagged(frame) <= 0.01


@pytest.mark.parametrize(
    ("points", "freq", "power"), [(24, "MS", 0.6), (36, "MS", 0.95), (104, "W-MON", 0.95)]
)
def test_a_season_of_three_sigma_either_way_is_found(points: int, freq: str, power: float) -> None:
    frame = many(
        lambda random, dates: noise(random, dates) + YEAR[dates.month - 1] / 3, points=points, freq=freq
    )
    found = seasonality(frame, by="site")
    assert found["strong"].mean() >= power
    assert found["highest"].mode().tolist() == [1]
    assert found["swing"].mean() == pytest.approx(6, abs=1.5)


def test_under_two_years_there_is_no_word_on_season() -> None:
    found = seasonality(many(noise, size=1, points=20)).iloc[0]
    assert np.isnan(found["f"])
    assert not found["strong"]
    assert pd.isna(found["highest"])


def test_attendances_of_emergency_departments_are_seasonal(shared_data: Path) -> None:
    frame = pd.read_csv(shared_data / "ae_attendances.csv", parse_dates=["period"])
    whole = (
        frame[frame["type"].astype(str) == "1"]
        .groupby("period", as_index=False)[["attendances", "breaches"]]
        .sum()
    )
    whole["within"] = 100 * (1 - whole["breaches"] / whole["attendances"])
    found = seasonality(whole, value="within").iloc[0]
    assert bool(found["strong"])
    assert int(found["lowest"]) in (12, 1, 2, 3)


def test_adjusted_limits_follow_the_season_and_find_what_it_hid() -> None:
    random = np.random.default_rng(5)
    dates = pd.date_range("2021-01-01", periods=48, freq="MS")
    values = 50 + YEAR[dates.month - 1] + random.normal(scale=0.5, size=48)
    values[40] += 4  # a good May, well inside limits that hold the season
    frame = pd.DataFrame({"period": dates, "value": values})
    plain, adjusted = xmr(frame), xmr(frame, season="adjust")
    assert plain["rule"][40] != "outside"
    assert adjusted["rule"][40] == "outside"
    assert (plain["rule"] != "").sum() > (adjusted["rule"] != "").sum()
    assert adjusted["mean"].nunique() > 1
    assert np.ptp(adjusted["mean"] - adjusted["season"]) < 1e-9
    np.testing.assert_allclose(adjusted["value"], values)


def test_adjusting_pure_noise_makes_no_more_signals_than_before() -> None:
    frame = many(noise, points=36)
    plain = summarise_xmr(xmr(frame, by="site"))
    adjusted = summarise_xmr(xmr(frame, by="site", season="adjust"))
    special = [float((table["variation"] != "common_cause").mean()) for table in (plain, adjusted)]
    assert special[1] <= special[0] + 0.03


def test_a_series_under_two_years_is_left_as_it_is() -> None:
    frame = many(noise, size=1, points=20)
    assert set(xmr(frame, season="adjust")["season"]) == {0.0}


@pytest.mark.parametrize("months", [24, 36, 60])
def test_f_of_whole_years_is_that_of_an_analysis_of_variance(months: int) -> None:
    from statsmodels.formula.api import ols

    random, period = np.random.default_rng(1), pd.date_range("2020-01-01", periods=months, freq="MS")
    wave = 2 * np.sin(2 * np.pi * period.month / 12) + 0.05 * np.arange(months)
    frame = pd.DataFrame({"period": period, "value": wave + random.normal(size=months)})
    known = frame.assign(month=period.month, year=period.year)
    whole, without = ols("value ~ C(month) + C(year)", known).fit(), ols("value ~ C(year)", known).fit()
    assert seasonality(frame)["f"].iloc[0] == pytest.approx(whole.compare_f_test(without)[0])
