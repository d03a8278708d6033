"""The ``reviewkit`` command: one small module a subcommand."""

from __future__ import annotations

import typer

from . import publish, run

app = typer.Typer(
    help="Organisational performance reviews: run the notebooks, publish the pages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("publish")(publish.publish)


def main() -> None:
    """Run the command line."""
    app()
