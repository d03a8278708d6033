"""``reviewkit run``: run engagements and publish their pages."""

from __future__ import annotations

import contextlib
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from reviewkit.run import Report


def run(
    params: Annotated[
        list[Path] | None,
        typer.Argument(help="Params files, such as params/contact_centre.yaml; all in params/ if left out."),
    ] = None,
    runs: Annotated[Path, typer.Option(help="Folder for results.")] = Path("runs"),
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Notebooks run at a time; as many as cores and memory allow if left out."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Run everything, changed or not.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Run only what is due by its schedule.")] = False,
    cluster: Annotated[
        str | None,
        typer.Option(help="Hand engagements to Dask: local, or a scheduler such as tcp://10.0.0.5:8786."),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Start every kernel in the normal way.")] = False,
    cell_limit: Annotated[int, typer.Option(min=1, help="Seconds a cell may take.")] = 600,
    time_limit: Annotated[int, typer.Option(min=1, help="Seconds an engagement may take in all.")] = 7200,
) -> None:
    """Run the notebooks of engagements and publish their pages.

    What has not changed since the last run is not run again. Results are in
    runs/<engagement>/latest, events in runs/log.jsonl. Exit status: 0 all well, 1 an engagement
    failed while it ran, 2 an input was bad (the other engagements still run).
    """
    from reviewkit.model import InputError
    from reviewkit.run import Limits

    from .progress import shown

    # A service manager's stop is taken like Ctrl-C: what runs is ended and its record closed.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    limits = Limits(cell_seconds=cell_limit, run_seconds=time_limit)
    options = {"force": force, "due": due, "warm": not plain, "limits": limits}
    files = params or sorted(Path("params").glob("*.yaml"))
    try:
        if not files:
            raise InputError("there is no params file", file="params", fix="Name one, or see docs/data.md.")
        with shown() as tell:
            report = _run(files, runs, jobs, cluster, {**options, "tell": tell})
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        typer.echo("stopped; what was finished is kept for the next run", err=True)
        raise typer.Exit(130) from None
    with contextlib.suppress(OSError):  # nobody reads on: how the engagements went is what counts
        _print(report)
    raise typer.Exit(report.exit_status)


def _run(
    files: list[Path], runs: Path, jobs: int | None, cluster: str | None, options: dict[str, Any]
) -> Report:
    if cluster is None:
        from reviewkit.run import run_engagements

        return run_engagements(files, runs, jobs=jobs, **options)
    from reviewkit.run.cluster import run_on_cluster

    return run_on_cluster(files, runs, cluster=cluster, jobs=jobs, **options)


def _print(report: Report) -> None:
    """Write notes and complaints to standard error, the leadership pages to standard output."""
    for line in report.warnings:
        typer.echo(f"note: {line}", err=True)
    for line in report.refused:
        typer.echo(line, err=True)
    for engagement, reasons in report.failed.items():
        for reason in reasons:
            typer.echo(f"{engagement}: {reason}", err=True)
    if report.unchanged:
        names = ", ".join(report.unchanged)
        typer.echo(f"nothing has changed since the last run of {names}; --force runs anyway", err=True)
    for page in (report.unchanged | report.pages).values():
        typer.echo(page)
