"""The one place that changes rows: current state, trail and digests in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from .conflict import AGAIN, Conflict
from .schema import CHANGES, ENGAGEMENTS, ROWS, TABLES_NOW
from .values import Key, Values, moved, packed, unpacked_key

_AT_ONCE = 500  # keys asked for in one statement


@dataclass(frozen=True)
class Wanted:
    """How a row should be: its values, None where it should not be there.

    ``expected`` is the version it was read at, 0 for a row that was not there; None for any.
    """

    table: str
    key: Key
    value: Values | None
    expected: int | None = None


@dataclass(frozen=True)
class Signed:
    """Who changes something, why, and under which batch it is known."""

    by: str
    why: str
    batch: str
    what: str = ""


@dataclass(frozen=True)
class Standing:
    """How a row stands: version 0 where it never was, value None where it is not there now."""

    version: int = 0
    position: int = 0
    value: str | None = None


def apply(connection: Connection, engagement: str, wanted: Iterable[Wanted], signed: Signed) -> int:
    """Make rows as wanted and return how many changed; a row that is so already is left alone.

    Raises
    ------
    Conflict : a row is not at the version it was expected at.
    """
    seq = locked(connection, engagement)
    written = 0
    for table, group in groupby(wanted, key=lambda one: one.table):
        rows = list(group)
        now = standing(connection, engagement, table, [packed(one.key) for one in rows])
        changes = list(_changes(connection, engagement, rows, now, signed))
        for change in changes:
            seq += 1
            change["seq"] = seq
        _write(connection, engagement, table, changes, now)
        written += len(changes)
    if written:
        update = sa.update(ENGAGEMENTS).where(ENGAGEMENTS.c.engagement == engagement)
        connection.execute(update.values(last_seq=seq))
    return written


def locked(connection: Connection, engagement: str) -> int:
    """Keep other writers of the engagement waiting, and return the number of its last change."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    first = insert(ENGAGEMENTS).values(engagement=engagement, last_seq=0)
    connection.execute(first.on_conflict_do_nothing())
    last = sa.select(ENGAGEMENTS.c.last_seq).where(ENGAGEMENTS.c.engagement == engagement)
    return int(connection.execute(last.with_for_update()).scalar_one())


def standing(connection: Connection, engagement: str, table: str, keys: list[str]) -> dict[str, Standing]:
    """Return how the rows of some keys stand; keys that never were are left out."""
    found: dict[str, Standing] = {}
    left = iter(dict.fromkeys(keys))
    while some := list(islice(left, _AT_ONCE)):
        query = sa.select(ROWS.c.row_key, ROWS.c.version, ROWS.c.position, ROWS.c.value).where(
            ROWS.c.engagement == engagement, ROWS.c.table_name == table, ROWS.c.row_key.in_(some)
        )
        found |= {
            row.row_key: Standing(row.version, row.position, row.value) for row in connection.execute(query)
        }
    return found


def _changes(
    connection: Connection, engagement: str, rows: list[Wanted], now: dict[str, Standing], signed: Signed
) -> Iterator[dict[str, Any]]:
    at = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    for one in rows:
        key = packed(one.key)
        before = now.get(key, Standing())
        gone = before.value is None and one.expected == 0
        if one.expected is not None and one.expected != before.version and not gone:
            raise conflict(connection, engagement, one.table, one.key, before.version)
        value = None if one.value is None else packed(one.value)
        if value == before.value:
            continue
        what = "added" if before.value is None else "removed" if value is None else "changed"
        yield {
            "engagement": engagement,
            "table_name": one.table,
            "row_key": key,
            "version": before.version + 1,
            "at": at,
            "by": signed.by,
            "what": signed.what or what,
            "value": value,
            "why": signed.why,
            "batch": signed.batch,
        }


def conflict(
    connection: Connection, engagement: str, table: str, key: Key, version: int, fix: str = AGAIN
) -> Conflict:
    """Return the conflict over a row that now stands at ``version``, naming who changed it and when."""
    query = sa.select(CHANGES.c.by, CHANGES.c.at).where(
        CHANGES.c.engagement == engagement,
        CHANGES.c.table_name == table,
        CHANGES.c.row_key == packed(key),
        CHANGES.c.version == version,
    )
    last = connection.execute(query).first()
    return Conflict.of(table, key, by=last.by if last else "", at=last.at if last else "", fix=fix)


def _write(
    connection: Connection,
    engagement: str,
    table: str,
    changes: list[dict[str, Any]],
    now: dict[str, Standing],
) -> None:
    if not changes:
        return
    connection.execute(sa.insert(CHANGES), changes)
    new = [_row(change) for change in changes if change["row_key"] not in now]
    if new:
        connection.execute(sa.insert(ROWS), new)
    known = [
        {"its_table": table, "its_key": c["row_key"], "new_version": c["version"], "new_value": c["value"]}
        for c in changes
        if c["row_key"] in now
    ]
    if known:
        update = sa.update(ROWS).where(
            ROWS.c.engagement == engagement,
            ROWS.c.table_name == sa.bindparam("its_table"),
            ROWS.c.row_key == sa.bindparam("its_key"),
        )
        connection.execute(
            update.values(version=sa.bindparam("new_version"), value=sa.bindparam("new_value")), known
        )
    _count(connection, engagement, table, changes, now)


def _row(change: dict[str, Any]) -> dict[str, Any]:
    names = ("engagement", "table_name", "row_key", "version", "value")
    return {name: change[name] for name in names} | {"position": change["seq"]}


def _count(
    connection: Connection,
    engagement: str,
    table: str,
    changes: list[dict[str, Any]],
    now: dict[str, Standing],
) -> None:
    """Bring the table's number of rows and digest up to date."""
    where = (TABLES_NOW.c.engagement == engagement, TABLES_NOW.c.table_name == table)
    found = connection.execute(sa.select(TABLES_NOW.c.count, TABLES_NOW.c.digest).where(*where)).first()
    count, digest = (0, "") if found is None else found
    for change in changes:
        before = now.get(change["row_key"], Standing()).value
        count += (change["value"] is not None) - (before is not None)
        digest = moved(digest, change["row_key"], before, change["value"])
    values = {"count": count, "digest": digest}
    if found is None:
        connection.execute(sa.insert(TABLES_NOW).values(engagement=engagement, table_name=table, **values))
    else:
        connection.execute(sa.update(TABLES_NOW).where(*where).values(**values))


def current(connection: Connection, engagement: str, table: str) -> list[tuple[Key, int, str]]:
    """Return key, version and value (JSON) of every row of a table, in the order they were first put."""
    query = sa.select(ROWS.c.row_key, ROWS.c.version, ROWS.c.value).where(
        ROWS.c.engagement == engagement, ROWS.c.table_name == table, ROWS.c.value.is_not(None)
    )
    found = connection.execute(query.order_by(ROWS.c.position, ROWS.c.row_key))
    return [(unpacked_key(row.row_key), row.version, row.value) for row in found]
