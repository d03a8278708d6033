"""The design is frozen, and every engagement drawn from it can be found out by a review."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.truth.__main__ import plans
from benchmarks.truth.design import design, frozen, hashes
from benchmarks.truth.plant import Half, Plan, Rows, seed_of
from reviewkit.simulate.world import read_world


@pytest.fixture(scope="module")
def drawn() -> list[Plan]:
    return plans("development", 15)


def test_design_words_and_cue_phrases_are_as_they_were_frozen() -> None:
    told = (
        "the measuring rod changed: say so in the change log, run `make truth`, then write frozen.yaml anew"
    )
    assert hashes() == frozen(), told


def test_seeds_for_tuning_are_none_of_those_reported() -> None:
    rows: tuple[Rows, ...] = ("reported", "development")
    halves: tuple[Half, ...] = ("planted", "clean")
    seeds = Counter(seed_of(half, n, row) for row in rows for half in halves for n in range(design()[half]))
    assert len(seeds) == 2 * (design()["planted"] + design()["clean"])


def test_the_same_seed_draws_the_same_truths(drawn: list[Plan]) -> None:
    assert plans("development", 15) == drawn


def test_halves_strengths_and_worlds_are_spread(drawn: list[Plan]) -> None:
    planted = [each for each in drawn if each.strength]
    assert len(planted) == len(drawn) / 2 == 15
    assert set(Counter((each.strength, each.world) for each in planted)) == {
        (strength, world) for strength in design()["strengths"] for world in set(design()["worlds"])
    }
    assert all(0 <= each.truths.autocorrelation <= 0.3 for each in drawn)


def test_clean_engagements_have_voices_and_nothing_else(drawn: list[Plan]) -> None:
    clean = [each for each in drawn if not each.strength]
    for each in clean:
        truths = each.truths
        assert truths.voices and not each.wanted
        assert not (
            truths.shifts or truths.spikes or truths.leaders or truths.partners or truths.people.better
        )
        assert not truths.journey.departing


def test_planted_engagements_have_every_kind_and_points_on_either_side(drawn: list[Plan]) -> None:
    for each in (each for each in drawn if each.strength):
        kinds = {truth.kind for truth in each.wanted}
        # Of gaps some strengths have none that is large enough; agents are chosen by the simulation.
        assert kinds >= {"opinion", "theme", "relationship", "cause", "journey", "partner", "leader"}
        months = read_world(each.world).months
        for shift in each.truths.shifts:
            assert (months < str(shift.at)).sum() >= 8
            assert (months >= str(shift.at)).sum() >= 8


def test_a_measure_that_nobody_raises_is_raised_by_nobody(drawn: list[Plan]) -> None:
    for each in (each for each in drawn if each.strength):
        raised = {voice.code for voice in each.truths.voices}
        silent = [
            truth.what[0].split("/")[2] for truth in each.wanted if "silence_in_voices" in truth.what[0]
        ]
        codes = {
            "absence": {"morale"},
            "repeat_contacts": {"operational_inefficiency", "handoffs_and_coordination"},
        }
        assert not any(codes.get(measure, set()) & raised for measure in silent)
