"""The evidence that is captured by hand, as it stands, and rows put into it one by one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.evidence.store import Conflict
from reviewkit.model import InputError

from .desk import Desk, Key, Row
from .draft import Draft
from .summary import CAPTURE_TABLES

BEFORE = ("planned", "invited")
"""How far an interview has come that is still to be held."""


class CaptureState:
    """Interviews, those who take part, notes and forms of an engagement, as they stand in its evidence."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.interview = ""
        self.reload()

    def reload(self) -> None:
        """Read the evidence again."""
        self.tables: dict[str, dict[Key, Row]] = {}
        self._filed: dict[str, set[Key]] = {}
        self.read(*CAPTURE_TABLES, "stakeholders")
        self.notes: list[Draft] = []

    def read(self, *names: str) -> None:
        """Read some tables again."""
        self.desk.read(*names)
        for name, frame in self.desk.frames(*names).items():
            rows = [texts(row) for row in frame.to_dict("records")]
            self.tables[name] = {self.desk.key(name, row): row for row in rows}

    def interviews(self) -> list[Row]:
        """Return the interviews, those still to be held first."""
        rows = list(self.tables["interviews"].values())
        return sorted(rows, key=lambda row: (row["status"] not in (*BEFORE, "held"), row["planned_at"]))

    def taking_part(self, interview: str) -> list[Row]:
        """Return those who take part in an interview, each as the register has them and what was agreed."""
        found = [row for key, row in self.tables["participants"].items() if key[0] == interview]
        return [self.person(row["stakeholder_id"]) | row for row in found]

    def person(self, stakeholder: str) -> Row:
        """Return a person or group of the register."""
        return self.tables["stakeholders"].get((stakeholder,), {"stakeholder_id": stakeholder})

    def sites(self) -> list[str]:
        """Return the sites that occur."""
        found = {row.get("site", "") for rows in self.tables.values() for row in rows.values()}
        return sorted(found - {""})

    def filed(self, table: str) -> set[Key]:
        """Return the keys of the rows that stand in a file of the engagement."""
        if table not in self._filed:
            self._filed[table] = self.desk.filed(table)
        return self._filed[table]

    def put(self, table: str, rows: list[Row], why: str) -> None:
        """Write rows, all or none.

        Raises
        ------
        InputError : they cannot be written; what somebody else wrote meanwhile is shown from now on.
        """
        try:
            self.desk.put(table, rows, why=why)
        except Conflict as conflict:
            self.read(table)
            fix = "It is shown as it stands now: look, and press again."
            raise InputError(conflict.problem.replace("was changed", "this was changed"), fix=fix) from None
        self.tables[table] |= {self.desk.key(table, row): row for row in rows}

    def take_out(self, table: str, key: Key, why: str) -> None:
        """Take a row out of the store; the trail keeps it.

        Raises
        ------
        InputError : a file holds the row.
        """
        if key in self.filed(table):
            raise InputError("this stands in a file of the engagement, which is never written")
        self.desk.remove(table, key, why=why)
        self.tables[table].pop(key, None)


def next_id(letter: str, taken: Any) -> str:
    """Return the next id of a series such as O01, O02; as wide as those there are.

    >>> next_id("O", ["O01", "O09", "other"]), next_id("W", [])
    ('O10', 'W1')
    """
    found = [match for name in taken if (match := re.fullmatch(rf"{letter}(\d+)", name))]
    width = max((len(match[1]) for match in found), default=1)
    return f"{letter}{max((int(match[1]) for match in found), default=0) + 1:0{width}d}"


def texts(row: Mapping[Any, Any]) -> Row:
    """Return a row as the store holds it; what is missing is empty."""
    return {str(name): _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return (
            value.isoformat(sep=" ", timespec="minutes")
            if value.time() != dt.time()
            else value.date().isoformat()
        )
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
