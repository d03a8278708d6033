"""Interviews still to come, as a calendar file without anybody's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reviewkit.model.files import replacing

from .problem import Slot

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True)
class Entry:
    """An interview in the calendar: its time, its kind, whom it is with by role or group, how firm it is."""

    slot: Slot
    kind: str
    label: str
    firm: bool


def write_invitations(
    path: Path, entries: Iterable[Entry], *, engagement: str, timezone: str, made_on: dt.date
) -> Path:
    """Write an ``.ics`` file with an event for each interview.

    Times are local to ``timezone``, whose rules the file carries. Ids stay from run to run, so that
    importing a newer file moves an entry instead of doubling it. Nobody is named: an event tells the
    kind, the site and the interviewer, by role; with whom, only by role or group.

    Returns
    -------
    ``path``.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//reviewkit//interviews//EN")
    calendar.add("version", "2.0")
    stamp, zone = dt.datetime.combine(made_on, dt.time(), tzinfo=dt.UTC), ZoneInfo(timezone)
    order = sorted(entries, key=lambda one: (one.slot.begins, one.slot.id))
    for entry in order:
        calendar.add_component(_event(entry, engagement, zone, stamp))
    if order:
        years = order[0].slot.begins.year, order[-1].slot.begins.year
        calendar.add_missing_timezones(dt.date(years[0] - 1, 1, 1), dt.date(years[1] + 1, 12, 31))
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as partial:
        partial.write_bytes(calendar.to_ical())
    return path


def _event(entry: Entry, engagement: str, zone: ZoneInfo, stamp: dt.datetime) -> Event:
    from icalendar import Event

    slot, event = entry.slot, Event()
    kind = "Group session" if entry.kind == "group" else "Interview"
    event.add("uid", f"interview-{slot.id}@{engagement}.reviewkit")
    event.add("dtstamp", stamp)
    event.add("dtstart", slot.begins.replace(tzinfo=zone))
    event.add("dtend", slot.ends.replace(tzinfo=zone))
    event.add("summary", f"{kind}: {entry.label}" if entry.label else kind)
    event.add("description", f"Held by: {slot.interviewer}" if slot.interviewer else "")
    event.add("status", "CONFIRMED" if entry.firm else "TENTATIVE")
    if slot.site:
        event.add("location", slot.site)
    return event
