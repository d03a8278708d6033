"""A timetable to be made: what may go where, and what may not go together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewkit.model.interviewing import Interviewing

from .requests import Request
from .times import Availability, starts


@dataclass(frozen=True)
class Slot:
    """An interview with a time: who holds it, with whom, where."""

    id: str
    interviewer: str
    begins: dt.datetime
    ends: dt.datetime
    site: str = ""
    people: tuple[str, ...] = ()

    @property
    def day(self) -> tuple[str, dt.date]:
        """The interviewer's day that it takes up."""
        return self.interviewer, self.begins.date()


@dataclass(frozen=True)
class Problem:
    """What is to be timed (``requests``), around what (``fixed``), and within which bounds."""

    requests: tuple[Request, ...]
    days: tuple[dt.date, ...]
    settings: Interviewing
    availability: Availability = field(default_factory=Availability)
    fixed: tuple[Slot, ...] = ()

    def options(self, request: Request) -> list[Slot]:
        """Return every way in which a request can be met beside what is fixed, earliest first."""
        settings, length = self.settings, dt.timedelta(minutes=request.minutes)
        roles = [one for one in settings.interviewers if request.interviewer in ("", one)]
        found = []
        for day in self.days:
            for at in starts(day, request.minutes, settings):
                if not self.availability.met("site", request.site, at, at + length):
                    continue
                people = self.free(request, at, at + length)
                if len(people) < request.needs:
                    continue
                for role in roles:
                    slot = Slot(request.id, role, at, at + length, request.site, people[: request.most])
                    if self.availability.met("interviewer", role, at, slot.ends) and not self.clashes(slot):
                        found.append(slot)
        return found

    def free(self, request: Request, begins: dt.datetime, ends: dt.datetime) -> tuple[str, ...]:
        """Return those of a request's people who can be met and are in no other interview then."""
        pause = dt.timedelta(minutes=self.settings.break_minutes)
        taken = {
            one
            for slot in self.fixed
            if begins < slot.ends + pause and slot.begins < ends + pause
            for one in slot.people
        }
        return tuple(
            one
            for one in request.people
            if one not in taken and self.availability.met("stakeholder_id", one, begins, ends)
        )

    def clashes(self, slot: Slot) -> bool:
        """Return whether a slot leaves its interviewer too little time beside what is fixed."""
        return any(together(slot, other, self.settings) for other in self.fixed)

    def taken(self, placed: Iterable[Slot] = ()) -> set[tuple[str, dt.date]]:
        """Return the interviewers' days that are taken up within the days looked at."""
        first = min(self.days, default=dt.date.max)
        return {slot.day for slot in (*self.fixed, *placed) if slot.begins.date() >= first}

    def left(self, role: str, placed: Iterable[Slot] = ()) -> int:
        """Return how many further days an interviewer has."""
        used = sum(one == role for one, _ in self.taken(placed))
        return max(0, self.settings.interviewers.get(role, 0) - used)


def gap(one: Slot, other: Slot, settings: Interviewing) -> int:
    """Return the minutes an interviewer needs between two interviews: the break, or the way."""
    return max(settings.break_minutes, settings.between(one.site, other.site))


def together(one: Slot, other: Slot, settings: Interviewing) -> bool:
    """Return whether two slots of one interviewer are too near each other, way and break included.

    >>> at = [dt.datetime(2025, 3, 3, hour) for hour in (9, 10, 11)]
    >>> first, second = Slot("a", "Analyst", at[0], at[1]), Slot("b", "Analyst", at[1], at[2])
    >>> together(first, second, Interviewing()), together(first, second, Interviewing(break_minutes=0))
    (True, False)
    """
    if one.interviewer != other.interviewer or one.begins.date() != other.begins.date():
        return False
    need = dt.timedelta(minutes=gap(one, other, settings))
    return one.begins < other.ends + need and other.begins < one.ends + need


def too_near(one: Slot, other: Slot, shared: bool, settings: Interviewing) -> bool:
    """Return whether two slots cannot both be: of one interviewer, or of requests that share people."""
    pause = dt.timedelta(minutes=settings.break_minutes)
    if shared and one.begins < other.ends + pause and other.begins < one.ends + pause:
        return True
    return together(one, other, settings)
