"""How many topics are unheard: a floor, checked against published figures."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.voices import richness
from reviewkit.voices.patterns.richness import from_counts

PLOTS = st.lists(st.sets(st.sampled_from("abcdefghij"), min_size=1), min_size=2, max_size=12)


def heard(interviews: list[set[str]]) -> pd.DataFrame:
    rows = [(f"i{n:02}", code) for n, codes in enumerate(interviews) for code in sorted(codes)]
    return pd.DataFrame(rows, columns=["unit_id", "code"])


def test_richness_is_that_of_vegan_on_its_documented_example() -> None:
    found = from_counts(50, 225, 21, 19)
    assert (round(found.expected, 4), round(found.error, 5)) == (236.3732, 6.54361)


def test_richness_counts_topics_of_one_and_two_interviews() -> None:
    found = richness(heard([{"a", "b"}, {"a", "c"}, {"a", "b", "d"}]))
    assert found is not None
    assert (found.units, found.observed, found.once, found.twice) == (3, 4, 2, 1)
    assert found.expected == pytest.approx(4 + 2 / 3 * 2**2 / 2)


def test_richness_where_nothing_came_up_twice_uses_the_other_form() -> None:
    assert from_counts(4, 3, 3, 0).expected == pytest.approx(3 + 3 / 4 * 3 * 2 / 2)


def test_richness_of_one_interview_is_unknown() -> None:
    assert richness(heard([{"a"}])) is None


def test_where_every_topic_recurs_nothing_is_unheard() -> None:
    found = richness(heard([{"a", "b"}] * 4))
    assert found is not None and (found.unheard, found.needed(), found.after(9)) == (0.0, 0, 2.0)


@settings(max_examples=60, deadline=None)
@given(PLOTS)
def test_richness_is_a_floor_within_its_limits(interviews: list[set[str]]) -> None:
    found = richness(heard(interviews))
    assert found is not None
    assert found.observed <= found.lower <= found.expected + 1e-9 <= found.upper + 2e-9
    steps = [found.after(more) for more in range(6)]
    assert steps[0] == pytest.approx(found.observed)
    assert steps == sorted(steps) and steps[-1] <= found.expected + 1e-9


@settings(max_examples=60, deadline=None)
@given(PLOTS)
def test_needed_is_the_fewest_interviews_that_reach_the_share(interviews: list[set[str]]) -> None:
    found = richness(heard(interviews))
    assert found is not None
    more = found.needed(0.9)
    if more:
        assert found.after(more) >= 0.9 * found.expected - 1e-9
        assert found.after(more - 1) < 0.9 * found.expected + 1e-9
