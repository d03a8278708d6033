"""One engagement's run as it goes: what is left to do, what ended, and its record."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.evidence import fingerprints
from reviewkit.model import Engagement, ReviewError, StepError, step
from reviewkit.model.files import SITE_ASIDE

from .dependence import Kept, decide, made_from, never_kept
from .home import LATEST, Home
from .log import Event, Log
from .manifest import Manifest, StepRecord
from .parts import EVIDENCE, NUMBERS, PARTS, PLACE, SITE
from .refusals import for_the_list


@dataclass(eq=False)
class Running:
    """A run of one engagement.

    Parameters
    ----------
    params : absolute path of the params file; data files are relative to it.
    folder : the run's folder.
    secrets : environment variables that its notebooks may see.
    access : those, and what its databases ask for: for reading the evidence alone.
    seen_from_here : what the user wrote before the name of the params file.
    earlier : runs before it whose results may still hold.
    force : do everything anew all the same.
    firing : of the schedule, that it is run for.
    refused, listed : why the evidence was refused, for the user and for the list of engagements.
    """

    engagement: Engagement
    params: Path
    home: Home
    folder: Path
    manifest: Manifest
    log: Log
    secrets: dict[str, str]
    access: dict[str, str]
    seen_from_here: str
    earlier: list[tuple[Path, Manifest]]
    force: bool = False
    firing: dt.datetime | None = None
    refused: str = ""
    listed: str = ""
    ended: dict[str, bool] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    reasons: dict[str, str] = field(default_factory=dict)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)

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
        found: Kept | str = never_kept(spec, self.engagement, self.params)
        if self.force:
            found = "it was asked for"
        found = found or decide(now, number, self.earlier)
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
        self.refused, self.listed = self._seen(str(error)), self._seen(for_the_list(error))
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
        shutil.rmtree(self.folder / SITE_ASIDE, ignore_errors=True)
        with contextlib.suppress(OSError):  # it has something in it
            (self.folder / "logs").rmdir()
        manifest = self.manifest
        manifest.finished = dt.datetime.now().astimezone()
        manifest.seconds = round(time.monotonic() - self.began, 2)
        manifest.status = status or ("failed" if self.failed else "published")  # type: ignore[assignment]
        try:
            if manifest.status == "published":
                self._note_changes()
                self.home.point_latest(self.folder)
        except OSError as error:
            manifest.status = "failed"
            manifest.failures.append(f"{self.home.folder / LATEST}: cannot be moved ({error.strerror})")
        try:
            manifest.write(self.folder)
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

    def _note_changes(self) -> None:
        now, then = fingerprints(self.engagement, self.params), self.manifest.inputs
        if any(now.get(name) != made for name, made in then.items() if not self._asked(name)):
            self.manifest.notes.append(
                "the evidence changed during this run, which shows it as it was at the start; run again"
            )

    def _asked(self, table: str) -> bool:
        """Whether a table was read from a database, which nobody watches."""
        source = self.engagement.sources.get(table)
        return source is not None and source.database is not None

    def stop(self) -> None:
        """End whatever has not begun, with nothing to show for it."""
        self._end_rest([part for part in PARTS if part not in self.ended], "the run was stopped")

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
            lost = part in (*SITE, PLACE) or any(self.ended.get(need) is False for need in needs)
            if lost and part not in self.ended:
                self._end_rest([part], "an earlier step failed")

    def _end_rest(self, parts: list[str], reason: str) -> None:
        for part in parts:
            self.ended[part] = False
            if part in NUMBERS:
                self._record(StepRecord(number=part, status="not_run", reason=reason))

    def _seen(self, words: str) -> str:
        """Name files as the user named them, seen from here."""
        return words.replace(f"{self.params.parent}{os.sep}", self.seen_from_here)

    def _about(self, event: Event) -> Event:
        return event.model_copy(update={"engagement": self.engagement.id, "run": self.manifest.run})
