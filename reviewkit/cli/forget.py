"""``reviewkit forget``: a person redacted everywhere, or an engagement's evidence deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reviewkit.evidence.store import Store
    from reviewkit.evidence.store.forgetting import Forgotten
    from reviewkit.evidence.store.person import Person
    from reviewkit.model import Engagement

    from .results import Results

WHAT = "The person's stakeholder_id or name, then the params file; with --all, the params file alone."


def forget(
    what: Annotated[list[str], typer.Argument(metavar="[PERSON] PARAMS", help=WHAT)],
    runs: Annotated[
        Path | None,
        typer.Option(help="Folder of results; runs here and beside the params folder where left out."),
    ] = None,
    also: Annotated[
        list[Path] | None,
        typer.Option(help="Search this folder, too, such as one of original notes; may be repeated."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Delete the engagement's evidence store and all its runs.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who does it, by role; the trail says so.")] = "Review team",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget a person: redact them in the evidence store, its trail included, and remove runs that name them.

    Exports go with runs. The client's own files are never written: those that still name the person
    are listed. Exit status: 0 done, 1 not confirmed, or not done to the end, or no results were
    found to look in, 2 nothing was done.
    """
    from reviewkit.model import ReviewError, read_engagement

    from .results import Results

    if len(what) != (1 if everything else 2):
        typer.echo(f"write: reviewkit forget {'--all PARAMS' if everything else 'PERSON PARAMS'}", err=True)
        raise typer.Exit(2)
    try:
        params = Path(what[-1])
        engagement = read_engagement(params)
        results = Results.of(engagement.id, params, runs)
        task = _Task(engagement, params, runs, results, tuple(also or ()), dry_run, yes)
        with task.opened() as store:
            left = task.everything(store) if everything else task.person(what[0], store, by)
    except ReviewError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    raise typer.Exit(1 if left or not results.homes else 0)


@dataclass(frozen=True)
class _Task:
    engagement: Engagement
    params: Path
    runs: Path | None
    results: Results
    also: tuple[Path, ...]
    dry_run: bool
    yes: bool

    @contextmanager
    def opened(self) -> Iterator[Store | None]:
        """The store where there is one; while it is open, no run of the engagement begins."""
        from reviewkit.evidence.store import existing_store

        with ExitStack() as stack:
            for home in () if self.dry_run else self.results.homes:
                if home.folder.is_dir():
                    home.lock()
                    stack.callback(home.unlock)
            store = existing_store(self.engagement, self.params)
            yield stack.enter_context(store) if store else None

    def person(self, given: str, store: Store | None, by: str) -> bool:
        """Forget a person; whether something was left undone."""
        from reviewkit.evidence.store.register import person_called
        from reviewkit.evidence.store.searching import client_files, holding, holds

        person = person_called(given, self.engagement, self.params, store)
        found = store.forget(person, by=by, dry_run=True) if store else None
        runs = [folder for folder in self.results.runs() if holds(folder, person)]
        exports = [folder for folder in self.results.exports() if holds(folder, person)]
        searched = client_files(self.engagement, self.params, self.also) + self.results.loose()
        folders = [*runs, *exports]
        files = [str(held) for held in holding(_outside(searched, folders), person)]
        _nobody(person, found, folders, files)
        _tell_store(found)
        self._tell_results(" that name the person", runs, exports)
        id_there = f"; write {found.stand_in} for the id" if found and found.places else ""
        _tell(f"Files that reviewkit does not write, for you to mend{id_there}", files)
        others = "other folders" if self.also else "other folders, such as those of original notes,"
        typer.echo(f"Files in {others} were not searched: name each with --also.")
        if self.dry_run or not ((found and found.places) or folders):
            return False
        self._sure("This cannot be undone. Forget this person?")
        done = store.forget(person, by=by) if store else None
        if done and done.places:
            typer.echo(f"Forgotten in the evidence store: {done.stand_in} stands in the place of the person.")
        if done and done.left:
            typer.echo(f"Not to the end: {done.left}.", err=True)
        return self.results.removed(folders) or bool(done and done.left)

    def everything(self, store: Store | None) -> bool:
        """Delete the engagement's evidence and runs; whether something was left undone."""
        from reviewkit.evidence.store.searching import client_files

        runs, exports = self.results.runs(), self.results.exports()
        folders = [*runs, *exports]
        files = client_files(self.engagement, self.params, self.also) + self.results.loose()
        files = _outside(files, folders)
        held = sum(store.tables().values()) if store else 0
        typer.echo(
            f"The evidence store holds {held} rows and their trail." if store else "No evidence store."
        )
        self._tell_results("", runs, exports)
        _tell("Files that reviewkit does not write, for you to delete", files)
        if self.dry_run or not (store or folders):
            return False
        self._sure("This cannot be undone. Delete the evidence and the runs of this engagement?")
        if store:
            store.forget_all()
            typer.echo("Evidence deleted.")
        return self.results.removed(folders)

    def _tell_results(self, which: str, runs: list[Path], exports: list[Path]) -> None:
        if not self.results.homes:  # said before the question, and never as "none"
            where = f" at {self.runs}" if self.runs else ""
            typer.echo(f"No folder of results found{where}; name it with --runs.", err=True)
            return
        for what, folders in (("Runs", runs), ("Exports", exports)):
            _tell(f"{what}{which}{', to be removed' if folders and not self.dry_run else ''}", folders)

    def _sure(self, question: str) -> None:
        if not self.yes:
            typer.confirm(question, abort=True)


def _outside(files: list[Path], folders: list[Path]) -> list[Path]:
    """The files that do not go with a folder that goes."""
    gone = [folder.resolve() for folder in folders]
    return [path for path in files if not any(path.resolve().is_relative_to(one) for one in gone)]


def _nobody(person: Person, found: Forgotten | None, folders: list[Path], files: list[str]) -> None:
    from reviewkit.model import InputError

    if not person.id and not (found and found.places) and not folders and not files:
        fix = "Write the stakeholder_id, or the name as the register has it."
        raise InputError("nobody is called that, in the register or elsewhere", fix=fix)


def _tell_store(found: Forgotten | None) -> None:
    if found is None or not found.places:
        typer.echo("The evidence store does not hold the person.")
        return
    tables = ", ".join(f"{table} {count}" for table, count in sorted(found.tables.items()))
    rows = f"{sum(found.tables.values())} in rows ({tables})" if tables else "none in rows"
    typer.echo(
        f"The evidence store holds the person in {found.places} places: {rows}, {found.trail} in the trail."
    )


def _tell(heading: str, lines: list[Path] | list[str]) -> None:
    typer.echo(f"{heading}:" if lines else f"{heading}: none.")
    for line in lines:
        typer.echo(f"  {line}")
