"""What a store holds, asked for in a moment: to tell whether anything changed since the last run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from reviewkit.model import Engagement, InputError, without_secrets

from .address import Address, address

_QUERY = (
    "SELECT table_name, digest FROM evidence_tables WHERE engagement = {} AND count > 0 ORDER BY table_name"
)


def versions(engagement: Engagement, params: str | Path) -> dict[str, str]:
    """Return a short text for each table of the store that has rows; it changes whenever they do.

    Nothing is made: without a store the result is empty. Imports neither pandas nor SQLAlchemy.

    Raises
    ------
    InputError : the store is there and cannot be read.
    """
    place = address(engagement, Path(params))
    found = _sqlite(place, engagement.id) if place.file is not None else _postgres(place, engagement.id)
    return {table: digest[:16] for table, digest in found}


def read_only(file: Path) -> sqlite3.Connection:
    """Return a connection to a SQLite store that changes nothing; the right to read is enough.

    Raises
    ------
    sqlite3.Error : the file cannot be read, or is no database.
    """
    path = quote(str(file.resolve()))
    journal = file.with_name(f"{file.name}-wal")
    try:
        # With the right to write, SQLite's own files beside it are cleared at the end.
        return _opened(f"file:{path}?mode=rw")
    except sqlite3.OperationalError as error:
        refused = any(words in str(error) for words in ("unable to open", "readonly"))
        if not refused or (journal.is_file() and journal.stat().st_size):
            raise
        # Nobody writes to it, and in a folder that may only be read SQLite can make no journal.
        return _opened(f"file:{path}?immutable=1")


def _opened(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _sqlite(place: Address, engagement: str) -> list[tuple[str, str]]:
    if place.file is None or not place.file.is_file() or place.file.stat().st_size == 0:
        return []
    try:
        with closing(read_only(place.file)) as connection:
            return connection.execute(_QUERY.format("?"), (engagement,)).fetchall()
    except sqlite3.Error as error:
        if "no such table" in str(error):
            return []
        raise InputError(f"the evidence store cannot be read ({error})", file=place.label) from None


def _postgres(place: Address, engagement: str) -> list[tuple[str, str]]:
    try:
        import psycopg
    except ImportError:
        raise InputError(
            "an evidence store in PostgreSQL needs the package psycopg",
            file=place.label,
            fix="Install it: pip install 'reviewkit[postgres]'.",
        ) from None
    try:
        with psycopg.connect(place.url, connect_timeout=10) as connection:
            return connection.execute(_QUERY.format("%s"), (engagement,)).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    except psycopg.Error as error:
        line = (without_secrets(str(error), [place.label]).splitlines() or [""])[0]
        raise InputError(f"the evidence store cannot be read ({line})", file=place.label) from None
