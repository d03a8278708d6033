"""What is legal but suspicious in the evidence, and the rules that find it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from reviewkit.model import TABLES, Engagement
from reviewkit.model.errors import printable

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Suspicion:
    """Something that the schema allows and that may still mislead.

    Parameters
    ----------
    rule : which rule found it.
    table, column : where; no column where it is about whole rows.
    problem : what was found and how often, a clause.
    means : what it may mean, a clause.
    fix : what to do, a sentence.
    count : how many rows, texts, periods or units.
    row : an example: its place in the frame, from 0.
    file, sheet_row : the same place in the client's file, once that is known.

    Examples
    --------
    >>> print(Suspicion("midnight", "contacts", "40 of 50 times are midnight",
    ...                 "the export may have left the time out", "Export the times.", column="at", row=0))
    contacts, column at: 40 of 50 times are midnight; the export may have left the time out. Export the times.
    """

    rule: str
    table: str
    problem: str
    means: str
    fix: str
    column: str = ""
    count: int = 1
    row: int | None = None
    file: Path | None = None
    sheet_row: int | None = None

    @property
    def place(self) -> str:
        """File, row and column, as far as they are known."""
        parts = [
            str(self.file) if self.file else self.table,
            f"row {self.sheet_row}" if self.sheet_row else "",
            f"column {self.column}" if self.column else "",
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        return printable(f"{self.place}: {self.problem}; {self.means}. {self.fix}")


Find = Callable[[Tables, Engagement], list[Suspicion]]


@dataclass(frozen=True)
class Rule:
    """One rule: its name, what it looks for, when it speaks, whose rule it is, and the function."""

    name: str
    looks_for: str
    speaks_when: str
    source: str
    find: Find


def shown(table: str, column: str, value: object) -> str:
    """Return a value as a message may show it: words of personal tables are not shown.

    >>> shown("contacts", "site", "North"), shown("remarks", "text", "I am tired")
    ("'North'", '(not shown)')
    """
    schema = TABLES[table]
    if schema.personal and schema.column(column).kind == "text":
        return "(not shown)"
    text = printable(str(value))
    return f"'{text}'" if len(text) <= 40 else f"'{text[:40]}…'"


def some(items: list[str], most: int = 3) -> str:
    """Return the first few of a list as words.

    >>> some(["A", "B", "C", "D", "E"])
    'A, B, C and 2 more'
    """
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most} more"
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def percent(part: float, whole: float) -> str:
    """Return a share in words, never 0 % or 100 % where it is not.

    >>> percent(1, 3), percent(1, 1000), percent(999, 1000)
    ('33 %', 'under 1 %', 'over 99 %')
    """
    share = 100 * part / whole
    if 0 < share < 1:
        return "under 1 %"
    return "over 99 %" if 99 < share < 100 else f"{share:.0f} %"


def filled(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return the values of a column that are there; none where the column is not."""
    values = frame[column].dropna() if column in frame else pd.Series([], dtype="str")
    return values[values != ""] if values.dtype in ("object", "str", "string") else values


def first(rows: pd.Series) -> int | None:
    """Return the place of the first row that is true."""
    found = rows.fillna(False).to_numpy(dtype=bool).nonzero()[0]
    return int(found[0]) if len(found) else None
