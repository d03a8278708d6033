"""The evidence of an engagement, as steps see it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit.model import TABLES, Engagement, Table

from .checking import empty
from .sources import Databases
from .sources.read import as_declared

if TYPE_CHECKING:
    import ibis


class EvidenceSet:
    """Tables of one engagement, read from a snapshot.

    Parameters
    ----------
    engagement : whose evidence it is.
    folder : a folder that :func:`reviewkit.evidence.snapshot.write_snapshot` wrote.
    """

    def __init__(self, engagement: Engagement, folder: Path) -> None:
        self.engagement, self.folder = engagement, folder
        self._frames: dict[str, pd.DataFrame] = {}
        self._tables: dict[str, ibis.Table] = {}

    def has(self, name: str) -> bool:
        """Whether table ``name`` is there; a table that is there has rows."""
        return self._stays(name) or self._path(name).is_file()

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table as a frame, all columns of its schema present; without rows where it is absent."""
        if name not in self._frames:
            self._frames[name] = self._read(name)
        # Copy-on-write makes this as good as a copy: what a caller changes stays with the caller.
        return self._frames[name].copy(deep=False)

    def table(self, name: str) -> ibis.Table:
        """Return a table for Ibis, over DuckDB: rows stay where they are until aggregated.

        Raises
        ------
        KeyError : the table is absent; ask :meth:`has` first.
        """
        if not self.has(name):
            raise KeyError(name)
        if name not in self._tables:
            self._tables[name] = self._asked(name)
        return self._tables[name]

    def rows(self, name: str) -> int | None:
        """Return how many rows a table has; None where they stay in a database and were not counted."""
        if self._stays(name):
            return None
        import pyarrow.parquet as pq

        return int(pq.read_metadata(self._path(name)).num_rows) if self.has(name) else 0

    def missing(self, names: Iterable[str]) -> list[Table]:
        """Return the schemas of those of ``names`` that are absent, in order, once each."""
        return [TABLES[name] for name in dict.fromkeys(names) if not self.has(name)]

    def _stays(self, name: str) -> bool:
        source = self.engagement.sources.get(name)
        return source is not None and source.stays

    def _read(self, name: str) -> pd.DataFrame:
        path = self._path(name)
        if path.is_file():
            found = pd.read_parquet(path)
        elif self._stays(name):
            found = self.table(name).to_pandas()
        else:
            found = empty(TABLES[name])
        # A run kept before a column was thought of does not have it.
        names = [column.name for column in TABLES[name].columns]
        if missing := [column for column in names if column not in found]:
            none = empty(TABLES[name])
            found = found.assign(**{column: none[column].reindex(found.index) for column in missing})
            found = found[[*names, *(column for column in found if column not in names)]]
        return as_declared(found, TABLES[name])

    def _asked(self, name: str) -> ibis.Table:
        if not self._stays(name):
            return self._connection.read_parquet(str(self._path(name)), table_name=name)
        from .sources.columnar import typed_expression

        source = self.engagement.sources[name]
        found = self._databases.table(source)
        return typed_expression(found, TABLES[name], source, Path(f"{source.database}: {source.table}"))

    def _path(self, name: str) -> Path:
        return self.folder / f"{TABLES[name].name}.parquet"

    @cached_property
    def _databases(self) -> Databases:
        return Databases(self.engagement, self.folder)

    @cached_property
    def _connection(self) -> ibis.backends.duckdb.Backend:
        import ibis

        return ibis.duckdb.connect()
