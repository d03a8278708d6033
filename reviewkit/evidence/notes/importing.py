"""Files of notes into the evidence store, each whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import Engagement, InputError, sources_of

from .merging import Held, Kept, Plan, plan
from .people import Register
from .reading import KINDS, read_notes
from .rows import About, Remarks, remarks

if TYPE_CHECKING:
    from reviewkit.evidence.store import Store

BATCH = "import-"
"""How the batches of imports begin, by which a later import knows its own rows."""


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
) -> Import:
    """Read files of notes and put their remarks into the engagement's evidence store.

    Parameters
    ----------
    paths : files, or folders of them.
    by : who imports, by role.
    interview, source, said_on, interviewers : what holds for all files, before what they say.
    dry_run : work everything out and write nothing; the store is not even made.

    Returns
    -------
    What became of each file. A fault in one is told there and keeps no other out.

    Raises
    ------
    InputError : the register of stakeholders or the store cannot be read.
    """
    found, passed = _files(paths)
    about = About(engagement.id, interview, source, said_on, tuple(interviewers))
    result = Import([], sorted(passed), f"{BATCH}{uuid.uuid4().hex[:8]}")
    with _Desk(engagement, params, dry_run) as desk:
        register = desk.register()
        for file in found:
            result.files.append(_one(file, about, register, desk, by, result.batch))
    return result


def _one(file: Imported, about: About, register: Register, desk: _Desk, by: str, batch: str) -> Imported:
    if file.fault:
        return file
    try:
        notes = read_notes(file.path)
        made = remarks(notes, about, register)
        if not made.rows:
            raise InputError("holds no remarks", fix="Look at it with --dry-run.")
        changes = plan(made, desk.held(made.table), file.path)
        orphans = desk.carry_out(made.table, changes, by, batch)
    except InputError as error:
        error.file = file.path if error.file is None else error.file
        return replace(file, fault=error)
    return replace(file, made=made, plan=changes, told=(*notes.told, *made.told), orphans=orphans)


class _Desk:
    """The store while files are imported: what it holds is read once and kept up to date."""

    def __init__(self, engagement: Engagement, params: Path, dry_run: bool) -> None:
        self._engagement, self._params, self._dry_run = engagement, params, dry_run
        self._store: Store | None = None
        self._held: dict[str, Held] = {}

    def __enter__(self) -> _Desk:
        from reviewkit.evidence.store import open_store, versions

        # A dry run makes no store where there is none.
        if not self._dry_run or versions(self._engagement, self._params):
            self._store = open_store(self._engagement, self._params)
        return self

    def __exit__(self, *_: object) -> None:
        if self._store:
            self._store.close()

    def register(self) -> Register:
        """The register, consent and interviews, from the client's files and from the store."""
        return Register.of(*(self._texts(name) for name in ("stakeholders", "participants", "interviews")))

    def held(self, table: str) -> Held:
        if table not in self._held:
            self._held[table] = _held(self._store, table) if self._store else Held()
        return self._held[table]

    def carry_out(self, table: str, changes: Plan, by: str, batch: str) -> int:
        """Write what is planned, and return how many remarks that go had been coded."""
        held = self.held(table)
        orphans = len(self._coded() & set(changes.remove)) if changes.remove else 0
        if self._store and not self._dry_run:
            why = "notes imported"
            if changes.put:
                versions = {row[changes.key]: _version(held, row[changes.key]) for row in changes.put}
                self._store.put(table, changes.put, by=by, why=why, batch=batch, expected=versions)
            if changes.remove:
                self._store.remove(table, changes.remove, by=by, why=why, batch=batch)
        for row in changes.put:
            name = row[changes.key]
            held.rows[name] = Kept(row, _version(held, name) + 1, imported=True)
        for name in changes.remove:
            del held.rows[name]
        return orphans

    def _coded(self) -> set[str]:
        rows = self._store.rows("codings") if self._store else []
        return {row.values.get("remark_id", "") for row in rows}

    def _texts(self, name: str) -> list[dict[str, str]]:
        rows = [dict(row.values) for row in self._store.rows(name)] if self._store else []
        source = sources_of(self._engagement, self._params).get(name)
        if source is None:
            return rows
        from reviewkit.evidence.sources import read

        found = read(name, source, self._engagement, self._params)
        if found.faults:
            raise found.faults[0]
        frame = found.frame.astype("string").fillna("")
        return [
            {str(key): str(value) for key, value in row.items()} for row in frame.to_dict("records")
        ] + rows


def _by_import(change: Mapping[str, Any]) -> bool:
    return change["what"] in ("added", "changed") and change["batch"].startswith(BATCH)


def _is_redacted(values: Mapping[str, str]) -> bool:
    """Whether somebody was forgotten in a row: what its file says of it must not come back."""
    from reviewkit.evidence.store.history import FORGOTTEN
    from reviewkit.evidence.store.person import NAME_REMOVED
    from reviewkit.evidence.store.redaction import WORDS_REMOVED

    marks = (NAME_REMOVED, WORDS_REMOVED, f"{FORGOTTEN}-")
    return any(mark in text for text in values.values() for mark in marks)


def _version(held: Held, name: str) -> int:
    return held.rows[name].version if name in held.rows else 0


def _held(store: Store, table: str) -> Held:
    """What the store holds of a table, and who wrote it last: an import, or somebody at work."""
    from reviewkit.evidence.store.history import FORGOTTEN

    last = {change["key"][0]: change for change in store.changes(table)}
    forgotten = bool(store.changes(FORGOTTEN))
    held = Held()
    for row in store.rows(table):
        change = last.get(row.key[0])
        mine = change is not None and _by_import(change) and not (forgotten and _is_redacted(row.values))
        held.rows[row.key[0]] = Kept(dict(row.values), row.version, mine)
    held.taken_out = {
        name
        for name, change in last.items()
        if name not in held.rows and change["what"] != "undone" and not change["batch"].startswith(BATCH)
    }
    return held


def _files(paths: Sequence[Path]) -> tuple[list[Imported], set[str]]:
    """The files meant, in order, and the endings of those in folders that are no notes."""
    found: dict[Path, Imported] = {}
    passed: set[str] = set()
    for path in paths:
        if not path.is_dir():
            found.setdefault(path, Imported(path))
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
