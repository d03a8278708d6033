"""A change at a known date: checked against statsmodels, on nothing planted and on something planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.plan import change_at, frozen_points, signal_after

MONTHS = pd.date_range("2023-01-01", periods=30, freq="MS")


def points(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"period": MONTHS[: len(values)], "value": values})


def test_change_without_memory_is_that_of_least_squares() -> None:
    from statsmodels.regression.linear_model import OLS

    # Neighbours that lean against one another: the memory allowed for is nought.
    values = 60 + np.array(
        [1.0, -1.2, 0.9, -0.8, 1.1, -1.0, 0.7, -0.9, 1.3, -1.1, 5.0, 2.8, 5.2, 3.1, 4.9, 3.0]
    )
    found = change_at(points(values), MONTHS[10])
    post = (np.arange(16) >= 10).astype(float)
    fit = OLS(values, np.column_stack([np.ones(16), post])).fit()
    assert found.resemblance == 0
    assert [found.size, found.low, found.high, found.chance] == pytest.approx(
        [fit.params[1], *fit.conf_int()[1], fit.pvalues[1]]
    )


@pytest.mark.parametrize("memory", [0.0, 0.3])
def test_change_interval_holds_the_truth_as_often_as_it_says(memory: float) -> None:
    random = np.random.default_rng(41)
    season = 1.5 * np.sin(np.arange(30) * 2 * np.pi / 12)
    held = 0
    for _ in range(150):
        noise = random.standard_normal(30)
        for at in range(1, 30):
            noise[at] = memory * noise[at - 1] + np.sqrt(1 - memory**2) * noise[at]
        found = change_at(points(60 + season + noise), MONTHS[24])
        held += found.low <= 0 <= found.high
    assert held / 150 > 0.88


def test_signal_is_rare_where_nothing_is_planted() -> None:
    # A chart's rule and a change that holds are asked for besides the interval.
    random = np.random.default_rng(43)
    called = [signal_after(points(random.standard_normal(24)), MONTHS[16], "increase") for _ in range(15)]
    assert sum(signal != "none" for signal in called) <= 3


def test_signal_of_two_sigma_is_found() -> None:
    random = np.random.default_rng(42)
    found = 0
    for _ in range(20):
        values = 60 + random.standard_normal(24)
        values[16:] += 2
        found += signal_after(points(values), MONTHS[16], "increase") == "improvement"
    assert found >= 16


def test_signal_does_not_hang_on_how_rows_are_numbered() -> None:
    values = np.r_[np.tile([70.0, 71.0], 6), np.tile([60.0, 61.0], 6), np.tile([66.0, 67.0], 3)]
    rows = points(values).set_axis(np.arange(30) * 7 + 400)
    assert signal_after(rows.sample(frac=1, random_state=1), MONTHS[24], "increase") == "improvement"


def test_frozen_limits_are_those_before_the_start_and_say_why_they_begin() -> None:
    values = np.r_[np.tile([70.0, 71.0], 6), np.tile([60.0, 61.0], 6), np.tile([66.0, 67.0], 3)]
    kept = frozen_points(points(values), MONTHS[24], "increase")
    last = kept[kept["phase"] == 1]
    assert last["mean"].unique().tolist() == [60.5]
    assert last["rebased"].iloc[0] == "the level changed lastingly in January 2024"
    assert set(last["signal"].iloc[-6:]) == {"improvement"}


def test_frozen_limits_begin_where_the_process_is_said_to_have_changed() -> None:
    values = np.r_[np.tile([70.0, 71.0], 6), np.tile([60.0, 61.0], 6), np.tile([66.0, 67.0], 3)]
    kept = frozen_points(points(values), MONTHS[24], "increase", changed=[MONTHS[14]])
    begins = kept[kept["rebased"].ne("")]
    assert begins["period"].tolist() == [MONTHS[14]]
    assert "local knowledge of March 2024" in begins["rebased"].iloc[0]
