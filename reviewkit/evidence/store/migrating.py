"""The schema brought up to date when a store is opened."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from reviewkit.model import InputError

from .engine import reading, writing
from .schema import VERSION_TABLE

REVISIONS = ("0001",)
"""Every schema this version of reviewkit knows, oldest first; the last is the one it works with."""
FOLDER = Path(__file__).parent / "migrations"
_LOCK = 7_265_976_105  # a number of our own for PostgreSQL's advisory locks


def migrate(engine: Engine, label: str) -> None:
    """Make the tables, or bring older ones up to date; all of it or nothing.

    Raises
    ------
    InputError : a newer version of reviewkit wrote the store.
    """
    with reading(engine, label) as connection:
        found = version(connection)
    if found == REVISIONS[-1]:
        return
    with writing(engine, label) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        found = version(connection)  # somebody else may have been first
        if found not in ("", *REVISIONS):
            raise _newer(label)
        if found != REVISIONS[-1]:
            _upgrade(connection, found)


def is_made(engine: Engine, label: str) -> bool:
    """Return whether the tables are there, as this version of reviewkit reads them; changes nothing.

    Raises
    ------
    InputError : another version of reviewkit wrote the store.
    """
    with reading(engine, label) as connection:
        found = version(connection)
    if found in ("", REVISIONS[-1]):
        return bool(found)
    if found not in REVISIONS:
        raise _newer(label)
    raise InputError(
        "was written by an older version of reviewkit",
        file=label,
        fix="It is brought up to date when somebody next writes to it, such as with reviewkit import.",
    )


def _newer(label: str) -> InputError:
    return InputError(
        "was written by a newer version of reviewkit", file=label, fix="Update reviewkit, then try again."
    )


def version(connection: Connection) -> str:
    """Return the revision of a store's schema; empty for a new one."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return ""
    text = sa.text(f"SELECT version_num FROM {VERSION_TABLE}")
    return str(connection.execute(text).scalar() or "")


def _upgrade(connection: Connection, found: str) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(FOLDER))
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    missing = list(scripts.iterate_revisions(REVISIONS[-1], found or "base"))
    with Operations.context(context):
        for script in reversed(missing):
            script.module.upgrade()
    context.stamp(scripts, REVISIONS[-1])
