"""``reviewkit publish``: build the pages of a run again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def publish(
    run: Annotated[Path, typer.Argument(help="A run's folder, such as runs/contact_centre/latest.")],
) -> None:
    """Build the pages of a run again from its executed notebooks."""
    from reviewkit.model import ReviewError
    from reviewkit.run.finish import publish_run

    try:
        if not (run / "manifest.json").is_file():
            raise ReviewError(
                f"{run}: there is no run here. Name a folder such as runs/contact_centre/latest."
            )
        pages = publish_run(run.resolve())
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    for page in pages.values():
        typer.echo(page)
