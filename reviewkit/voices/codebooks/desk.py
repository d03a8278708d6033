"""An engagement's codebook, codings and remarks as they stand, and changes written to its evidence store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from reviewkit.content import Codebook, load_codebook, read_codebook
from reviewkit.evidence.refi.gathered import gathered
from reviewkit.evidence.store import existing_store, open_store
from reviewkit.model import TABLES, Engagement, read_engagement

from .apply import changed
from .change import Change
from .current import current
from .rows import TABLE, row_of

_READ = ("remarks", "customer_feedback", "codings", TABLE, "blind_sample")


@dataclass(frozen=True)
class Desk:
    """What is on the desk of whoever works on a codebook; frames hold text, empty where it is."""

    params: Path
    engagement: Engagement
    codebook: Codebook
    frames: Mapping[str, pd.DataFrame]

    @property
    def codings(self) -> pd.DataFrame:
        """The codings as analysts gave them."""
        return self.frames["codings"]

    @property
    def texts(self) -> pd.DataFrame:
        """What people said and customers wrote: ``remark_id, department, text``."""
        theirs = self.frames["customer_feedback"].rename(columns={"feedback_id": "remark_id"})
        both = [self.frames["remarks"], theirs.assign(department="customers")]
        columns = ["remark_id", "department", "text"]
        return pd.concat([frame.reindex(columns=columns) for frame in both], ignore_index=True).fillna("")

    def change(self, change: Change, *, by: str, why: str = "") -> str:
        """Write a change to the evidence store and return the batch that takes it back.

        Raises
        ------
        InputError : it does not fit the codebook. Conflict : somebody changed the codebook meanwhile.
        """
        after = changed(self.codebook, change)
        row = row_of(change, after.version, role=by, reason=why, on=dt.date.today())
        return self.put(TABLE, [row], by=by, why=why, expected={str(after.version): 0})

    def put(
        self,
        table: str,
        rows: Sequence[Mapping[str, Any]],
        *,
        by: str,
        why: str = "",
        expected: Mapping[Any, int] | None = None,
    ) -> str:
        """Write rows to the evidence store and return the batch that takes them back."""
        batch = f"codebook-{uuid.uuid4().hex[:8]}"
        with open_store(self.engagement, self.params) as store:
            store.put(table, rows, by=by, why=why, batch=batch, expected=expected)
        return batch


def desk(params: Path) -> Desk:
    """Read an engagement's codebook with its changes, its codings and remarks; nothing is written.

    Raises
    ------
    InputError : a file has a fault, or a change no longer fits.
    """
    engagement = read_engagement(params)
    own = params.parent / engagement.codebook if engagement.codebook else None
    with existing_store(engagement, params, read_only=True) or nullcontext() as store:
        rows = gathered(engagement, params, store, _READ)
    frames = {name: _frame(name, found) for name, found in rows.items()}
    book = current(read_codebook(own) if own else load_codebook(), frames[TABLE])
    return Desk(params, engagement, book, frames)


def _frame(name: str, rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    columns = [column.name for column in TABLES[name].columns]
    return pd.DataFrame([dict(row) for row in rows], columns=columns).fillna("").astype("str")
