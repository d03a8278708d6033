"""Coverage names its holes; timetables clash where they clash; guides ask openly first."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.content import load_questions
from reviewkit.voices import asked_codes, clashes, coverage, guide, hole_findings, timetable, tracker

REGISTER = pd.DataFrame(
    {
        "stakeholder_id": ["s1", "s2", "s3"],
        "department": ["service", "service", "finance"],
        "level": ["front_line", "team_lead", "front_line"],
        "site": ["North", "North", None],
        "role": ["adviser", "team leader", "clerk"],
        "headcount": pd.array([30, None, 4], dtype="Int64"),
    }
)


def interviews(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["interview_id", "planned_at", "status", "interviewer"])
    return frame.assign(
        planned_at=pd.to_datetime(frame["planned_at"]), minutes=45, kind="one_to_one", site=""
    )


def took_part(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["interview_id", "stakeholder_id"])


def test_coverage_counts_planned_and_held_by_group() -> None:
    held = interviews(("i1", "2025-03-03 09:00", "noted", "a"), ("i2", "2025-03-04 09:00", "planned", "a"))
    table = coverage(REGISTER, held, took_part(("i1", "s1"), ("i2", "s1"))).set_index(["department", "level"])
    assert table.loc[("service", "front_line"), ["planned", "held"]].tolist() == [2, 1]


@pytest.mark.parametrize(("status", "hole"), [("did_not_attend", True), ("invited", False)])
def test_coverage_calls_a_group_a_hole_until_an_interview_is_planned(status: str, hole: bool) -> None:
    table = coverage(REGISTER, interviews(("i1", "2025-03-03 09:00", status, "a")), took_part(("i1", "s1")))
    assert table.set_index(["department", "level"]).loc[("service", "front_line"), "hole"] == hole


def test_coverage_says_who_would_fill_a_hole() -> None:
    table = coverage(REGISTER, interviews(), took_part())
    assert table["who"].tolist() == [
        "a one-to-one with clerk (4 people)",
        "a one-to-one with team leader (1 person)",
        "a group session with adviser (30 people)",
    ]


def test_hole_findings_keep_small_groups_for_the_team() -> None:
    found = hole_findings(coverage(REGISTER, interviews(), took_part()), minimum=5)
    assert [finding.audience for finding in found] == [("team", "leadership"), ("team",), ("team",)]


@pytest.mark.parametrize(("second", "number"), [("2025-03-03 09:44", 1), ("2025-03-03 09:45", 0)])
def test_clashes_finds_an_interviewer_in_two_places(second: str, number: int) -> None:
    both = interviews(("i1", "2025-03-03 09:00", "planned", "a"), ("i2", second, "planned", "a"))
    assert len(clashes(both, took_part())) == number


def test_clashes_finds_a_participant_in_two_places() -> None:
    both = interviews(("i1", "2025-03-03 09:00", "planned", "a"), ("i2", "2025-03-03 09:00", "planned", "b"))
    assert clashes(both, took_part(("i1", "s1"), ("i2", "s1")))["reason"].tolist() == ["participant"]


def test_clashes_lets_who_did_not_attend_be() -> None:
    both = interviews(
        ("i1", "2025-03-03 09:00", "did_not_attend", "a"), ("i2", "2025-03-03 09:00", "planned", "a")
    )
    assert clashes(both, took_part()).empty


def test_timetable_is_in_order_and_leaves_undated_out() -> None:
    table = timetable(interviews(("i2", "2025-03-04", "planned", "a"), ("i1", "2025-03-03", "planned", "a"),
                                 ("i3", "", "planned", "a")))  # fmt: skip
    assert table["interview_id"].tolist() == ["i1", "i2"]


def test_tracker_counts_every_interview_once() -> None:
    rows = [(f"i{n}", "2025-03-03", status, "a") for n, status in enumerate(["held", "coded", "coded"])]
    assert tracker(interviews(*rows))["interviews"].sum() == 3


@pytest.mark.parametrize("level", ["senior_leadership", "department_head", "team_lead", "front_line"])
def test_guide_asks_openly_first_and_tests_opinions_last(level: str) -> None:
    table = guide(load_questions(), level, opinions=["Handle time rose."])
    body = table[table["topic"] != "opinions"]
    assert body["open"].iloc[0] and body.index.max() < table.index[table["topic"] == "opinions"].min()
    assert body["open"].tolist() == sorted(body["open"], reverse=True)


def test_asked_codes_of_no_question_are_none() -> None:
    assert asked_codes(pd.DataFrame({"question": ["", "unknown"]}), load_questions()) == set()
