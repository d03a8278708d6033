"""``reviewkit schedule``: what makes the system run engagements when they are due."""

from __future__ import annotations

import datetime as dt
import sys
import sysconfig
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reviewkit.model import Engagement


class Form(StrEnum):
    """What to print."""

    both = "both"
    systemd = "systemd"
    service = "service"
    timer = "timer"
    cron = "cron"


def schedule(
    params: Annotated[
        list[Path] | None,
        typer.Argument(help="Params files; all in params/, those added later too, if left out."),
    ] = None,
    form: Annotated[
        Form,
        typer.Option("--format", help="systemd is service and timer in one; each can be had alone."),
    ] = Form.both,
    runs: Annotated[Path, typer.Option(help="Folder for results.")] = Path("runs"),
) -> None:
    """Print systemd units and a crontab line that run what is due, with the absolute paths of here.

    Nothing is installed. When each engagement runs next is told on standard error. Exit status:
    0 all well, 2 an input was bad (the units are printed all the same).
    """
    from reviewkit.model import InputError, read_engagement

    files = params or sorted(Path("params").glob("*.yaml"))
    read, bad = {}, [] if files else ["params: there is no params file here. Name some."]
    for path in files:
        try:
            read[path] = read_engagement(path)
        except InputError as error:
            bad.append(str(error))
    _tell(read, bad)
    for text in _texts(form, [str(path) for path in params or ()], str(runs)):
        typer.echo(text, nl=False)
    raise typer.Exit(2 if bad else 0)


def _texts(form: Form, params: list[str], runs: str) -> list[str]:
    from reviewkit.run import units

    line, folder = units.command(_executable(), params, runs), str(Path.cwd())
    service, timer = units.service(line, folder), units.timer()
    if form == Form.service:
        return [service]
    if form == Form.timer:
        return [timer]
    systemd = [f"# reviewkit.service\n{service}\n", f"# reviewkit.timer\n{timer}"]
    cron = [units.crontab(line, folder)]
    if form == Form.systemd:
        return systemd
    return cron if form == Form.cron else [*systemd, "\n# or a line of crontab\n", *cron]


def _executable() -> list[str]:
    """What starts this reviewkit again, wherever the call comes from."""
    script = Path(sysconfig.get_path("scripts")) / "reviewkit"
    return [str(script)] if script.is_file() else [sys.executable, "-m", "reviewkit.cli"]


def _tell(read: dict[Path, Engagement], bad: list[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("engagement", "cron", "zone", "in words", "next", box=None, header_style="bold")
    for engagement in read.values():
        if engagement.schedule:
            table.add_row(engagement.id, *_row(engagement))
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if table.row_count:
        console.print(table)
    for path, engagement in read.items():
        if engagement.schedule is None:
            text = f"note: {path}: has no schedule, so that --due never runs it. Add one such as"
            typer.echo(f'{text} schedule: {{cron: "0 6 * * 1", timezone: Europe/London}}.', err=True)
    for line in bad:
        typer.echo(line, err=True)


def _row(engagement: Engagement) -> tuple[str, str, str, str]:
    from reviewkit.run.schedule import next_firing

    made = engagement.schedule
    assert made is not None
    firing = next_firing(made, _now())
    if firing is None:
        return made.cron, made.timezone, made.words, "–"
    at = firing.astimezone(made.zone)
    return made.cron, made.timezone, made.words, f"{at:%a} {at.day} {at:%b %Y %H:%M}"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
