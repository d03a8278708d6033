"""One table of everything said, with what was agreed."""

from __future__ import annotations

import pandas as pd

from reviewkit.voices import all_remarks

SAID = pd.DataFrame(
    {
        "remark_id": ["r1", "r2", "r3", "r4"],
        "source": ["one_to_one", "group_work", "observation", "customer_feedback"],
        "interview_id": ["i1", "g1", None, None],
        "stakeholder_id": ["s1", None, None, None],
        "on_record": [True, True, None, None],
        "text": ["a", "b", "c", "d"],
    }
)


def test_all_remarks_tells_interviews_customers_and_observations() -> None:
    assert all_remarks(SAID)["kind"].tolist() == ["interview", "interview", "observation", "customer"]


def test_all_remarks_counts_by_interview_or_by_remark() -> None:
    assert all_remarks(SAID)["unit_id"].tolist() == ["i1", "g1", "r3", "r4"]


def test_all_remarks_reads_a_double_observation_once() -> None:
    seen = pd.DataFrame({"observation_id": ["o1", "o2"], "seen": ["c", "e"]})
    assert all_remarks(SAID, None, seen)["remark_id"].tolist() == ["r1", "r2", "r3", "r4", "o2"]


def test_all_remarks_keeps_what_was_seen_twice() -> None:
    seen = pd.DataFrame({"observation_id": ["o1", "o2"], "seen": ["A queue.", "A queue."]})
    assert all_remarks(None, None, seen)["remark_id"].tolist() == ["o1", "o2"]


def test_all_remarks_agrees_nothing_nobody_agreed_to() -> None:
    interviews = all_remarks(SAID).head(2)
    assert interviews["attribution"].tolist() == ["none", "none"] and not interviews["on_record"].any()


def test_all_remarks_lays_consent_over_what_was_said() -> None:
    took_part = pd.DataFrame(
        {
            "interview_id": ["i1", "g1", "g1"],
            "stakeholder_id": ["s1", "s1", "s2"],
            "on_record": [True, True, False],
            "attribution": ["role", "broad", "broad"],
        }
    )
    said = all_remarks(SAID, participants=took_part).head(2)
    assert said[["attribution", "on_record"]].values.tolist() == [["role", True], ["broad", False]]


def test_all_remarks_of_nothing_is_empty_with_its_columns() -> None:
    frame = all_remarks()
    assert frame.empty and {"remark_id", "kind", "unit_id", "text"} <= set(frame.columns)
