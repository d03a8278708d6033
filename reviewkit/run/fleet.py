"""``reviewkit run``: which engagements run, and how the command as a whole went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from reviewkit.model.files import REFUSED

from . import memory, tasks
from .log import Log
from .opening import Opening
from .pipeline import Limits, Pipeline, Tell
from .report import Report
from .running import Running
from .workers import Task, Workers


def run_engagements(
    params: Iterable[Path],
    runs: Path,
    *,
    jobs: int | None = None,
    force: bool = False,
    due: bool = False,
    warm: bool = True,
    limits: Limits | None = None,
    index: bool = True,
    tell: Tell | None = None,
) -> Report:
    """Run and publish engagements.

    Parameters
    ----------
    params : params files.
    runs : folder for results; each engagement gets a folder of its own in it.
    jobs : notebooks run at a time; as many as there are cores and memory for, where left out.
    force : run everything, changed or not.
    due : run only what is due by its schedule.
    warm : fork kernels from a warm process; otherwise start each in the normal way.
    limits : what a run may take; its memory is a fair part of what is there, where left out.
    index : write ``runs/index.html`` anew.
    tell : called with what ended, how much is done and how much there is.

    Returns
    -------
    The report. A bad input or a failure touches no other engagement.
    """
    report, log, paths = Report(), Log(runs), list(params)
    jobs = jobs or memory.default_jobs()
    limits = limits or Limits()
    if limits.memory is None:
        limits = replace(limits, memory=memory.limit(jobs))
    opening = Opening(runs, log, report, force=force, due=due).each(paths)
    with Workers[Any](jobs, warm=warm) as workers:
        pipeline = Pipeline(opening, len(paths), workers, limits, tell)
        pipeline.work()
        for run in pipeline.runs:
            _note(run, report)
        refusals = any(report.tries.values()) or (report.tries and (runs / REFUSED).is_dir())
        if index and (refusals or any(not run.refused for run in pipeline.runs)):
            publish_index(runs, report, workers)
        if pipeline.runs and warm and workers.plain_because:
            report.warnings.append(f"kernels were started in the normal way: {workers.plain_because}")
    if log.broken:
        report.warnings.append(log.broken)
    return report


def publish_index(runs: Path, report: Report, workers: Workers[Any] | None = None) -> None:
    """Write ``runs/index.html`` in a process of its own; a fault in it is told and stops nothing.

    Params files that made no run are kept for it; where there is no folder of results, nothing is.
    """
    if not runs.is_dir():
        return
    with workers or Workers[Any](1) as own:
        own.start("index", Task(tasks.index, (runs, report.tries)))
        for _, outcome in own.wait(None):
            if outcome.value is None:
                report.warnings.append(
                    f"{runs / 'index.html'}: not written ({outcome.error or outcome.lost})"
                )


def _note(run: Running, report: Report) -> None:
    name = run.engagement.id
    report.tries[run.params] = run.listed
    if run.refused:
        report.refused.append(run.refused)
    elif run.manifest.status != "published":
        report.failed[name] = run.manifest.failures
    else:
        report.pages[name] = run.home.page("leadership")
    report.warnings += [f"{name}: {note}" for note in run.manifest.notes]
