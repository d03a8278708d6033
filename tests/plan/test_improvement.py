"""Support for people: fair targets, and no individuals in what leadership sees."""

from __future__ import annotations

import pandas as pd

from reviewkit.plan import feedback_routine, improvement_plans, leader_development

from .planned import FCR, REVIEW

PEOPLE = pd.DataFrame(
    {
        "agent": ["a1", "a2", "a3", "a4"],
        "team": "T",
        "site": "S",
        "measure": FCR,
        "shrunk": [58.0, 66.0, 68.0, 75.0],
        "lower": [52.0, 60.0, 62.0, 69.0],
        "upper": [64.0, 72.0, 74.0, 81.0],
        "centre": 67.0,
        "standing": ["support", "", "", "recognise"],
        "reason": ["below the others by more than chance", "", "", ""],
    }
)


def test_improvement_plans_only_where_support_is_suggested() -> None:
    plans = improvement_plans(PEOPLE, REVIEW.measures, pd.Timestamp("2025-07-01"))
    assert plans["agent"].tolist() == ["a1"]
    assert plans["target"].tolist() == [67.0]


def test_improvement_plans_leave_out_measures_in_which_the_person_is_no_worse() -> None:
    also = PEOPLE.assign(measure="csat", shrunk=3.9, lower=3.7, upper=4.1, centre=3.95)
    plans = improvement_plans(pd.concat([PEOPLE, also]), REVIEW.measures, pd.Timestamp("2025-07-01"))
    assert plans[["agent", "measure"]].values.tolist() == [["a1", FCR]]


def test_improvement_plans_have_three_checks_in_order() -> None:
    row = improvement_plans(PEOPLE, REVIEW.measures, pd.Timestamp("2025-07-01")).iloc[0]
    assert row["starts"] < row["first_check"] < row["second_check"] < row["ends"]


def test_improvement_plans_without_people_are_empty() -> None:
    assert improvement_plans(pd.DataFrame(), REVIEW.measures, pd.Timestamp("2025-07-01")).empty


def test_leader_development_names_no_leader() -> None:
    gaps = pd.DataFrame({"stakeholder_id": ["s1", "s2", "s3"], "competency": "coaching", "kind": "teachable"})
    table = leader_development(gaps.assign(gap=[1.0, 2.0, 0.0], route=["coaching", "training", ""]))
    assert table[["leaders", "assessed", "gap"]].values.tolist() == [[2, 3, 1.5]]
    assert not table.astype("str").isin(["s1", "s2", "s3"]).any(axis=None)


def test_feedback_routine_without_records_says_so() -> None:
    empty = pd.DataFrame(columns=["at", "receiver", "kind", "specific", "days_after"])
    assert set(feedback_routine(empty)["now"]) == {"not recorded"}
