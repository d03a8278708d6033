"""Where in the client's files a suspicious row is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from reviewkit.model import InputError, Source

from .suspicion import Suspicion


def placed(
    warnings: list[Suspicion], faulty: set[tuple[str, str]], sources: Mapping[str, Source], folder: Path
) -> list[Suspicion]:
    """Name file and row of each warning, and leave out those of a column that has faults anyway.

    Parameters
    ----------
    faulty : files and columns that have faults.
    folder : the data folder.
    """

    @cache
    def rows(table: str) -> list[int]:
        return _rows(sources[table], folder)

    found = []
    for warning in warnings:
        source = sources[warning.table]
        file = folder / str(source.file or f"{source.database}: {source.table}")
        shown = f"{file}, sheet {source.sheet}" if source.sheet else str(file)
        if (shown, warning.column) in faulty:
            continue
        numbers = rows(warning.table) if warning.row is not None else []
        there = warning.row is not None and warning.row < len(numbers)
        row = numbers[warning.row] if there and warning.row is not None else None
        found.append(replace(warning, file=Path(shown), sheet_row=row))
    return found


def _rows(source: Source, folder: Path) -> list[int]:
    """The rows of a file as a spreadsheet counts them; blank ones, which are passed over, are not in it."""
    from reviewkit.evidence.sources.csvfile import read_csv
    from reviewkit.evidence.sources.workbook import read_workbook

    if source.format not in ("csv", "workbook"):
        return []
    try:
        read = read_csv if source.format == "csv" else read_workbook
        return [int(row) for row in read(folder / str(source.file), source).index]
    except (InputError, OSError):
        return []
