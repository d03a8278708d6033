"""Rows as callers give them, checked by the rules of their table."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import TABLES, InputError, Table

from .values import Key, Values, as_text, key_of, packed
from .writing import Wanted, current, locked

if TYPE_CHECKING:
    from sqlalchemy import Connection


def table_called(name: str) -> Table:
    """Return the schema of a table; an `InputError` where there is none."""
    if name not in TABLES:
        raise InputError(f"'{name}' is no evidence table", fix=f"There are {', '.join(TABLES)}.")
    return TABLES[name]


def as_texts(rows: Sequence[Mapping[str, Any]], table: Table) -> list[Values]:
    """Return rows as text, checked as a data file would be.

    Raises
    ------
    InputError : the first fault, naming table, row (1 for the first) and column.
    """
    known = {column.name: column for column in table.columns}
    texts = []
    for number, row in enumerate(rows, start=1):
        values = {}
        for name, value in row.items():
            if name not in known:
                problem = f"'{name}' is no column of {table.name}"
                raise InputError(problem, file=table.name, row=number, fix=f"Known: {', '.join(known)}.")
            try:
                values[name] = as_text(value, known[name])
            except InputError as error:
                error.file, error.row = table.name, number
                raise
        texts.append(values)
    _check(texts, table)
    return texts


def _check(texts: list[Values], table: Table) -> None:
    if not texts:
        return
    import pandas as pd

    from reviewkit.evidence.checking import typed

    columns = [column.name for column in table.columns]
    rows = [[values.get(name, "") for name in columns] for values in texts]
    frame = pd.DataFrame(rows, columns=columns, index=range(1, len(rows) + 1), dtype="str")
    _, faults = typed(frame, table, Path(table.name))
    if faults:
        first = faults[0]
        if "params file" in first.fix:
            first.fix = ""
        raise first


def key_given(key: Any, table: Table) -> Key:
    """Return a key as a caller wrote it: one value, or one for each part.

    >>> key_given(("W1", 2), TABLES["walkthroughs"])
    ('W1', '2')
    """
    parts = tuple(key) if isinstance(key, (tuple, list)) else (key,)
    if not table.key:
        return tuple(str(part) for part in parts)
    if len(parts) != len(table.key):
        problem = f"a key of {table.name} has {len(table.key)} parts: {', '.join(table.key)}"
        raise InputError(problem)
    named = {name: as_text(part, table.column(name)) for name, part in zip(table.key, parts, strict=True)}
    return key_of(named, table)


def wanted_rows(
    connection: Connection,
    engagement: str,
    texts: list[Values],
    table: Table,
    expected: Mapping[Any, int] | None = None,
) -> list[Wanted]:
    """Return what a table is to hold, with the versions its rows are expected at; other writers wait."""
    if not table.key:
        locked(connection, engagement)
        there = [value for _, _, value in current(connection, engagement, table.name)]
        return without_keys(texts, table, there)
    known = {key_given(key, table): version for key, version in (expected or {}).items()}
    keyed = [(key_of(values, table), values) for values in texts]
    return [Wanted(table.name, key, values, known.get(key)) for key, values in keyed]


def without_keys(texts: list[Values], table: Table, there: Sequence[str]) -> list[Wanted]:
    """Return the rows to add to a table without a key, each under an id of its own.

    What is already the latest about its subject (the first required column) is not added again;
    the same words after something else are, because the order is what was decided.

    Parameters
    ----------
    there : rows the table has, as JSON, in order.

    Examples
    --------
    >>> table = TABLES["decisions"]
    >>> agreed = {"finding_id": "1.1/a", "decision": "agreed", "role": "Sponsor"}
    >>> draft = agreed | {"decision": "draft"}
    >>> kept = [packed(agreed)]
    >>> len(without_keys([agreed], table, kept)), len(without_keys([draft, agreed], table, kept))
    (0, 2)
    """
    subject = table.required[0]
    mine = [packed(values) for values in texts]
    wanted = []
    for about in dict.fromkeys(values[subject] for values in texts):
        given = [(text, values) for text, values in zip(mine, texts, strict=True) if values[subject] == about]
        earlier = [text for text in there if _about(text, subject) == about]
        known = _overlap(earlier, [text for text, _ in given])
        wanted += [Wanted(table.name, (uuid.uuid4().hex[:12],), values) for _, values in given[known:]]
    return wanted


def _about(text: str, subject: str) -> str:
    import json

    return str(json.loads(text).get(subject, ""))


def _overlap(earlier: list[str], given: list[str]) -> int:
    """How many of the first given rows are the last of the earlier ones."""
    most = min(len(earlier), len(given))
    return next((n for n in range(most, 0, -1) if earlier[-n:] == given[:n]), 0)
