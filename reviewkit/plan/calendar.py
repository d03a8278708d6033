"""The plan's dates as a calendar file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit.findings.wording import amount

from .rows import records

if TYPE_CHECKING:
    from icalendar import Event


def write_calendar(
    path: Path, plan: pd.DataFrame, ascent: pd.DataFrame, *, engagement: str, made_on: dt.date
) -> Path:
    """Write an ``.ics`` file with the start and end of each action and the check at each camp.

    Entries last all day, say of a draft that it is one, and keep their ids from run to run, so importing a
    newer file moves them instead of doubling them. Owners appear by role.

    Returns
    -------
    ``path``.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//reviewkit//action plan//EN")
    calendar.add("version", "2.0")
    stamp = dt.datetime.combine(made_on, dt.time(), tzinfo=dt.UTC)
    for uid, day, summary, detail in _entries(plan, ascent):
        calendar.add_component(_event(f"{uid}@{engagement}.reviewkit", day, summary, detail, stamp))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(calendar.to_ical())
    return path


def _entries(plan: pd.DataFrame, ascent: pd.DataFrame) -> list[tuple[str, pd.Timestamp, str, str]]:
    entries = []
    for row in records(plan):
        owner = f"Owner: {row['owner'] or 'still to be named'}"
        owner += "" if row["agreed"] else ". A draft: nobody has agreed it yet."
        entries.append((f"{row['action_id']}-start", row["starts"], f"Start: {row['title']}", owner))
        entries.append((f"{row['action_id']}-due", row["due"], f"Due: {row['title']}", owner))
    for row in records(ascent[~ascent["passed"]]):
        uid = "-".join(
            [row["measure"], row["site"] or "all", row["contract"] or "all", row["stage"]]
        ).replace(" ", "_")
        level = amount(row["level"], row["unit"])
        detail = f"{row['name']}: {level}, {row['percent']:g} % of the climb"
        entries.append((uid, row["due"], f"Check {row['stage_name']}: {row['name']}", detail))
    return [entry for entry in entries if pd.notna(entry[1])]


def _event(uid: str, day: pd.Timestamp, summary: str, detail: str, stamp: dt.datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", day.date())
    event.add("dtend", day.date() + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("description", detail)
    return event
