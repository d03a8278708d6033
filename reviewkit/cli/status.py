"""``reviewkit status``: how every engagement stands."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reviewkit.run.status import Standing


def status(
    runs: Annotated[Path, typer.Option(help="Folder of results.")] = Path("runs"),
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say how every engagement stands.

    Exit status: 0 all well, 1 the newest run of an engagement failed, was interrupted or is
    damaged, 2 there are no results.
    """
    from reviewkit.model import ReviewError
    from reviewkit.run.status import standings

    try:
        found = standings(runs)
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if json:
        typer.echo(jsonlib.dumps([one.model_dump(mode="json") for one in found], indent=1))
    else:
        _print(found)
    raise typer.Exit(0 if all(one.well or one.state == "empty" for one in found) else 1)


def _print(found: list[Standing]) -> None:
    width = max((len(one.engagement) for one in found), default=0)
    for one in found:
        steps = f"{one.steps_done} of {one.steps} steps"
        ended = f"{one.finished:%d %b %Y %H:%M}" if one.finished else ""
        parts = [f"{one.engagement:<{width}}", f"{one.state:<11}", f"{one.run:<15}", f"{steps:<14}", ended]
        typer.echo("  ".join(parts).rstrip())
        for failure in one.failures:
            typer.echo(f"  {failure}")
        if not one.well and one.published:
            typer.echo(f"  pages shown are those of {one.published}")
