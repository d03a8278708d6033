"""What is still to settle about a plan is said in one sentence, with its next step."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reviewkit.plan.doubts import doubts, levels_before, levels_now

from .planned import FCR, REVIEW, gap, series

REGISTER = pd.DataFrame({"role": ["Head of IT"]})
ACTION: dict[str, Any] = {"title": "Train the desk", "owner": "head of it", "measure": FCR, "site": ""}
ACTION |= {"contract": "", "baseline": 65.0, "target": 75.0, "agreed": True, "cost": 900.0}


def told(now: float = 65.2, register: pd.DataFrame = REGISTER, **changes: Any) -> list[str]:
    return doubts(pd.DataFrame([ACTION | changes]), {(FCR, "", ""): now}, register, REVIEW)


def test_doubts_sound_action_leaves_nothing_to_settle() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"now": 76.0}, "is at 76.0% already, no worse than its target of 75.0%"),
        ({"now": 60.0}, "baseline of 65.0%; the data now say 60.0%, which is worse"),
        ({"now": 68.0}, "the data now say 68.0%, which is better"),
        ({"baseline": None}, "is at 65.2% now, and the action has no baseline"),
        ({"target": None}, "is at 65.2% now, and the action has no target"),
        ({"owner": "quality lead"}, "nobody with the role of 1 owner: quality lead"),
        ({"owner": ""}, "1 action has no owner"),
        ({"cost": None}, "1 action has no cost yet"),
        ({"register": REGISTER.iloc[:0]}, "no register of stakeholders"),
    ],
)
def test_doubts_each_is_one_sentence_with_what_to_do(changes: dict[str, Any], said: str) -> None:
    (only,) = told(**changes)
    assert said in only


def test_doubts_a_plan_beyond_its_budget_says_by_how_much_and_what_to_do() -> None:
    plan = pd.DataFrame([ACTION])
    over, within = (doubts(plan, {}, REGISTER, REVIEW, budget=sum_) for sum_ in (500.0, 900.0))
    assert over == [
        "The plan costs £900: £400 over its budget of £500. Agree more money, or what is left out."
    ]
    assert within == []


def test_doubts_draft_stands_where_the_data_put_it() -> None:
    assert told(now=60.0, agreed=False) == []


def test_levels_now_gap_counts_before_the_last_points() -> None:
    frame = series([50.0] * 6 + [60.0] * 6)
    assert levels_now(pd.DataFrame(), frame) == {(FCR, "", ""): 60.0}
    assert levels_now(pd.DataFrame([gap()]), frame) == {(FCR, "", ""): 65.0}


def test_doubts_of_an_empty_plan_are_none() -> None:
    assert doubts(pd.DataFrame(), {}, REGISTER, REVIEW) == []


def test_doubts_a_begun_action_s_baseline_is_held_against_what_was_before() -> None:
    begun = ACTION | {"action_id": "A1", "starts": pd.Timestamp("2025-01-01")}
    plan = pd.DataFrame([begun])
    before = levels_before(plan, series([65.0, 65.2] * 6 + [72.0] * 6), REVIEW)
    assert before == {"A1": pytest.approx(65.1)}
    assert doubts(plan, {(FCR, "", ""): 72.0}, REGISTER, REVIEW, before=before) == []
    (said,) = doubts(plan, {(FCR, "", ""): 72.0}, REGISTER, REVIEW, before={"A1": 60.0})
    assert "the figures before its start say 60.0%, which is worse" in said
