"""``reviewkit publish``: build the pages of a run again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def publish(
    run: Annotated[Path, typer.Argument(help="A run's folder, such as runs/contact_centre/latest.")],
) -> None:
    """Build the pages of a published run again from its executed notebooks."""
    from reviewkit.model import ReviewError
    from reviewkit.run import read_manifest
    from reviewkit.run.finish import publish_run
    from reviewkit.run.home import Home

    folder = run.resolve()
    try:
        read_manifest(run)
        home = Home(folder.parent.parent, folder.parent.name)
        home.lock()
        try:
            pages = publish_run(folder)
        finally:
            home.unlock()
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        typer.echo(f"{folder}: the pages cannot be written ({error.strerror})", err=True)
        raise typer.Exit(1) from None
    for page in pages.values():
        typer.echo(page)
