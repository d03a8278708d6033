"""The difference between two published runs is never that of one person."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.disclosure import released

Said = list[tuple[str, str]]


def remarks(said: Said) -> pd.DataFrame:
    return pd.DataFrame(said, columns=["interview_id", "remark_id"], dtype="str")


def answers(given: list[tuple[str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(given, columns=["respondent_id", "statement", "answer"])


WAS: Said = [(f"i{n}", f"r{n}") for n in range(8)]


def test_first_run_publishes_everything() -> None:
    assert len(released({"remarks": remarks(WAS)}, {}).tables["remarks"]) == 8


def test_one_more_interview_waits_with_its_codings_and_quotes() -> None:
    about = pd.DataFrame({"remark_id": ["r1", "r9"]})
    now = {"remarks": remarks([*WAS, ("i9", "r9")]), "codings": about, "quotes": about}
    made = released(now, {"remarks": remarks(WAS)})
    assert made.waiting == {"remarks": 1} and len(made.tables["remarks"]) == 8
    assert [made.tables[name]["remark_id"].tolist() for name in ("codings", "quotes")] == [["r1"], ["r1"]]


def test_a_late_note_of_an_interview_that_is_published_waits_as_well() -> None:
    made = released({"remarks": remarks([*WAS, ("i1", "r99")])}, {"remarks": remarks(WAS)})
    assert made.waiting == {"remarks": 1} and "r99" not in set(made.tables["remarks"]["remark_id"])


def test_what_belongs_to_no_interview_does_not_wait() -> None:
    made = released({"remarks": remarks([*WAS, ("", "r99")])}, {"remarks": remarks(WAS)})
    assert made.waiting == {} and len(made.tables["remarks"]) == 9


def test_an_answer_that_was_changed_stands_until_others_change() -> None:
    was, now = [("q1", "key_1", 2), ("q2", "key_1", 3)], [("q1", "key_1", 5), ("q2", "key_1", 3)]
    made = released({"perceptions": answers(now)}, {"perceptions": answers(was)})
    assert made.tables["perceptions"]["answer"].tolist() == [2, 3] and made.waiting == {"perceptions": 1}


def test_what_was_withdrawn_goes_at_once_and_the_team_is_told() -> None:
    made = released({"remarks": remarks(WAS[1:])}, {"remarks": remarks(WAS)})
    assert "r0" not in set(made.tables["remarks"]["remark_id"]) and made.withdrawn == {"remarks": 1}
    assert any("withdrawn" in line for line in made.told(5))


@given(st.sets(st.integers(8, 30)), st.integers(2, 8))
def test_released_interviews_are_none_or_enough(new: set[int], minimum: int) -> None:
    now = remarks([*WAS, *((f"i{n}", f"r{n}") for n in sorted(new))])
    made = released({"remarks": now}, {"remarks": remarks(WAS)}, minimum=minimum)
    more = set(made.tables["remarks"]["interview_id"]) - {name for name, _ in WAS}
    assert len(more) == (len(new) if len(new) >= minimum else 0)
    assert made.waiting.get("remarks", 0) == (len(new) if 0 < len(new) < minimum else 0)
