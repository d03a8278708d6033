"""A quote is approved only in words and with an attribution that lead to nobody."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure, InputError
from reviewkit.voices.quotes import QuoteReview

REGISTER = pd.DataFrame(
    [("p1", "Priya Shah", "Service", "front_line", "North", 30),
     ("p2", "Tom Vane", "IT", "front_line", "South", 4),
     ("p3", "Iris Pell", "Sales", "front_line", "South", 3)],
    columns=["stakeholder_id", "name", "department", "level", "site", "headcount"],
)  # fmt: skip
COLUMNS = ["remark_id", "interview_id", "stakeholder_id", "department", "level", "text", "on_record"]
COLUMNS += ["attribution"]
SAID = pd.DataFrame(
    [("r1", "i1", "p1", "Service", "front_line", "We wait. Ask Tom Vane.", True, "broad"),
     ("r2", "i1", "p1", "Service", "front_line", "Here at North it is slow.", True, "broad"),
     ("r3", "i2", "p2", "IT", "front_line", "We at South are few.", True, "broad"),
     ("r4", "i2", "p2", "IT", "front_line", "Between us, no.", False, "broad"),
     ("r5", "i3", "p3", "Sales", "front_line", "Not my words.", True, "none")],
    columns=COLUMNS,
).assign(source="one_to_one", site="North")  # fmt: skip
ON = dt.date(2025, 9, 1)


@pytest.fixture
def review() -> QuoteReview:
    quotes = pd.DataFrame(
        columns=["remark_id", "words", "status", "role", "attribution", "reason", "decided_on"]
    )
    return QuoteReview(Discloser(Disclosure(), REGISTER), SAID, quotes)


def test_candidate_comes_redacted_with_the_attribution_of_the_rule(review: QuoteReview) -> None:
    one = review.candidate("r1")
    assert (one.words, one.attribution, one.few) == ("We wait. Ask [name].", "front line, Service", False)
    assert one.attributions == ("front line, Service", "front line", "a member of staff")


@pytest.mark.parametrize(("name", "why"), [("r4", "off the record"), ("r5", "did not agree")])
def test_what_was_not_agreed_cannot_be_approved(review: QuoteReview, name: str, why: str) -> None:
    assert why in review.candidate(name).barred and name not in review.waiting
    with pytest.raises(InputError, match=why):
        review.approve(name, "Words.", role="Analyst", on=ON)


def test_words_with_a_name_cannot_be_approved(review: QuoteReview) -> None:
    with pytest.raises(InputError, match="still hold: name") as error:
        review.approve("r1", "Ask Vane.", role="Analyst", on=ON)
    assert "Vane" not in str(error.value)


def test_too_few_people_need_a_reason_or_other_words(review: QuoteReview) -> None:
    told = "We in IT are few."
    assert review.candidate("r3", words=told).few and not review.candidate("r3", words="We are few.").few
    with pytest.raises(InputError, match="too few people"):
        review.approve("r3", told, role="Analyst", on=ON)
    row = review.approve("r3", told, role="Analyst", reason="All four asked for it.", on=ON)
    assert (row["status"], row["reason"]) == ("approved", "All four asked for it.")


def test_a_broader_attribution_is_kept_and_shown(review: QuoteReview) -> None:
    row = review.approve("r2", "It is slow.", role="Analyst", attribution="front line", on=ON)
    assert row["attribution"] == "front line"
    shown = review.gate.quotes(pd.DataFrame([row]), SAID, "leadership")
    assert shown["attribution"].tolist() == ["front line"]


def test_an_attribution_narrower_than_the_rule_is_not_shown(review: QuoteReview) -> None:
    row = {
        "remark_id": "r2",
        "words": "Slow.",
        "status": "approved",
        "attribution": "front line, Service, North",
    }
    shown = review.gate.quotes(pd.DataFrame([row]), SAID, "leadership")
    assert shown["attribution"].tolist() == ["front line, Service"]


def test_quotes_of_one_voice_are_read_together(review: QuoteReview) -> None:
    review.decided([review.approve("r2", "Here at North it is slow.", role="Analyst", on=ON)])
    inference = review.candidate("r1").inference
    assert inference is not None and inference.linked == 1
    assert review.counts == {"approved": 1, "refused": 0, "waiting": 2, "barred": 2}


def test_nobody_decides_without_a_role(review: QuoteReview) -> None:
    with pytest.raises(InputError, match="who decides"):
        review.refuse("r1", role=" ", on=ON)
