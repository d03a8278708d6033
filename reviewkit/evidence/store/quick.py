"""What a store holds, asked for in a moment: to tell whether anything changed since the last run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from reviewkit.model import Engagement, InputError

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


def _sqlite(place: Address, engagement: str) -> list[tuple[str, str]]:
    if place.file is None or not place.file.is_file() or place.file.stat().st_size == 0:
        return []
    path = quote(str(place.file.resolve()))
    for how in ("mode=ro", "immutable=1"):  # the second where the folder is read-only and nobody writes
        try:
            with closing(sqlite3.connect(f"file:{path}?{how}", uri=True, timeout=30)) as connection:
                return connection.execute(_QUERY.format("?"), (engagement,)).fetchall()
        except sqlite3.Error as error:
            if "no such table" in str(error):
                return []
            if how == "immutable=1" or "unable to open" not in str(error):
                raise InputError(f"the evidence store cannot be read ({error})", file=place.label) from None
    return []


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
        line = (str(error).splitlines() or [""])[0]
        raise InputError(f"the evidence store cannot be read ({line})", file=place.label) from None
