"""What a table's schema says: its columns, their kinds and meaning, and how to collect it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "boolean", "date", "datetime"]

LEVELS = ("senior_leadership", "department_head", "team_lead", "front_line")
SOURCES = (
    "one_to_one",
    "group_work",
    "observation",
    "resource",
    "customer_feedback",
    "customer_experience",
)


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, meaning and the values it may take.

    ``required`` means the column must be there *and* filled in every row.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """One evidence table. ``key`` columns together are unique; ``personal`` marks registers of people."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    personal: bool = False
    collect: str = ""

    def column(self, name: str) -> Column:
        """Return the column called ``name``; ``KeyError`` where there is none.

        >>> Table("t", "A table", (Column("site", "text", "Site"),)).column("site").kind
        'text'
        """
        return {column.name: column for column in self.columns}[name]

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there, in order."""
        return tuple(column.name for column in self.columns if column.required)


SITE = Column("site", "text", "Site or organisation")
TEAM = Column("team", "text", "Team")
CONTRACT = Column("contract", "text", "Contract, by its id in the params file")
DEPARTMENT = Column("department", "text", "Department")
LEVEL = Column("level", "text", "Level in the organisation", allowed=LEVELS)
