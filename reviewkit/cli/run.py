"""``reviewkit run``: run engagements and publish their pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


def run(
    params: Annotated[list[Path], typer.Argument(help="Params files, such as params/contact_centre.yaml.")],
    runs: Annotated[Path, typer.Option(help="Folder for results.")] = Path("runs"),
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks run at a time.")] = os.cpu_count() or 1,
) -> None:
    """Run the notebooks of engagements and publish their pages.

    Exit status: 0 all well, 1 an engagement failed while it ran, 2 an input was bad (the
    other engagements still run).
    """
    from reviewkit.run import run_engagements

    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors) as progress:
        task = progress.add_task("checking evidence", total=None)

        def tell(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)

        report = run_engagements(params, runs, jobs=jobs, tell=tell)
    for line in report.warnings:
        errors.print(f"note: {line}", markup=False)
    for line in report.refused:
        errors.print(line, markup=False)
    for engagement, reasons in report.failed.items():
        for reason in reasons:
            errors.print(f"{engagement}: {reason}", markup=False)
    for page in report.pages.values():
        typer.echo(page)
    raise typer.Exit(report.exit_status)
