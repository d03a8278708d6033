"""``reviewkit import``: notes, transcripts and survey comments into the evidence store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


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
    """Import notes of interviews, transcripts and survey comments.

    Reads Word, OpenDocument, Teams and Zoom transcripts (.vtt), text, Markdown, CSV and workbooks.
    Importing a file again adds nothing twice. Exit status: 0 all well, 2 a file could not be read
    (the others are imported).
    """
    from reviewkit.evidence.notes import import_notes
    from reviewkit.evidence.notes.summary import lines
    from reviewkit.model import InputError, read_engagement

    try:
        _check(source, said_on)
        done = import_notes(
            read_engagement(params),
            params,
            files,
            by=by,
            interview=interview,
            source=source,
            said_on=said_on,
            interviewers=interviewer or (),
            dry_run=dry_run,
        )
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if not done.files:
        typer.echo("no notes are there. Name files of notes, or a folder that holds some.", err=True)
        raise typer.Exit(2)
    for line in lines(done, params, dry_run=dry_run):
        typer.echo(line)
    faults = [file.fault for file in done.files if file.fault]
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        raise typer.Exit(2)


def _check(source: str, said_on: str) -> None:
    from reviewkit.model import SOURCES, InputError

    if source and source not in SOURCES:
        raise InputError(f"--source '{source}' is none; there are {', '.join(SOURCES)}")
    if said_on:
        try:
            dt.date.fromisoformat(said_on)
        except ValueError:
            raise InputError(f"--said-on '{said_on}' is no date", fix="Write it as 2026-03-04.") from None
