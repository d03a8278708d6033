"""When an engagement is to be run: a cron line and the time zone it is read in."""

from __future__ import annotations

import datetime as dt
import difflib
import zoneinfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_FORM = "five fields: minute, hour, day of the month, month, day of the week, as in '0 6 * * 1'"
_RANGES = {
    "minute": "from 0 to 59",
    "hour": "from 0 to 23",
    "day-of-month": "from 1 to 31, a day that the month has",
    "month": "from 1 to 12, or JAN to DEC",
    "day-of-week": "from 0 (Sunday) to 6, or SUN to SAT",
}


class Schedule(BaseModel):
    """When an engagement is to be run.

    A line of text alone is short for ``cron`` in UTC: the same params file then means the same
    time on every machine. Whoever thinks in local time names the zone.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    cron: str = Field(
        description="Minute, hour, day of the month, month, day of the week; '0 6 * * 1' is Mondays at six"
    )
    timezone: str = Field(
        default="UTC", description="Zone that the hours are in, such as Europe/London; summer time is kept"
    )

    @model_validator(mode="before")
    @classmethod
    def _cron_alone(cls, schedule: object) -> object:
        # `schedule: "0 6 * * 1"` is short for `schedule: {cron: "0 6 * * 1"}`.
        if isinstance(schedule, str):
            return {"cron": schedule}
        if not isinstance(schedule, dict | Schedule):
            raise ValueError("write a cron line in quotes, or the keys cron and timezone")
        return schedule

    @field_validator("cron")
    @classmethod
    def _five_fields_that_come_round(cls, cron: str) -> str:
        # Imported here: it is needed by the few params files that have a schedule.
        from cronsim import CronSim, CronSimError

        if len(cron.split()) != 5:
            raise ValueError(f"'{cron}' is no schedule: write {_FORM}")
        try:
            next(CronSim(cron, dt.datetime(2000, 1, 1)))
        except CronSimError as error:
            field = str(error).removeprefix("Bad ")
            raise ValueError(f"the {field} in '{cron}' is wrong: it goes {_RANGES[field]}") from None
        except StopIteration:
            raise ValueError(f"'{cron}' never comes round") from None
        return " ".join(cron.split())

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            near = difflib.get_close_matches(name, zoneinfo.available_timezones(), n=1)
            hint = f"did you mean '{near[0]}'?" if near else "write one such as Europe/London"
            raise ValueError(f"'{name}' is no time zone; {hint}") from None
        return name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def words(self) -> str:
        """The cron line in words.

        >>> Schedule(cron="0 6 * * 1", timezone="Europe/London").words
        'At 06:00 on Monday'
        """
        from cronsim import CronSim

        return CronSim(self.cron, dt.datetime(2000, 1, 1)).explain()
