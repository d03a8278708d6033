"""When somebody or somewhere can be met, and on which days and hours interviews are held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from reviewkit.model.interviewing import WEEKDAYS, Interviewing

Span = tuple[dt.datetime, dt.datetime]
KINDS = ("stakeholder_id", "interviewer", "site")


@dataclass(frozen=True)
class Availability:
    """When people, interviewers and sites can be met.

    Parameters
    ----------
    free : (kind, name) -> times at which they can be met; who is not named can always be met.
    busy : (kind, name) -> times at which they cannot.
    left_out : rows of the table that name nobody, or end before they begin.
    """

    free: Mapping[tuple[str, str], tuple[Span, ...]] = field(default_factory=dict)
    busy: Mapping[tuple[str, str], tuple[Span, ...]] = field(default_factory=dict)
    left_out: int = 0

    @classmethod
    def of(cls, table: pd.DataFrame) -> Availability:
        """Return the availability that the evidence table of this name states.

        >>> table = pd.DataFrame({"interviewer": ["Analyst"], "free": [False],
        ...     "begins": pd.to_datetime(["2025-03-03"]), "ends": pd.to_datetime(["2025-03-04"])})
        >>> monday = dt.datetime(2025, 3, 3, 9)
        >>> Availability.of(table).met("interviewer", "Analyst", monday, monday + dt.timedelta(hours=1))
        False
        """
        found: dict[bool, dict[tuple[str, str], list[Span]]] = {True: {}, False: {}}
        left_out = 0
        whole = table.reindex(columns=[*KINDS, "begins", "ends", "free"])
        for row in whole.to_dict("records"):
            named = [(kind, str(row[kind])) for kind in KINDS if pd.notna(row[kind]) and row[kind]]
            known = pd.notna(row["begins"]) and pd.notna(row["ends"]) and row["begins"] < row["ends"]
            if len(named) != 1 or not known or pd.isna(row["free"]):
                left_out += 1
                continue
            span = (row["begins"].to_pydatetime(), row["ends"].to_pydatetime())
            found[bool(row["free"])].setdefault(named[0], []).append(span)
        free, busy = ({key: _merged(spans) for key, spans in found[which].items()} for which in (True, False))
        return cls(free, busy, left_out)

    def met(self, kind: str, name: str, begins: dt.datetime, ends: dt.datetime) -> bool:
        """Return whether somebody or somewhere can be met throughout."""
        key = (kind, name)
        within = key not in self.free or any(a <= begins and ends <= b for a, b in self.free[key])
        return within and not any(a < ends and begins < b for a, b in self.busy.get(key, ()))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return tuple(merged)


def working_days(first: dt.date, settings: Interviewing) -> list[dt.date]:
    """Return the days on which interviews can be held, from ``first`` for the weeks that are set.

    >>> [str(day) for day in working_days(dt.date(2025, 3, 6), Interviewing(weeks=1))]
    ['2025-03-06', '2025-03-07', '2025-03-10', '2025-03-11', '2025-03-12']
    """
    days = (first + dt.timedelta(days=place) for place in range(7 * settings.weeks))
    return [day for day in days if WEEKDAYS[day.weekday()] in settings.working_days]


def starts(day: dt.date, minutes: int, settings: Interviewing) -> Iterator[dt.datetime]:
    """Yield when an interview of so many minutes can begin on a day: within hours, clear of lunch.

    >>> hours = Interviewing(day_ends="10:30", grid_minutes=30)
    >>> [f"{start:%H:%M}" for start in starts(dt.date(2025, 3, 3), 45, hours)]
    ['09:00', '09:30']
    """
    at, end = (dt.datetime.combine(day, time) for time in (settings.day_begins, settings.day_ends))
    lunch = [dt.datetime.combine(day, time) for time in settings.lunch or ()]
    length, grid = dt.timedelta(minutes=minutes), dt.timedelta(minutes=settings.grid_minutes)
    while at + length <= end:
        if not lunch or at + length <= lunch[0] or at >= lunch[1]:
            yield at
        at += grid
