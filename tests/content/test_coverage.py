"""Every cause, action area and topic is covered, and every id means one thing."""

from __future__ import annotations

import pytest

from reviewkit.content import (
    load_action_areas,
    load_ascent,
    load_causes,
    load_codebook,
    load_competencies,
    load_glossary,
    load_interventions,
    load_questions,
    load_statements,
    load_topics,
    opening_script,
)
from reviewkit.model import LEVELS, TABLES

CODES = load_codebook().codes
INTERVENTIONS = load_interventions()


@pytest.mark.parametrize("cause", load_causes())
def test_interventions_cause_has_two_and_its_own(cause: str) -> None:
    own = [entry for entry in INTERVENTIONS.values() if cause in entry.causes[:1] and not entry.stop]
    assert len(own) >= 2


@pytest.mark.parametrize("area", load_action_areas())
def test_interventions_action_area_is_covered(area: str) -> None:
    assert any(area in entry.action_areas for entry in INTERVENTIONS.values())


def test_interventions_number_and_stop_list() -> None:
    assert len(INTERVENTIONS) >= 60
    assert sum(entry.stop for entry in INTERVENTIONS.values()) >= 8


def test_interventions_say_different_things() -> None:
    for field in ("title", "what", "why", "effect_contract"):
        assert len({getattr(entry, field) for entry in INTERVENTIONS.values()}) == len(INTERVENTIONS)


@pytest.mark.parametrize("topic", load_topics())
def test_questions_topic_is_covered(topic: str) -> None:
    assert any(question.topic == topic for question in load_questions().values())


def test_questions_open_ones_come_first() -> None:
    bank = list(load_questions().values())
    assert len(bank) >= 60
    assert all(question.open for question in bank[:60])
    assert [question.topic for question in bank if not question.open] == ["opinions"] * 2


@pytest.mark.parametrize("level", LEVELS)
def test_questions_each_level_is_asked_of_each_kind_of_week_one(level: str) -> None:
    asked = {question.kind for question in load_questions().values() if level in (question.levels or LEVELS)}
    assert {"opening", "performance", "operational_improvement", "customer_facing"} <= asked


@pytest.mark.parametrize("name", CODES)
def test_codebook_code_has_cues_of_both_kinds(name: str) -> None:
    assert 8 <= len(CODES[name].cues) <= 24
    assert 8 <= len(CODES[name].strengths) <= 24


def test_codebook_cue_belongs_to_one_code() -> None:
    cues = [cue for code in CODES.values() for cue in code.cues + code.strengths]
    assert sorted({cue for cue in cues if cues.count(cue) > 1}) == []


def test_statements_nine_signs_six_keys() -> None:
    plain = {name: one for name, one in load_statements().items() if not name.endswith("_turned")}
    kinds = [statement.kind for statement in plain.values()]
    assert [kinds.count(kind) for kind in ("sign", "key", "expectation", "support")] == [9, 6, 3, 3]
    for kind in ("sign", "key", "expectation", "support"):
        assert {one.reverse for one in load_statements().values() if one.kind == kind} == {True, False}


def test_competencies_say_why_they_are_sorted_so() -> None:
    assert len(load_competencies()) == 8
    assert all(len(entry.reason) > 20 for entry in load_competencies().values())


def test_ascent_rises_to_the_summit() -> None:
    percents = [camp.percent for camp in load_ascent().values()]
    assert percents == [24, 55, 85, 100]


def test_glossary_explains_every_icon() -> None:
    assert {"improvement", "concern", "common cause", "neutral", "passes", "fails", "hit or miss"} <= set(
        load_glossary()
    )


def test_opening_script_covers_what_must_be_said() -> None:
    text = " ".join(opening_script()).lower()
    assert all(
        word in text
        for word in ("on the record", "off the record", "quoted", "notes", "pass on any question")
    )


def test_references_point_at_something() -> None:
    headings, causes, areas = load_codebook().headings, set(load_causes()), set(load_action_areas())
    assert all(code.heading in headings for code in CODES.values())
    assert all(set(code.causes) <= causes and set(code.action_areas) <= areas for code in CODES.values())
    assert all(
        set(entry.causes) <= causes and set(entry.action_areas) <= areas for entry in INTERVENTIONS.values()
    )
    assert all(set(entry.codes) <= set(CODES) for entry in INTERVENTIONS.values())
    assert all(set(cause.needs) <= set(TABLES) for cause in load_causes().values())
    assert all(question.topic in load_topics() for question in load_questions().values())
    assert all(set(question.levels) <= set(LEVELS) for question in load_questions().values())
    assert all(statement.heading in headings for statement in load_statements().values())


@pytest.mark.parametrize("name", CODES)
def test_interventions_code_is_answered_for_one_of_its_causes(name: str) -> None:
    answers = [entry for entry in INTERVENTIONS.values() if name in entry.codes and not entry.stop]
    assert any(set(entry.causes) & set(CODES[name].causes) for entry in answers)


def test_references_every_cause_is_pointed_at_by_a_code() -> None:
    assert set(load_causes()) == {cause for code in CODES.values() for cause in code.causes}
