"""The ``reviewkit`` command: one small module a subcommand."""

from __future__ import annotations

import typer

from . import diff, doctor, publish, run, schedule, status

app = typer.Typer(
    help="Organisational performance reviews: run the notebooks, publish the pages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("status")(status.status)
app.command("diff")(diff.diff)
app.command("publish")(publish.publish)
app.command("schedule")(schedule.schedule)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line."""
    app()
