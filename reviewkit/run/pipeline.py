"""Runs side by side: every part of every run as soon as what it needs is there."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from reviewkit.model import InputError, StepError, step

from . import tasks
from .execute import CELL_SECONDS
from .manifest import StepRecord
from .notebooks import notebook_path, own_notebooks
from .parts import EVIDENCE, NUMBERS, PARTS, PLACE
from .running import Running
from .stamp import stamp
from .warm.kernel import died
from .workers import Outcome, Task, Workers

RUN_SECONDS = 2 * 60 * 60
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Limits:
    """What a run may take: seconds a cell and in all, bytes of data a notebook (None: its fair share)."""

    cell_seconds: int = CELL_SECONDS
    run_seconds: int = RUN_SECONDS
    memory: int | None = None


class Pipeline:
    """Hands out what is ready, takes in what is done, until nothing is left.

    Parameters
    ----------
    opening : the run of each engagement, begun when it is asked for; None where it does not run.
        The next is asked for when those begun leave a worker idle.
    engagements : how many there are.
    workers : where the work is done.
    limits : what a run may take.
    tell : called with what ended, how much is done and how much there is.
    """

    def __init__(
        self,
        opening: Iterator[Running | None],
        engagements: int,
        workers: Workers[Any],
        limits: Limits,
        tell: Tell | None,
    ) -> None:
        self.opening, self.workers, self.limits, self.tell = opening, workers, limits, tell
        self.runs: list[Running] = []
        self.left: list[Running] = []
        self.repeated: set[tuple[str, str]] = set()
        self.idle, self.total = 0, engagements * len(PARTS)

    def work(self) -> None:
        """Do all there is to do and close every run; one that is cut short is closed as interrupted."""
        try:
            self._hand_out()
            while self.left:
                for (place, part), outcome in self.workers.wait(1):
                    self._take(self.runs[place], part, outcome)
                self._stop_late()
                self._hand_out()
        finally:
            for key in self.workers.running():
                self.workers.stop(key)
            for run in self.left:
                run.manifest.failures.append("the run was stopped before its end")
                with contextlib.suppress(Exception):  # what is not closed is so told by `status`
                    run.close("interrupted")

    def _hand_out(self) -> None:
        """Start what is ready, in the order of runs, and open further runs while workers are idle."""
        for run in list(self.left):
            self._start(run)
        while self.workers.free > 0:
            try:
                opened = next(self.opening)
            except StopIteration:
                return
            if opened is None:
                self.idle += 1
                self._progress("", "", "")
                continue
            self.runs.append(opened)
            self.left.append(opened)
            self._progress(opened.engagement.id, "begun", "")
            self._start(opened)

    def _start(self, run: Running) -> None:
        """Start what is ready of a run; what is unchanged needs no process, and may make more ready."""
        again = True
        while again and self.workers.free > 0:
            going = self.workers.running()
            ready = [part for part in run.ready() if (self.runs.index(run), part) not in going]
            done_at_once = [self._begin(run, part) for part in ready[: self.workers.free]]
            again = any(done_at_once)
        if run.over:
            self.left.remove(run)
            run.close()

    def _begin(self, run: Running, part: str, *, again: bool = False) -> bool:
        """Begin a part; true where it is done at once."""
        try:
            if part in NUMBERS and not again and run.keep_unchanged(part):
                self._progress(run.engagement.id, part, "skipped")
                return True
            self.workers.start((self.runs.index(run), part), self._task(run, part))
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the other engagements
            self._failed(run, part, error)
            return True
        return False

    def _task(self, run: Running, part: str) -> Task:
        name = run.engagement.id
        if part == EVIDENCE:
            memory = self.limits.memory
            return Task(
                tasks.snapshot, (run.params, run.folder), light=True, environment=run.access, memory=memory
            )
        task = partial(Task, environment=run.secrets, memory=self.limits.memory)
        if part in NUMBERS:
            notebook = notebook_path(step(part), own_notebooks(run.engagement, run.params))
            arguments = (part, notebook, run.folder, name, self.limits.cell_seconds)
            return task(tasks.execute, arguments, log=run.folder / "logs" / f"{part}.txt", kernel=True)
        if part == PLACE:
            return task(tasks.place, (run.folder,))
        return task(tasks.publish, (run.folder, part.partition("/")[2]))

    def _take(self, run: Running, part: str, outcome: Outcome) -> None:
        if part in run.ended:  # given up meanwhile
            return
        if outcome.lost is not None:
            reason = died(outcome.lost, "the process that ran it")
            if not self._once_more(run, part, reason) and part not in run.ended:
                self._lost(run, part, reason)
        elif outcome.error:
            self._failed(run, part, outcome.error)
        else:
            self._done(run, part, outcome.value)
            self._progress(run.engagement.id, part, "done")

    def _once_more(self, run: Running, part: str, reason: str) -> bool:
        """Start a part again whose process was lost, the first time: it may not be to blame."""
        if (run.engagement.id, part) in self.repeated:
            return False
        self.repeated.add((run.engagement.id, part))
        run.manifest.notes.append(f"{part} was done a second time: {reason}")
        return not self._begin(run, part, again=True)

    def _done(self, run: Running, part: str, value: Any) -> None:
        if part in NUMBERS:
            run.done(
                StepRecord(
                    number=part,
                    status="done",
                    seconds=round(value.seconds, 3),
                    kernel=value.kernel,
                    seed=value.seed,
                    outputs=value.outputs,
                )
            )
            return
        if part == EVIDENCE:
            run.manifest.inputs, run.manifest.decisions = value.inputs, value.decisions
            run.manifest.evidence = value.evidence
            run.manifest.notes += value.warnings
        elif part == PLACE:
            run.manifest.site, run.manifest.pages = value.site, value.pages
            run.manifest.headline = value.headline
        run.finished(part)

    def _failed(self, run: Running, part: str, error: Exception) -> None:
        if part == EVIDENCE and isinstance(error, InputError):
            run.refuse(error)
        else:
            run.fail(part, error)
        self._progress(run.engagement.id, part, "failed")

    def _lost(self, run: Running, part: str, reason: str) -> None:
        """Take in a part whose process is gone, and say so in its notebook."""
        cell = None
        if part in NUMBERS:
            cell = stamp(run.folder / "notebooks" / Path(step(part).notebook).name, reason)
        self._failed(run, part, StepError(part, cell, reason))

    def _stop_late(self) -> None:
        """Stop runs that have taken longer than they may."""
        limit = self.limits.run_seconds
        for run in self.left:
            if time.monotonic() - run.began <= limit:
                continue
            mine = [part for place, part in self.workers.running() if self.runs[place] is run]
            for part in mine:
                self.workers.stop((self.runs.index(run), part))
            for part in (mine or run.ready())[:1]:
                self._lost(run, part, f"stopped: the run took longer than {limit} seconds in all")
            run.stop()

    def _progress(self, name: str, part: str, how: str) -> None:
        if self.tell:
            done = sum(len(run.ended) for run in self.runs) + self.idle * len(PARTS)
            self.tell(f"{name} {part} {how}".strip(), done, self.total)
