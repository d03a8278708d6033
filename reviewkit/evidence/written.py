"""Rows of the evidence store put together with those of the files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewkit.model import TABLES, Engagement

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
    store = existing_store(engagement, params)
    if store is None:
        return reads
    with store:
        frames = {name: store.frame(name) for name, rows in store.tables().items() if rows}
    found = dict(reads)
    for name, text in frames.items():
        rows, faults = typed(text, TABLES[name], Path(f"evidence store, table {name}"))
        if name not in reads:
            found[name] = Read(TABLES[name], faults, rows=rows)
        else:
            found[name] = Read(
                TABLES[name], [*reads[name].faults, *faults], reads[name].notes, _merged(reads[name], rows)
            )
    return found


def _merged(read: Read, written: pd.DataFrame) -> pd.DataFrame:
    key = list(read.table.key)
    frame = read.frame
    if key:
        known = pd.MultiIndex.from_frame(written[key].astype("str"))
        frame = frame[~pd.MultiIndex.from_frame(frame[key].astype("str")).isin(known)]
    return pd.concat([frame, written], ignore_index=True)
