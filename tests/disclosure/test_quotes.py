"""A quote appears only when approved, on record, agreed, and said by one of enough people."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure

REGISTER = pd.DataFrame(
    {
        "stakeholder_id": ["s1", "s2", "s3"],
        "name": ["Priya Shah", None, "Tom Field"],
        "department": ["service", "finance", "board"],
        "level": ["front_line", "front_line", "senior_leadership"],
        "site": ["North", "North", "Centre"],
        "role": ["adviser", "clerk", "chief executive"],
        "headcount": [30, 3, 1],
    }
)
GATE = Discloser(Disclosure(), REGISTER)


def remark(**changes: object) -> pd.DataFrame:
    row = {"remark_id": "r1", "source": "one_to_one", "department": "service", "level": "front_line"}
    row |= {"site": "North", "on_record": True, "attribution": "broad", "text": "We wait. Ask Priya."}
    return pd.DataFrame([row | changes])


def decided(status: str = "approved", words: str = "We wait.") -> pd.DataFrame:
    return pd.DataFrame({"remark_id": ["r1"], "words": [words], "status": [status]})


def test_quotes_shows_approved_words_with_a_broad_attribution() -> None:
    shown = GATE.quotes(decided(), remark(), "leadership")
    assert shown[["words", "attribution"]].values.tolist() == [["We wait.", "front line, service"]]


@pytest.mark.parametrize(
    "change",
    [
        {"on_record": False},
        {"on_record": pd.NA},
        {"attribution": "none"},
        {"attribution": ""},
        {"department": "finance"},
        {"level": "senior_leadership", "department": "board"},
        {"department": "unknown"},
    ],
)
@pytest.mark.parametrize("edition", ["leadership", "managers", "participants"])
def test_quotes_withholds_what_was_not_agreed_or_points_at_few(
    change: dict[str, object], edition: str
) -> None:
    assert GATE.quotes(decided(), remark(**change), edition).empty


def test_quotes_withholds_what_no_analyst_approved() -> None:
    refused = GATE.quotes(decided("refused"), remark(), "leadership")
    assert refused.empty and GATE.quotes(decided().head(0), remark(), "participants").empty


def test_quotes_marks_unapproved_words_for_the_team() -> None:
    shown = GATE.quotes(decided().head(0), remark(), "team")
    assert shown["attribution"].tolist() == ["front line, service, North (not approved)"]


def test_quotes_takes_register_names_out_of_approved_words() -> None:
    shown = GATE.quotes(decided(words="Ask Priya."), remark(), "leadership")
    assert shown["words"].tolist() == ["Ask [name]."]


def test_quotes_shows_approved_words_of_customers_without_a_register() -> None:
    feedback = pd.DataFrame({"feedback_id": ["r1"], "text": ["Kind."]})
    shown = GATE.quotes(decided(words="Kind."), feedback, "leadership")
    assert shown["attribution"].tolist() == ["a customer"]


def test_quotes_of_a_group_need_everybody_s_consent() -> None:
    took_part = pd.DataFrame(
        {
            "interview_id": "i1",
            "stakeholder_id": ["s1", "s2"],
            "on_record": True,
            "attribution": ["broad", "none"],
        }
    )
    gate = Discloser(Disclosure(), REGISTER, took_part)
    said = remark(interview_id="i1", stakeholder_id=None).drop(columns="attribution")
    assert gate.quotes(decided(), said, "leadership").empty
    assert len(gate.quotes(decided(), said.assign(stakeholder_id="s1"), "leadership")) == 1


def test_quotes_call_those_served_what_the_engagement_calls_them() -> None:
    said = remark(source="customer_feedback", department="", level="")
    gate = Discloser(Disclosure(), REGISTER, customer="patient")
    assert gate.quotes(decided(), said, "leadership")["attribution"].tolist() == ["a patient"]


STAFF = pd.DataFrame(
    {
        "stakeholder_id": [f"h{n}" for n in range(8)],
        "department": ["Operations"] * 5 + ["Sales"] * 3,
        "level": "department_head",
        "name": None,
        "site": [
            "Alder Park",
            "Brook House",
            "Brook House",
            "Castle Quay",
            "Castle Quay",
            *["Dale Mill"] * 3,
        ],
        "headcount": 1,
    }
)
HEAD = {"department": "Operations", "level": "department_head", "site": "Brook House", "stakeholder_id": "h1"}
AWAY = "Alder Park had their floor-walkers for six weeks. We had a laminated sheet."


@pytest.mark.parametrize(
    ("words", "minimum", "reason", "attribution"),
    [
        ("We had a laminated sheet.", 5, "", "department head, Operations"),
        (AWAY, 5, "", "department head"),  # not at Alder Park: four are left of Operations, seven of all
        (AWAY, 8, "", None),
        (AWAY, 8, "The speaker asked for it.", "department head"),
    ],
)
def test_quotes_whose_words_leave_too_few_are_attributed_more_broadly_or_held_back(
    words: str, minimum: int, reason: str, attribution: str | None
) -> None:
    gate = Discloser(Disclosure(minimum_pool=minimum), STAFF)
    quotes = decided(words=words).assign(reason=reason)
    shown = gate.quotes(quotes, remark(**HEAD), "leadership")["attribution"].tolist()
    assert shown == ([] if attribution is None else [attribution])


def test_what_a_page_does_not_show_of_a_voice_counts_too() -> None:
    """A reader of another page knows where the same speaker is not."""
    said = pd.concat([remark(**HEAD, interview_id="i1"), remark(**HEAD, interview_id="i1", remark_id="r2")])
    quotes = pd.concat([decided(words="We wait."), decided(words=AWAY).assign(remark_id="r2")])
    gate = Discloser(Disclosure(), STAFF, voices=said)
    alone = gate.quotes(quotes, said.head(1), "leadership")
    assert alone["attribution"].tolist() == ["department head"]


def test_the_rule_says_so_where_a_reason_may_let_a_quote_appear() -> None:
    assert Discloser(Disclosure(), STAFF).rules()[0].endswith("5 people could have said it.")
    told = Discloser(Disclosure(), STAFF, excepted=True).rules()[0]
    assert told.endswith("could have said it, or the review team wrote down why it may appear.")
