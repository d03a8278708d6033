"""The evidence store: rows that people wrote, each with its version and its whole history."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from sqlalchemy import Engine

from reviewkit.model import TABLES, Engagement, InputError

from . import history
from .address import Address, address
from .engine import engine_of, read_only_engine, reading, writing
from .migrating import is_made, migrate
from .rows import as_texts, key_given, table_called, wanted_rows
from .schema import TABLES_NOW
from .values import Key, Values, unpacked
from .writing import Signed, Wanted, apply, current, locked

if TYPE_CHECKING:
    import pandas as pd

    from .forgetting import Forgotten
    from .person import Person


@dataclass(frozen=True)
class Row:
    """A row as it stands: its key, its version (to say what was read), its values as text."""

    key: Key
    version: int
    values: Values


def open_store(engagement: Engagement, params: str | Path) -> Store:
    """Open the engagement's evidence store; it is made, or brought up to date, where needed.

    Parameters
    ----------
    params : path of the params file; a SQLite file is found from its data folder.

    Raises
    ------
    InputError : the store cannot be opened, or a newer version of reviewkit wrote it.

    Examples
    --------
    >>> with open_store(engagement, "params/acme.yaml") as store:                     # doctest: +SKIP
    ...     store.put("codings", [{"remark_id": "R1", "code": "training", "coder": "Analyst"}], by="Analyst")
    1
    """
    place = address(engagement, Path(params))
    engine = engine_of(place)
    try:
        migrate(engine, place.label)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place, engagement.id)


def existing_store(engagement: Engagement, params: str | Path, *, read_only: bool = False) -> Store | None:
    """Open the engagement's evidence store where it has one; None where none has been made for it.

    Parameters
    ----------
    read_only : nothing is made or brought up to date, and the right to read is enough.

    Raises
    ------
    InputError : the store cannot be opened, or another version of reviewkit wrote it.
    """
    place = address(engagement, Path(params))
    if place.file is not None and not place.file.is_file():
        return None
    if not read_only:
        return open_store(engagement, params)
    engine = read_only_engine(place)
    made = False
    try:
        made = is_made(engine, place.label)
    finally:
        if not made:
            engine.dispose()
    return Store(engine, place, engagement.id) if made else None


class Store:
    """One engagement's evidence store; open it with :func:`open_store`, in a ``with`` block."""

    def __init__(self, engine: Engine, place: Address, engagement: str) -> None:
        self.engine, self.place, self.engagement = engine, place, engagement

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; it may be opened again."""
        self.engine.dispose()

    def put(
        self,
        table: str,
        rows: Iterable[Mapping[str, Any]],
        *,
        by: str,
        why: str = "",
        batch: str | None = None,
        expected: Mapping[Any, int] | None = None,
    ) -> int:
        """Write rows of one table, all or none, as :meth:`put_all` does."""
        return self.put_all({table: rows}, by=by, why=why, batch=batch, expected={table: expected or {}})

    def put_all(
        self,
        tables: Mapping[str, Iterable[Mapping[str, Any]]],
        *,
        by: str,
        why: str = "",
        batch: str | None = None,
        expected: Mapping[str, Mapping[Any, int]] | None = None,
    ) -> int:
        """Write rows of several tables, all or none, and return how many were new or other than before.

        Parameters
        ----------
        tables : evidence table -> rows: columns of the table, typed or as text; a column left out is
            empty. The table's key says which row is meant. Rows of tables without a key are added, but
            for what is already the latest about its subject.
        by : who writes, by role.
        batch : name under which it can be undone; one is made where left out.
        expected : table -> key -> version the row was read at (0 where it was not there).

        Raises
        ------
        InputError : a row breaks the rules of its table; table, row and column are named.
        Conflict : a row is no longer at the version expected.
        """
        texts = {name: as_texts(list(rows), table_called(name)) for name, rows in tables.items()}
        signed, versions = self._signed(by, why, batch), expected or {}
        with writing(self.engine, self.place.label) as connection:
            wanted = [
                row
                for name, given in texts.items()
                for row in wanted_rows(connection, self.engagement, given, TABLES[name], versions.get(name))
            ]
            return apply(connection, self.engagement, wanted, signed)

    def remove(
        self, table: str, keys: Sequence[Any], *, by: str, why: str = "", batch: str | None = None
    ) -> int:
        """Remove rows by their keys, all or none, and return how many were there; the trail keeps them."""
        spec = table_called(table)
        wanted = [Wanted(table, key, None) for key in dict.fromkeys(key_given(key, spec) for key in keys)]
        with writing(self.engine, self.place.label) as connection:
            return apply(connection, self.engagement, wanted, self._signed(by, why, batch))

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table, in the order they were first put."""
        table_called(table)
        with reading(self.engine, self.place.label) as connection:
            found = current(connection, self.engagement, table)
        return [Row(key, version, unpacked(value) or {}) for key, version, value in found]

    def frame(self, table: str) -> pd.DataFrame:
        """Return the rows of a table as text, every column of its schema present, empty where it is."""
        import pandas as pd

        columns = [column.name for column in table_called(table).columns]
        rows = [[row.values.get(name, "") for name in columns] for row in self.rows(table)]
        return pd.DataFrame(rows, columns=columns, index=range(1, len(rows) + 1), dtype="str")

    def tables(self) -> dict[str, int]:
        """Return the number of rows of each table that has some."""
        return {name: count for name, count, _ in self._tables()}

    def digest(self, table: str) -> str:
        """Return a digest of a table's rows, the same for the same rows; empty where it has none."""
        table_called(table)
        return next((digest for name, _, digest in self._tables() if name == table), "")

    def trail(self, table: str | None = None, key: Any = None, *, last: int | None = None) -> pd.DataFrame:
        """Return every change, oldest first, of a table or a row of it; ``last`` of them.

        Columns: ``seq, at, by, what, table, key, version, before, after, why, batch``. ``at`` is in
        UTC; ``before`` and ``after`` are the row's values, None where it was not there.
        """
        import pandas as pd

        names = ["seq", "at", "by", "what", "table", "key", "version", "before", "after", "why", "batch"]
        frame = pd.DataFrame(self.changes(table, key, last=last), columns=names)
        return frame.assign(at=pd.to_datetime(frame["at"], utc=True, format="ISO8601"))

    def changes(
        self, table: str | None = None, key: Any = None, *, last: int | None = None
    ) -> list[dict[str, Any]]:
        """Return what :meth:`trail` does, as records, ``at`` as ISO text."""
        if key is not None and table is None:
            raise InputError("a key is of a table: name the table as well")
        spec = None if table is None or table == history.FORGOTTEN else table_called(table)
        wanted = None if key is None or spec is None else key_given(key, spec)
        with reading(self.engine, self.place.label) as connection:
            return history.changes(connection, self.engagement, table=table, key=wanted, last=last)

    def undo(self, batch_or_seq: str | int, *, by: str) -> int:
        """Take a batch, or one change, back: a change of its own in the trail. Return how many rows changed.

        Raises
        ------
        InputError : there is no such batch or change, or a person was forgotten in it.
        Conflict : a row was changed again since; undo that first.
        """
        signed = self._signed(by, "", None)
        with writing(self.engine, self.place.label) as connection:
            locked(connection, self.engagement)
            return history.undo(connection, self.engagement, batch_or_seq, by=signed.by, batch=signed.batch)

    def forget(self, person: Person, *, by: str, dry_run: bool = False) -> Forgotten:
        """Redact a person everywhere in the store, the trail included; see :mod:`.forgetting`."""
        from .forgetting import forget

        return forget(self, person, by=self._signed(by, "", None).by, dry_run=dry_run)

    def forget_all(self) -> int:
        """Delete all that the store holds of this engagement; return how many rows and changes that was.

        A SQLite file that holds nothing else is deleted and the store closed.
        """
        from .forgetting import forget_all

        return forget_all(self)

    def _tables(self) -> list[tuple[str, int, str]]:
        query = sa.select(TABLES_NOW.c.table_name, TABLES_NOW.c.count, TABLES_NOW.c.digest).where(
            TABLES_NOW.c.engagement == self.engagement, TABLES_NOW.c.count > 0
        )
        with reading(self.engine, self.place.label) as connection:
            return [tuple(row) for row in connection.execute(query.order_by(TABLES_NOW.c.table_name))]

    @staticmethod
    def _signed(by: str, why: str, batch: str | None) -> Signed:
        if not by.strip():
            raise InputError("a change needs somebody who makes it", fix="Say who, by role.")
        return Signed(by.strip(), why.strip(), batch or uuid.uuid4().hex[:12])
