"""Connections to the databases that params files name."""

from __future__ import annotations

import contextlib
import warnings
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import Engagement, InputError, Source, with_secrets
from reviewkit.model.source import without_secrets

if TYPE_CHECKING:
    import ibis

_EXTRAS = {"psycopg": "postgres", "pyspark": "spark"}


class Databases:
    """Connections to an engagement's databases: each opened once, all closed when this is gone.

    Parameters
    ----------
    folder : the data folder; a DuckDB file is relative to it.
    """

    def __init__(self, engagement: Engagement, folder: Path) -> None:
        self.engagement, self.folder = engagement, folder
        self._open: dict[str, Any] = {}
        weakref.finalize(self, _close, self._open)

    def connect(self, name: str) -> Any:
        """Return an Ibis backend for the database called ``name`` under ``databases``.

        Raises
        ------
        InputError : it cannot be reached, or a secret is not set; no secret is in the message.
        """
        if name not in self._open:
            kind, _, rest = with_secrets(self.engagement.databases[name]).partition(":")
            with self.told(name):
                self._open[name] = self._opened(kind, rest.removeprefix("//"))
        return self._open[name]

    def table(self, source: Source) -> ibis.Table:
        """Return the client's table that a source names, rows staying where they are.

        Raises
        ------
        InputError : the database cannot be reached, or has no such table.
        """
        assert source.database and source.table
        from ibis.common.exceptions import TableNotFound

        connection = self.connect(source.database)
        with self.told(source.database):
            if connection.name == "pyspark" and "/" in source.table:
                return connection.read_parquet(source.table)
            *schema, table = source.table.split(".")
            try:
                return connection.table(table, database=".".join(schema) or None)
            except TableNotFound:
                problem = f"the database '{source.database}' has no table '{source.table}'"
                raise InputError(problem, key=f"databases.{source.database}", fix="Mend 'table'.") from None

    @contextlib.contextmanager
    def told(self, name: str) -> Iterator[None]:
        """Turn what a database complains about into one line without secrets.

        Raises
        ------
        InputError
        """
        key = f"databases.{name}"
        try:
            yield
        except InputError:
            raise
        except ImportError as error:
            extra = _EXTRAS.get(str(error.name).split(".")[0], "")
            fix = f"Install reviewkit[{extra}]." if extra else ""
            raise InputError(f"the database '{name}' needs {error.name}", key=key, fix=fix) from None
        except Exception as error:  # noqa: BLE001 - every driver has errors of its own
            addresses = self.engagement.databases.values()
            words = without_secrets(" ".join(str(error).split()), addresses) or type(error).__name__
            problem = f"the database '{name}' says: {words[:200]}"
            fix = "Check its address, the table's name and your rights."
            raise InputError(problem, key=key, fix=fix) from None

    def _opened(self, kind: str, rest: str) -> Any:
        if kind == "duckdb":
            return _duckdb(self.folder / rest)
        return _spark(rest) if kind == "spark" else _postgres(f"{kind}://{rest}")


def _close(opened: dict[str, Any]) -> None:
    for connection in opened.values():
        if connection.name != "pyspark":  # one session serves a whole process
            connection.disconnect()


def _duckdb(path: Path) -> Any:
    import ibis

    if not path.is_file():
        raise InputError(
            "there is no such database file", file=path, fix="Check 'databases' in the params file."
        )
    return ibis.duckdb.connect(path, read_only=True)


def _postgres(address: str) -> Any:
    import ibis
    import psycopg  # noqa: F401 - so that what is missing is named

    return ibis.connect(address)


def _spark(master: str) -> Any:
    import ibis
    from pyspark.sql import SparkSession

    # It says with every question that it does not know pandas 3 yet; its answers are tested.
    for words in ("PySpark does not yet fully support pandas", "The copy keyword is deprecated"):
        warnings.filterwarnings("ignore", words)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
    }
    builder = SparkSession.builder.master(master).appName("reviewkit")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)
