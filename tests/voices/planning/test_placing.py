"""The timetable: nobody twice at once, breaks and ways kept, within availability, and as full as can be."""

from __future__ import annotations

import datetime as dt
from itertools import combinations, product

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.model.interviewing import Interviewing
from reviewkit.voices.planning import Availability, Problem, Request, Slot, place, refusals
from reviewkit.voices.planning.placing import fits, shares, value

MONDAY = dt.date(2025, 3, 3)
SITES = ("North", "South", "")
PEOPLE = ("p1", "p2", "p3", "p4")
ROLES = ("Lead analyst", "Analyst")


def at(hour: int, minute: int = 0, day: int = 0) -> dt.datetime:
    return dt.datetime.combine(MONDAY + dt.timedelta(days=day), dt.time(hour, minute))


def availability(*rows: tuple[str, str, dt.datetime, dt.datetime, bool]) -> Availability:
    columns = ["kind", "name", "begins", "ends", "free"]
    frame = pd.DataFrame(rows, columns=columns)
    for kind in ("stakeholder_id", "interviewer", "site"):
        frame[kind] = frame["name"].where(frame["kind"] == kind)
    return Availability.of(frame)


@st.composite
def requests(draw: st.DrawFn, number: int) -> Request:
    people = tuple(sorted(draw(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=3))))
    return Request(
        id=f"r{number}",
        kind="group" if len(people) > 1 else "one_to_one",
        minutes=draw(st.sampled_from((30, 45, 75))),
        site=draw(st.sampled_from(SITES)),
        people=people,
        needs=draw(st.integers(1, len(people))),
        most=len(people),
        weight=float(draw(st.integers(1, 9))),
        must=draw(st.booleans()),
        interviewer=draw(st.sampled_from(("", *ROLES))),
    )


@st.composite
def problems(draw: st.DrawFn, most: int = 5) -> Problem:
    asked = tuple(draw(requests(number)) for number in range(draw(st.integers(1, most))))
    hours = Interviewing(
        interviewers=dict.fromkeys(ROLES[: draw(st.integers(1, 2))], draw(st.integers(0, 2))),
        day_ends=draw(st.sampled_from(("10:30", "11:30", "12:30"))),
        break_minutes=draw(st.sampled_from((0, 15, 30))),
        travel_minutes=draw(st.sampled_from((0, 45, 90))),
        grid_minutes=30,
        lunch=draw(st.sampled_from((None, ("10:00", "10:30")))),
    )
    named = st.sampled_from(
        [("stakeholder_id", "p1"), ("stakeholder_id", "p2"), ("interviewer", ROLES[0]), ("site", "North")]
    )
    rows = draw(st.lists(st.tuples(named, st.integers(8, 11), st.integers(1, 3), st.booleans()), max_size=3))
    times = [(*who, at(hour), at(hour + length), free) for who, hour, length, free in rows]
    fixed = draw(st.sampled_from([(), (Slot("i1", ROLES[0], at(9), at(9, 45), "South", ("p1",)),)]))
    days = tuple(MONDAY + dt.timedelta(days=day) for day in range(draw(st.integers(1, 2))))
    return Problem(asked, days, hours, availability(*times), fixed)


def apart(one: Slot, other: Slot) -> dt.timedelta:
    first, second = sorted((one, other), key=lambda slot: slot.begins)
    return second.begins - first.ends


@settings(max_examples=60, deadline=None)
@given(problems())
def test_place_keeps_every_promise(problem: Problem) -> None:
    made, hours = place(problem), problem.settings
    asked = {request.id: request for request in problem.requests}
    pause = dt.timedelta(minutes=hours.break_minutes)
    for one, other in combinations((*problem.fixed, *made.slots), 2):
        if one.interviewer == other.interviewer:
            assert apart(one, other) >= max(pause, dt.timedelta(minutes=hours.between(one.site, other.site)))
        if set(one.people) & set(other.people):
            assert apart(one, other) >= pause
    for slot in made.slots:
        request = asked[slot.id]
        assert slot.ends - slot.begins == dt.timedelta(minutes=request.minutes)
        assert hours.day_begins <= slot.begins.time() and slot.ends.time() <= hours.day_ends
        assert request.needs <= len(slot.people) <= request.most and set(slot.people) <= set(request.people)
        assert request.interviewer in ("", slot.interviewer) and slot.site == request.site
        met = [("site", slot.site), ("interviewer", slot.interviewer)]
        met += [("stakeholder_id", one) for one in slot.people]
        assert all(problem.availability.met(*who, slot.begins, slot.ends) for who in met)
    for role, days in hours.interviewers.items():
        own = {slot.begins.date() for slot in problem.fixed if slot.interviewer == role}
        used = {slot.begins.date() for slot in made.slots if slot.interviewer == role}
        assert len(used - own) <= max(0, days - len(own))


@settings(max_examples=60, deadline=None)
@given(problems())
def test_place_leaves_nobody_out_silently(problem: Problem) -> None:
    made = place(problem)
    names = [slot.id for slot in made.slots] + [request.id for request in made.refused]
    assert sorted(names) == sorted(request.id for request in problem.requests)
    assert [one.request for one in refusals(problem, made)] == list(made.refused)


def brute_force(problem: Problem) -> tuple[int, float]:
    """The greatest value of all ways of giving each request a slot or none."""
    shared = shares(problem.requests)
    ways = [[None, *problem.options(request)] for request in problem.requests]
    best = (0, 0.0)
    for chosen in product(*ways):
        slots: list[Slot] = []
        for slot in chosen:
            if slot is not None and fits(problem, slot, slots, shared):
                slots.append(slot)
        best = max(best, value(problem, slots))
    return best


@settings(max_examples=40, deadline=None)
@given(problems(most=3))
def test_place_is_as_good_as_trying_everything(problem: Problem) -> None:
    made = place(problem)
    assert made.best and value(problem, made.slots) == brute_force(problem)


@settings(max_examples=15, deadline=None)
@given(problems())
def test_place_gives_the_same_timetable_again(problem: Problem) -> None:
    assert place(problem) == place(problem)


def one_day(*asked: Request, **changed: object) -> Problem:
    usual = {"interviewers": {"Analyst": 1}, "day_ends": "11:00", "weeks": 1}
    return Problem(asked, (MONDAY,), Interviewing.model_validate(usual | changed))


def test_place_prefers_two_that_fit_to_a_heavier_one_that_bars_them() -> None:
    asked = (
        Request("long", "group", 120, weight=5),
        Request("a", "one_to_one", 45, weight=3),
        Request("b", "one_to_one", 45, weight=3),
    )
    assert {slot.id for slot in place(one_day(*asked)).slots} == {"a", "b"}


def test_place_puts_what_must_be_before_what_is_only_proposed() -> None:
    asked = (Request("must", "group", 120, weight=1, must=True), Request("big", "group", 120, weight=99))
    assert [slot.id for slot in place(one_day(*asked)).slots] == ["must"]


def test_place_leaves_manual_times_alone() -> None:
    manual = Slot("i1", "Analyst", at(9), at(9, 45))
    problem = Problem((Request("a", "one_to_one", 45),), (MONDAY,),
                      Interviewing(interviewers={"Analyst": 1}), fixed=(manual,))  # fmt: skip
    assert [slot.begins for slot in place(problem).slots] == [at(10)]


def refused(problem: Problem) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.constraint, one.who, one.would_fit) for one in refusals(problem, place(problem))]


def test_refusals_name_the_hours() -> None:
    [(constraint, who, would)] = refused(one_day(Request("a", "group", 150)))
    assert (constraint, who, would[0]) == ("hours", "150 minutes", "the working day ended at 11:30")


def test_refusals_name_who_cannot_be_met() -> None:
    both = Request("a", "group", 45, people=("p1", "p2"), needs=2, most=2)
    problem = Problem((both,), (MONDAY,), Interviewing(weeks=1),
                      availability(("stakeholder_id", "p2", at(0), at(23), False)))  # fmt: skip
    [(constraint, who, would)] = refused(problem)
    assert (constraint, who) == ("people", "somebody not in the register")
    assert would[0] == "1 instead of 2 took part"


def test_refusals_name_whose_days_are_used_up() -> None:
    [(constraint, who, would)] = refused(one_day(Request("a", "one_to_one", 45), interviewers={"Analyst": 0}))
    assert (constraint, who) == ("days", "Analyst") and "Analyst had 1 more day" in would


def test_refusals_name_the_site() -> None:
    problem = Problem((Request("a", "one_to_one", 45, site="North"),), (MONDAY,), Interviewing(weeks=1),
                      availability(("site", "North", at(0), at(23), False)))  # fmt: skip
    assert refused(problem)[0][:2] == ("site", "North")


def test_refusals_name_an_interviewer_without_days() -> None:
    assert refused(one_day(Request("a", "one_to_one", 45, interviewer="Partner")))[0][:2] == (
        "interviewer", "Partner",
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(problems(most=3))
def test_refusals_day_that_would_help_does(problem: Problem) -> None:
    for one in refusals(problem, place(problem)):
        for step in one.would_fit:
            if step.endswith("more day") or step.endswith("more days"):
                role, more = step.split(" had ")[0], int(step.split(" had ")[1].split()[0])
                banks = problem.settings.interviewers | {role: problem.settings.interviewers[role] + more}
                eased = Problem(
                    problem.requests, problem.days,
                    problem.settings.model_copy(update={"interviewers": banks}),
                    problem.availability, problem.fixed,
                )  # fmt: skip
                assert value(eased, place(eased).slots) > value(problem, place(problem).slots)


def test_availability_counts_the_rows_it_cannot_read() -> None:
    rows = pd.DataFrame(
        {
            "stakeholder_id": ["p1", "p1", None],
            "site": [None, "North", None],
            "begins": [at(10), at(9), at(9)],
            "ends": [at(9), at(10), at(10)],
            "free": True,
        }
    )
    assert Availability.of(rows).left_out == 3


def test_availability_free_times_that_touch_are_one() -> None:
    met = availability(("site", "North", at(9), at(10), True), ("site", "North", at(10), at(11), True))
    assert met.met("site", "North", at(9, 30), at(10, 30))
    assert not met.met("site", "North", at(10, 30), at(11, 30))
