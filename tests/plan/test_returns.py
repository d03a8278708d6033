"""Returns are ranges with bounds that hold for any gap."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.plan import plausible_share, return_range

from .planned import gap

VERDICTS = st.sampled_from(["supported", "inconclusive", "untested", "described"])


@given(st.integers(1, 5), VERDICTS, st.floats(0, 1), st.floats(0.1, 50), st.floats(0, 5))
def test_return_range_lies_between_nothing_and_the_whole_gap(
    impact: int, verdict: str, reach: float, size: float, half: float
) -> None:
    found = return_range(gap(gap=size, lower=size - half, upper=size + half), impact, verdict, reach=reach)
    assert 0 <= found.low <= found.high <= 100_000 / size * (size + half) * 0.5 + 1e-6


@given(VERDICTS, st.integers(1, 4))
def test_plausible_share_grows_with_impact(verdict: str, impact: int) -> None:
    smaller, larger = plausible_share(impact, verdict), plausible_share(impact + 1, verdict)
    assert smaller[0] <= larger[0] and smaller[1] < larger[1]


def test_return_range_begins_at_nothing_without_a_supported_cause() -> None:
    assert return_range(gap(), 4, "inconclusive").low == 0
    assert return_range(gap(), 4, "supported").low == 12_000


def test_return_range_without_a_value_is_unknown_and_says_so() -> None:
    found = return_range(gap(cost_per_year=None), 4, "supported")
    assert math.isnan(found.low) and math.isnan(found.high)
    assert "nobody has said what one unit is worth" in found.assumptions


def test_return_range_of_a_gap_that_step_2_1_does_not_cost_says_what_a_unit_is_worth_all_the_same() -> None:
    found = return_range(gap(cost_per_year=None, unit="seconds"), 4, "supported", value=2_400.0)
    assert math.isnan(found.high)
    assert "one second is worth £2,400 a year, but the way of counting" in found.assumptions
    negative = return_range(gap(cost_per_year=None), 4, "supported", value=-50.0)
    assert "less than nothing" in negative.assumptions and "£50" in negative.assumptions


def test_return_range_states_its_assumptions() -> None:
    words = return_range(gap(), 4, "supported", reach=0.2).assumptions
    assert "15% to 20% of a gap of 10.0 percentage points (8.0 to 12.0)" in words
    assert "£10,000 a year for each percentage point" in words
    assert "no more than the 20% that somebody has kept up" in words
