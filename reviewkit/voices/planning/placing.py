"""The timetable itself: as many of the weightiest interviews as there is time for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .exact import best_choice
from .problem import Problem, Slot, gap, too_near
from .requests import Request

LARGEST = 600
"""Ways of placing requests up to which all combinations are weighed against each other."""


@dataclass(frozen=True)
class Placed:
    """Slots in order of time, the requests without one, and whether nothing weightier is possible."""

    slots: tuple[Slot, ...]
    refused: tuple[Request, ...]
    best: bool


def place(problem: Problem) -> Placed:
    """Return a timetable that holds the greatest weight of interviews.

    Requests that must be met go before all that are proposed. Each interview is within working hours
    and clear of lunch; nobody and no site is met when they cannot be; breaks and ways between sites
    are kept; an interviewer's days are not overdrawn. What is fixed stays.

    First, timetables are filled in turn: the weightiest first, or site by site. If one holds everything
    that can be held at all, it is the best. Otherwise, unless there are very many ways, a mixed-integer
    programme (HiGHS, through ``scipy.optimize.milp``) looks for a better one, over a limited number of
    nodes, so that the same evidence gives the same timetable.

    Examples
    --------
    >>> from reviewkit.model.interviewing import Interviewing
    >>> asked = tuple(Request(f"r{n}", "one_to_one", 45, weight=n) for n in (1, 2, 3))
    >>> hours = Interviewing(interviewers={"Analyst": 1}, day_ends="11:00")
    >>> made = place(Problem(asked, (dt.date(2025, 3, 3),), hours))
    >>> [(slot.id, f"{slot.begins:%H:%M}") for slot in made.slots], [request.id for request in made.refused]
    ([('r3', '09:00'), ('r2', '10:00')], ['r1'])
    """
    options = {request.id: problem.options(request) for request in problem.requests}
    asked = {request.id: request for request in problem.requests}
    slots, best = _best_by_turns(problem, options), True
    possible = sum(bool(found) for found in options.values())
    if len(slots) < possible:
        size = sum(len(found) for found in options.values())
        better, best = best_choice(problem, options) if size <= LARGEST else ([], False)
        if value(problem, better) > value(problem, slots):
            slots = better
    slots = _earlier(problem, slots, options)
    there = {slot.id for slot in slots}
    return Placed(tuple(slots), tuple(one for name, one in asked.items() if name not in there), best)


def value(problem: Problem, slots: Sequence[Slot]) -> tuple[int, float]:
    """Return what a timetable is worth: how many that must be are in it, then the weight of the others."""
    there = {slot.id for slot in slots}
    held = [request for request in problem.requests if request.id in there]
    return sum(one.must for one in held), round(sum(one.weight for one in held if not one.must), 9)


def shares(requests: Sequence[Request]) -> set[frozenset[str]]:
    """Return the pairs of requests that could call on the same person."""
    return {
        frozenset((one.id, other.id))
        for place, one in enumerate(requests)
        for other in requests[place + 1 :]
        if set(one.people) & set(other.people)
    }


def fits(problem: Problem, slot: Slot, slots: Sequence[Slot], shared: set[frozenset[str]]) -> bool:
    """Return whether a slot can be added to others."""
    if any(
        too_near(slot, other, frozenset((slot.id, other.id)) in shared, problem.settings) for other in slots
    ):
        return False
    return slot.day in problem.taken(slots) or problem.left(slot.interviewer, slots) > 0


def _best_by_turns(problem: Problem, options: Mapping[str, list[Slot]]) -> list[Slot]:
    """Return the best of a few timetables, each filled in another order: by weight, by weight a minute,
    and site by site, so that ways are saved."""
    sites: dict[str, float] = {}
    for one in problem.requests:
        sites[one.site] = sites.get(one.site, 0.0) + one.weight
    orders: tuple[Callable[[Request], tuple[object, ...]], ...] = (
        lambda one: (-one.weight, len(options[one.id])),
        lambda one: (-one.weight / one.minutes, len(options[one.id])),
        lambda one: (-sites[one.site], one.site, -one.weight / one.minutes),
    )
    made = [
        _in_turn(
            problem, options, sorted(problem.requests, key=lambda one: (not one.must, *order(one), one.id))
        )
        for order in orders
    ]
    return max(made, key=lambda slots: value(problem, slots))


def _in_turn(problem: Problem, options: Mapping[str, list[Slot]], order: Sequence[Request]) -> list[Slot]:
    shared, slots = shares(problem.requests), list[Slot]()
    for request in order:
        ways = [slot for slot in options[request.id] if fits(problem, slot, slots, shared)]
        if ways:
            slots.append(min(ways, key=lambda slot: _cost(problem, slot, slots)))
    return slots


def _earlier(problem: Problem, slots: Sequence[Slot], options: Mapping[str, list[Slot]]) -> list[Slot]:
    """Move each interview, the earliest first, to where it costs least; the same ones stay in."""
    shared, settled = shares(problem.requests), sorted(slots, key=_order)
    for place in range(len(settled)):
        others = settled[:place] + settled[place + 1 :]
        ways = [one for one in options[settled[place].id] if fits(problem, one, others, shared)]
        settled[place] = min(ways, key=lambda slot: _cost(problem, slot, others))
    return sorted(settled, key=_order)


def _cost(problem: Problem, slot: Slot, others: Sequence[Slot]) -> tuple[bool, int, dt.datetime, int]:
    """What to avoid: a further day of somebody's, then ways between sites, then a late hour."""
    same = [one for one in (*problem.fixed, *others) if one.day == slot.day]
    ways = sum(gap(one, slot, problem.settings) > problem.settings.break_minutes for one in same)
    roles = list(problem.settings.interviewers)
    return slot.day not in problem.taken(others), ways, slot.begins, roles.index(slot.interviewer)


def _order(slot: Slot) -> tuple[dt.datetime, str, str]:
    return slot.begins, slot.interviewer, slot.id
