"""``reviewkit doctor``: what is wrong with an installation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def doctor(
    runs: Annotated[Path, typer.Option(help="Folder of results.")] = Path("runs"),
) -> None:
    """Check the installation and say what is wrong.

    Exit status: 0 all well, 1 something is wrong.
    """
    from reviewkit.run.doctor import examine

    well = True
    for check in examine(runs):
        well &= not check.fix
        typer.echo(f"{'ok     ' if not check.fix else 'PROBLEM'} {check.what}: {check.seen}")
        if check.fix:
            typer.echo(f"        {check.fix}")
    raise typer.Exit(0 if well else 1)
