"""Times of day that cannot be right: midnight, an hour off in summer, an hour that never was."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from reviewkit.model import TABLES, Engagement

from .suspicion import Suspicion, Tables, percent

ENOUGH = 20
MOSTLY, SOME, PILED = 0.95, 0.01, 10
EACH_HALF, APART, CLOSER = 200, 0.10, 2.0
OF_THE_CURRENCY = {"GBP": "Europe/London"}
"""Zone of a currency that has only one, for engagements whose schedule names none."""


def midnight(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find times that are all, or oddly often, midnight to the second.

    All: 95 % or more. Oddly often: 1 % or more, and ten times as many as the minutes beside it would
    have each.
    """
    found = []
    for name, column, times in _times(tables):
        at_midnight = times == times.dt.normalize()
        count, share = int(at_midnight.sum()), float(at_midnight.mean())
        minutes = times.dt.hour * 60 + times.dt.minute
        beside = int(((minutes >= 1380) | (minutes <= 60)).sum()) - count
        odd = share >= SOME and count >= ENOUGH and count >= PILED * max(beside / 120, 1)
        if share >= MOSTLY or odd:
            found.append(
                Suspicion(
                    "midnight",
                    name,
                    f"{count:,} of {len(times):,} times ({percent(count, len(times))}) are midnight exactly",
                    "the time of day was left out, so that order and durations within a day are lost",
                    "Export the time as well as the date.",
                    column=column,
                    count=count,
                    row=int(times.index[at_midnight][0]),
                )
            )
    return found


def summer_shift(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find times of which the day's profile is an hour earlier or later in summer than in winter.

    The shares of each hour from May to September and from November to February are compared as they
    are and an hour apart (total variation distance): a shift is told where as they are they differ
    by 0.10 or more, and an hour apart by less than half of that. Each half needs 200 times.
    """
    found = []
    for name, column, times in _times(tables):
        summer, winter = times[times.dt.month.between(5, 9)], times[times.dt.month.isin((11, 12, 1, 2))]
        if min(len(summer), len(winter)) < EACH_HALF:
            continue
        hours = [np.bincount(half.dt.hour, minlength=24) / len(half) for half in (summer, winter)]
        apart = {by: float(abs(np.roll(hours[0], by) - hours[1]).sum()) / 2 for by in (-1, 0, 1)}
        best = min(apart, key=lambda by: apart[by])
        if best and apart[0] >= APART and apart[best] * CLOSER <= apart[0]:
            found.append(
                Suspicion(
                    "summer_shift",
                    name,
                    f"the day runs an hour {'earlier' if best > 0 else 'later'} in summer than in winter "
                    f"({len(summer):,} and {len(winter):,} times compared)",
                    "the times are UTC or standard time, not local time",
                    "Ask in which zone the system exports, and export local time.",
                    column=column,
                    count=len(summer),
                    row=int(summer.index[0]),
                )
            )
    return found


def hour_that_never_was(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find times in the hour that is left out when summer time begins.

    In the zone of the engagement's schedule; in London's, where there is none and the currency is GBP.
    """
    zone = zone_of(engagement)
    if not zone:
        return []
    found = []
    for name, column, times in _times(tables):
        local = times.dt.tz_localize(
            ZoneInfo(zone), nonexistent="NaT", ambiguous=np.ones(len(times), dtype=bool)
        )
        missing = local.isna()
        if missing.any():
            place = int(times.index[missing][0])
            found.append(
                Suspicion(
                    "hour_that_never_was",
                    name,
                    f"{int(missing.sum()):,} of {len(times):,} times fall in an hour that {zone} leaves out, "
                    f"such as {times[place]:%Y-%m-%d %H:%M}",
                    "the times are not local ones, or come from more than one clock",
                    "Ask in which zone the system exports, and export local time.",
                    column=column,
                    count=int(missing.sum()),
                    row=place,
                )
            )
    return found


def hour_that_came_twice(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find customers with several events in the hour that comes twice when summer time ends."""
    zone, frame = zone_of(engagement), tables.get("journey")
    if not zone or frame is None:
        return []
    times = frame["at"].dropna()
    local = times.dt.tz_localize(ZoneInfo(zone), nonexistent="shift_forward", ambiguous="NaT")
    twice = frame.loc[times.index[local.isna()]]
    several = twice[twice["customer"].duplicated(keep=False)]
    if several.empty:
        return []
    return [
        Suspicion(
            "hour_that_came_twice",
            "journey",
            f"{several['customer'].nunique()} customers have several steps in the hour that {zone} has "
            f"twice, such as {several['at'].iloc[0]:%Y-%m-%d %H:%M}",
            "the order of these steps is not known",
            "Leave it, if they are few; else ask for times with their offset, and convert them.",
            column="at",
            count=int(several["customer"].nunique()),
            row=int(several.index[0]),
        )
    ]


def zone_of(engagement: Engagement) -> str:
    """Return the zone in which the engagement's times are taken to be; empty where it is not known."""
    named = engagement.schedule.timezone if engagement.schedule else "UTC"
    return OF_THE_CURRENCY.get(engagement.currency, "") if named == "UTC" else named


def _times(tables: Tables) -> Iterator[tuple[str, str, pd.Series]]:
    """Columns of times of what happened; what is planned may be at any hour."""
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.kind == "datetime" and column.name == "at" and column.name in frame:
                times = frame[column.name].dropna()
                if len(times) >= ENOUGH:
                    yield name, column.name, times
