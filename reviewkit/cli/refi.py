"""``reviewkit refi``: projects and codebooks of programs for qualitative analysis, in and out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from reviewkit.content import Codebook
    from reviewkit.evidence.refi import Project, Rows
    from reviewkit.evidence.refi.gathered import TextRow
    from reviewkit.evidence.store import Store
    from reviewkit.model import Engagement

app = typer.Typer(
    help="Exchange remarks, codings and codebooks with programs that speak REFI-QDA.",
    no_args_is_help=True,
)
PARAMS = "The engagement's params file, such as params/contact_centre.yaml."
TEAM = "This file holds what people said, in full: it is for the review team alone."


@app.command("read")
def read(
    file: Annotated[Path, typer.Argument(help="A project (.qdpx).")],
    params: Annotated[Path, typer.Argument(help=PARAMS)],
    by: Annotated[str, typer.Option(help="Who reads it in, by role.")] = "analyst",
    coder: Annotated[
        list[str] | None,
        typer.Option(help="USER=ROLE: the role that stands for a user of the project; may be repeated."),
    ] = None,
    source: Annotated[
        str, typer.Option(help="Kind of source of new remarks, where nothing says otherwise.")
    ] = "one_to_one",
    alike: Annotated[
        float, typer.Option(min=50, max=100, help="Likeness of code names, of 100, taken for the same.")
    ] = 90,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be read; write nothing.")
    ] = False,
) -> None:
    """Read a project's coded passages into the evidence store, as remarks and codings.

    Reading the same project again writes nothing. Coders appear by role, never by name.
    """
    from reviewkit.evidence.refi import read_project, told
    from reviewkit.evidence.refi.putting import put_all
    from reviewkit.evidence.store import open_store
    from reviewkit.model import read_engagement

    with _told():
        engagement = read_engagement(params)
        project = read_project(file)
        roles = _roles(coder or [])
        with _store(engagement, params) as store:
            rows, there = _rows(project, engagement, params, store, roles, source, alike)
        for line in told(project, rows):
            typer.echo(line)
        new = _new(rows, there)
        if dry_run or not any(new.values()):
            typer.echo("Nothing was written." if dry_run else "All of it was there before.")
            return
        with open_store(engagement, params) as opened:
            batch, written = put_all(opened, new, by=by)
        typer.echo(
            f"Written to the evidence store: {written['remarks']} remarks, {written['codings']} codings."
        )
        typer.echo(f"To take it back: reviewkit trail {params} --undo {batch}")


def _rows(
    project: Project,
    engagement: Engagement,
    params: Path,
    store: Store | None,
    roles: dict[str, str],
    source: str,
    alike: float,
) -> tuple[Rows, dict[str, list[TextRow]]]:
    from reviewkit.evidence.refi import as_rows
    from reviewkit.evidence.refi.gathered import gathered
    from reviewkit.model import SOURCES, InputError

    if source not in SOURCES:
        raise InputError(f"--source is one of {', '.join(SOURCES)}")
    there = gathered(engagement, params, store, ("remarks", "codings", "interviews", "customer_feedback"))
    comments = [
        {"remark_id": row["feedback_id"], "source": "customer_feedback", "text": row["text"]}
        for row in there["customer_feedback"]
    ]
    interviews = {row["interview_id"]: row["kind"] for row in there["interviews"]}
    rows = as_rows(
        project,
        _codebook(engagement, params),
        known=[*there["remarks"], *comments],
        interviews=interviews,
        coders=roles,
        source=source,
        cutoff=alike,
    )
    return rows, there


def _new(rows: Rows, there: dict[str, list[TextRow]]) -> dict[str, list[dict[str, Any]]]:
    from reviewkit.evidence.refi.gathered import additions

    return {table: additions(table, found, there[table]) for table, found in rows.tables.items()}


@app.command("write")
def write(
    params: Annotated[Path, typer.Argument(help=PARAMS)],
    out: Annotated[Path, typer.Argument(help="The file to write: a project (.qdpx) or a codebook (.qdc).")],
    run: Annotated[
        Path | None, typer.Option(help="Take the evidence of this run, such as runs/contact_centre/latest.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write remarks and codings as a project (.qdpx), or the codebook alone (.qdc).

    A project holds what people said in full, on the record or off: it is for the review team alone.
    Nothing is suppressed or redacted in it, and only its owner may read it. Keep it where the
    interview notes are kept.
    """
    from reviewkit.evidence.refi import write_codebook
    from reviewkit.model import InputError, read_engagement

    with _told():
        engagement = read_engagement(params)
        if out.suffix.lower() not in (".qdpx", ".qdc"):
            raise InputError("ends neither in .qdpx (a project) nor in .qdc (a codebook)", file=out)
        if out.exists() and not force:
            raise InputError("is there already", file=out, fix="Give another name, or --force.")
        if not out.parent.is_dir():
            raise InputError("there is no such folder", file=out.parent)
        codebook = _codebook(engagement, params)
        if out.suffix.lower() == ".qdc":
            write_codebook(codebook, out)
            typer.echo(f"{out}: {len(codebook.headings)} headings, {len(codebook.codes)} codes.")
        else:
            _write_project(engagement, params, out, run, codebook)


def _write_project(
    engagement: Engagement, params: Path, out: Path, run: Path | None, codebook: Codebook
) -> None:
    from reviewkit.evidence.refi import write_project
    from reviewkit.model import TABLES, InputError

    tables = _evidence(engagement, params, run)
    if not tables["remarks"] and not tables["customer_feedback"]:
        raise InputError("there are no remarks to write", file=run or params, fix=TABLES["remarks"].collect)
    written = write_project(
        out,
        name=engagement.name,
        codebook=codebook,
        remarks=tables["remarks"],
        codings=tables["codings"],
        feedback=tables["customer_feedback"],
        at=engagement.data_as_of,
    )
    held = f"{written.remarks} remarks and comments in {written.sources} sources, {written.codings} codings"
    typer.echo(f"{out}: {held}. {TEAM}")
    if written.lost:
        typer.echo(f"{written.lost} codings left out: of observations, or by a code the codebook lacks.")


def _evidence(engagement: Engagement, params: Path, run: Path | None) -> dict[str, list[TextRow]]:
    from reviewkit.evidence.evidence_set import EvidenceSet
    from reviewkit.evidence.refi.gathered import gathered, texts
    from reviewkit.model import InputError

    names = ("remarks", "codings", "customer_feedback")
    if run is None:
        with _store(engagement, params) as store:
            return gathered(engagement, params, store, names)
    if not (run / "evidence").is_dir():
        raise InputError("is no run: it has no evidence", file=run, fix="Try runs/ID/latest.")
    evidence = EvidenceSet(engagement, run / "evidence")
    return {name: texts(evidence.frame(name)) for name in names}


@app.command("codebook")
def codebook(
    file: Annotated[Path, typer.Argument(help="A codebook (.qdc) or a project (.qdpx).")],
    out: Annotated[Path, typer.Argument(help="The YAML file to write, such as params/acme_codebook.yaml.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Make an engagement's own codebook of another program's codes.

    Name the file as 'codebook' in the params file, and add cue phrases in people's own words.
    """
    from reviewkit.evidence.refi import codebook_yaml, read_codebook
    from reviewkit.model import InputError
    from reviewkit.model.files import write_whole

    with _told():
        if out.exists() and not force:
            raise InputError("is there already", file=out, fix="Give another name, or --force.")
        if not out.parent.is_dir():
            raise InputError("there is no such folder", file=out.parent)
        codes = read_codebook(file)
        write_whole(out, codebook_yaml(codes))
        typer.echo(f"{out}: {len(codes)} codes read. Name it as 'codebook' in the params file.")


@contextmanager
def _told() -> Iterator[None]:
    """Say an error in one line and leave with status 2."""
    from reviewkit.model import ReviewError

    try:
        yield
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _store(engagement: Engagement, params: Path) -> AbstractContextManager[Store | None]:
    """The evidence store where there is one, to read: to look makes none."""
    from reviewkit.evidence.store import existing_store

    return existing_store(engagement, params, read_only=True) or nullcontext()


def _codebook(engagement: Engagement, params: Path) -> Codebook:
    from reviewkit.content import load_codebook

    return load_codebook(params.parent / engagement.codebook if engagement.codebook else None)


def _roles(given: list[str]) -> dict[str, str]:
    from reviewkit.model import InputError

    pairs = [each.rpartition("=") for each in given]
    if any(not user.strip() or not role.strip() for user, _, role in pairs):
        raise InputError("--coder is USER=ROLE", fix="Write --coder 'coder 3f9a2c=lead analyst'.")
    return {user.strip(): role.strip() for user, _, role in pairs}
