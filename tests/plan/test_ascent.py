"""The ascent leads from the baseline to the summit, in the measure's own unit."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.plan import ascent, reached, stage_level

LEVELS = st.floats(1, 1000, allow_nan=False)


def climb(**changes: Any) -> pd.DataFrame:
    row = {"measure": "fcr", "name": "Resolution", "unit": "percent", "site": "", "contract": ""}
    row |= {"direction": "increase", "baseline": 60.0, "target": 70.0, "sustained": 68.0}
    row |= {"starts": pd.Timestamp("2025-01-01"), "due": pd.Timestamp("2025-12-31")}
    return pd.DataFrame([row | changes])


@given(LEVELS, LEVELS)
def test_stage_level_of_the_gap_rises_from_baseline_to_target(baseline: float, target: float) -> None:
    levels = [stage_level(p, baseline, target, basis="gap", direction="increase") for p in (24, 55, 85, 100)]
    steps = [(later - earlier) * (1 if target >= baseline else -1) for earlier, later in pairwise(levels)]
    assert all(step >= 0 for step in steps)
    assert levels[-1] == pytest.approx(target)


@given(LEVELS, LEVELS, st.sampled_from(["increase", "decrease"]))
def test_stage_level_of_the_contract_ends_at_the_target(
    baseline: float, target: float, direction: Any
) -> None:
    assert stage_level(100, baseline, target, basis="contract", direction=direction) == pytest.approx(target)


def test_ascent_stages_have_dates_and_names() -> None:
    table = ascent(climb())
    assert table["stage_name"].tolist() == ["Base Camp", "Camp 2", "Camp 3", "Summit"]
    assert table["due"].is_monotonic_increasing
    assert table["due"].iloc[-1] == pd.Timestamp("2025-12-31")


def test_ascent_on_the_contract_says_which_stages_are_passed() -> None:
    table = ascent(climb(), basis="contract")
    assert table["level"].tolist() == pytest.approx([16.8, 38.5, 59.5, 70.0])
    assert table["passed"].tolist() == [True, True, True, False]


def test_ascent_camps_are_parameters() -> None:
    table = ascent(climb(), camps={"half": ("Half", 50), "all": ("All", 100)})
    assert table["level"].tolist() == [65.0, 70.0]


def test_ascent_marks_levels_nobody_has_held() -> None:
    assert ascent(climb(sustained=float("nan")))["stretch"].all()
    assert not ascent(climb(sustained=71.0))["stretch"].any()


def test_ascent_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        ascent(climb(due=pd.Timestamp("2024-12-31")))


@given(st.floats(0, 100), st.sampled_from(["increase", "decrease"]))
def test_reached_counts_stages_in_the_right_direction(level: float, direction: str) -> None:
    stages = [20.0, 40.0, 60.0, 80.0] if direction == "increase" else [80.0, 60.0, 40.0, 20.0]
    better = [stage for stage in stages if (level >= stage if direction == "increase" else level <= stage)]
    assert reached(stages, level, direction) == len(better)
