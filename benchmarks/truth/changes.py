"""Changes of measures: drawn so that each is worth telling, and no two are about the same topic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from reviewkit.model import Engagement
from reviewkit.simulate import SIZES, Shift, Truths
from reviewkit.simulate.contacts import Scene
from reviewkit.simulate.record import deviation
from reviewkit.simulate.world import World, read_world

from .design import design

TRIES = 2000
"""Draws before the design is said to be impossible."""


@dataclass(frozen=True)
class Change:
    """A measure that changes: where, which way, and the code of those who raise it, if anybody does."""

    measure: str
    way: int
    sites: tuple[str, ...]
    at: dt.date
    code: str = ""
    cause: str = ""
    condition: str = ""
    condition_way: int = 0

    @property
    def places(self) -> tuple[str, ...]:
        """The sites, or the whole."""
        return self.sites or ("",)


@dataclass(frozen=True)
class Draw:
    """What every draw needs: the generator, the client, its engagement and the strength."""

    rng: np.random.Generator
    world: World
    engagement: Engagement
    strength: float

    def one(self, items: Any) -> Any:
        """Return one of the items."""
        return items[int(self.rng.integers(len(items)))]

    def some(self, items: Any, n: int) -> list[Any]:
        """Return ``n`` different items, in their own order."""
        return [items[i] for i in sorted(self.rng.permutation(len(items))[:n])]


def three_changes(draw: Draw) -> tuple[Change, Change, Change]:
    """A caused change that is raised, one that nobody raises, and one for the better that people deny."""
    own = design()[draw.world.id]
    codes = {measure.id: set(measure.codes) for measure in draw.engagement.measures}
    for _ in range(TRIES):
        first, second, third = (draw.one(own[name]) for name in ("caused", "unraised", "improved"))
        names = [first[0], second[0], third[0], *([first[3]] if first[3] in codes else [])]
        met = [code for name in names for code in codes[name]]
        if len(set(names)) < len(names) or len(set(met)) < len(met) - _shared(first, codes):
            continue
        whole = first[1:3] == [-1, "lead_quality"]
        places = [() if whole else tuple(draw.some(list(draw.world.sites), design()["sites"]))]
        places += [_place(draw) for _ in range(2)]
        at = [_date(draw) for _ in range(3)]
        caused = Change(first[0], first[1], places[0], at[0], first[5], first[2], first[3], first[4])
        changes = (
            caused,
            Change(second[0], second[1], places[1], at[1]),
            Change(third[0], third[1], places[2], at[2], third[2]),
        )
        if all(_worth_saying(draw, change) for change in changes):
            return changes
    raise RuntimeError(f"the design has no three changes of strength {draw.strength:g} in {draw.world.id}")


def _shared(first: list[Any], codes: dict[str, set[str]]) -> int:
    """Codes that the caused measure and its condition have in common: leads and sales do."""
    return len(codes[first[0]] & codes.get(first[3], set())) if first[3] != first[0] else 0


def _place(draw: Draw) -> tuple[str, ...]:
    """The whole, one site or two."""
    return tuple(draw.some(list(draw.world.sites), int(draw.rng.integers(0, 3))))


def _date(draw: Draw) -> dt.date:
    first, last = (np.datetime64(month) for month in design()["months"])
    month = first + int(draw.rng.integers(int((last - first).astype(int)) + 1))
    return dt.date.fromisoformat(f"{month}-01")


def effect(world: str, measure: str, site: str, strength: float, unit: str) -> float:
    """Return how far a change of a strength moves a measure, in its own unit (percentage points)."""
    return strength * _sigma(world, measure, site) * (100 if unit == "percent" else 1)


@cache
def _sigma(world: str, measure: str, site: str) -> float:
    scene = Scene(read_world(world), SIZES[design()["size"]], Truths(id="none", world=world), 0)
    return deviation(scene, measure, site)


def _worth_saying(draw: Draw, change: Change) -> bool:
    measure = draw.engagement.measure(change.measure)
    sizes = [effect(draw.world.id, measure.id, site, draw.strength, measure.unit) for site in change.places]
    return min(sizes) >= design()["margin"] * measure.minimum_effect


def shifts(draw: Draw, change: Change) -> list[Shift]:
    """Return the shift of the measure, and that of the condition behind it."""
    sigmas = change.way * draw.strength
    made = [
        Shift(measure=change.measure, sites=change.sites, at=change.at, sigmas=sigmas, cause=change.cause)
    ]
    if change.condition:
        behind = change.condition_way * draw.strength * design()["condition"]
        made.append(
            Shift(
                measure=change.condition, sites=change.sites, at=change.at, sigmas=behind, cause=change.cause
            )
        )
    return made
