"""``reviewkit codebook``: the codebook shown, changed, exchanged, and checked by coding twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .codebook_checks import sample, settle
from .telling import told

if TYPE_CHECKING:
    from reviewkit.voices.codebooks import Change
    from reviewkit.voices.codebooks.desk import Desk

app = typer.Typer(
    help="Show, change and exchange the codebook; codings and memos follow, and all can be taken back.",
    no_args_is_help=True,
)
Params = Annotated[Path, typer.Argument(help="The params file, such as params/contact_centre.yaml.")]
Code = Annotated[str, typer.Argument(help="A code, by id.")]
By = Annotated[str, typer.Option(help="Who does it, by role; the trail says so.")]
Why = Annotated[str, typer.Option(help="Why; kept with the change.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
ROLE = "Review team"


@app.command("show")
def show(params: Params) -> None:
    """Show headings and codes with the number of codings each has, and the version."""
    from reviewkit.voices.codebooks import listed

    with told():
        found = _desk(params)
        typer.echo("\n".join(listed(found.codebook, found.codings)))


@app.command("rename")
def rename(
    params: Params,
    code: Code,
    name: Annotated[str, typer.Argument(help="Its new name.")],
    by: By = ROLE,
    why: Why = "",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Give a code another name; its id, and so its codings, stay."""
    from reviewkit.voices import codebooks

    with told():
        _change(_desk(params), codebooks.rename(code, name), by, why, dry_run, yes)


@app.command("merge")
def merge(
    params: Params,
    codes: Annotated[list[str], typer.Argument(help="The codes that go into another, by id.")],
    into: Annotated[str, typer.Option(help="The code that takes them in, by id.")],
    by: By = ROLE,
    why: Why = "",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Put codes into another: their codings, memos and cue phrases become its own."""
    from reviewkit.voices import codebooks

    with told():
        _change(_desk(params), codebooks.merge(codes, into), by, why, dry_run, yes)


@app.command("split")
def split(
    params: Params,
    code: Code,
    into: Annotated[list[str], typer.Option(help="A part: a new name, or a code by id; twice or more.")],
    remarks: Annotated[
        Path | None, typer.Option(help="A CSV of remark_id,part: which codings go to which part.")
    ] = None,
    by: By = ROLE,
    why: Why = "",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Split a code into parts; codings that no file names stay with it until they are."""
    from reviewkit.voices import codebooks

    with told():
        found = _desk(params)
        parts = _parts(remarks) if remarks else {}
        _change(found, codebooks.split(found.codebook, code, into, parts), by, why, dry_run, yes)


@app.command("move")
def move(
    params: Params,
    code: Code,
    heading: Annotated[str, typer.Argument(help="The heading, by id.")],
    by: By = ROLE,
    why: Why = "",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Put a code beneath another heading."""
    from reviewkit.voices import codebooks

    with told():
        _change(_desk(params), codebooks.move(code, heading), by, why, dry_run, yes)


@app.command("retire")
def retire(
    params: Params, code: Code, by: By = ROLE, why: Why = "", dry_run: DryRun = False, yes: Yes = False
) -> None:
    """Take a code out of use: its codings stay, no new ones are made or suggested."""
    from reviewkit.voices import codebooks

    with told():
        _change(_desk(params), codebooks.retire(code), by, why, dry_run, yes)


@app.command("import")
def import_(
    params: Params,
    file: Annotated[Path, typer.Argument(help="A codebook: .csv, .qdc, .qdpx or .yaml.")],
    by: By = ROLE,
    why: Why = "",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Take new codes and other words from a file; codes that it does not have stay as they are."""
    from reviewkit.voices.codebooks import read_codebook_file

    with told():
        found = _desk(params)
        change, missing = read_codebook_file(file, found.codebook)
        if missing:
            typer.echo(f"Not in the file, and left as they are: {', '.join(missing)}.")
        if change is None:
            typer.echo("The file says nothing new.")
            return
        _change(found, change, by, why, dry_run, yes)


@app.command("export")
def export(
    params: Params,
    out: Annotated[Path, typer.Argument(help="The file to write: .csv, .qdc or .yaml.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write the codebook as it stands: as a table (.csv), for other programs (.qdc), or as YAML."""
    from reviewkit.model import InputError
    from reviewkit.voices.codebooks import write_codebook_file

    with told():
        if out.exists() and not force:
            raise InputError("is there already", file=out, fix="Give another name, or --force.")
        if not out.parent.is_dir():
            raise InputError("there is no such folder", file=out.parent)
        book = _desk(params).codebook
        write_codebook_file(book, out)
        typer.echo(f"{out}: version {book.version}, {len(book.headings)} headings, {len(book.codes)} codes.")


def _change(found: Desk, change: Change, by: str, why: str, dry_run: bool, yes: bool) -> None:
    """Say what a change does; then ask, and write it."""
    from reviewkit.voices.codebooks import changed
    from reviewkit.voices.codebooks import told as words

    for line in words(change, found.codebook, changed(found.codebook, change), found.codings):
        typer.echo(line)
    if dry_run:
        typer.echo("Nothing was written.")
        return
    if not yes:
        typer.confirm("Write it?", abort=True)
    batch = found.change(change, by=by, why=why)
    typer.echo(f"Written. To take it back: reviewkit trail {found.params} --undo {batch}")


def _parts(path: Path) -> dict[str, str]:
    import csv

    from reviewkit.model import InputError

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise InputError("cannot be read as CSV UTF-8", file=path) from None
    found: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        remark, part = (row.get("remark_id") or "").strip(), (row.get("part") or "").strip()
        if not remark or not part:
            fix = "Give the columns remark_id and part, both filled."
            raise InputError("names no remark or no part", file=path, row=number, fix=fix)
        if found.setdefault(remark, part) != part:
            raise InputError(
                f"'{remark}' goes to two parts", file=path, row=number, fix="Keep one of the two."
            )
    return found


def _desk(params: Path) -> Desk:
    from reviewkit.voices.codebooks.desk import desk

    return desk(params)


app.command("sample")(sample)
app.command("settle")(settle)
