"""``reviewkit export``: findings and tables of a run for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reviewkit.model import Edition
    from reviewkit.publish.exports import Exported


class EditionName(StrEnum):
    """Whom an export is for."""

    team = "team"
    leadership = "leadership"
    managers = "managers"
    participants = "participants"


def export(
    engagement: Annotated[str, typer.Argument(help="A params file, or the id of an engagement.")],
    runs: Annotated[Path, typer.Option(help="Folder of results.")] = Path("runs"),
    run: Annotated[str, typer.Option(help="Name of a published run, or latest.")] = "latest",
    edition: Annotated[EditionName, typer.Option(help="Whom it is for.")] = EditionName.leadership,
    to: Annotated[
        Path | None, typer.Option(help="Folder for it; runs/ID/exports/RUN/EDITION where left out.")
    ] = None,
    format: Annotated[str, typer.Option(help="Some of csv, xlsx and parquet.")] = "csv,xlsx,parquet",
    by_coder: Annotated[
        bool, typer.Option("--by-coder", help="Add remarks by themes with numbers of coders; team only.")
    ] = False,
) -> None:
    """Write findings and tables of a published run as CSV, a workbook and Parquet.

    The folder has a README and a data dictionary, too. Exit status: 0 written, 2 it cannot be
    exported, or would hold what the edition may not see; then nothing is left behind.
    """
    from reviewkit.model import ReviewError

    formats = tuple(dict.fromkeys(name.strip().lower() for name in format.split(",") if name.strip()))
    try:
        made = _export(engagement, runs, run, edition.value, to, formats, by_coder)
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    _print(made, edition)


def _export(
    engagement: str, runs: Path, run: str, edition: Edition, to: Path | None, formats: tuple[str, ...],
    by_coder: bool,
) -> Exported:  # fmt: skip
    from reviewkit.evidence import EvidenceSet
    from reviewkit.model import InputError, ReviewError, read_engagement
    from reviewkit.publish import RunDetails
    from reviewkit.publish.exports import export as write
    from reviewkit.run.dependence import whole
    from reviewkit.run.finish import forbidden
    from reviewkit.run.manifest import PARAMS, read_manifest
    from reviewkit.run.results import read_findings
    from reviewkit.steps import Review

    if by_coder and edition != "team":
        raise InputError("only the team may see remarks by coder", key="--by-coder", fix="Leave it out.")
    folder = _folder(engagement, runs, run)
    manifest = read_manifest(folder)
    if manifest.status != "published":
        problem = f"this run is {manifest.status}, not published. Run the engagement again."
        raise ReviewError(f"{folder}: {problem}")
    if not whole(folder, manifest.evidence):
        problem = "the run's evidence is missing or was changed. Run the engagement again with --force."
        raise ReviewError(f"{folder / 'evidence'}: {problem}")
    described = read_engagement(folder / PARAMS)
    evidence = EvidenceSet(described, folder / "evidence")
    return write(
        Review(described, evidence, folder),
        read_findings(folder),
        RunDetails(run=manifest.run, started=manifest.started, data_as_of=manifest.data_as_of),
        edition,
        to or runs / manifest.engagement / "exports" / manifest.run / edition,
        formats=formats,
        forbidden=forbidden(evidence, edition),
        by_coder=by_coder,
    )


def _folder(engagement: str, runs: Path, run: str) -> Path:
    """The folder of a run of an engagement, given by params file or id."""
    from reviewkit.model import InputError, read_engagement
    from reviewkit.run.home import LATEST, Home

    path = Path(engagement)
    name = read_engagement(path).id if path.suffix in (".yaml", ".yml") else engagement
    home = Home(runs, name)
    known = {folder.name: folder for folder in home.runs()} if _plain(name) else {}
    if not known:
        there = sorted(one.parent.name for one in runs.glob(f"*/{LATEST}"))
        fix = f"Known in {runs}: {', '.join(there)}." if there else "Run the engagement, or name --runs."
        raise InputError(f"there is no run of '{name}' in {runs}", fix=fix)
    found = home.latest() if run == LATEST else known.get(run)
    if found is None:
        published = "no run of it is published" if run == LATEST else f"it has no run '{run}'"
        raise InputError(published, file=home.folder, key="--run", fix=f"It has {', '.join(known)}.")
    return found


def _plain(name: str) -> bool:
    return Path(name).name == name and name not in ("", ".", "..")


def _print(made: Exported, edition: str) -> None:
    rows = sum(made.tables.values())
    typer.echo(f"{made.folder}")
    typer.echo(
        f"{len(made.tables)} tables with {rows:,} rows for the edition {edition}; README.md tells of them."
    )
    whole = [one.name for one in made.left_out if not one.name.endswith(", in part")]
    if whole:
        typer.echo(f"Left out: {', '.join(whole)}.")
    for name, number in made.changed.items():
        typer.echo(f"{name.capitalize()}: {number:,}.")
