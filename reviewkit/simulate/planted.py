"""The truths planted in a simulated engagement: what a review of it should find."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from reviewkit.model import InputError, read_yaml

FOLDER = Path(__file__).parent / "truths"
Relation = Literal["agreement", "silence_in_data", "dissonance", "strength", "background"]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Shift(_Frozen):
    """A level that changes for good, in multiples of the series' common-cause deviation.

    ``sites`` empty means the whole series, all sites alike; otherwise each site's own series.
    ``sigmas`` is signed as measured. An ``artefact`` is a change in how things are counted,
    which local knowledge explains.
    """

    measure: str
    sites: tuple[str, ...] = ()
    at: dt.date
    sigmas: float
    cause: str = ""
    raised: bool = True
    artefact: bool = False


class Spike(_Frozen):
    """One week that stands out, such as a storm; ``factor`` multiplies the contacts of it."""

    week: dt.date
    factor: float = Field(gt=0)


class Voice(_Frozen):
    """A theme and who raises it. Empty departments, levels or sites mean all of them.

    ``chance`` is the chance that a remark of somebody it belongs to speaks of it.
    """

    code: str
    stance: Literal["concern", "strength", "suggestion"] = "concern"
    departments: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    chance: float = Field(ge=0, le=1)
    relation: Relation = "background"
    measure: str = ""


class JourneyTruth(_Frozen):
    """A site that leaves out steps of the journey, and one that keeps to it and does best."""

    departing: str = ""
    skipped: tuple[str, ...] = ()
    chance: float = Field(default=0.6, ge=0, le=1)
    outcome_loss: float = Field(default=0, ge=0, le=1)
    above_contract: str = ""
    outcome_gain: float = Field(default=0, ge=0, le=1)


class PeopleTruth(_Frozen):
    """How many agents truly differ, by how much of the rate; and the team with the hardest mix."""

    better: int = 0
    worse: int = 0
    points: float = 0.1
    hard_mix_team: str = ""


class LeaderTruth(_Frozen):
    """A competency that the leaders of a department and level lack, and by how much."""

    competency: str
    department: str
    level: str
    gap: float


class PartnerTruth(_Frozen):
    """A survey statement on which the sides truly differ: means from 1 to 5."""

    statement: str
    front_line: float
    support: float
    management: float


class Truths(_Frozen):
    """Everything planted in one engagement."""

    id: str
    world: Literal["contact_centre", "employment_services"]
    main_problem: str = ""
    autocorrelation: float = Field(default=0.2, ge=0, le=0.3)
    shifts: tuple[Shift, ...] = ()
    spikes: tuple[Spike, ...] = ()
    voices: tuple[Voice, ...] = ()
    journey: JourneyTruth = JourneyTruth()
    people: PeopleTruth = PeopleTruth()
    leaders: tuple[LeaderTruth, ...] = ()
    partners: tuple[PartnerTruth, ...] = ()

    def shifts_of(self, measure: str, site: str) -> tuple[Shift, ...]:
        """Return the shifts of ``measure`` that reach ``site``."""
        of_measure = (shift for shift in self.shifts if shift.measure == measure)
        return tuple(shift for shift in of_measure if not shift.sites or site in shift.sites)


def read_truths(name: str) -> Truths:
    """Return the ready-made set called ``name``.

    Raises
    ------
    InputError : there is no such set.

    Examples
    --------
    >>> read_truths("clean").shifts
    ()
    """
    path = FOLDER / f"{name}.yaml"
    if not path.exists():
        known = ", ".join(sorted(item.stem for item in FOLDER.glob("*.yaml")))
        raise InputError(f"there is no set of truths '{name}'", fix=f"There are {known}.")
    return Truths.model_validate(read_yaml(path)[0])
