"""One engagement's run as it goes: what is left to do, what ended, and its record."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.model import (
    EDITIONS,
    STEPS,
    Engagement,
    InputError,
    ReviewError,
    StepError,
    StepSpec,
    hashes,
    library_digest,
    step,
    versions,
)

from .dependence import Kept, decide, made_from
from .home import Home
from .log import Event, Log
from .manifest import PARAMS, Manifest, StepRecord

EVIDENCE, PLACE = "evidence", "site"


def by_what_waits() -> list[StepSpec]:
    """Return the steps, those first that have the longest row of others waiting for them.

    >>> [spec.number for spec in by_what_waits()][:2], [spec.number for spec in by_what_waits()][-1]
    (['1.1', '1.4'], '4.2')
    """

    def waiting(number: str) -> int:
        return 1 + max((waiting(spec.number) for spec in STEPS if number in spec.after), default=0)

    return sorted(STEPS, key=lambda spec: -waiting(spec.number))


SITE = tuple(f"site/{edition}" for edition in EDITIONS)
NUMBERS = tuple(spec.number for spec in STEPS)
# What must have ended before a part of the work may begin. Parts are started in this order.
PARTS: dict[str, frozenset[str]] = {
    EVIDENCE: frozenset(),
    **{spec.number: frozenset((EVIDENCE, *spec.after)) for spec in by_what_waits()},
    **{part: frozenset(NUMBERS) for part in SITE},
    PLACE: frozenset(SITE),
}


@dataclass
class Running:
    """A run of one engagement.

    Parameters
    ----------
    params : the params file as the user named it; data files are relative to it.
    folder : the run's folder.
    seen_from_here : what the user wrote before the name of the params file.
    earlier : runs before it whose results may still hold.
    force : do everything anew all the same.
    firing : of the schedule, that it is run for.
    """

    engagement: Engagement
    params: Path
    home: Home
    folder: Path
    manifest: Manifest
    log: Log
    seen_from_here: str = ""
    earlier: list[tuple[Path, Manifest]] = field(default_factory=list)
    force: bool = False
    firing: dt.datetime | None = None
    refused: str = ""
    ended: dict[str, bool] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    reasons: dict[str, str] = field(default_factory=dict)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def begin(
        cls,
        params: Path,
        engagement: Engagement,
        home: Home,
        log: Log,
        *,
        force: bool,
        firing: dt.datetime | None = None,
    ) -> Running:
        """Make the folder of a run and its record; the caller holds the home's lock."""
        home.tidy()
        started = dt.datetime.now().astimezone()
        try:
            folder = home.new_run(started)
            shutil.copyfile(params, folder / PARAMS)
            manifest = Manifest(
                engagement=engagement.id,
                name=engagement.name,
                run=folder.name,
                simulated=engagement.simulated,
                data_as_of=engagement.data_as_of,
                started=started,
                library=library_digest(),
                commit=commit(),
                versions=versions(),
            )
            if folder.name[:15] != started.strftime("%Y%m%dT%H%M%S"):
                manifest.notes.append("the clock is behind the run before, or two runs began within a second")
            earlier = home.records()
            manifest.write(folder)
        except OSError as error:
            problem = f"the run cannot be begun ({error.strerror})"
            raise InputError(
                problem, file=home.folder, fix="Make room, or name another with --runs."
            ) from None
        here = "" if params.parent == Path() else f"{params.parent}{os.sep}"
        return cls(engagement, params.resolve(), home, folder, manifest, log, here, earlier, force, firing)

    @property
    def failed(self) -> bool:
        """Whether anything went wrong so far."""
        return bool(self.refused or self.manifest.failures)

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return len(self.ended) == len(PARTS)

    def ready(self) -> list[str]:
        """Return the parts that may begin now, in order."""
        return [
            part
            for part, needs in PARTS.items()
            if part not in self.ended and all(self.ended.get(need, False) for need in needs)
        ]

    def keep_unchanged(self, number: str) -> bool:
        """Keep the results of an earlier run for a step where nothing it depends on has changed.

        Otherwise note why it has to run.
        """
        spec = step(number)
        before = {record.number: record for record in self.manifest.steps}
        now = made_from(
            spec, self.engagement, self.params, self.manifest.inputs, self.manifest.decisions, before
        )
        self.sources[number] = now
        found = "it was asked for" if self.force else decide(now, number, self.earlier)
        if not isinstance(found, Kept):
            self.reasons[number] = found
            return False
        for path in found.record.outputs:
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found.folder / path, target)
        reason = f"nothing it depends on has changed since run {found.folder.name}"
        self._record(found.record.model_copy(update={"status": "skipped", "reason": reason}))
        return True

    def done(self, record: StepRecord) -> None:
        """Take in a step that ran to its end."""
        record.made_from = self.sources[record.number]
        record.reason = self.reasons[record.number]
        self._record(record)

    def finished(self, part: str) -> None:
        """Take in a part that is no step."""
        if part == EVIDENCE:
            self.tell(Event(event="run_started"))
        self.ended[part] = True

    def fail(self, part: str, error: Exception) -> None:
        """Take in a part that failed; what depends on it is not run."""
        reason = error if isinstance(error, ReviewError) else StepError(part, None, str(error))
        self.manifest.failures.append(str(reason))
        cell = error.cell if isinstance(error, StepError) else None
        words = error.reason if isinstance(error, StepError) else str(error)
        if part in NUMBERS:
            self._record(StepRecord(number=part, status="failed", reason=words, cell=cell))
        else:
            self.ended[part] = False
            self.tell(Event(event="step_ended", step=part, status="failed", reason=words, level="error"))
        self._give_up()

    def refuse(self, error: Exception) -> None:
        """Take in that the evidence has a fault: the run is as if it had never begun."""
        # Files are named as the user named them, seen from here.
        self.refused = str(error).replace(f"{self.params.parent}{os.sep}", self.seen_from_here)
        self.ended = dict.fromkeys(PARTS, False)

    def close(self, status: str = "") -> None:
        """Bring the record to its end, make a published run the latest, let other runs in."""
        try:
            if status != "interrupted":
                self._keep_firing()
            if self.refused:
                self.home.remove(self.folder)
                self.log.write(self._about(Event(event="run_refused", level="error")))
            else:
                self._end(status)
        finally:
            self.home.unlock()

    def tell(self, event: Event) -> None:
        """Write an event to the logs."""
        self.log.write(self._about(event), self.folder)

    def _end(self, status: str) -> None:
        shutil.rmtree(self.folder / ".site-new", ignore_errors=True)
        manifest = self.manifest
        manifest.finished = dt.datetime.now().astimezone()
        manifest.seconds = round(time.monotonic() - self.began, 2)
        manifest.status = status or ("failed" if self.failed else "published")  # type: ignore[assignment]
        if manifest.status == "published" and hashes(self.engagement, self.params) != manifest.inputs:
            manifest.notes.append(
                "the evidence changed during this run, which shows it as it was at the start; run again"
            )
        try:
            manifest.write(self.folder)
            if manifest.status == "published":
                self.home.point_latest(self.folder)
        except OSError as error:
            manifest.status = "failed"
            manifest.failures.append(f"{self.folder}: the record cannot be written ({error.strerror})")
        self.tell(
            Event(
                event="run_ended",
                status=manifest.status,
                seconds=manifest.seconds,
                level="info" if manifest.status == "published" else "error",
                reason="; ".join(manifest.failures),
            )
        )

    def _keep_firing(self) -> None:
        try:
            self.home.ran_for(self.firing)
        except OSError as error:
            self.manifest.notes.append(f"what it was run for cannot be kept ({error.strerror})")

    def _record(self, record: StepRecord) -> None:
        self.ended[record.number] = record.status in ("done", "skipped")
        self.manifest.steps.append(record)
        self.tell(
            Event(
                event="step_ended",
                step=record.number,
                status=record.status,
                cell=record.cell,
                seconds=record.seconds,
                reason=record.reason,
                level="error" if record.status == "failed" else "info",
            )
        )
        try:
            self.manifest.write(self.folder)
        except OSError as error:
            words = f"{self.folder}: the record cannot be written ({error.strerror})"
            if words not in self.manifest.failures:
                self.manifest.failures.append(words)

    def _give_up(self) -> None:
        """End what can no longer be done: what depends on a part that failed, and the site."""
        for part, needs in PARTS.items():
            if part in self.ended:
                continue
            if part in (*SITE, PLACE) or any(self.ended.get(need) is False for need in needs):
                if part in NUMBERS:
                    self._record(StepRecord(number=part, status="not_run", reason="an earlier step failed"))
                else:
                    self.ended[part] = False

    def _about(self, event: Event) -> Event:
        return event.model_copy(update={"engagement": self.engagement.id, "run": self.manifest.run})


def commit() -> str:
    """Return the git commit of the package's checkout, with ``+`` where files differ from it."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists() or not shutil.which("git"):
        return ""
    command = ["git", "-C", str(root), "describe", "--always", "--abbrev=40", "--dirty=+", "--exclude=*"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_for_git())
    return done.stdout.strip()


def _for_git() -> dict[str, str]:
    return {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}


def secrets(engagement: Engagement, params: Path) -> dict[str, str]:
    """Return the environment variables an engagement names.

    Raises
    ------
    InputError : one of them is not set.
    """
    for name in engagement.secrets:
        if name not in os.environ:
            problem = f"the environment variable {name} is not set"
            raise InputError(problem, file=params, key="secrets", fix="Set it, or take it off the list.")
    return {name: os.environ[name] for name in engagement.secrets}
