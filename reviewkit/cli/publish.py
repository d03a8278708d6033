"""``reviewkit publish``: build the pages of a run again, and hand editions over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from .export import EditionName


def publish(
    run: Annotated[Path, typer.Argument(help="A run's folder, such as runs/contact_centre/latest.")],
    pdf: Annotated[bool, typer.Option("--pdf", help="Print pages as PDF (needs Chromium).")] = False,
    pptx: Annotated[
        bool, typer.Option("--pptx", help="Make slides of the summary (needs Chromium for charts).")
    ] = False,
    docx: Annotated[
        bool, typer.Option("--docx", help="Make Word documents of the week 1 report and What we heard.")
    ] = False,
    packed: Annotated[
        bool, typer.Option("--zip", help="Pack the edition's pages, forms and exported data.")
    ] = False,
    edition: Annotated[
        list[EditionName] | None,
        typer.Option(help="Whom the forms are for; may be repeated; leadership where left out."),
    ] = None,
) -> None:
    """Build the pages of a published run again from its executed notebooks.

    With --pdf, --pptx, --docx or --zip the editions named are then handed over in these forms, in
    RUN/handover/EDITION. Exit status: 0 done, 1 files cannot be written, 2 nothing was put in place,
    or a form could not be made.
    """
    from reviewkit.model import ReviewError

    forms = [form for form, asked in {"pdf": pdf, "pptx": pptx, "docx": docx, "zip": packed}.items() if asked]
    folder = run.resolve()
    try:
        if edition and not forms:
            raise ReviewError("--edition is for --pdf, --pptx, --docx and --zip: name one of them.")
        with _locked(run):
            _pages(folder)
            for name in dict.fromkeys(edition or [EditionName.leadership]) if forms else ():
                _forms(folder, name, forms)
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        typer.echo(f"{folder}: the pages cannot be written ({error.strerror})", err=True)
        raise typer.Exit(1) from None


@contextmanager
def _locked(run: Path) -> Iterator[None]:
    from reviewkit.run import read_manifest
    from reviewkit.run.home import Home

    read_manifest(run)
    folder = run.resolve()
    home = Home(folder.parent.parent, folder.parent.name)
    home.lock()
    try:
        yield
    finally:
        home.unlock()


def _pages(folder: Path) -> None:
    from reviewkit.run.finish import publish_run

    for page in publish_run(folder).values():
        typer.echo(page)


def _forms(folder: Path, edition: EditionName, forms: list[str]) -> None:
    from reviewkit.run.handing import hand_over_run

    made = hand_over_run(folder, edition.value, forms)
    for path in made.files:
        typer.echo(path)
    for sentence in made.told:
        typer.echo(sentence, err=True)
