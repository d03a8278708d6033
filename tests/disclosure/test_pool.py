"""Attribution is as broad as the pool who could have said it demands."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.disclosure import ANYONE, WITHHELD, Discloser, attributions
from reviewkit.model import Disclosure, Edition

LEVELS = ["senior_leadership", "department_head", "team_lead", "front_line"]


def register(*groups: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(groups, columns=["department", "level", "headcount"])


def test_attributions_adds_sites_of_a_group_together() -> None:
    both = register(("service", "front_line", 3), ("service", "front_line", 2))
    assert attributions(both, 5) == {("service", "front_line"): "front line, service"}


def test_attributions_drops_the_department_of_small_groups() -> None:
    words = attributions(register(("it", "front_line", 3), ("finance", "front_line", 2)), 5)
    assert set(words.values()) == {"front line"}


def test_attributions_falls_back_on_a_member_of_staff() -> None:
    words = attributions(register(("it", "front_line", 3), ("it", "team_lead", 2)), 5)
    assert set(words.values()) == {ANYONE}


def test_attributions_withholds_a_small_group_beside_large_ones() -> None:
    words = attributions(register(("service", "front_line", 40), ("finance", "front_line", 3)), 5)
    assert words["finance", "front_line"] == WITHHELD


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(LEVELS), st.integers(1, 9)),
        min_size=1,
        max_size=12,
    ),
    st.integers(2, 8),
)
def test_attributions_are_each_carried_by_enough_people(
    groups: list[tuple[str, str, int]], minimum: int
) -> None:
    frame = register(*groups)
    words = attributions(frame, minimum)
    label = [
        words[department, level]
        for department, level in zip(frame["department"], frame["level"], strict=True)
    ]
    carried = frame.groupby(pd.Series(label))["headcount"].sum().drop(WITHHELD, errors="ignore")
    assert (carried >= minimum).all()


def test_attribution_names_no_site_outside_the_team() -> None:
    frame = register(("service", "front_line", 12)).assign(name=None, site="North")
    row = {"department": "service", "level": "front_line", "site": "North", "source": "one_to_one"}
    editions: list[Edition] = ["team", "leadership"]
    shown = [Discloser(Disclosure(), frame).attribution(row, edition) for edition in editions]
    assert shown == ["front line, service, North", "front line, service"]
