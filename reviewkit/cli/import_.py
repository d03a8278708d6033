"""``reviewkit import``: notes, comments and workbooks of owners into the evidence store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reviewkit.model import Engagement


def import_(
    params: Annotated[Path, typer.Argument(help="Params file, such as params/acme.yaml.")],
    files: Annotated[list[Path], typer.Argument(help="Files of notes, or folders of them.")],
    interview: Annotated[str, typer.Option(help="Interview they are of, by its id.")] = "",
    source: Annotated[
        str, typer.Option(help="Kind of source, such as one_to_one, group_work or customer_feedback.")
    ] = "",
    said_on: Annotated[str, typer.Option(help="Day it was said, such as 2026-03-04.")] = "",
    interviewer: Annotated[
        list[str] | None, typer.Option(help="Name of whoever asks, as the notes have it.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the first remarks of each file; write nothing.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who imports, by role.")] = "Review team",
) -> None:
    """Import notes of interviews, transcripts, survey comments, and progress that owners report.

    Reads Word, OpenDocument, Teams and Zoom transcripts (.vtt), text, Markdown, CSV and workbooks.
    The action plan that owners filled in (action_plan.xlsx) is known by its sheets.
    Importing a file again adds nothing twice. Exit status: 0 all well, 2 a file could not be read
    (the others are imported).
    """
    from reviewkit.evidence.notes import import_notes
    from reviewkit.evidence.notes.summary import lines
    from reviewkit.model import InputError, read_engagement

    try:
        _check(source, said_on)
        engagement = read_engagement(params)
        plans, notes = _sorted(files)
        ended = _plans(plans, engagement, params, by, dry_run)
        if plans and not notes:
            raise typer.Exit(ended)
        done = import_notes(
            engagement,
            params,
            notes,
            by=by,
            interview=interview,
            source=source,
            said_on=said_on,
            interviewers=interviewer or (),
            dry_run=dry_run,
            without=plans,
        )
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if plans and not done.files:
        raise typer.Exit(ended)
    if not done.files:
        typer.echo("no notes are there. Name files of notes, or a folder that holds some.", err=True)
        raise typer.Exit(2)
    for line in lines(done, params, dry_run=dry_run):
        typer.echo(line)
    faults = [file.fault for file in done.files if file.fault]
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults or ended:
        raise typer.Exit(2)


def _sorted(files: list[Path]) -> tuple[list[Path], list[Path]]:
    """Tell owners' workbooks from notes; what cannot be opened is told with the notes."""
    from reviewkit.model import InputError

    within = [found for file in files if file.is_dir() for found in sorted(file.rglob("*.xls[xm]"))]
    named = [*files, *(found for found in within if not found.is_symlink())]
    books = [file for file in named if file.suffix.lower() in (".xlsx", ".xlsm")]
    if not books:
        return [], files
    from reviewkit.plan import is_owners_workbook

    plans = []
    for file in books:
        try:
            plans += [file] if is_owners_workbook(file) else []
        except InputError:
            continue
    return plans, [file for file in files if file not in plans]


def _plans(plans: list[Path], engagement: Engagement, params: Path, by: str, dry_run: bool) -> int:
    """Bring in owners' workbooks, each whole or not at all; the exit status."""
    from reviewkit.model import InputError
    from reviewkit.plan.filing import file_workbook, told

    ended = 0
    for path in plans:
        try:
            filed = file_workbook(path, engagement, params, by=by, dry_run=dry_run)
        except InputError as error:
            error.file = error.file or path
            typer.echo(str(error), err=True)
            ended = 2
            continue
        for fault in filed.returned.faults:
            typer.echo(str(fault), err=True)
            ended = 2
        for line in told(filed, params, dry_run=dry_run):
            typer.echo(line)
    return ended


def _check(source: str, said_on: str) -> None:
    from reviewkit.model import SOURCES, InputError

    if source and source not in SOURCES:
        raise InputError(f"--source '{source}' is none; there are {', '.join(SOURCES)}")
    if said_on:
        try:
            dt.date.fromisoformat(said_on)
        except ValueError:
            raise InputError(f"--said-on '{said_on}' is no date", fix="Write it as 2026-03-04.") from None
