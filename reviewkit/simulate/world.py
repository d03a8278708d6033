"""The simulated client: sites, people and the levels its measures vary about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from reviewkit.model import read_yaml

FOLDER = Path(__file__).parent / "worlds"
HEAD_OFFICE = "Head Office"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SitePlan(_Frozen):
    """How many teams a site has and its share of the work."""

    teams: int
    share: float


class DepartmentPlan(_Frozen):
    """People by level (senior leadership, heads, leads, front line) and the front line's job title."""

    people: tuple[int, int, int, int]
    role: str


class GroupPlan(_Frozen):
    """A group of people registered together."""

    department: str
    level: str
    site: str
    role: str
    headcount: int


class ContactPlan(_Frozen):
    """Volumes, mix and levels of contacts; ``reasons`` and ``readiness``: share, effect, time factor."""

    per_week: float
    season: float
    peak_month: int
    weekdays: tuple[float, ...]
    channels: dict[str, float]
    reasons: dict[str, tuple[float, float, float]]
    readiness: dict[str, tuple[float, float, float]]
    resolved: float
    handle_seconds: float
    handle_spread: float
    csat: float
    csat_spread: float
    csat_answered: float
    agent_spread: float
    hard_reasons: tuple[str, ...]


class LeadPlan(_Frozen):
    """Leads a week, how good they are and where they come from."""

    per_week: float
    conversion: float = 0
    quality: float = 0
    quality_spread: float = 0
    sources: dict[str, float] = {}
    materials: dict[str, float] = {}
    new_source: str = ""
    new_material: str = ""
    new_share: float = 0


class MonthlyPlan(_Frozen):
    """A measure counted by month: level, common-cause deviation and season, all a site's own."""

    measure: str
    table: str
    base: float
    deviation: float
    season: float = 0
    site_spread: float = 0
    volume: float = 0
    column: str = ""
    decimals: int = 3
    per_team: bool = False


class JourneyPlan(_Frozen):
    """The customer's journey: steps with mean days after the one before and the chance of each."""

    cases_per_week: float
    start: str
    success: str
    base: float
    value: float
    steps: dict[str, tuple[float, float]]
    ends: dict[str, float]
    contracted: dict[str, float] = {}
    contract_base: dict[str, float] = {}
    first_meeting: dict[str, float] = {}
    sustained: dict[str, float] = {}
    run_in_weeks: int = 0
    extra: dict[str, dict[str, str | float]] = {}


class World(_Frozen):
    """A whole simulated client, as written in ``worlds/<id>.yaml``."""

    id: str
    client: str
    start: dt.date
    weeks: int
    sites: dict[str, SitePlan]
    contracts: dict[str, float]
    delivery: str
    agents_per_team: int
    agent_role: str
    lead_role: str
    head_role: str
    departments: dict[str, DepartmentPlan]
    groups: tuple[GroupPlan, ...]
    front_line: tuple[str, ...]
    executives: tuple[str, ...]
    contacts: ContactPlan
    leads: LeadPlan
    monthly: tuple[MonthlyPlan, ...]
    targets: tuple[tuple[str, str, str, dt.date, float], ...]
    journey: JourneyPlan

    @property
    def week_starts(self) -> pd.DatetimeIndex:
        """Mondays of the weeks covered."""
        return pd.date_range(self.start, periods=self.weeks, freq="7D")

    @property
    def months(self) -> pd.DatetimeIndex:
        """First days of the months covered in full, the first month counting as full."""
        first = pd.Timestamp(self.start).replace(day=1)
        return pd.date_range(first, self.end, freq="MS")

    @property
    def end(self) -> pd.Timestamp:
        """Last day covered."""
        return pd.Timestamp(self.start) + pd.Timedelta(days=7 * self.weeks - 1)


@dataclass(frozen=True)
class Size:
    """How much evidence: factors on the world's volumes, and numbers of what people say."""

    volume: float = 1.0
    agents_per_team: int = 6
    interviews: int = 80
    remarks: tuple[int, int] = (5, 9)
    feedback: int = 520
    survey: float = 0.75


SIZES = {
    "full": Size(),
    "small": Size(volume=0.25, agents_per_team=4, interviews=26, remarks=(4, 7), feedback=120, survey=0.5),
}


def read_world(name: str) -> World:
    """Return the world called ``name``.

    >>> read_world("contact_centre").weeks
    104
    """
    return World.model_validate(read_yaml(FOLDER / f"{name}.yaml")[0])


def shares(parts: dict[str, float]) -> tuple[list[str], np.ndarray]:
    """Return the names and their shares, made to add up to one.

    >>> shares({"a": 1, "b": 3})[1].tolist()
    [0.25, 0.75]
    """
    weights = np.array(list(parts.values()), dtype=float)
    return list(parts), weights / weights.sum()
