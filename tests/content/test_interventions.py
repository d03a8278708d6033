"""Interventions cover every cause and area, say each thing once, and claim no more than is known."""

from __future__ import annotations

import itertools
import re

import pytest

from reviewkit.content import Intervention, load_action_areas, load_causes, load_interventions

LIBRARY = load_interventions()
FIELDS = ("title", "what", "why", "watch", "evidence", "effect_contract", "effect_improvement")
UP = {"service_level", "within_four_hours", "first_contact_resolution", "csat", "sales_conversion", "revenue"}
DOWN = {"abandonment", "repeat_contacts", "absence", "cost_per_contact", "downtime", "days_to_first_meeting"}


def _words(entry: Intervention, field: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", getattr(entry, field).lower()) if len(word) > 3}


@pytest.mark.parametrize("field", FIELDS)
def test_interventions_no_two_say_the_same(field: str) -> None:
    said = {name: _words(entry, field) for name, entry in LIBRARY.items()}
    alike = [
        (one, two)
        for one, two in itertools.combinations(said, 2)
        if len(said[one] & said[two]) / max(1, len(said[one] | said[two])) >= 0.5
    ]
    assert alike == []


@pytest.mark.parametrize("cause", load_causes())
def test_interventions_each_cause_has_choice_and_something_that_takes_little(cause: str) -> None:
    mine = [entry for entry in LIBRARY.values() if cause in entry.causes and entry.id != "settle_the_cause"]
    assert len(mine) >= 3
    assert any(entry.effort <= 2 for entry in mine)


@pytest.mark.parametrize("area", load_action_areas())
def test_interventions_each_action_area_has_two(area: str) -> None:
    assert sum(area in entry.action_areas for entry in LIBRARY.values()) >= 2


def test_interventions_are_of_all_three_types() -> None:
    kinds = [entry.type for entry in LIBRARY.values()]
    assert min(kinds.count(kind) for kind in set(kinds)) >= 15 and len(set(kinds)) == 3


def test_interventions_each_says_what_it_moves_and_not_the_wrong_way_first() -> None:
    for entry in LIBRARY.values():
        assert entry.moves or entry.id == "settle_the_cause", entry.id
        if entry.moves:
            measure, way = next(iter(entry.moves.items()))
            assert not (measure in UP and way == "down") and not (measure in DOWN and way == "up"), entry.id


def test_interventions_show_only_after_they_are_in_place() -> None:
    assert [entry.id for entry in LIBRARY.values() if entry.shows < entry.weeks] == []


def test_interventions_claim_no_figures_and_cite_nothing() -> None:
    told = [f"{entry.why} {entry.evidence} {entry.effect_contract}" for entry in LIBRARY.values()]
    assert [
        text for text in told if re.search(r"\d|%|per cent|et al|\bpercent\b|proven|always works", text)
    ] == []


def test_interventions_begin_with_something_to_do_and_end_their_sentences() -> None:
    for entry in LIBRARY.values():
        assert all(getattr(entry, field).endswith(".") for field in FIELDS if field != "title"), entry.id
        assert len(entry.what.split()) >= 12, f"{entry.id}: too little to act on"
