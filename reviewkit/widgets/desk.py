"""The evidence as a widget needs it: tables read at once, rows written at once, faults told in words."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.content import Codebook, load_codebook
from reviewkit.evidence.store import Store, open_store
from reviewkit.model import TABLES, InputError, read_engagement
from reviewkit.steps.workbench import find_params, workbench
from reviewkit.voices.codebooks import current

from .drafts import Drafts
from .frontend import analyst
from .presence import still_there

if TYPE_CHECKING:
    import pandas as pd

    from reviewkit.evidence.sources import Read

Key = tuple[str, ...]
Row = dict[str, str]
LOOKED_AT = 2000
"""Changes of the trail among which one to undo is looked for."""
WAIT_MILLISECONDS = 1000
"""How long a widget waits for somebody else who writes; what was typed is tried again later."""


@dataclass(frozen=True)
class Now:
    """A row as it stands in the store: its version (0 where it never was), values, who wrote it, when."""

    version: int = 0
    values: Row | None = None
    by: str = ""
    at: str = ""


class Desk:
    """One analyst's place at an engagement.

    Parameters
    ----------
    engagement : id of an engagement in ``params/``, or the path of a params file.
    who : role or initials of the analyst; as the environment says where left out, else to be said.
    """

    def __init__(self, engagement: str | Path, who: str = "") -> None:
        self.params = find_params(engagement)
        self.engagement = read_engagement(self.params)
        self._who = who.strip() or analyst()
        self.drafts = Drafts(workbench(self.params, self.engagement.id) / "drafts.json", self._who)
        self._store: Store | None = None
        self._file_id = 0
        self._versions: dict[tuple[str, Key], int] = {}

    @property
    def who(self) -> str:
        """Role or initials of the analyst; what somebody typed and did not save goes with them."""
        return self._who

    @who.setter
    def who(self, who: str) -> None:
        self._who = who
        self.drafts.be(who)

    @property
    def codebook(self) -> Codebook:
        """The codebook as it stands: the engagement's or the package's, with the changes written since."""
        own = self.engagement.codebook
        written = load_codebook(self.params.parent / own) if own else load_codebook()
        return current(written, self.frames("codebook_changes")["codebook_changes"])

    def frames(self, *names: str) -> dict[str, pd.DataFrame]:
        """Return tables as they are now, the store's rows over those of the files.

        Raises
        ------
        InputError : a file cannot be read or breaks the rules of its table.
        """
        from reviewkit.evidence.checking import discreet, empty
        from reviewkit.evidence.written import with_written

        reads = with_written(self._of_files(names), self.engagement, self.params)
        for name in names:
            if name in reads and reads[name].faults:
                raise discreet(reads[name].faults[0], TABLES[name])
        return {name: reads[name].frame if name in reads else empty(TABLES[name]) for name in names}

    def filed(self, table: str) -> set[Key]:
        """Return the keys of the rows that stand in a file of the engagement, which is never written.

        Where the store holds such a row as well, taking it out there would bring the file's back.
        """
        found = self._of_files((table,)).get(table)
        rows = [] if found is None else found.frame.astype("str").to_dict("records")
        return {self.key(table, {str(name): value for name, value in row.items()}) for row in rows}

    def put(self, table: str, rows: Sequence[Mapping[str, Any]], *, why: str = "", batch: str = "") -> None:
        """Write rows, all or none, unless somebody else changed one of them since it was read.

        Raises
        ------
        Conflict : somebody did; :meth:`now` says what stands.
        InputError : a row breaks a rule, nobody said who writes, or the store cannot be written to.
        """
        self.put_all({table: rows}, why=why, batch=batch)

    def put_all(self, tables: Mapping[str, Sequence[Mapping[str, Any]]], *, why: str, batch: str) -> None:
        """Write rows of several tables as :meth:`put` does: all or none."""
        store = self.store()
        keys = {table: [self.key(table, row) for row in rows] for table, rows in tables.items()}
        expected = {
            table: {key: self._versions.get((table, key), 0) for key in mine} for table, mine in keys.items()
        }
        store.put_all(tables, by=self.signed(), why=why, batch=batch or new_batch(), expected=expected)
        for table, mine in keys.items():
            self._read_versions(table, mine)

    def remove(self, table: str, key: Key, *, why: str = "", batch: str = "") -> None:
        """Remove a row; the trail keeps it."""
        self.store().remove(table, [key], by=self.signed(), why=why, batch=batch or new_batch())
        self._read_versions(table, [key])

    def in_store(self, table: str, key: Key) -> bool:
        """Whether the row stands in the store, and not in a file alone."""
        return self.now(table, key).values is not None

    def now(self, table: str, key: Key) -> Now:
        """Return how a row stands in the store, and make it the version that counts as read."""
        last = self.store().changes(table, key, last=1)
        found = Now(last[0]["version"], last[0]["after"], last[0]["by"], last[0]["at"]) if last else Now()
        self._versions[table, key] = found.version
        return found

    def read(self, *tables: str, but: Collection[Key] = ()) -> None:
        """Take rows of some tables as read, ``but`` some: what others change from now on is a conflict."""
        store = self.store()
        for table in tables:
            rows = (row for row in store.rows(table) if row.key not in but)
            self._versions |= {(table, row.key): row.version for row in rows}

    def store(self) -> Store:
        """Return the evidence store, opened where it is not; made where there is none yet.

        Raises
        ------
        InputError : it cannot be opened, or its file or the engagement has gone since it was opened.
        """
        still_there(self.params)
        file = None if self._store is None else self._store.place.file
        if self._store is not None and file is not None:
            self._still_there(file)
        if self._store is None:
            self._store = _patient_no_more(open_store(self.engagement, self.params))
            file = self._store.place.file
            self._file_id = file.stat().st_ino if file is not None else 0
        return self._store

    def close(self) -> None:
        """Close the store; it is opened again when something is written."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @staticmethod
    def key(table: str, row: Mapping[str, Any]) -> Key:
        """Return the key of a row, its parts as text."""
        return tuple(str(row.get(name, "")).strip() for name in TABLES[table].key)

    def signed(self) -> str:
        """Return who writes.

        Raises
        ------
        InputError : nobody said so.
        """
        if not self.who.strip():
            raise InputError("nobody said who writes", fix="Write your role or initials at the top.")
        return self.who.strip()

    def _of_files(self, names: Sequence[str]) -> dict[str, Read]:
        from reviewkit.evidence.sources import Databases, read
        from reviewkit.model import sources_of

        sources = sources_of(self.engagement, self.params)
        databases = Databases(self.engagement, self.params.parent / self.engagement.data)
        return {
            name: read(name, sources[name], self.engagement, self.params, databases)
            for name in names
            if name in sources
        }

    def _still_there(self, file: Path) -> None:
        # A file that was deleted or replaced can still be written to, and nobody would ever read it.
        if not file.exists():
            raise InputError(
                "the evidence store has gone", file=file, fix="Put it back; what you typed waits here."
            )
        if file.stat().st_ino != self._file_id:
            self.close()
            self._versions.clear()

    def _read_versions(self, table: str, keys: Iterable[Key]) -> None:
        for key in keys:
            self.now(table, key)


def new_batch() -> str:
    """Return a name under which one thing that an analyst did can be undone."""
    return f"wb-{uuid.uuid4().hex[:12]}"


def _patient_no_more(store: Store) -> Store:
    """Make a store that is being written to by others answer soon: somebody is typing."""
    if store.engine.dialect.name == "sqlite":
        from sqlalchemy import event

        def briefly(connection: Any, _record: object) -> None:
            connection.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}")

        event.listen(store.engine, "connect", briefly)
        store.engine.dispose()  # connections made before wait longer
    return store
