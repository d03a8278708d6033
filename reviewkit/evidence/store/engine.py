"""A store's database opened the safe way, its faults told in one line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event

from reviewkit.model import InputError, without_secrets

from .address import Address
from .quick import read_only

WAIT_SECONDS = 30
_WRITES = "reviewkit_writes"


def engine_of(address: Address) -> Engine:
    """Return an engine with one connection; nothing is opened yet but an empty SQLite file."""
    if address.file is None:
        return _postgres(address.url, address.label)
    try:
        address.file.parent.mkdir(parents=True, exist_ok=True)
        # Remarks and names are for the team: nobody else may read the file.
        os.close(os.open(address.file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise InputError(
            f"the evidence store cannot be opened ({error.strerror})",
            file=address.label,
            fix="Mend its rights, or name another under 'store' in the params file.",
        ) from None
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(address.file)),
        connect_args={"timeout": WAIT_SECONDS},
        pool_size=1,
        max_overflow=0,
    )
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    return engine


def read_only_engine(address: Address) -> Engine:
    """Return an engine that changes nothing and makes no file; the right to read is enough."""
    if address.file is None:
        return _postgres(address.url, address.label, options="-c default_transaction_read_only=on")
    file = address.file
    url = sa.URL.create("sqlite", database=str(file))
    engine = sa.create_engine(url, creator=lambda: read_only(file), pool_size=1, max_overflow=0)
    event.listen(engine, "begin", _begin)
    return engine


def _settings(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    for setting in (
        "journal_mode = WAL",  # readers and a writer at once
        "synchronous = FULL",  # what was acknowledged survives a crash
        "secure_delete = ON",  # what is deleted is overwritten
        "temp_store = MEMORY",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: one that read first and then wrote would be refused.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(address: str, label: str, **settings: str) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise InputError(
            "an evidence store in PostgreSQL needs the package psycopg",
            file=label,
            fix="Install it: pip install 'reviewkit[postgres]'.",
        ) from None
    known = {"connect_timeout": 10, "application_name": "reviewkit", **settings}
    try:
        url = sa.make_url(address).set(drivername="postgresql+psycopg")
        return sa.create_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True, connect_args=known)
    except (sa.exc.ArgumentError, ValueError):  # whose words may hold the password
        raise InputError(
            "is no address of a database",
            file=label,
            fix="Write postgresql://USER:${PASSWORD}@HOST:PORT/DATABASE.",
        ) from None


@contextmanager
def reading(engine: Engine, label: str) -> Iterator[Connection]:
    """Give a connection to read with, in one view of the database."""
    with told(label), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, label: str) -> Iterator[Connection]:
    """Give a connection whose changes are all kept, or none is."""
    with told(label), engine.connect() as connection:
        connection = connection.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


@contextmanager
def told(label: str) -> Iterator[None]:
    """Tell a fault of the database in one line, without the values it was about."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise fault(label, str(error.orig)) from None


def fault(label: str, said: str) -> InputError:
    """Return the error for what a database said; values that the label names as ``${NAME}`` stay out.

    >>> print(fault("evidence.sqlite", "database is locked"))
    evidence.sqlite: somebody else has been writing to the evidence store for 30 seconds. Try again.
    """
    lines = (line.strip() for line in without_secrets(said, [label]).splitlines())
    line = next(filter(None, lines), "no reason given")
    if "database is locked" in line:
        problem = f"somebody else has been writing to the evidence store for {WAIT_SECONDS} seconds"
        return InputError(problem, file=label, fix="Try again.")
    if "not a database" in line or "malformed" in line:
        return InputError(
            "is no evidence store, or is damaged", file=label, fix="Put a copy back; see docs/store.md."
        )
    if line.startswith(("duplicate key", "UNIQUE constraint")):
        line = "two wrote the same row at once"
    return InputError(
        f"the evidence store cannot be used ({line})", file=label, fix="Mend that, then try again."
    )
