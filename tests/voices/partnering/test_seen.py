"""Each side's own view stands beside the mean; response decides how sides are weighed."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.content import load_statements
from reviewkit.voices.partnering import (
    front_line_alone,
    present_signs,
    rates_differ,
    response,
    side_headcounts,
    side_views,
    who_sees,
)

BANK = load_statements()


def answers(statement: str, **groups: list[int]) -> pd.DataFrame:
    rows = [
        (f"{side}{n}", side, statement, value)
        for side, given in groups.items()
        for n, value in enumerate(given)
    ]
    said = pd.DataFrame(rows, columns=["respondent_id", "group", "statement", "answer"])
    return said.assign(department=said["group"], site="x")


def test_who_sees_a_sign_says_who_does_not() -> None:
    said = answers("sign_5", front_line=[5, 4] * 8, support=[1, 5] * 5, management=[1, 2] * 4)
    words = who_sees(side_views(said, BANK))["words"].iloc[0]
    assert words == "the front line sees it; management does not; support departments are divided"


def test_who_sees_a_key_says_who_misses_it() -> None:
    said = answers("key_2", front_line=[1, 2] * 8, management=[5, 4] * 4)
    assert (
        who_sees(side_views(said, BANK))["words"].iloc[0] == "the front line misses it; management finds it"
    )


def test_a_small_side_has_no_view() -> None:
    views = side_views(answers("sign_1", front_line=[5] * 9, support=[1] * 4), BANK)
    assert views.set_index("group")["view"]["support"] == ""


def test_the_mean_weighs_sides_by_their_people() -> None:
    said = answers("key_1", front_line=[2, 2, 2, 2, 2], support=[4] * 15)
    plain = present_signs(said, BANK)["mean"].iloc[0]
    weighed = present_signs(said, BANK, headcounts={"front_line": 90, "support": 10})["mean"].iloc[0]
    assert (plain, weighed) == pytest.approx((3.5, 2.2))


def test_what_the_mean_hides_is_said_of_the_front_line() -> None:
    said = answers("key_2", front_line=[1, 2, 2] * 4, support=[5, 4, 4] * 6)
    alone = front_line_alone(side_views(said, BANK), present_signs(said, BANK))
    assert alone["statement"].tolist() == ["key_2"] and alone["all_mean"].iloc[0] > 3


def test_response_finds_who_did_not_answer() -> None:
    register = pd.DataFrame(
        {
            "department": ["front_line", "support", "Silent"],
            "level": "front_line",
            "site": "x",
            "headcount": [20, 10, 7],
        }
    )
    table = response(answers("key_1", front_line=[3] * 5, support=[3] * 9), register)
    departments = table[table["by"].eq("department")].set_index("name")
    assert departments["rate"].to_dict() == {"Silent": 0.0, "front_line": 0.25, "support": 0.9}
    assert rates_differ(table) and side_headcounts(table) == {"front_line": 20, "support": 10}


def test_more_answers_than_people_are_said_and_weigh_nothing() -> None:
    register = pd.DataFrame({"department": ["support"], "level": "front_line", "site": "x", "headcount": [3]})
    table = response(answers("key_1", support=[3] * 9), register)
    assert table["more"].all() and table["rate"].eq(1).all() and side_headcounts(table) is None


def test_every_sign_and_key_is_asked_and_both_directions_are() -> None:
    ids = {name.removesuffix("_turned") for name in BANK}
    assert {f"sign_{n}" for n in range(1, 10)} | {f"key_{n}" for n in range(1, 7)} <= ids
    turned = [name for name in BANK if name.endswith("_turned")]
    assert all(BANK[name].reverse != BANK[name.removesuffix("_turned")].reverse for name in turned)
    for kind in ("sign", "key", "expectation", "support"):
        assert {entry.reverse for entry in BANK.values() if entry.kind == kind} == {True, False}
