"""Many engagements run side by side: every step as soon as what it reads is there."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.model import STEPS, InputError, ReviewError, StepError, read_engagement
from reviewkit.publish import publish_index

from .begin import Run, begin
from .execute import Executed, execute_step
from .finish import close, publish_run
from .manifest import StepRecord

SITE = "site"


@dataclass
class Report:
    """How a command went: pages published, inputs refused, engagements failed."""

    pages: dict[str, Path] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    failed: dict[str, list[str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """0 all well, 1 an engagement failed while it ran, 2 an input was bad."""
        return 2 if self.refused else 1 if self.failed else 0


def run_engagements(
    params: Iterable[Path], runs: Path, *, jobs: int = 2, tell: Callable[[str, int, int], None] | None = None
) -> Report:
    """Run and publish engagements.

    Parameters
    ----------
    params : params files.
    runs : folder for results; each engagement gets a folder of its own in it.
    jobs : notebooks run at a time.
    tell : called with what ended, how much is done and how much there is.

    Returns
    -------
    The report. A bad input or a failure touches no other engagement.
    """
    report = Report()
    begun = _begin_all(params, runs, report)
    if begun:
        _Pipeline(begun, jobs, tell).work()
        for run in begun:
            _note(run, report)
        publish_index(runs)
    return report


def _begin_all(params: Iterable[Path], runs: Path, report: Report) -> list[Run]:
    begun: dict[str, Run] = {}
    for path in params:
        try:
            known = begun.get(read_engagement(path).id)
            if known:
                raise InputError(
                    f"this engagement is in this command already, from {known.params}",
                    file=path,
                    key="id",
                    fix="Give it an id of its own, or name one file.",
                )
            run = begin(path, runs)
        except (InputError, OSError) as error:
            report.refused.append(str(error))
            continue
        except Exception as error:  # noqa: BLE001 - a fault of ours with one client must not stop the others
            report.refused.append(f"{path}: could not be begun ({type(error).__name__}: {error})")
            continue
        report.warnings += run.warnings
        begun[run.engagement.id] = run
    return list(begun.values())


def _note(run: Run, report: Report) -> None:
    close(run.folder, run.manifest, run.engagement)
    if run.failed:
        report.failed[run.engagement.id] = run.manifest.failures
    else:
        report.pages[run.engagement.id] = run.folder.parent / "latest" / "site" / "leadership" / "index.html"


class _Pipeline:
    """Submits what is ready, takes in what is done, until nothing is left."""

    def __init__(self, runs: list[Run], jobs: int, tell: Callable[[str, int, int], None] | None) -> None:
        self.runs, self.jobs, self.tell = runs, jobs, tell
        self.waiting = {id(run): [*(spec.number for spec in STEPS), SITE] for run in runs}
        self.ended: dict[int, set[str]] = {id(run): set() for run in runs}
        self.flying: dict[Future[object], tuple[Run, str]] = {}
        self.total = len(runs) * (len(STEPS) + 1)

    def work(self) -> None:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.jobs, mp_context=context) as pool:
            self._submit(pool)
            while self.flying:
                done, _ = wait(self.flying, return_when=FIRST_COMPLETED)
                for future in done:
                    self._take(*self.flying.pop(future), future)
                self._submit(pool)

    def _submit(self, pool: ProcessPoolExecutor) -> None:
        for run in self.runs:
            for number in list(self.waiting[id(run)]):
                if not self._needs(number) <= self.ended[id(run)]:
                    continue
                self.waiting[id(run)].remove(number)
                if run.failed and (number == SITE or self._hit(run, number)):
                    self._end(
                        run, StepRecord(number=number, status="skipped", reason="an earlier step failed")
                    )
                elif number == SITE:
                    run.manifest.write(run.folder)
                    self.flying[pool.submit(publish_run, run.folder)] = (run, number)
                else:
                    self.flying[pool.submit(execute_step, number, run.folder)] = (run, number)

    def _take(self, run: Run, number: str, future: Future[object]) -> None:
        error = future.exception()
        if error is None:
            result = future.result()
            seconds = result.seconds if isinstance(result, Executed) else 0.0
            if isinstance(result, dict):
                run.manifest.site = {name: str(page.relative_to(run.folder)) for name, page in result.items()}
            self._end(run, StepRecord(number=number, status="done", seconds=round(seconds, 2)))
            return
        # What went wrong in a worker is reported with its place; nothing is swallowed.
        known = isinstance(error, ReviewError)
        reason = str(error) if known else str(StepError(number, None, f"{type(error).__name__}: {error}"))
        run.manifest.failures.append(reason)
        self._end(run, StepRecord(number=number, status="failed", reason=reason))

    def _end(self, run: Run, record: StepRecord) -> None:
        self.ended[id(run)].add(record.number)
        run.manifest.steps.append(record)
        if self.tell:
            done = sum(len(ended) for ended in self.ended.values())
            self.tell(f"{run.engagement.id} {record.number} {record.status}", done, self.total)

    @staticmethod
    def _needs(number: str) -> set[str]:
        if number == SITE:
            return {spec.number for spec in STEPS}
        return set(next(spec for spec in STEPS if spec.number == number).after)

    def _hit(self, run: Run, number: str) -> bool:
        """Whether a step that this one reads failed or was skipped."""
        bad = {record.number for record in run.manifest.steps if record.status != "done"}
        return bool(self._needs(number) & bad)
