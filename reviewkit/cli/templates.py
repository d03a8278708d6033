"""``reviewkit templates``: spreadsheets to fill in, one for every evidence table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def templates(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")] = Path("templates"),
    table: Annotated[list[str] | None, typer.Option("--table", help="A table; may be given again.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Write CSV and XLSX templates of the evidence tables, with a data dictionary.

    Columns that must be filled in have a dark heading. Exit status: 0, or 2 where a table is not
    known or a file is there already.
    """
    from reviewkit.evidence.starting import write_templates
    from reviewkit.model import ReviewError

    try:
        written = write_templates(folder, table or (), force=force)
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    typer.echo(
        f"{len(written)} files in {folder}: {', '.join(path.name for path in written[:6])}"
        + (", ..." if len(written) > 6 else "")
    )
