"""The ``reviewkit`` command: one small module a subcommand."""

from __future__ import annotations

import typer

from . import (
    check,
    codebook,
    diff,
    doctor,
    export,
    forget,
    import_,
    lab,
    new,
    publish,
    refi,
    run,
    schedule,
    status,
    templates,
    trail,
)

app = typer.Typer(
    help="Organisational performance reviews: run the notebooks, publish the pages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# In the order in which a review needs them.
app.command("new")(new.new)
app.command("templates")(templates.templates)
app.command("check")(check.check)
app.command("import")(import_.import_)
app.add_typer(refi.app, name="refi")
app.add_typer(codebook.app, name="codebook")
app.command("lab", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(lab.lab)
app.command("run")(run.run)
app.command("status")(status.status)
app.command("diff")(diff.diff)
app.command("publish")(publish.publish)
app.command("export")(export.export)
app.command("trail")(trail.trail)
app.command("forget")(forget.forget)
app.command("schedule")(schedule.schedule)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line."""
    app()
