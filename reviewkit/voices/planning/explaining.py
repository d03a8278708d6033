"""Why an interview could not be given a time, and the least that would make room for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .placing import Placed, fits, shares
from .problem import Problem, Slot
from .reporting import Lines
from .requests import Request
from .times import starts, working_days

CONSTRAINTS = {
    "interviewer": "the interviewer asked for has no days in the settings",
    "hours": "it is longer than any stretch of the working hours",
    "site": "the site cannot be met in these weeks",
    "people": "too few of those to be interviewed can be met at one time",
    "interviewers": "no interviewer can be met, or is without another interview, at a time that suits",
    "placed": "other interviews take the times that suit",
    "days": "the interviewers' days are used up",
}


@dataclass(frozen=True)
class Refusal:
    """A request without a time.

    ``constraint`` is a key of :data:`CONSTRAINTS`; ``who`` names by role those it binds, empty where
    that is nobody in particular; ``would_fit`` says what would make room for it while all the others
    stay, the smallest step first (empty where none of the steps tried does).
    """

    request: Request
    constraint: str
    who: str
    would_fit: tuple[str, ...]

    @property
    def why(self) -> str:
        """The constraint in words, with whom it binds."""
        return CONSTRAINTS[self.constraint] + (f" ({self.who})" if self.who else "")


def refusals(problem: Problem, placed: Placed, lines: Lines | None = None) -> list[Refusal]:
    """Return for each request left out what stood against it and what would make it fit.

    Examples
    --------
    >>> from reviewkit.model.interviewing import Interviewing
    >>> from reviewkit.voices.planning import place
    >>> asked = tuple(Request(f"r{n}", "one_to_one", 45, weight=n) for n in (1, 2))
    >>> day = Problem(asked, (dt.date(2025, 3, 3),),
    ...               Interviewing(interviewers={"Analyst": 1}, day_ends="10:00", weeks=1))
    >>> for one in refusals(day, place(day)):
    ...     print(one.request.id, one.constraint, one.would_fit[0], sep="; ")
    r1; placed; the working day ended at 10:45
    """
    about = lines or Lines()
    return [_refusal(problem, placed.slots, request, about) for request in placed.refused]


def _refusal(problem: Problem, placed: Sequence[Slot], request: Request, lines: Lines) -> Refusal:
    constraint, who = _binding(problem, placed, request, lines)
    steps = tuple(dict.fromkeys(_relaxations(problem, placed, request, constraint, lines)))
    return Refusal(request, constraint, who, steps)


def _binding(problem: Problem, placed: Sequence[Slot], request: Request, lines: Lines) -> tuple[str, str]:
    """Return the first constraint after which no start is left, and whom it binds."""
    settings, length = problem.settings, dt.timedelta(minutes=request.minutes)
    if request.interviewer and request.interviewer not in settings.interviewers:
        return "interviewer", request.interviewer
    times = [at for day in problem.days for at in starts(day, request.minutes, settings)]
    if not times:
        return "hours", f"{request.minutes} minutes"
    times = [at for at in times if problem.availability.met("site", request.site, at, at + length)]
    if not times:
        return "site", request.site
    enough = [at for at in times if len(problem.free(request, at, at + length)) >= request.needs]
    if not enough:
        return "people", _roles(_missing(problem, request, times), lines)
    options = problem.options(request)
    if not options:
        return "interviewers", request.interviewer or ", ".join(settings.interviewers)
    if any(_beside(problem, slot, placed) for slot in options):
        short = dict.fromkeys(slot.interviewer for slot in options)
        return "days", ", ".join(role for role in short if not problem.left(role, placed))
    return "placed", request.interviewer


def _beside(problem: Problem, slot: Slot, placed: Sequence[Slot]) -> bool:
    """Return whether a slot has room beside others if only its interviewer had days enough."""
    plenty = problem.settings.model_copy(
        update={"interviewers": dict.fromkeys(problem.settings.interviewers, 10_000)}
    )
    return fits(replace(problem, settings=plenty), slot, placed, shares(problem.requests))


def _missing(problem: Problem, request: Request, times: Sequence[dt.datetime]) -> list[str]:
    """Return who is missing at the time at which the fewest are: those who would have to make room."""
    length = dt.timedelta(minutes=request.minutes)
    best = max(times, key=lambda at: len(problem.free(request, at, at + length)))
    there = problem.free(request, best, best + length)
    return [one for one in request.people if one not in there][: request.needs - len(there)]


def _roles(people: Sequence[str], lines: Lines) -> str:
    return ", ".join(dict.fromkeys(lines.role(one) for one in people))


def _relaxations(
    problem: Problem, placed: Sequence[Slot], request: Request, constraint: str, lines: Lines
) -> Iterator[str]:
    """Yield the least step of each kind that makes room, the smallest kinds first."""
    settings = problem.settings
    if constraint == "people":
        yield from _fewer(problem, placed, request, lines)
    for minutes in range(settings.break_minutes - 5, -1, -5):
        if _room(problem, placed, request, break_minutes=minutes):
            yield f"breaks of {minutes} minutes instead of {settings.break_minutes}"
            break
    for later in range(15, 181, 15):
        end = dt.datetime.combine(dt.date.min, settings.day_ends) + dt.timedelta(minutes=later)
        if end.date() == dt.date.min and _room(problem, placed, request, day_ends=end.time()):
            yield f"the working day ended at {end:%H:%M}"
            break
    if settings.lunch and _room(problem, placed, request, lunch=None):
        yield "an interview could be held over lunch"
    yield from _more_days(problem, placed, request)
    first = min(problem.days, default=None)
    for weeks in range(settings.weeks + 1, min(settings.weeks + 4, 12) + 1) if first else ():
        longer = settings.model_copy(update={"weeks": weeks})
        if first and _room(replace(problem, days=tuple(working_days(first, longer))), placed, request):
            yield f"there were {weeks} weeks for interviews instead of {settings.weeks}"
            break


def _fewer(problem: Problem, placed: Sequence[Slot], request: Request, lines: Lines) -> Iterator[str]:
    for needs in range(request.needs - 1, 0, -1):
        if _room(problem, placed, replace(request, needs=needs)):
            yield f"{needs} instead of {request.needs} took part"
            break
    length = dt.timedelta(minutes=request.minutes)
    times = [at for day in problem.days for at in starts(day, request.minutes, problem.settings)]
    times = [at for at in times if problem.availability.met("site", request.site, at, at + length)]
    best = max(times, key=lambda at: len(problem.free(request, at, at + length)))
    missing = _roles(_missing(problem, request, times), lines)
    yield f"{missing} could be met on {best:%a} {best.day} {best:%b} at {best:%H:%M}"


def _more_days(problem: Problem, placed: Sequence[Slot], request: Request) -> Iterator[str]:
    banks = problem.settings.interviewers
    for role, days in banks.items():
        for more in range(1, 6):
            if _room(problem, placed, request, interviewers=banks | {role: days + more}):
                yield f"{role} had {more} more {'day' if more == 1 else 'days'}"
                break
    if request.interviewer and _room(problem, placed, replace(request, interviewer="")):
        yield "another interviewer could hold it"


def _room(problem: Problem, placed: Sequence[Slot], request: Request, **changes: object) -> bool:
    """Return whether a request finds room beside all others once settings are changed."""
    eased = replace(problem, settings=problem.settings.model_copy(update=changes))
    shared = shares([one for one in problem.requests if one.id != request.id] + [request])
    return any(fits(eased, slot, placed, shared) for slot in eased.options(request))
