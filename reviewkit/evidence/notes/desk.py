"""The store and the register while files are imported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import Engagement, sources_of

from .merging import Held, Kept, Plan
from .people import Register
from .sourced import Sourced

if TYPE_CHECKING:
    from reviewkit.evidence.store import Store

BATCH = "import-"
"""How the batches of imports begin, by which a later import knows its own rows."""


class Desk:
    """The store while files are imported: what it holds is read once and kept up to date."""

    def __init__(self, engagement: Engagement, params: Path, dry_run: bool) -> None:
        self._engagement, self.params, self._dry_run = engagement, params, dry_run
        self._files: dict[str, Sourced] = {}
        self._store: Store | None = None
        self._held: dict[str, Held] = {}

    def __enter__(self) -> Desk:
        from reviewkit.evidence.store import open_store, versions

        # A dry run makes no store where there is none.
        if not self._dry_run or versions(self._engagement, self.params):
            self._store = open_store(self._engagement, self.params)
        return self

    def __exit__(self, *_: object) -> None:
        if self._store:
            self._store.close()

    def register(self) -> Register:
        """The register, consent and interviews, from the client's files and from the store."""
        return Register.of(*(self._texts(name) for name in ("stakeholders", "participants", "interviews")))

    def held(self, table: str) -> Held:
        """The rows that the store holds of a table."""
        if table not in self._held:
            self._held[table] = _held(self._store, table) if self._store else Held()
        return self._held[table]

    def own_file(self, table: str) -> Sourced:
        """What the file that the engagement reads a table from holds."""
        if table not in self._files:
            self._files[table] = Sourced.of(table, self._engagement, self.params)
        return self._files[table]

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
        source = sources_of(self._engagement, self.params).get(name)
        if source is None:
            return rows
        from reviewkit.evidence.sources import read

        found = read(name, source, self._engagement, self.params)
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
