"""What was changed, and taking it back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from reviewkit.model import InputError

from .schema import CHANGES, ROWS
from .values import Key, packed, unpacked, unpacked_key
from .writing import Signed, Wanted, apply, conflict

FORGOTTEN = "forgotten"
"""What the trail calls it when a person was forgotten; it cannot be undone."""
_LATER = "Take that change back first: look at the trail, reviewkit trail PARAMS."
SAME_ROW = ("engagement", "table_name", "row_key")
_EARLIER = CHANGES.alias("earlier")


def changes(
    connection: Connection,
    engagement: str,
    *,
    table: str | None = None,
    key: Key | None = None,
    last: int | None = None,
) -> list[dict[str, Any]]:
    """Return the changes of an engagement, oldest first, each with the row before and after it."""
    query = sa.select(CHANGES, _EARLIER.c.value.label("before")).select_from(_with_earlier())
    query = query.where(CHANGES.c.engagement == engagement)
    if table is not None:
        query = query.where(CHANGES.c.table_name == table)
    if key is not None:
        query = query.where(CHANGES.c.row_key == packed(key))
    query = query.order_by(CHANGES.c.seq.desc())
    found = connection.execute(query.limit(last) if last is not None else query)
    return [
        {
            "seq": row.seq,
            "at": row.at,
            "by": row.by,
            "what": row.what,
            "table": row.table_name,
            "key": unpacked_key(row.row_key),
            "version": row.version,
            "before": unpacked(row.before),
            "after": unpacked(row.value),
            "why": row.why,
            "batch": row.batch,
        }
        for row in reversed(list(found))
    ]


def undo(connection: Connection, engagement: str, which: str | int, *, by: str, batch: str) -> int:
    """Put every row of a batch, or of one change, back as it was before; return how many.

    Raises
    ------
    InputError : there is no such batch or change, or a person was forgotten in it.
    Conflict : a row was changed again since.
    """
    found = _asked_for(connection, engagement, which)
    if any(row.what == FORGOTTEN for row in found):
        raise InputError(f"{which} forgot a person, which cannot be undone")
    by_row: dict[tuple[str, str], list[Any]] = {}
    for row in found:
        by_row.setdefault((row.table_name, row.row_key), []).append(row)
    wanted = []
    for (table, key), rows in sorted(by_row.items()):
        if rows[-1].version != rows[-1].now:
            raise conflict(connection, engagement, table, unpacked_key(key), rows[-1].now, _LATER)
        wanted.append(Wanted(table, unpacked_key(key), unpacked(_before(rows)), expected=rows[-1].now))
    return apply(connection, engagement, wanted, Signed(by, f"undo of {which}", batch, what="undone"))


def _before(rows: list[Any]) -> str | None:
    """The row before the last unbroken run of its changes: others may have changed it between two of them."""
    first = rows[-1]
    for row in reversed(rows[:-1]):
        if row.version != first.version - 1:
            break
        first = row
    before: str | None = first.before
    return before


def _asked_for(connection: Connection, engagement: str, which: str | int) -> list[Any]:
    mine = CHANGES.c.engagement == engagement
    fits = CHANGES.c.batch == which if isinstance(which, str) else CHANGES.c.seq == which
    now = sa.and_(*(ROWS.c[name] == CHANGES.c[name] for name in SAME_ROW))
    beside = _with_earlier().outerjoin(ROWS, now)
    query = sa.select(CHANGES, _EARLIER.c.value.label("before"), ROWS.c.version.label("now"))
    found = list(connection.execute(query.select_from(beside).where(mine, fits).order_by(CHANGES.c.seq)))
    if not found and isinstance(which, str) and which.isascii() and which.isdigit():
        return _asked_for(connection, engagement, int(which))
    if not found:
        raise InputError(
            f"there is no batch or change '{which}'", fix="Look at the trail: reviewkit trail PARAMS."
        )
    return found


def _with_earlier() -> sa.Join:
    same = [_EARLIER.c[name] == CHANGES.c[name] for name in SAME_ROW]
    return CHANGES.outerjoin(_EARLIER, sa.and_(*same, _EARLIER.c.version == CHANGES.c.version - 1))
