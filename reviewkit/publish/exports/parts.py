"""What an export is made of: tables with their descriptions, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewkit.model.tables import Table

from .catalogue import described
from .values import Value, values

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Part:
    """One table of an export: its rows, its description, and the step and evidence it is made from."""

    frame: pd.DataFrame
    table: Table
    where_from: str

    @cached_property
    def cells(self) -> list[list[Value]]:
        """Values of each column that the description names, for every file that is written of them."""
        return [values(self.frame[column.name], column.kind) for column in self.table.columns]

    @property
    def name(self) -> str:
        """Name of the table, that of its files and its sheet, too."""
        return self.table.name

    @classmethod
    def of(cls, name: str, frame: pd.DataFrame, where_from: str, table: Table | None = None) -> Part:
        """Make a part of a frame, described by name or by ``table``."""
        return cls(frame.reset_index(drop=True), described(name, frame, table), where_from)


@dataclass(frozen=True)
class LeftOut:
    """A table, or part of one, that an edition may not see, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Selection:
    """What of a run goes to an edition, and what does not."""

    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]
