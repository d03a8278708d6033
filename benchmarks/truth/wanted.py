"""What a review should find of what is planted, and what follows from it of itself."""

from __future__ import annotations

from reviewkit.content import load_competencies
from reviewkit.model import slug
from reviewkit.simulate.planted import LeaderTruth

from .changes import Change, Draw, effect
from .design import design
from .score import Planted

PAIRS = ("front_line_and_management", "front_line_and_support", "management_and_support")


def subject(leader: LeaderTruth) -> str:
    """Return what a finding on a leadership gap is named after."""
    return f"{slug(load_competencies()[leader.competency].name)}/{leader.level}"


def told(draw: Draw, change: Change) -> list[Planted]:
    """The opinions that a change should give rise to, and the gaps where it is for the worse."""
    at = change.at.isoformat()
    made = [Planted("opinion", (change.measure,), (site,), change.way, at) for site in change.places]
    if change.code and not change.cause:  # the one for the better is raised and has no cause
        return made
    return made + [
        Planted("gap", (change.measure,), (site,)) for site in change.places if short(draw, change, site)
    ]


def short(draw: Draw, change: Change, site: str) -> bool:
    """Whether the new level is short enough of the target to act on, or short of the earlier level alone."""
    measure, own = draw.engagement.measure(change.measure), design()[draw.world.id]
    targets = [row[4] for row in draw.world.targets if row[:3] == (change.measure, "", "")]
    moved = effect(draw.world.id, measure.id, site, draw.strength, measure.unit)
    if not targets:
        return True
    left = -change.way * (own["levels"][change.measure] - targets[-1])  # how well the target was met
    short = moved - left
    return short <= 0 or short >= design()["margin"] * measure.minimum_effect


def related(caused: Change, improved: Change, themes: list[str]) -> list[Planted]:
    """Return the relationships of data and voices: agreement, dissonance, silence in the data."""
    both = tuple(f"{relation}/{caused.code}/{caused.measure}" for relation in ("agreement", "partial"))
    made = [
        Planted("relationship", both),
        Planted("relationship", (f"dissonance/{improved.code}/{improved.measure}",)),
    ]
    return made + [Planted("relationship", (f"silence_in_data/{code}/",)) for code in themes]


def unheard(draw: Draw, unraised: Change) -> list[Planted]:
    """Silence in the voices, where nobody speaks of the measure in any engagement."""
    if unraised.measure not in design()[draw.world.id]["unheard"]:
        return []
    return [Planted("relationship", (f"silence_in_voices//{unraised.measure}",))]


def cause_of(caused: Change) -> list[Planted]:
    """The cause of the change, tested against the gap of one of its sites or of the whole.

    Poorer leads come with new material, so either is right.
    """
    names = [caused.cause, *(["marketing_materials"] if caused.cause == "lead_quality" else [])]
    what = tuple(f"{name}/{caused.measure}" for name in names)
    return [Planted("cause", what, tuple(sorted({*caused.places, ""})))]


def follow(draw: Draw, change: Change) -> list[Planted]:
    """Return sites that move with the whole, the whole with sites, conditions, and what depends on them."""
    names = [change.measure, *([change.condition] if change.condition else [])]
    behind = design()[draw.world.id]["follows"]
    names += [other for name in names for other in behind.get(name, ())]
    everywhere = ("", *draw.world.sites, *draw.world.contracts)
    return [Planted(kind, (name,), everywhere) for name in names for kind in ("opinion", "gap")]
