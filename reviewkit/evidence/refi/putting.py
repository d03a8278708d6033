"""A project's rows put into the evidence store, all or none, under one name to undo them by."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reviewkit.model import InputError

if TYPE_CHECKING:
    from reviewkit.evidence.store import Store


def put_all(
    store: Store, tables: Mapping[str, Sequence[Mapping[str, Any]]], *, by: str
) -> tuple[str, dict[str, int]]:
    """Put the rows of several tables and return the batch and how many were written, by table.

    Raises
    ------
    InputError : a row breaks the rules of its table; then nothing is kept of any.
    """
    batch, written = f"refi-{uuid.uuid4().hex[:8]}", dict.fromkeys(tables, 0)
    for table, rows in tables.items():
        try:
            written[table] = store.put(table, rows, by=by, why="read from a REFI-QDA project", batch=batch)
        except InputError:
            if any(written.values()):
                store.undo(batch, by=by)
            raise
    return batch, written
