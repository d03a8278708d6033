"""A client's file, read as text: nothing is guessed, nothing dropped."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from reviewkit.model import InputError, Source, Table


def read_text(path: Path, table: Table, source: Source) -> pd.DataFrame:
    """Read one CSV file as text under our column names.

    Returns
    -------
    One row a record, columns of ``table`` that the file has, all text; empty cells are ``""``.
    The index is the row as a spreadsheet shows it, the heading being row 1.

    Raises
    ------
    InputError : the file is missing, is not UTF-8, is ragged, is empty, or lacks a required
        column; the message names file, row and column.
    """
    found = _read_csv(path)
    frame = _ours(found, path, table, source)
    for column in table.required:
        if column not in frame:
            raise _missing_column(column, found, path)
    if frame.empty:
        raise InputError("has a heading but no rows", file=path, fix=f"{table.collect}")
    return frame


def _read_csv(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(
            "there is no such data file",
            file=path,
            fix="Put it there, or take it out of 'sources' in the params file.",
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _records(csv.reader(file, strict=True), path)
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 text (byte {error.start})", file=path, fix="Save it as CSV UTF-8."
        ) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=path) from None


def _records(reader: Iterator[list[str]], path: Path) -> pd.DataFrame:
    """Collect the records, each as long as the heading; blank ones are passed over."""
    rows: dict[int, list[str]] = {}
    row = 0
    heading: list[str] = []
    try:
        for row, record in enumerate(reader, start=1):
            if not heading:
                heading = [name.strip() for name in record]
            elif any(record):
                _same_length(record, heading, row, path)
                rows[row] = record
    except csv.Error as error:
        raise InputError(
            f"is not valid CSV ({error})", file=path, row=row + 1, fix="Mend its quotes."
        ) from None
    if not heading:
        raise InputError("is empty: not even a heading", file=path, fix="Export it again.")
    return pd.DataFrame.from_dict(rows, orient="index", columns=heading, dtype="str")


def _same_length(record: list[str], heading: list[str], row: int, path: Path) -> None:
    if len(record) != len(heading):
        raise InputError(
            f"has {len(record)} values where the heading has {len(heading)}",
            file=path,
            row=row,
            fix="Put text that holds commas in quotes.",
        )


def _ours(frame: pd.DataFrame, path: Path, table: Table, source: Source) -> pd.DataFrame:
    """Rename the client's columns and values to ours and keep the columns the table knows."""
    for ours, theirs in source.columns.items():
        if ours not in {column.name for column in table.columns}:
            raise InputError(
                f"'{ours}' is no column of {table.name}", file=path, fix="Mend 'columns' in the params file."
            )
        if theirs not in frame:
            raise _missing_column(theirs, frame, path)
    for ours in source.values:
        if ours not in {column.name for column in table.columns}:
            raise InputError(
                f"'{ours}' is no column of {table.name}", file=path, fix="Mend 'values' in the params file."
            )
    frame = frame.rename(columns={theirs: ours for ours, theirs in source.columns.items()})
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise InputError("this column is there twice", file=path, column=str(twice[0]))
    known = [column.name for column in table.columns if column.name in frame]
    mapped = {
        name: frame[name].replace(source.values[name]) if name in source.values else frame[name]
        for name in known
    }
    return pd.DataFrame(mapped, index=frame.index)


def _missing_column(column: str, frame: pd.DataFrame, path: Path) -> InputError:
    found = [str(name) for name in frame.columns]
    near = difflib.get_close_matches(column, found, n=1)
    hint = (
        f"Is it '{near[0]}'? Map it under 'columns' in the params file."
        if near
        else f"Found: {', '.join(found)}."
    )
    return InputError("this column is missing", file=path, row=1, column=column, fix=hint)
