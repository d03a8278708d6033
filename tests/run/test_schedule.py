"""When an engagement is due: caught up once, never twice, whatever clocks and zones do."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.model.schedule import Schedule
from reviewkit.run.schedule import due, last_firing, next_firing

MONDAYS = Schedule(cron="0 6 * * 1", timezone="Europe/London")
WEEK = dt.timedelta(days=7)
ZONES = ["UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"]


def at(text: str) -> dt.datetime:
    """A time in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def london(cron: str) -> Schedule:
    return Schedule(cron=cron, timezone="Europe/London")


def test_due_never_ran_is_due_at_once() -> None:
    assert due(MONDAYS, None, at("2026-07-15T12:00")) == at("2026-07-13T05:00")


def test_due_one_run_catches_up_for_all_that_was_missed() -> None:
    now = at("2026-07-15T12:00")
    firing = due(MONDAYS, now - 5 * WEEK, now)
    assert firing == at("2026-07-13T05:00") and due(MONDAYS, firing, now) is None


def test_due_at_the_very_second() -> None:
    last = at("2026-07-06T05:00")
    assert due(MONDAYS, last, at("2026-07-13T04:59:59.999999")) is None
    assert due(MONDAYS, last, at("2026-07-13T05:00")) == at("2026-07-13T05:00")


def test_due_after_the_clock_went_back_is_nothing() -> None:
    assert due(MONDAYS, at("2030-01-01T00:00"), at("2026-07-15T12:00")) is None


def test_due_with_a_schedule_that_was_changed() -> None:
    last = at("2026-07-13T05:00")
    assert due(london("0 6 * * 0"), last, at("2026-07-15T12:00")) is None
    assert due(london("0 6 * * 2"), last, at("2026-07-15T12:00")) == at("2026-07-14T05:00")


SPRING, AUTUMN = "2026-03-29", "2026-10-25"  # London: 01:00 becomes 02:00; 02:00 becomes 01:00


@pytest.mark.parametrize(
    ("cron", "now", "expected"),
    [
        ("30 1 * * *", f"{SPRING}T00:59", "2026-03-28T01:30"),  # leapt over: not yet
        ("30 1 * * *", f"{SPRING}T01:00", f"{SPRING}T01:00"),  # fires when the clocks have leapt
        ("30 1 * * *", f"{SPRING}T23:00", f"{SPRING}T01:00"),
        ("30 1 * * *", f"{AUTUMN}T00:29", "2026-10-24T00:30"),
        ("30 1 * * *", f"{AUTUMN}T00:30", f"{AUTUMN}T00:30"),  # the first half past one
        ("30 1 * * *", f"{AUTUMN}T01:10", f"{AUTUMN}T00:30"),  # ten past one, for the second time
        ("30 1 * * *", f"{AUTUMN}T01:30", f"{AUTUMN}T00:30"),  # not twice
        ("30 * * * *", f"{AUTUMN}T01:30", f"{AUTUMN}T01:30"),  # hourly goes by the clock
        ("0 6 * * *", f"{SPRING}T05:00", f"{SPRING}T05:00"),
        ("0 6 * * *", f"{AUTUMN}T05:59", "2026-10-24T05:00"),
    ],
)
def test_last_firing_where_clocks_change(cron: str, now: str, expected: str) -> None:
    assert last_firing(london(cron), at(now)) == at(expected)


def test_last_firing_knows_what_next_firing_names_where_midnight_is_leapt_over() -> None:
    fridays = Schedule(cron="*/20 0 * * 5L", timezone="Africa/Cairo")
    named = next_firing(fridays, at("2026-03-29T00:00"))
    assert named == at("2026-04-23T22:00") == last_firing(fridays, named)


def test_next_firing_never_names_a_time_that_has_passed() -> None:
    assert next_firing(london("45 1 * * *"), at(f"{AUTUMN}T01:05")) == at("2026-10-26T01:45")
    assert next_firing(london("30 1 * * *"), at(f"{SPRING}T00:59")) == at(f"{SPRING}T01:00")


times = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC))
near_changes = st.builds(
    lambda day, minutes: at(day) + dt.timedelta(minutes=minutes),
    st.sampled_from([SPRING, AUTUMN, "2026-03-08", "2026-11-01", "2026-04-04", "2026-04-24", "2026-10-29"]),
    st.integers(-1500, 1500),
)
schedules = st.builds(
    lambda minute, hour, day, weekday, zone: Schedule(
        cron=f"{minute} {hour} {day} * {weekday}", timezone=zone
    ),
    st.sampled_from(["0", "30", "15,45", "*/20", "*", "59"]),
    st.sampled_from(["*", "0", "1", "2", "0-3", "*/6", "23"]),
    st.sampled_from(["*", "1", "29-31", "*/2"]),
    st.sampled_from(["*", "0", "1-5", "MON#1", "5L"]),
    st.sampled_from(ZONES),
)


@given(schedules, st.one_of(times, near_changes))
def test_firings_before_and_after_hold_now_between_them(schedule: Schedule, now: dt.datetime) -> None:
    before, after = last_firing(schedule, now), next_firing(schedule, now)
    assert before is not None and after is not None
    assert before <= now < after
    assert next_firing(schedule, before) == after
    assert last_firing(schedule, after) == after


@given(schedules, st.lists(st.one_of(times, near_changes), min_size=1, max_size=8))
def test_due_never_twice_for_one_firing_even_where_the_clock_goes_back(
    schedule: Schedule, nows: list[dt.datetime]
) -> None:
    last, told = None, []
    for now in nows:
        firing = due(schedule, last, now)
        if firing is not None:
            told.append(firing)
            last = firing
            assert firing <= now
        assert due(schedule, last, now) is None
    assert told and told == sorted(set(told))


@given(schedules, near_changes, st.integers(1, 90))
def test_due_misses_nothing_however_often_it_is_asked(
    schedule: Schedule, start: dt.datetime, minutes: int
) -> None:
    last = last_firing(schedule, start)
    end, now = start + dt.timedelta(hours=30), start
    while now < end:
        now += dt.timedelta(minutes=minutes)
        last = due(schedule, last, now) or last
    assert last == last_firing(schedule, now)


def wall(schedule: Schedule, now: dt.datetime) -> str:
    return f"{now.astimezone(ZoneInfo(schedule.timezone)):%H:%M}"


@given(st.sampled_from(ZONES), st.integers(0, 23), st.integers(0, 59), st.one_of(times, near_changes))
def test_daily_fires_once_a_day_at_its_time_of_the_clock(
    zone: str, hour: int, minute: int, now: dt.datetime
) -> None:
    schedule = Schedule(cron=f"{minute} {hour} * * *", timezone=zone)
    firings = [now]
    for _ in range(4):
        firings.append(next_firing(schedule, firings[-1]) or now)
    days = [firing.astimezone(schedule.zone).date() for firing in firings[1:]]
    assert days == [days[0] + dt.timedelta(days=n) for n in range(4)]
    # Once in these days the clocks may leap over the time.
    assert sum(wall(schedule, firing) == f"{hour:02}:{minute:02}" for firing in firings[1:]) >= 3
