"""What is planted beside changes: voices, the journey, the survey, agents and leaders."""

from __future__ import annotations

from reviewkit.simulate.planted import JourneyTruth, LeaderTruth, PartnerTruth, PeopleTruth, Voice
from reviewkit.simulate.surveyed import COMPETENCIES, STATEMENTS

from .changes import Change, Draw
from .design import design

USUAL = {True: 2.6, False: 3.5}
"""Mean answers to a sign and to any other statement where nothing is planted."""


def voice_of(draw: Draw, change: Change) -> Voice:
    """The concern about a change: raised by the people of its sites, or by everybody who can."""
    often = design()["voice"] * (1 + draw.strength) * (2 if change.sites else 1)
    where = (draw.world.delivery,) if change.sites else ()
    return Voice(
        code=change.code, departments=where, sites=change.sites, chance=often, measure=change.measure
    )


def background(draw: Draw, without: set[str]) -> list[Voice]:
    """Return what people talk of anyway: concerns drawn from the pool, and strengths."""
    made, low_high = design(), design()["background"]
    pool = [code for code in made["pool"] if code not in without]
    codes = draw.some(pool, int(draw.rng.integers(low_high[0], low_high[1] + 1)))
    strong = [code for code in made["strong"] if code not in without]
    concerns = [Voice(code=code, chance=made["voice"]) for code in codes]
    return concerns + [Voice(code=code, stance="strength", chance=made["voice"]) for code in strong]


def autocorrelation(draw: Draw) -> float:
    """Return the autocorrelation of all series, drawn evenly."""
    return round(float(draw.rng.uniform(*design()["autocorrelation"])), 3)


def journey(draw: Draw, changes: tuple[Change, ...]) -> JourneyTruth:
    """Return a site that leaves out a step, one where nothing else changes if there is any."""
    own = design()[draw.world.id]
    moved = {site for change in changes for site in change.sites}
    site = draw.one([name for name in draw.world.sites if name not in moved] or list(draw.world.sites))
    loss = own["outcome"] * draw.strength
    step = draw.one(own["skipped"])
    return JourneyTruth(departing=site, skipped=(step,), chance=design()["skipped"], outcome_loss=loss)


def partners(draw: Draw) -> tuple[PartnerTruth, ...]:
    """Return statements on which front line and management differ."""
    half = design()["spread"]["answer"] * draw.strength / 2
    made = []
    for statement in draw.some(STATEMENTS, design()["partners"]):
        sign = statement.startswith("sign")
        way = half if sign else -half
        usual = USUAL[sign]
        made.append(
            PartnerTruth(statement=statement, front_line=usual + way, support=usual, management=usual - way)
        )
    return tuple(made)


def people(draw: Draw) -> PeopleTruth:
    """Return how many agents differ, and by how much."""
    if not draw.world.contacts.resolved:
        return PeopleTruth()  # scores and time alone decide about nobody
    points = design()["spread"]["agent"] * draw.strength
    return PeopleTruth(better=design()["people"], worse=design()["people"], points=points)


def leaders(draw: Draw) -> tuple[LeaderTruth, ...]:
    """One competency that team leads lack, whatever their department.

    Heads and executives are so few that figures of either would give away the other's: no finding.
    """
    competency, level = draw.one(COMPETENCIES), "team_lead"
    gap = design()["spread"]["rating"] * draw.strength
    departments = [draw.world.delivery, *draw.world.departments]
    return tuple(
        LeaderTruth(competency=competency, department=name, level=level, gap=gap) for name in departments
    )
