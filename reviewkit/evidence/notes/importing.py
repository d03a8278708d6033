"""Files of notes into the evidence store, each whole or not at all."""

from __future__ import annotations

import os
import shlex
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reviewkit.model import Engagement, InputError
from reviewkit.model.errors import printable

from .desk import BATCH, Desk
from .merging import Plan, plan
from .passages import Notes
from .people import Register
from .reading import KINDS, read_notes
from .rows import CUSTOMERS, About, Remarks, remarks


@dataclass
class Imported:
    """What became of one file: its remarks and what they changed, or the fault that kept it out."""

    path: Path
    made: Remarks | None = None
    plan: Plan | None = None
    told: tuple[str, ...] = ()
    orphans: int = 0
    fault: InputError | None = None


@dataclass
class Import:
    """What became of all files. ``passed`` are endings of files that are no notes."""

    files: list[Imported]
    passed: list[str] = field(default_factory=list)
    batch: str = ""


def import_notes(
    engagement: Engagement,
    params: Path,
    paths: Sequence[Path],
    *,
    by: str,
    interview: str = "",
    source: str = "",
    said_on: str = "",
    interviewers: Collection[str] = (),
    dry_run: bool = False,
    without: Collection[Path] = (),
) -> Import:
    """Read files of notes and put their remarks into the engagement's evidence store.

    Parameters
    ----------
    paths : files, or folders of them.
    by : who imports, by role.
    interview, source, said_on, interviewers : what holds for all files, before what they say.
    dry_run : work everything out and write nothing; the store is not even made.
    without : files in those folders that are no notes and somebody else reads.

    Returns
    -------
    What became of each file. A fault in one is told there and keeps no other out.

    Raises
    ------
    InputError : the register of stakeholders or the store cannot be read.
    """
    found, passed = _files(paths)
    found = [file for file in found if file.path not in without]
    about = About(engagement.id, interview, source, said_on, tuple(interviewers))
    result = Import([], sorted(passed), f"{BATCH}{uuid.uuid4().hex[:8]}")
    with Desk(engagement, params, dry_run) as desk:
        register = desk.register()
        for file in found:
            result.files.append(_one(file, about, register, desk, by, result.batch))
    return result


def _one(file: Imported, about: About, register: Register, desk: Desk, by: str, batch: str) -> Imported:
    if file.fault:
        return file
    try:
        notes = read_notes(file.path)
        made = _made(notes, about, register, desk, file.path)
        if not made.rows:
            raise InputError("holds no remarks", fix="Look at it with --dry-run.")
        changes = plan(made, desk.held(made.table), file.path, desk.own_file(made.table))
        orphans = desk.carry_out(made.table, changes, by, batch)
    except InputError as error:
        error.file = file.path if error.file is None else error.file
        return replace(file, fault=error)
    return replace(file, made=made, plan=changes, told=(*notes.told, *made.told), orphans=orphans)


def _made(notes: Notes, about: About, register: Register, desk: Desk, path: Path) -> Remarks:
    if about.source or not notes.survey:
        return remarks(notes, about, register)
    # Of what is a source already, nobody need say whose it is.
    made = remarks(notes, replace(about, source=CUSTOMERS), register)
    if len(desk.own_file(CUSTOMERS).among(dict(enumerate(made.rows)))) == len(made.rows):
        return made
    words = ("reviewkit", "import", str(desk.params), str(path), "--source")
    command = printable(" ".join(map(shlex.quote, words)))
    raise InputError(
        "is a table of comments, and does not say whose they are",
        fix=f"For customers: {command} {CUSTOMERS} (for staff: one_to_one in its place).",
    )


def _files(paths: Sequence[Path]) -> tuple[list[Imported], set[str]]:
    """The files meant, in order, and the endings of those in folders that are no notes."""
    found: dict[Path, Imported] = {}
    passed: set[str] = set()
    for path in paths:
        if not path.is_dir():
            lost = InputError("there is no such file", file=path, fix="Check the path.")
            found.setdefault(path, Imported(path, fault=None if path.exists() else lost))
            continue
        for file in _within(path):
            if file.is_symlink() and not file.resolve().is_relative_to(path.resolve()):
                fault = InputError(
                    "links to a file outside the folder", file=file, fix="Copy the file itself."
                )
                found.setdefault(file, Imported(file, fault=fault))
            elif file.suffix.lower() in KINDS:
                found.setdefault(file, Imported(file))
            else:
                passed.add(file.suffix.lower() or "(none)")
    return list(found.values()), passed


def _within(folder: Path) -> Iterator[Path]:
    """The files of a folder and its folders, but for hidden ones and what Word and LibreOffice leave."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield Path(place) / name
