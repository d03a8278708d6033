"""How interviews are planned: who holds them, in which hours, how long they are."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from .strict import Strict

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Interviewing(Strict):
    """Settings of step 1.3; times are local to ``timezone``.

    >>> Interviewing(travel={"North": {"South": 90}}).between("South", "North")
    90
    """

    interviewers: dict[str, int] = Field(
        default={"Lead analyst": 5},
        min_length=1,
        description="Interviewer, by role: days that are left for interviews",
    )
    begins: dt.date | None = Field(
        default=None, description="First day; the day after the data and the last interview held if left out"
    )
    weeks: int = Field(default=2, ge=1, le=12, description="Weeks within which interviews are to be held")
    working_days: tuple[Weekday, ...] = Field(default=WEEKDAYS[:5], min_length=1)
    day_begins: dt.time = dt.time(9)
    day_ends: dt.time = dt.time(17)
    lunch: tuple[dt.time, dt.time] | None = Field(
        default=(dt.time(12, 30), dt.time(13, 15)), description="A break in which nobody is interviewed"
    )
    break_minutes: int = Field(default=15, ge=0, le=240, description="Break after each interview")
    travel_minutes: int = Field(default=60, ge=0, le=600, description="From one site to another")
    travel: dict[str, dict[str, int]] = Field(
        default={}, description="Minutes between two sites where they differ from travel_minutes"
    )
    one_to_one_minutes: int = Field(default=45, ge=5, le=480)
    group_minutes: int = Field(default=75, ge=5, le=480)
    group_from: int = Field(default=6, ge=2, description="People from which a group session is proposed")
    group_least: int = Field(default=3, ge=2, description="Fewest people of a group session")
    group_most: int = Field(default=6, ge=2, description="Most people of a group session")
    grid_minutes: Literal[5, 10, 15, 20, 30, 60] = Field(default=15, description="Interviews begin on it")
    timezone: str = Field(
        default="Europe/London", description="Time zone of all times, such as Europe/London"
    )
    relevance: dict[str, float] = Field(
        default={}, description="Department: how much it counts for the contract; 1 where left out"
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, OSError, ValueError):  # unknown; the name of a folder; not a name
            raise ValueError(f"'{name}' is no time zone; write one such as Europe/London") from None
        return name

    @field_validator("day_begins", "day_ends", "lunch")
    @classmethod
    def _whole_minutes(cls, value: object) -> object:
        for time in value if isinstance(value, tuple) else (value,):
            if isinstance(time, dt.time) and (time.second or time.microsecond or time.tzinfo):
                raise ValueError("write a time of day such as 09:00")
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Interviewing:
        if self.day_begins >= self.day_ends:
            raise ValueError("day_begins must be before day_ends")
        if self.lunch and self.lunch[0] >= self.lunch[1]:
            raise ValueError("lunch must begin before it ends")
        if self.group_least > self.group_most:
            raise ValueError("group_least must not be above group_most")
        if any(days < 0 for days in self.interviewers.values()):
            raise ValueError("interviewers need a number of days, 0 or more")
        if any(weight < 0 for weight in self.relevance.values()):
            raise ValueError("relevance must be 0 or more")
        if any(minutes < 0 for row in self.travel.values() for minutes in row.values()):
            raise ValueError("travel takes minutes, 0 or more")
        return self

    def between(self, here: str, there: str) -> int:
        """Return the minutes from one site to another, none where they are one or not known."""
        if here == there or not here or not there:
            return 0
        known = self.travel.get(here, {}).get(there)
        if known is None:
            known = self.travel.get(there, {}).get(here)
        return self.travel_minutes if known is None else known
