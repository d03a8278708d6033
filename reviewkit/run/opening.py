"""Which of the engagements of a command run, and which are refused or left alone."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewkit.evidence.store import overdue
from reviewkit.model import (
    Engagement,
    InputError,
    ReviewError,
    commit,
    library_digest,
    read_engagement,
    versions,
)

from . import schedule
from .dependence import unchanged
from .home import Busy, Home
from .log import Event, Log
from .manifest import PARAMS, Manifest, read_manifest
from .notebooks import own_notebooks
from .refusals import for_the_list
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
            if first := self.seen.get(engagement.id):  # a fault of the command, not of the file
                self._refuse(params, str(named_already(params, first)))
                return None
            self.seen[engagement.id] = params
            own_notebooks(engagement, params)  # what is refused is so before anything is made
            secrets(engagement.needed_secrets, params)
            if late := overdue(engagement, dt.datetime.now().astimezone().date()):
                self.report.warnings.append(late)
            return self._locked(engagement, params, Home(self.runs, engagement.id))
        except (InputError, OSError) as error:
            self._refuse(params, str(error), for_the_list(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours with one client must not stop the others
            words = f"{params}: could not be begun ({type(error).__name__}: {error})"
            self._refuse(params, words, for_the_list(error))
        return None

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
            self.report.tries[params.resolve()] = ""
            home.ran_for(firing)
            return None
        home.tidy()
        folder, manifest, earlier = _folder_and_record(params, engagement, home)
        return Running(
            engagement=engagement,
            params=params.resolve(),
            home=home,
            folder=folder,
            manifest=manifest,
            log=self.log,
            secrets=secrets(engagement.notebook_secrets, params),
            access=secrets(engagement.needed_secrets, params),
            seen_from_here="" if params.parent == Path() else f"{params.parent}{os.sep}",
            earlier=earlier,
            force=self.force,
            firing=firing,
        )

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

    def _refuse(self, params: Path, words: str, listed: str = "") -> None:
        self.report.refused.append(words)
        if listed:
            self.report.tries[params.resolve()] = listed
        self.log.write(Event(event="run_refused", engagement=params.stem, level="error"))


def named_already(params: Path, first: Path) -> InputError:
    """Return the complaint about a second params file with one id."""
    problem = f"this engagement is in this command already, from {first}"
    if params.resolve() == first.resolve():
        return InputError(problem, file=params, key="id", fix="Name the file once.")
    return InputError(problem, file=params, key="id", fix="Give it an id of its own, or name one file.")


def secrets(names: Iterable[str], params: Path) -> dict[str, str]:
    """Return environment variables that a params file names.

    Raises
    ------
    InputError : one of them is not set.
    """
    for name in names:
        if name not in os.environ:
            problem = f"the environment variable {name} is not set"
            fix = "Set it, or take it out of the params file."
            raise InputError(problem, file=params, key="secrets", fix=fix)
    return {name: os.environ[name] for name in names}


def _folder_and_record(
    params: Path, engagement: Engagement, home: Home
) -> tuple[Path, Manifest, list[tuple[Path, Manifest]]]:
    """Make the folder of a run and its record; return the records before it, too."""
    started, folder = dt.datetime.now().astimezone(), None
    try:
        earlier = home.records()
        folder = home.new_run(started)
        shutil.copyfile(params, folder / PARAMS)
        if read_engagement(folder / PARAMS) != engagement:
            raise InputError("it changed while it was read", file=params, fix="Run again.")
        (folder / "logs").mkdir()
        manifest = _record(engagement, params, folder, started)
        manifest.notes += [*_clock(folder, started), *_from_another_file(manifest, earlier)]
        manifest.write(folder)
    except BaseException as error:
        if folder:
            home.remove(folder)
        if not isinstance(error, OSError):
            raise
        problem = f"the run cannot be begun ({error.strerror})"
        fix = "Make room, or name another folder with --runs."
        raise InputError(problem, file=home.folder, fix=fix) from None
    return folder, manifest, earlier


def _record(engagement: Engagement, params: Path, folder: Path, started: dt.datetime) -> Manifest:
    return Manifest(
        engagement=engagement.id,
        name=engagement.name,
        run=folder.name,
        simulated=engagement.simulated,
        data_as_of=engagement.data_as_of,
        started=started,
        library=library_digest(),
        commit=commit(),
        versions=versions(),
        params=str(params.resolve()),
    )


def _clock(folder: Path, started: dt.datetime) -> list[str]:
    """Say so where a run could not be named by its time."""
    by_time = folder.name.startswith(started.strftime("%Y%m%dT%H%M%S"))
    return [] if by_time else ["the clock is behind the run before"]


def _from_another_file(manifest: Manifest, earlier: list[tuple[Path, Manifest]]) -> list[str]:
    """Say so where the run before was begun with another params file: two clients may share an id."""
    before = next((made.params for _, made in earlier if made.params), manifest.params)
    if before == manifest.params:
        return []
    return [f"the run before was of another params file, {before}; give each engagement an id of its own"]
