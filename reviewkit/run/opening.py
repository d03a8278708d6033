"""Which of the engagements of a command run, and which are refused or left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewkit.model import Engagement, InputError, ReviewError, read_engagement

from . import schedule
from .dependence import unchanged
from .home import Busy, Home
from .log import Event, Log
from .manifest import read_manifest
from .notebooks import own_notebooks
from .report import Report
from .running import Running


class Opening:
    """Begins the runs of a command; everything that is not begun stands in the report.

    Parameters
    ----------
    runs : folder of results.
    force : run what has not changed, too.
    due : run only what is due by its schedule.
    """

    def __init__(self, runs: Path, log: Log, report: Report, *, force: bool, due: bool) -> None:
        self.runs, self.log, self.report, self.force, self.due = runs, log, report, force, due
        self.seen: dict[str, Path] = {}

    def each(self, params: Iterable[Path]) -> Iterator[Running | None]:
        """Give the run of each engagement, begun when it is asked for; None where it does not run.

        A run holds the lock of its engagement.
        """
        for path in params:
            yield self._one(path)

    def _one(self, params: Path) -> Running | None:
        try:
            engagement = read_engagement(params)
            self._only_once(engagement, params)
            own_notebooks(engagement, params)  # refused before anything is made
            return self._locked(engagement, params, Home(self.runs, engagement.id))
        except (InputError, OSError) as error:
            self._refuse(params, str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours with one client must not stop the others
            self._refuse(params, f"{params}: could not be begun ({type(error).__name__}: {error})")
        return None

    def _only_once(self, engagement: Engagement, params: Path) -> None:
        if engagement.id in self.seen:
            raise named_already(params, self.seen[engagement.id])
        self.seen[engagement.id] = params

    def _locked(self, engagement: Engagement, params: Path, home: Home) -> Running | None:
        if self.due and self._firing(engagement, home) is None:
            self.report.not_due.append(engagement.id)
            return None
        home.make()
        try:
            home.lock()
        except Busy as error:
            if self.due:  # what runs is what is due
                self.report.not_due.append(engagement.id)
            else:
                self.report.failed[engagement.id] = [str(error)]
            return None
        try:
            run = self._begin(engagement, params, home)
        except BaseException:
            home.unlock()
            raise
        if run is None:
            home.unlock()
        return run

    def _begin(self, engagement: Engagement, params: Path, home: Home) -> Running | None:
        # Asked again now that nobody else can run it: the run just waited for may have been it.
        firing = self._firing(engagement, home) if self.due else None
        if self.due and firing is None:
            self.report.not_due.append(engagement.id)
            return None
        if pages := None if self.force else self._unchanged(engagement, params, home):
            self.report.unchanged[engagement.id] = pages
            home.ran_for(firing)
            return None
        return Running.begin(params, engagement, home, self.log, force=self.force, firing=firing)

    @staticmethod
    def _firing(engagement: Engagement, home: Home) -> dt.datetime | None:
        if engagement.schedule is None:
            return None
        return schedule.due(engagement.schedule, home.last_firing(), dt.datetime.now(dt.UTC))

    def _unchanged(self, engagement: Engagement, params: Path, home: Home) -> Path | None:
        """Return the leadership page of the latest run where nothing has changed since."""
        folder = home.latest()
        if folder is None:
            return None
        try:
            manifest = read_manifest(folder)
        except ReviewError:
            return None
        if unchanged(engagement, params, folder, manifest):
            return None
        self.log.write(Event(event="run_unchanged", engagement=home.name, run=folder.name))
        return home.page("leadership")

    def _refuse(self, params: Path, words: str) -> None:
        self.report.refused.append(words)
        self.log.write(Event(event="run_refused", engagement=params.stem, level="error"))


def named_already(params: Path, first: Path) -> InputError:
    """Return the complaint about a second params file with one id."""
    problem = f"this engagement is in this command already, from {first}"
    if params.resolve() == first.resolve():
        return InputError(problem, file=params, key="id", fix="Name the file once.")
    return InputError(problem, file=params, key="id", fix="Give it an id of its own, or name one file.")
