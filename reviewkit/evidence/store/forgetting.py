"""A person forgotten in a store: current rows, the whole trail, and the file itself."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from reviewkit.model import TABLES

from .engine import WAIT_SECONDS, writing
from .history import FORGOTTEN
from .person import Person
from .redaction import Redaction, alone_in, said_by
from .schema import CHANGES, ENGAGEMENTS, ROWS, TABLES_NOW
from .values import Values, moved, packed, unpacked, unpacked_key
from .writing import locked

if TYPE_CHECKING:
    from .store import Store

LOCK_SECONDS = 10
_HELD = (CHANGES, ROWS)


@dataclass(frozen=True)
class Forgotten:
    """How many places held a person: by table as rows stand now, and in the trail.

    ``stand_in`` is the id that took theirs. ``left`` says in a sentence what of the database's
    own files could not be overwritten; empty where everything was.
    """

    stand_in: str
    tables: dict[str, int]
    trail: int
    left: str = ""

    @property
    def places(self) -> int:
        """All of them."""
        return sum(self.tables.values()) + self.trail


class _DryRun(Exception):
    """Ends a transaction without keeping anything."""


def forget(store: Store, person: Person, *, by: str, dry_run: bool = False) -> Forgotten:
    """Redact a person in every row and every change, leaving one change that says so without the name.

    With ``dry_run`` nothing is kept; the result says what would be done. Where no place holds the
    person, nothing is written.
    """
    found = Forgotten("", {}, 0)
    try:
        with writing(store.engine, store.place.label) as connection:
            found = _redact(connection, store.engagement, person)
            if dry_run or not found.places:
                raise _DryRun
            _leave_word(connection, store.engagement, found, by)
    except _DryRun:
        return found
    return replace(found, left=purge(store.engine))


def forget_all(store: Store) -> int:
    """Delete every row and change of an engagement; return how many there were."""
    total = 0
    with writing(store.engine, store.place.label) as connection:
        locked(connection, store.engagement)
        for table in (ROWS, CHANGES, TABLES_NOW, ENGAGEMENTS):
            done = connection.execute(sa.delete(table).where(table.c.engagement == store.engagement))
            total += done.rowcount if table in (ROWS, CHANGES) else 0
        others = connection.execute(sa.select(sa.func.count()).select_from(ENGAGEMENTS)).scalar_one()
    purge(store.engine)
    if store.place.file is not None and not others:
        store.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{store.place.file}{end}").unlink(missing_ok=True)
    return total


def purge(engine: Engine) -> str:
    """Have the database write its files anew, so that what was deleted is in none of them.

    Return what is left to do, where another program kept it from being done; else nothing.
    """
    try:
        return _purge_postgres(engine) if engine.dialect.name == "postgresql" else _purge_sqlite(engine)
    except (sa.exc.DBAPIError, sqlite3.Error):
        names = ", ".join(table.name for table in _HELD)
        return (
            f"another program was using the store; when it has ended, run VACUUM FULL {names} in the database"
        )


def _purge_postgres(engine: Engine) -> str:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        for table in _HELD:
            connection.exec_driver_sql(f"VACUUM FULL {table.name}")
        connection.exec_driver_sql("RESET lock_timeout")
    return ""


def _purge_sqlite(engine: Engine) -> str:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA busy_timeout = 2000")  # a reader may go on for hours
        with suppress(sqlite3.OperationalError):
            cursor.execute("VACUUM")  # what was deleted is overwritten already; this makes the file small
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_) = cursor.fetchone() or (1,)
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    finally:
        raw.close()
    open_elsewhere = "another program has the store open; its journal holds the words until that is closed"
    return open_elsewhere if busy else ""


def _redact(connection: Connection, engagement: str, person: Person) -> Forgotten:
    locked(connection, engagement)
    changes = list(connection.execute(sa.select(CHANGES).where(CHANGES.c.engagement == engagement)))
    rows = list(connection.execute(sa.select(ROWS).where(ROWS.c.engagement == engagement)))
    stand_in = f"{FORGOTTEN}-{sum(change.table_name == FORGOTTEN for change in changes) + 1}"
    redaction = _redaction(person, stand_in, changes)
    keys = _keys(redaction, changes)
    old = [values for row in rows if (values := _new_row(redaction, keys, row))]
    now = {table: count for table, count in redaction.places.items() if count}
    redaction.places.clear()
    new = [values for change in changes if (values := _new_change(redaction, keys, change))]
    _replace_rows(connection, engagement, old)
    _replace_changes(connection, engagement, new)
    for table in {row["its_table"] for row in old}:
        _digest_anew(connection, engagement, table)
    return Forgotten(stand_in, now, sum(redaction.places.values()))


def _redaction(person: Person, stand_in: str, changes: list[Any]) -> Redaction:
    ever = [(change.table_name, unpacked(change.value) or {}) for change in changes]
    talks = [values for table, values in ever if table == "participants" and values]
    alone = person.alone | (alone_in(person.id, talks) if person.id else frozenset())
    remarks, said = said_by(replace(person, alone=alone), ever)
    return Redaction(person, stand_in, remarks, said)


def _keys(redaction: Redaction, changes: list[Any]) -> dict[tuple[str, str], str]:
    """New keys of rows whose key names the person; no two rows get the same."""
    known = dict.fromkeys((change.table_name, change.row_key) for change in changes)
    taken = set(known)
    new = {}
    for table, key in known:
        parts = unpacked_key(key)
        redacted = redaction.key(table, parts)
        if redacted == parts:
            continue
        number, name = 1, packed(redacted)
        while (table, name) in taken:
            number += 1
            last = max(n for n, part in enumerate(redacted) if part != parts[n])
            name = packed((*redacted[:last], f"{redacted[last]} ({number})", *redacted[last + 1 :]))
        taken.add((table, name))
        new[table, key] = name
    return new


def _values(redaction: Redaction, keys: dict[tuple[str, str], str], row: Any) -> str | None:
    """The row without the person, as JSON; its key columns say what its key says."""
    values = unpacked(row.value)
    if values is None:
        return None
    new: Values = redaction.row(row.table_name, values)
    key = keys.get((row.table_name, row.row_key))
    if key is not None:
        parts = zip(TABLES[row.table_name].key, unpacked_key(row.row_key), unpacked_key(key), strict=True)
        new |= {name: after for name, before, after in parts if before != after}
    return packed(new)


def _new_row(redaction: Redaction, keys: dict[tuple[str, str], str], row: Any) -> dict[str, Any]:
    value, key = _values(redaction, keys, row), keys.get((row.table_name, row.row_key), row.row_key)
    if (value, key) == (row.value, row.row_key):
        return {}
    return {"its_table": row.table_name, "old_key": row.row_key, "new_key": key, "new_value": value}


def _new_change(redaction: Redaction, keys: dict[tuple[str, str], str], row: Any) -> dict[str, Any]:
    value, key = _values(redaction, keys, row), keys.get((row.table_name, row.row_key), row.row_key)
    said = {name: redaction.words(getattr(row, name)) for name in ("by", "why", "batch")}
    about = sum(said[name] != getattr(row, name) for name in said)
    redaction.places[row.table_name] = redaction.places.get(row.table_name, 0) + about
    if (value, key) == (row.value, row.row_key) and not about:
        return {}
    named = {f"new_{name}": text for name, text in said.items()}
    return {"its_seq": row.seq, "new_key": key, "new_value": value, **named}


def _replace_rows(connection: Connection, engagement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        which = (ROWS.c.engagement == engagement, ROWS.c.row_key == sa.bindparam("old_key"))
        update = sa.update(ROWS).where(*which, ROWS.c.table_name == sa.bindparam("its_table"))
        values: dict[str, Any] = {"row_key": sa.bindparam("new_key"), "value": sa.bindparam("new_value")}
        connection.execute(update.values(values), rows)


def _replace_changes(connection: Connection, engagement: str, changes: list[dict[str, Any]]) -> None:
    if changes:
        which = (CHANGES.c.engagement == engagement, CHANGES.c.seq == sa.bindparam("its_seq"))
        names = {"row_key": "new_key", "value": "new_value"} | {n: f"new_{n}" for n in ("by", "why", "batch")}
        values: dict[str, Any] = {name: sa.bindparam(given) for name, given in names.items()}
        connection.execute(sa.update(CHANGES).where(*which).values(values), changes)


def _digest_anew(connection: Connection, engagement: str, table: str) -> None:
    where = (ROWS.c.engagement == engagement, ROWS.c.table_name == table)
    digest = ""
    for row in connection.execute(sa.select(ROWS.c.row_key, ROWS.c.value).where(*where)):
        digest = moved(digest, row.row_key, None, row.value)
    its = (TABLES_NOW.c.engagement == engagement, TABLES_NOW.c.table_name == table)
    connection.execute(sa.update(TABLES_NOW).where(*its).values(digest=digest))


def _leave_word(connection: Connection, engagement: str, found: Forgotten, by: str) -> None:
    """Say in the trail that somebody was forgotten: when, by whom, in how many places."""
    seq = locked(connection, engagement) + 1
    change = {
        "engagement": engagement,
        "seq": seq,
        "table_name": FORGOTTEN,
        "row_key": packed((found.stand_in,)),
        "version": 1,
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"),
        "by": by,
        "what": FORGOTTEN,
        "value": packed({"places": str(found.places)}),
        "why": "",
        "batch": found.stand_in,
    }
    connection.execute(sa.insert(CHANGES), [change])
    its = ENGAGEMENTS.c.engagement == engagement
    connection.execute(sa.update(ENGAGEMENTS).where(its).values(last_seq=seq))
