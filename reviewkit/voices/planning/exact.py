"""The choice of slots that holds the greatest weight, as a mixed-integer programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from .problem import Problem, Slot, gap

K = TypeVar("K", bound=Hashable)
NODES = 40
"""Nodes after which the search ends with the best found: a limit that does not depend on the machine."""
SECONDS = 15.0
"""A limit that does; what it cut short is not used, so that a slow machine gives no other timetable."""


@dataclass
class _Rows:
    """Constraints ``lower <= sum of coefficient x variable <= upper``, gathered row by row."""

    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    coefficient: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def add(self, terms: Mapping[int, float], upper: float) -> None:
        self.row += [len(self.upper)] * len(terms)
        self.column += list(terms)
        self.coefficient += list(terms.values())
        self.upper.append(upper)


def best_choice(problem: Problem, options: Mapping[str, list[Slot]]) -> tuple[list[Slot], bool]:
    """Return the slots that hold the greatest weight, and whether nothing weightier is possible.

    One variable a slot (taken or not) and one an interviewer's day (used or not). At each start: of
    one interviewer only one interview, break included; none within the way from another site; of
    requests that share people only one. At most the days an interviewer has left.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    slots = [slot for found in options.values() for slot in found]
    days = sorted({slot.day for slot in slots} - problem.taken())
    rows = _constraints(problem, slots, days)
    weights = _weights(problem)
    size = len(slots) + len(days)
    cost = np.array([-weights[slot.id] for slot in slots] + [0.0] * len(days))
    matrix = coo_array((rows.coefficient, (rows.row, rows.column)), shape=(len(rows.upper), size)).tocsr()
    found = milp(
        cost,
        integrality=np.ones(size),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, ub=np.array(rows.upper)),
        options={"node_limit": NODES, "time_limit": SECONDS, "mip_rel_gap": 0.0},
    )
    cut_short = not found.success and (found.mip_node_count or 0) < NODES
    if found.x is None or cut_short:
        return [], False
    return [
        slot for slot, taken in zip(slots, found.x[: len(slots)], strict=True) if taken > 0.5
    ], found.success


def _weights(problem: Problem) -> dict[str, float]:
    """Weights by which one request that must be met outweighs all that are proposed."""
    proposed = sum(one.weight for one in problem.requests if not one.must)
    return {one.id: proposed + 1 if one.must else one.weight for one in problem.requests}


def _constraints(problem: Problem, slots: list[Slot], days: list[tuple[str, dt.date]]) -> _Rows:
    rows = _Rows()
    for places in _by(slots, lambda slot: slot.id).values():
        rows.add(dict.fromkeys(places, 1.0), 1)
    for places in _by(slots, lambda slot: slot.day).values():
        for terms in _of_one_day(problem, slots, places):
            rows.add(terms, 1)
    for terms in _of_one_person(problem, slots):
        rows.add(terms, 1)
    used = {day: len(slots) + place for place, day in enumerate(days)}
    for (_, day), places in _by(slots, lambda slot: (slot.id, slot.day)).items():
        if day in used:
            rows.add(dict.fromkeys(places, 1.0) | {used[day]: -1.0}, 0)
    for role in problem.settings.interviewers:
        mine = {place: 1.0 for (one, _), place in used.items() if one == role}
        if mine:
            rows.add(mine, problem.left(role))
    return rows


def _of_one_day(problem: Problem, slots: list[Slot], places: list[int]) -> Iterator[dict[int, float]]:
    """Yield sets of slots of one interviewer's day of which only one can be.

    At each start: those that run then, break included; and for each request, its slots from which the
    way to another site is not over by then, with those that run then at such a site.
    """
    pause = dt.timedelta(minutes=problem.settings.break_minutes)
    own = _by([slots[place] for place in places], lambda slot: slot.id)
    for at in sorted({slots[place].begins for place in places}):
        running = [p for p in places if slots[p].begins <= at < slots[p].ends + pause]
        yield dict.fromkeys(running, 1.0)
        for found in own.values():
            mine = [places[place] for place in found]
            ways: dict[int, list[int]] = {}
            for p in running:
                if slots[p].site != slots[mine[0]].site:
                    ways.setdefault(gap(slots[p], slots[mine[0]], problem.settings), []).append(p)
            for minutes, there in ways.items():
                way = dt.timedelta(minutes=minutes)
                near = [p for p in mine if slots[p].begins <= at < slots[p].ends + way]
                if near:
                    yield dict.fromkeys(near + there, 1.0)


def _of_one_person(problem: Problem, slots: list[Slot]) -> Iterator[dict[int, float]]:
    """Yield, for each person more than one request calls on, the slots of which only one can be."""
    pause = dt.timedelta(minutes=problem.settings.break_minutes)
    calls: dict[str, set[str]] = {}
    for request in problem.requests:
        for one in request.people:
            calls.setdefault(one, set()).add(request.id)
    for wanted in sorted({tuple(sorted(found)) for found in calls.values() if len(found) > 1}):
        places = [place for place, slot in enumerate(slots) if slot.id in wanted]
        for at in sorted({slots[place].begins for place in places}):
            running = [p for p in places if slots[p].begins <= at < slots[p].ends + pause]
            yield dict.fromkeys(running, 1.0)


def _by(slots: list[Slot], key: Callable[[Slot], K]) -> dict[K, list[int]]:
    found: dict[K, list[int]] = {}
    for place, slot in enumerate(slots):
        found.setdefault(key(slot), []).append(place)
    return found
