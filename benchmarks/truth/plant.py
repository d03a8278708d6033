"""What is planted in one engagement, drawn from its seed by the frozen design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from reviewkit.model import Engagement
from reviewkit.simulate import Truths
from reviewkit.simulate.codings import CONFUSED
from reviewkit.simulate.planted import Voice
from reviewkit.simulate.world import read_world

from .changes import Change, Draw, shifts, three_changes
from .design import design
from .others import autocorrelation, background, journey, leaders, partners, people, voice_of
from .score import Planted
from .wanted import PAIRS, cause_of, follow, related, subject, told, unheard

Half = Literal["planted", "clean"]
Rows = Literal["reported", "development"]


@dataclass(frozen=True)
class Plan:
    """One engagement to simulate: what is planted, what a review should find, and what follows of itself."""

    name: str
    world: str
    seed: int
    strength: float
    truths: Truths
    wanted: tuple[Planted, ...] = ()
    follows: tuple[Planted, ...] = ()


def plan(half: Half, number: int, rows: Rows, engagements: dict[str, Engagement]) -> Plan:
    """Return the plan of engagement ``number`` of a half."""
    made = design()
    strength = float(made["strengths"][number % 3]) if half == "planted" else 0.0
    world = read_world(made["worlds"][number // 3 % len(made["worlds"])])
    seed = seed_of(half, number, rows)
    draw = Draw(np.random.default_rng([seed, 1]), world, engagements[world.id], strength)
    name = f"{half}_{number:03d}"
    return _planted(name, seed, draw) if half == "planted" else _clean(name, seed, draw)


def seed_of(half: Half, number: int, rows: Rows) -> int:
    """Return the seed of engagement ``number`` of a half.

    >>> seed_of("clean", 3, "reported") - seed_of("planted", 3, "reported")
    5000
    """
    return int(design()["seeds"][rows]) + number + (5000 if half == "clean" else 0)


def _clean(name: str, seed: int, draw: Draw) -> Plan:
    """People talk as ever, season and autocorrelation are there, and nothing changes."""
    truths = Truths(
        id=name,
        world=draw.world.id,
        autocorrelation=autocorrelation(draw),
        voices=tuple(background(draw, set())),
    )
    return Plan(name, draw.world.id, seed, 0.0, truths)


def _planted(name: str, seed: int, draw: Draw) -> Plan:
    """Something of every kind, over what people talk of anyway. The order of draws is part of the design."""
    changes = three_changes(draw)
    themes, voices = _voices(draw, changes)
    site, answers, agents, lacking = journey(draw, changes), partners(draw), people(draw), leaders(draw)
    truths = Truths(
        id=name,
        world=draw.world.id,
        autocorrelation=autocorrelation(draw),
        shifts=tuple(shift for change in changes for shift in shifts(draw, change)),
        voices=tuple(voices),
        journey=site,
        people=agents,
        leaders=lacking,
        partners=answers,
    )
    found, follows = _wanted(draw, changes, themes, truths)
    return Plan(name, draw.world.id, seed, draw.strength, truths, tuple(found), tuple(follows))


def _voices(draw: Draw, changes: tuple[Change, Change, Change]) -> tuple[list[str], list[Voice]]:
    """The planted themes, and all that people talk about; nobody speaks of what shall stay unraised."""
    caused, unraised, improved = changes
    taken = {code for change in changes for code in draw.engagement.measure(change.measure).codes}
    silent = set(draw.engagement.measure(unraised.measure).codes)
    taken |= {code for code, mistaken in CONFUSED.items() if mistaken in silent}
    themes = draw.some([code for code in design()["unmeasured"] if code not in taken], design()["themes"])
    voices = [voice_of(draw, caused), voice_of(draw, improved)]
    often = design()["voice"] * (1 + draw.strength)
    voices += [Voice(code=code, chance=often, relation="silence_in_data") for code in themes]
    return themes, voices + background(draw, taken | set(themes))


def _wanted(
    draw: Draw, changes: tuple[Change, Change, Change], themes: list[str], truths: Truths
) -> tuple[list[Planted], list[Planted]]:
    """What a review should find, and what follows of itself."""
    caused, unraised, improved = changes
    found = [truth for change in changes for truth in told(draw, change)]
    found += [Planted("theme", (code,)) for code in themes]
    found += related(caused, improved, themes) + unheard(draw, unraised) + cause_of(caused)
    found += [Planted("journey", ("customers",), way=1)]
    asked = [each.statement for each in truths.partners]
    found += [Planted("partner", (f"{statement}/{PAIRS[0]}",)) for statement in asked]
    found += [Planted("leader", (subject(truths.leaders[0]),))]
    follows = [truth for change in changes for truth in follow(draw, change)]
    follows += [Planted("partner", tuple(f"{statement}/{pair}" for pair in PAIRS)) for statement in asked]
    return found, follows
