"""A working day costs what the client's own figures say, whatever the length of their periods."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.plan.day_cost import cost_of_a_day, not_covered


def resources(freq: str, day: float, fte: float) -> pd.DataFrame:
    periods = pd.date_range("2024-01-01", periods=14, freq=freq)
    days = 5 if freq.startswith("W") else 31 * 5 / 7
    return pd.DataFrame({"period": periods, "fte": fte, "cost": day * fte * days})


@given(st.sampled_from(["W-MON", "MS"]), st.floats(50, 900), st.floats(1, 500))
def test_cost_of_a_day_is_the_same_by_week_and_by_month(freq: str, day: float, fte: float) -> None:
    assert np.isclose(cost_of_a_day(resources(freq, day, fte)), day, rtol=0.06)


@pytest.mark.parametrize("change", [{"fte": 0.0}, {"cost": np.nan}, {"period": pd.Timestamp("2024-01-01")}])
def test_cost_of_a_day_is_unknown_without_staff_cost_or_time(change: dict[str, object]) -> None:
    assert np.isnan(cost_of_a_day(resources("MS", 200, 10).assign(**change)))


def test_not_covered_names_what_cannot_earn_its_days() -> None:
    rows = pd.DataFrame({"title": ["A", "B"], "days": [15.0, 15.0], "return_high": [680.0, 56_000.0]})
    assert not_covered(rows, 89.0) == ["A"]
