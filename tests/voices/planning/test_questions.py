"""The question bank: every topic for every level, one thing at a time, and guides that fit the hour."""

from __future__ import annotations

import re

import pytest

from reviewkit.content import load_codebook, load_questions, load_topics
from reviewkit.model import LEVELS
from reviewkit.voices.planning import guide

BANK = load_questions()
KINDS = {
    "opening", "performance", "operational_improvement", "customer_facing", "strategy_and_alignment",
    "partnering", "journey", "leadership", "expectations", "support",
}  # fmt: skip
LEADING = r"\b(don't you|isn't it|wouldn't you|surely|obviously|of course|agree that|how bad|terrible)\b"
CLOSED = r"(do|does|did|is|are|was|were|has|have|can|could|will|would|should) "


@pytest.mark.parametrize("level", LEVELS)
def test_bank_covers_every_topic_for_every_level(level: str) -> None:
    for_all = [one for one in BANK.values() if level in (one.levels or LEVELS) and not one.departments]
    assert {one.topic for one in for_all} == set(load_topics())
    assert {one.kind for one in for_all} == KINDS


def test_bank_holds_sixty_questions_all_different() -> None:
    texts = [re.sub(r"\W+", " ", one.text.lower()).strip() for one in BANK.values()]
    assert len(texts) >= 60 and len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", BANK)
def test_question_neither_leads_nor_closes_nor_asks_twice(name: str) -> None:
    text = BANK[name].text.lower()
    assert not re.search(LEADING, text)
    assert text.count("?") <= 1
    assert not BANK[name].open or not re.match(CLOSED, text)


@pytest.mark.parametrize("name", BANK)
def test_question_asks_about_codes_of_the_codebook(name: str) -> None:
    assert set(BANK[name].codes) <= set(load_codebook().codes)


@pytest.mark.parametrize("minutes", [30, 45, 60])
@pytest.mark.parametrize("level", LEVELS)
def test_guide_fits_the_length_of_the_interview(level: str, minutes: int) -> None:
    made = guide(BANK, level, department="Sales", opinions=["One.", "Two."], minutes=minutes)
    asked = made[made["part"] == "ask"]
    assert 0.7 * (minutes - 5) <= asked["minutes"].sum() <= minutes - 5
    assert asked["question"].iloc[-1] == "anything_else" and asked["open"].iloc[0]


def test_guide_asks_a_department_about_its_own_work() -> None:
    sales, none = (set(guide(BANK, "front_line", department=name)["question"]) for name in ("Sales team", ""))
    assert sales - none == {"promised", "sales_leads"}
