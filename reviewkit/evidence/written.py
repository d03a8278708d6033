"""Rows of the evidence store put together with those of the files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewkit.model import TABLES, Engagement, InputError, Table

from .checking import typed
from .sources import Read
from .store import existing_store


def with_written(reads: dict[str, Read], engagement: Engagement, params: Path) -> dict[str, Read]:
    """Return the tables with the rows that people wrote; of two rows of one key the store's counts.

    Parameters
    ----------
    reads : tables as read from files and databases.

    Raises
    ------
    InputError : the store cannot be read.
    """
    found = dict(reads)
    for name, (rows, faults) in written(engagement, params).items():
        before, table = reads.get(name), TABLES[name]
        faults = [*(before.faults if before else ()), *faults]
        notes = before.notes if before else []
        found[name] = Read(table, faults, notes, merged(before.frame if before else None, rows, table))
    return found


def written(engagement: Engagement, params: Path) -> dict[str, tuple[pd.DataFrame, list[InputError]]]:
    """Return the rows of each table of the evidence store, typed, and what is wrong with them.

    Raises
    ------
    InputError : the store cannot be read.
    """
    store = existing_store(engagement, params, read_only=True)
    if store is None:
        return {}
    with store:
        frames = {name: store.frame(name) for name, rows in store.tables().items() if rows}
    place = Path("evidence store")
    return {name: typed(text, TABLES[name], place / f"table {name}") for name, text in frames.items()}


def merged(frame: pd.DataFrame | None, written: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the rows of a file and of the store as one table; of two rows of one key the store's counts."""
    if frame is None:
        return written
    key = list(table.key)
    if key:
        known = pd.MultiIndex.from_frame(written[key].astype("str"))
        frame = frame[~pd.MultiIndex.from_frame(frame[key].astype("str")).isin(known)]
    return pd.concat([frame, written], ignore_index=True)
