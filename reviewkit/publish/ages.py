"""How old an engagement's pages are, in words: its data, its last run, and what its schedule says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reviewkit.model import InputError, read_yaml
from reviewkit.model.schedule import Schedule
from reviewkit.present.words import date

OLD_DAYS = 92
"""Days after which data are called stale: the longest quarter of a year."""
STALE = f"Stale is what is due by its schedule, or whose data end more than {OLD_DAYS} days ago."


@dataclass(frozen=True)
class Age:
    """Sentences on how old something is, and whether it is stale."""

    lines: tuple[str, ...]
    stale: bool


def age(manifest: Mapping[str, Any], params: Path, now: dt.datetime) -> Age:
    """Return how old a run's data and the run are, and whether the next is due.

    Parameters
    ----------
    manifest : of the run that is shown. params : the params file as that run read it, with its schedule.
    now : the time, with its zone.

    Examples
    --------
    >>> made = {"data_as_of": "2025-06-30", "started": "2025-07-01T09:00:00+00:00"}
    >>> print(*age(made, Path("nowhere"), dt.datetime(2025, 7, 3, 9, 0, tzinfo=dt.UTC)).lines, sep="; ")
    Data to 30 June 2025, 3 days ago; run 2 days ago; no schedule
    """
    lines, old = [], False
    ends = _day(manifest.get("data_as_of"))
    if ends:
        days = (now.date() - ends).days
        lines.append(f"Data to {date(ends)}, {_ago(days)}")
        old = days > OLD_DAYS
    started = time_of(manifest.get("started"))
    if started:
        lines.append(f"run {_ago((now.date() - started.date()).days)}")
    schedule = _schedule(params)
    following = _after(schedule, started) if schedule and started else None
    if following is None:
        lines.append("no schedule")
        return Age(tuple(lines), old)
    is_due = following <= now
    at = f"{date(following.date())}, {following:%H:%M} UTC"
    lines.append(f"due since {at}" if is_due else f"next due {at}")
    return Age(tuple(lines), old or is_due)


def _ago(days: int) -> str:
    if days < 0:
        return f"{-days} {'day' if days == -1 else 'days'} ahead"
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days:,} days ago"


def _schedule(params: Path) -> Schedule | None:
    """The schedule of a params file; None where it has none or cannot be read, which other commands tell."""
    try:
        written = read_yaml(params)[0].get("schedule")
        return Schedule.model_validate(written) if written else None
    except (InputError, ValidationError, OSError):
        return None


def _after(schedule: Schedule, started: dt.datetime) -> dt.datetime | None:
    """The first firing after a run began."""
    from cronsim import CronSim

    firings = CronSim(schedule.cron, started.astimezone(schedule.zone))
    return next((at.astimezone(dt.UTC) for at in firings if at > started), None)


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None


def time_of(text: Any) -> dt.datetime | None:
    """Return a time as a manifest has it, in UTC where it says no zone; None where it is none."""
    try:
        at = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
