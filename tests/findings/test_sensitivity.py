"""Verdicts move one way with the evidence, and turn where the sensitivity table says they do."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.findings.convergence.pairs import Pair
from reviewkit.findings.convergence.sensitivity import COUNTS, PARTS, holds, sensitivity_table, turns
from reviewkit.findings.convergence.topics import DataState, VoiceState
from reviewkit.findings.convergence.verdicts import Relationship, Thresholds, raised_as, relationship

LIMITS = Thresholds()
STRONGER = ("silence_in_voices", "partial", "agreement")
THRESHOLDS = ("share", "local", "thin", "units", "heard", "size", "large", "nearer")


@st.composite
def voices(draw: st.DrawFn) -> VoiceState:
    sites = [(name, draw(st.integers(0, 15))) for name in ("A", "B", "C")]
    raised = tuple((name, draw(st.integers(0, total)), total) for name, total in sites)
    total = max(1, sum(n for _, _, n in raised))
    concern, strength = sum(n for _, n, _ in raised), draw(st.integers(0, total))
    free = draw(st.none() | st.integers(0, total))
    kind = draw(st.sampled_from(["interview", "customer"]))
    return VoiceState("x", concern, strength, total, free, kind, draw(st.floats(0, 1)), raised)


@st.composite
def states(draw: st.DrawFn) -> DataState:
    site = draw(st.sampled_from(["", "A", "B"]))
    return DataState(
        "m",
        "Measure",
        site,
        tone=draw(st.sampled_from(["", "concern", "strength"])),
        size=draw(st.floats(0.1, 6)),
        promoted=draw(st.booleans()),
        assurance=draw(st.sampled_from(["", "passes", "fails", "hit_or_miss"])),
        too_small=draw(st.booleans()),
    )


@given(voices(), states())
def test_relationship_is_one_of_the_protocol_or_none(voice: VoiceState, data: DataState) -> None:
    verdict = relationship(voice, data, LIMITS)
    assert verdict in (None, *get_args(Relationship))
    if verdict == "agreement":
        assert voice.stance(LIMITS.units) == data.level(LIMITS.size).removesuffix("_by_target")


@given(total=st.integers(1, 80), n=st.integers(2, 79), more=st.integers(0, 79), size=st.floats(1, 6))
def test_relationship_more_who_raise_it_never_weaken_a_match(
    total: int, n: int, more: int, size: float
) -> None:
    data = DataState("m", "Measure", tone="concern", size=size, promoted=True)
    fewer, wider = (VoiceState("x", min(units, total), total=total) for units in (n, n + more))
    if fewer.stance(LIMITS.units):
        weak, strong = relationship(fewer, data, LIMITS), relationship(wider, data, LIMITS)
        assert STRONGER.index(str(weak)) <= STRONGER.index(str(strong))


@given(units=st.integers(2, 20), size=st.floats(1, 6), more=st.floats(0, 6))
def test_relationship_larger_signal_never_weakens_a_match(units: int, size: float, more: float) -> None:
    voice = VoiceState("x", units, total=20)
    small, large = (
        relationship(voice, DataState("m", "M", tone="concern", size=one, promoted=True), LIMITS)
        for one in (size, size + more)
    )
    assert STRONGER.index(str(small)) <= STRONGER.index(str(large))


@given(
    voice=voices(), data=states(), factor=st.floats(1, 3), name=st.sampled_from(["share", "local", "large"])
)
def test_relationship_higher_bar_for_prominence_never_makes_agreement(
    voice: VoiceState, data: DataState, factor: float, name: str
) -> None:
    higher = replace(LIMITS, **{name: getattr(LIMITS, name) * factor})
    if relationship(voice, data, LIMITS) != "agreement":
        assert relationship(voice, data, higher) != "agreement"


@given(voice=voices(), data=states())
def test_turns_verdict_at_the_turn_is_what_a_new_run_gives(voice: VoiceState, data: DataState) -> None:
    pair = Pair(voice, data)
    for turn in turns(pair, LIMITS):
        at = int(turn.at) if turn.threshold in COUNTS else turn.at
        assert pair.verdict(replace(LIMITS, **{turn.threshold: at})) == turn.becomes != pair.verdict(LIMITS)


@given(voice=voices(), data=states(), name=st.sampled_from(THRESHOLDS), where=st.floats(0.01, 4))
def test_turns_verdict_stays_short_of_the_turn(
    voice: VoiceState, data: DataState, name: str, where: float
) -> None:
    pair, now = Pair(voice, data), getattr(LIMITS, name)
    value = max(1, round(now * where)) if name in COUNTS else now * where
    if name in PARTS:
        value = min(value, 1.0)
    mine = [turn.at for turn in turns(pair, LIMITS) if turn.threshold == name]
    below, above = (
        max((at for at in mine if at < now), default=0),
        min((at for at in mine if at > now), default=9e9),
    )
    # A turn stands a millionth beyond the figure observed.
    if below * (1 + 1e-5) < value < above * (1 - 1e-5):
        assert pair.verdict(replace(LIMITS, **{name: value})) == pair.verdict(LIMITS)


@given(voice=voices(), data=states())
def test_holds_means_no_move_by_half_changes_the_verdict(voice: VoiceState, data: DataState) -> None:
    pair = Pair(voice, data)
    if holds(pair, LIMITS, turns(pair, LIMITS)):
        moved = [LIMITS.moved(factor) for factor in (0.5, 1.5)]
        alone = [replace(LIMITS, **{name: getattr(limits, name)}) for limits in moved for name in THRESHOLDS]
        assert {pair.verdict(limits) for limits in (*moved, *alone)} == {pair.verdict(LIMITS)}


@given(voice=voices(), data=states(), asked=st.none() | st.booleans())
def test_raised_as_keeps_not_asked_apart_from_not_raised(
    voice: VoiceState, data: DataState, asked: bool | None
) -> None:
    word = raised_as(voice, relationship(voice, data, LIMITS), LIMITS, asked)
    unheard = {None: "not_known", True: "not_raised", False: "not_asked"}
    assert (word in ("raised", "hardly_raised")) if voice.units else (word == unheard[asked])


def test_sensitivity_table_says_how_far_prominence_may_move() -> None:
    data = DataState("m", "Measure", tone="concern", size=4.0, promoted=True)
    table = sensitivity_table([Pair(VoiceState("x", 6, total=20), data)], LIMITS)
    row = table.set_index("threshold").loc["share"]
    assert (row["becomes"], bool(row["near"])) == ("partial", True)
    assert row["at"] == pytest.approx(0.3, abs=1e-5) and row["move"] == pytest.approx(0.2, abs=1e-4)
