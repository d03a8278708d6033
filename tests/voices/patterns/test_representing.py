"""Quotes that represent: near to what others say, from different people and places, allowed ones alone."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure
from reviewkit.voices import quotable, representative

NAMES = {"concern": {"systems": "Systems"}, "strength": {"systems": "Systems"}}
SLOW = "The system is slow and the screens freeze while the customer waits for us"


def coded(rows: list[dict[str, str]]) -> pd.DataFrame:
    common = {"kind": "interview", "source": "one_to_one", "stance": "concern", "code": "systems"}
    common |= {"department": "a", "level": "front_line", "site": "N", "text": SLOW}
    frame = pd.DataFrame([{**common, **row} for row in rows])
    frame["remark_id"] = [f"r{n}" for n in range(len(rows))]
    frame["unit_id"] = [row.get("unit_id", f"i{n}") for n, row in enumerate(rows)]
    frame["stakeholder_id"] = [row.get("stakeholder_id", f"s{n}") for n, row in enumerate(rows)]
    return frame.assign(on_record=True, attribution="broad")


def chosen(rows: list[dict[str, str]], **more: int) -> list[str]:
    frame = coded(rows)
    return representative(frame, set(frame["remark_id"]), NAMES, **more)["remark_id"].tolist()


def test_the_quote_nearest_to_the_others_comes_first() -> None:
    rows = [
        {"text": "My chair has a loose wheel and I sit badly on it all day long"},
        {"text": "The slow system makes the screens freeze when the customer waits"},
        {"text": "Our screens freeze and the slow system keeps the customer on the line"},
    ]
    assert chosen(rows, most=3)[-1] == "r0"


def test_only_allowed_remarks_are_chosen() -> None:
    frame = coded([{"text": f"{SLOW} {word}"} for word in ("here", "there", "now")])
    assert representative(frame, {"r1"}, NAMES)["remark_id"].tolist() == ["r1"]
    assert representative(frame, set(), NAMES).empty


def test_nobody_is_quoted_twice() -> None:
    texts = [
        "The system is slow for all of us at the desk",
        "Screens freeze in front of every single customer",
    ]
    assert len(chosen([{"text": text, "stakeholder_id": "s1"} for text in texts])) == 1


def test_nothing_is_quoted_twice() -> None:
    assert len(chosen([{}, {"text": f"Honestly, {SLOW}"}])) == 1


def test_another_department_is_preferred_for_the_second_quote() -> None:
    texts = [
        "The slow system makes the screens freeze when a customer waits",
        "Screens freeze and a slow system keeps every customer waiting on us",
        "With a slow system and frozen screens the customer is kept waiting",
    ]
    rows = [{"text": text, "department": name} for text, name in zip(texts, "aab", strict=True)]
    frame = coded(rows).assign(close=[0.9, 0.8, 0.6])
    found = representative(frame, set(frame["remark_id"]), NAMES)
    assert found["remark_id"].tolist() == ["r0", "r2"]


def test_a_strength_is_not_shown_in_words_that_go_on_to_complain() -> None:
    frame = coded([{"stance": "strength"}])
    both = pd.concat([frame, frame.assign(stance="concern", code="morale")])
    assert representative(both, {"r0"}, {"strength": {"systems": "Systems"}}).empty


def test_neither_side_drowns_the_other() -> None:
    words = ["alpha", "bravo", "delta", "hotel", "india", "kilo", "lima", "mike"]
    rows = [
        {"code": word, "text": f"{word} keeps us from {word} and {word} all {word} {word}"} for word in words
    ]
    frame = coded(rows)
    names = {"concern": {word: word for word in words}}
    assert len(representative(frame, set(frame["remark_id"]), names, themes=3)) == 3


def test_reasons_are_kept() -> None:
    frame = coded([{}])
    assert representative(frame, {"r0"}, NAMES)["why"].tolist() == [
        "one of few; 14 words; speaks of nothing else; front line, a"
    ]


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"on_record": False}, False),
        ({"attribution": "none"}, False),
        ({"department": "tiny"}, False),
        ({"text": "x " * 400}, False),
    ],
)
def test_quotable_is_on_record_agreed_short_and_of_a_large_pool(change: dict[str, object], may: bool) -> None:
    columns = ["stakeholder_id", "name", "department", "level", "site", "role", "headcount"]
    people = [("s0", "A B", "a", "front_line", "N", "x", 20), ("s1", "C D", "tiny", "team_lead", "N", "y", 2)]
    gate = Discloser(Disclosure(), pd.DataFrame(people, columns=columns))
    frame = coded([{"level": "team_lead" if "department" in change else "front_line"}]).assign(**change)
    decided = pd.DataFrame({"remark_id": ["other"], "status": ["refused"]})
    assert (quotable(frame, decided, gate) == {"r0"}) is may


def test_what_was_refused_is_not_proposed_again() -> None:
    register = pd.DataFrame(
        {"name": ["A"], "department": "a", "level": "front_line", "site": "N", "headcount": [20], "role": "x"}
    )
    refused = pd.DataFrame({"remark_id": ["r0"], "status": ["refused"]})
    assert quotable(coded([{}]), refused, Discloser(Disclosure(), register)) == set()
