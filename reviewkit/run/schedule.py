"""When an engagement is due, and when it will be next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import takewhile

from reviewkit.model.schedule import Schedule

LONGEST_SHIFT = dt.timedelta(hours=3)
"""More than clocks are ever put back by: cron's own bound for a change of the clocks."""


def due(schedule: Schedule, last: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    """Return the firing time a run is due for; None where nothing is due.

    One run catches up for any number of firings missed, and no firing is run for twice. An
    engagement that never ran is due at once, for the newest firing there was. Where the clock
    went back, ``last`` lies ahead and nothing is due until time has caught up.

    Parameters
    ----------
    schedule : of the engagement.
    last : the firing time that the last run was for (not when it ran); None where it never ran.
    now : the time, with its zone.

    Returns
    -------
    In UTC. To be kept as ``last`` of the next call.

    Examples
    --------
    >>> mondays = Schedule(cron="0 6 * * 1", timezone="Europe/London")
    >>> now = dt.datetime(2026, 7, 15, 12, 0, tzinfo=dt.UTC)
    >>> firing = due(mondays, None, now)
    >>> print(firing, due(mondays, firing, now))
    2026-07-13 05:00:00+00:00 None
    """
    newest = last_firing(schedule, now)
    if newest is None or (last is not None and newest <= last):
        return None
    return newest


def last_firing(schedule: Schedule, now: dt.datetime) -> dt.datetime | None:
    """Return the newest firing at or before ``now`` in UTC; None where there was none in 50 years.

    A time that the clocks leap over in spring fires when they have leapt; one that comes twice
    in autumn fires the first time. Lines whose minute or hour begins with ``*`` fire by the
    clock, both times (as Debian's cron does).
    """
    # Hours that come twice would be passed over by the clock: start behind them and step back.
    back = _firings(schedule, now + LONGEST_SHIFT, reverse=True)
    newest = next((at for at in back if at <= now), None)
    if newest is None:
        return None
    # What next_firing names counts: stepping back leaves out some times that the clocks leap over.
    return max([newest, *takewhile(lambda at: at <= now, _firings(schedule, newest))])


def next_firing(schedule: Schedule, now: dt.datetime) -> dt.datetime | None:
    """Return the first firing after ``now`` in UTC; None where there is none in 50 years.

    >>> print(next_firing(Schedule(cron="0 6 * * 1"), dt.datetime(2026, 7, 13, 6, 0, tzinfo=dt.UTC)))
    2026-07-20 06:00:00+00:00
    """
    return next((at for at in _firings(schedule, now) if at > now), None)


def _firings(schedule: Schedule, start: dt.datetime, reverse: bool = False) -> Iterator[dt.datetime]:
    """Firings from ``start``, in UTC: times of one zone compare by the clock, not by what is earlier."""
    from cronsim import CronSim

    for at in CronSim(schedule.cron, start.astimezone(schedule.zone), reverse=reverse):
        yield at.astimezone(dt.UTC)
