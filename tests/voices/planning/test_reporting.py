"""Nobody sits in a group with those who report to them; what is heard is not always what it seems."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.voices.planning import Lines, mixed_groups, reservations

REGISTER = pd.DataFrame(
    [
        ("boss", "sales", "department_head", "Head", ""),
        ("lead", "sales", "team_lead", "Team leader", "boss"),
        ("a", "sales", "front_line", "Adviser", "lead"),
        ("b", "sales", "front_line", "Adviser", "lead"),
        ("loose", "sales", "front_line", "Temp", ""),
        ("other", "finance", "team_lead", "Controller", ""),
    ],
    columns=["stakeholder_id", "department", "level", "role", "reports_to"],
).assign(site="North", headcount=1)


def sessions(*members: str, status: str = "planned") -> tuple[pd.DataFrame, pd.DataFrame]:
    held = pd.DataFrame({"interview_id": ["g"], "kind": "group", "status": status})
    return held, pd.DataFrame({"interview_id": "g", "stakeholder_id": list(members)})


def found(*members: str, status: str = "planned") -> list[list[str]]:
    table = mixed_groups(*sessions(*members, status=status), REGISTER)
    return table[["manager", "report", "why"]].values.tolist()


def test_mixed_groups_follows_the_line_all_the_way_up() -> None:
    assert found("boss", "a") == [["Head", "Adviser", "reports_to"]]


def test_mixed_groups_falls_back_on_level_where_the_line_is_open() -> None:
    assert found("lead", "loose") == [["Team leader", "Temp", "level"]]


def test_mixed_groups_lets_colleagues_and_other_departments_be() -> None:
    assert found("a", "b", "other") == []


def test_mixed_groups_lets_a_known_line_outweigh_the_level() -> None:
    register = pd.concat(
        [REGISTER, REGISTER[REGISTER["stakeholder_id"] == "lead"].assign(stakeholder_id="lead2")]
    )
    assert mixed_groups(*sessions("lead2", "a"), register).empty


def test_mixed_groups_leaves_out_sessions_nobody_attended() -> None:
    assert found("boss", "a", status="did_not_attend") == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("abcdef"), min_size=6, max_size=6), st.permutations("abcdef"))
def test_apart_holds_no_two_of_one_line_and_ends_even_in_loops(bosses: list[str], order: list[str]) -> None:
    register = pd.DataFrame({"stakeholder_id": list("abcdef"), "reports_to": bosses, "department": "d",
                             "level": "front_line", "role": "r"})  # fmt: skip
    lines = Lines.of(register)
    kept = lines.apart(order)
    assert kept[0] == order[0]
    assert not any(lines.leads(one, other) for one in kept for other in kept)


def test_reservations_name_groups_off_the_record_and_those_nobody_came_from() -> None:
    held = pd.DataFrame({"interview_id": ["i1", "i2", "i3"], "status": ["held", "did_not_attend", "held"]})
    took = pd.DataFrame(
        [("i1", "a", False, "none"), ("i2", "boss", True, "broad"), ("i3", "nobody", True, "role")],
        columns=["interview_id", "stakeholder_id", "on_record", "attribution"],
    )
    table = reservations(REGISTER, held, took)
    assert table["what"].tolist() == ["off_record", "did_not_attend", "not_in_register"]
