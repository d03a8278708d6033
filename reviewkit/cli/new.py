"""``reviewkit new``: a client begun from the files it sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    name: Annotated[str, typer.Argument(help="Id of the engagement, such as acme.")],
    more: Annotated[
        list[Path] | None, typer.Argument(help="More files and folders.", metavar="[FILES]")
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("--from", help="The client's files, and folders of them; further ones may follow it."),
    ] = None,
    folder: Annotated[Path, typer.Option(help="Project that holds params/ and data/.")] = Path(),
    copy: Annotated[
        bool,
        typer.Option("--copy/--no-copy", help="Copy the files to data/NAME, or read them where they are."),
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Begin an engagement: guess what the client's files are and write a params file to correct.

    Looks at CSV, XLSX and Parquet files; notes are listed and not read. Writes params/NAME.yaml
    with what was guessed and how sure it is, and a data-request list for the client. Exit status:
    0, or 2 where a file could not be read or something would be written over.
    """
    from reviewkit.evidence.starting import start
    from reviewkit.evidence.starting.telling import told
    from reviewkit.model import ReviewError

    try:
        begun = start(name, [*(files or []), *(more or [])], folder=folder, copy=copy, force=force)
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    for line in told(begun):
        typer.echo(line)
    raise typer.Exit(2 if begun.faults else 0)
