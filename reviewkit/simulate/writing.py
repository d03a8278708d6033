"""Tables written as CSV: rounded, in the schema's order, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from reviewkit.model import TABLES


def write_table(name: str, table: pd.DataFrame, folder: Path) -> None:
    """Write ``table`` as ``<folder>/<name>.csv``: columns the schema knows, wholly empty ones left out."""
    schema = TABLES[name]
    columns = {}
    for column in schema.columns:
        if column.name in table:
            text = as_text(table[column.name], column.kind)
            if (text != "").any() or column.required:
                columns[column.name] = text
    pd.DataFrame(columns).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


def as_text(values: pd.Series, kind: str) -> pd.Series:
    """Return values as they are written for a column of ``kind``; missing ones as empty text.

    >>> as_text(pd.Series([1.50, None, 0.12345678]), "number").tolist()
    ['1.5', '', '0.1235']
    >>> as_text(pd.Series([True, None], dtype=object), "boolean").tolist()
    ['true', '']
    """
    if kind in ("date", "datetime"):
        values = pd.to_datetime(values)
    write = _WRITERS.get(kind, str)
    return pd.Series(
        ["" if pd.isna(value) else write(value) for value in values], index=values.index, dtype=object
    )


def _number(value: Any) -> str:
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


_WRITERS: dict[str, Callable[[Any], str]] = {
    "number": _number,
    "integer": lambda value: str(int(value)),
    "boolean": lambda value: "true" if value else "false",
    "date": lambda value: f"{value:%Y-%m-%d}",
    "datetime": lambda value: f"{value:%Y-%m-%dT%H:%M}",
}
