"""The tables found in a client's files: each CSV file, each sheet of a workbook, each Parquet file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from reviewkit.evidence.archives import check_archive
from reviewkit.evidence.sources.workbook import cell_text
from reviewkit.model import InputError

from .sniff import Dialect, decoded, heading_row, parsed, sniff_csv
from .values import Profile, profile

BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TABLES_IN = (".csv", ".tsv", ".parquet", *BOOKS)
NOTES_IN = (".docx", ".odt", ".vtt", ".txt", ".md")
LARGEST_LOOK = 32 * 1024 * 1024
"""Bytes of a CSV file that are looked at."""
MOST_ROWS = 50_000

_TOTAL = re.compile(r"(?:grand |sub ?-?)?totals?\b.*|sum|average|mean|overall", re.IGNORECASE)


@dataclass(frozen=True)
class Grid:
    """A heading and its rows, as text.

    ``closing`` counts rows at the end that sum the others up; they are not among ``rows``.
    ``partial`` says that the file holds more rows than were looked at.
    """

    path: Path
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header: int = 1
    sheet: str | None = None
    first_sheet: bool = True
    dialect: Dialect | None = None
    closing: int = 0
    partial: bool = False

    @property
    def label(self) -> str:
        """Name of file and sheet, for people."""
        return f"{self.path.name}, sheet {self.sheet}" if self.sheet else self.path.name

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The names that stand for one column each, in order."""
        return tuple(name for name in dict.fromkeys(self.names) if name and self.names.count(name) == 1)

    def values(self, name: str) -> list[str]:
        """Return a column's cells."""
        place = self.names.index(name)
        return [row[place] for row in self.rows]

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        """What each column looks like. A file writes its dates in one way: one column tells of others."""
        decimal = self.dialect.decimal if self.dialect else "."
        found = {name: profile(self.values(name), decimal) for name in self.headings}
        dated = [one.dated for one in found.values() if one.dated and one.dated.forms]
        known = {form.forms[0][:2] for form in dated if form.certain}
        if len(known) != 1:
            return found
        return {
            name: replace(one, dated=one.dated.beginning(*known)) if one.dated else one
            for name, one in found.items()
        }


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Path], list[Path]]:
    """Return the files that hold tables, those that hold notes, and others; folders are searched.

    Hidden files and links are left out.

    Raises
    ------
    InputError : a path is not there.
    """
    tables: list[Path] = []
    notes: list[Path] = []
    others: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError("there is no such file or folder", file=path, fix="Check the path.")
        for file in _below(path):
            kind = file.suffix.lower()
            homes = tables if kind in TABLES_IN else notes if kind in NOTES_IN else others
            if file not in homes:
                homes.append(file)
    return tables, notes, others


def read_grids(path: Path) -> list[Grid]:
    """Return the tables in a file; a sheet without rows is none.

    Raises
    ------
    InputError : the file cannot be read.
    """
    kind = path.suffix.lower()
    try:
        if kind in BOOKS:
            return list(_workbook(path))
        found = _parquet(path) if kind == ".parquet" else _csv(path)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or 'damaged'})", file=path) from None
    return [found] if found.rows else []


def _below(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    inside = (file for file in sorted(path.rglob("*")) if file.is_file() and not file.is_symlink())
    return [
        file for file in inside if not any(p.startswith((".", "~$")) for p in file.relative_to(path).parts)
    ]


def _csv(path: Path) -> Grid:
    with path.open("rb") as file:
        data = file.read(LARGEST_LOOK)
        partial = bool(file.read(1))
    dialect = sniff_csv(data)
    text = decoded(data, dialect.encoding)
    if "\0" in text:
        raise InputError("is no text", file=path, fix="Export it again as CSV.")
    records, _ = parsed(text, dialect.separator)
    if partial:
        records = records[:-1]
    return _grid(path, records, dialect.header, dialect=dialect, partial=partial)


def _workbook(path: Path) -> Iterator[Grid]:
    import python_calamine as calamine

    if path.suffix.lower() != ".xls":
        check_archive(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        for place, name in enumerate(book.sheet_names):
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            records = [[cell_text(cell) for cell in row] for row in cells]
            found = _grid(path, records, heading_row(records[:400]), sheet=name, first_sheet=place == 0)
            if found.rows and len(found.headings) > 1:
                yield found
    except (calamine.CalamineError, IndexError) as error:
        problem = f"cannot be read as a workbook ({' '.join(str(error).split())[:100]})"
        raise InputError(problem, file=path, fix="Save it as .xlsx, without a password.") from None


def _parquet(path: Path) -> Grid:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        batch = next(file.iter_batches(batch_size=MOST_ROWS), None)
    except pa.ArrowException:
        raise InputError("cannot be read as Parquet", file=path, fix="Export it again.") from None
    rows = [] if batch is None else [[cell_text(cell) for cell in row.values()] for row in batch.to_pylist()]
    partial = file.metadata.num_rows > len(rows)
    return _grid(path, [list(file.schema_arrow.names), *rows], 1, partial=partial, closing=False)


def _grid(
    path: Path,
    records: list[list[str]],
    header: int,
    *,
    partial: bool = False,
    closing: bool = True,
    sheet: str | None = None,
    first_sheet: bool = True,
    dialect: Dialect | None = None,
) -> Grid:
    names = [name.strip() for name in records[header - 1]] if records else []
    while names and not names[-1]:
        names.pop()
    width = len(names)
    body = [
        tuple((record + [""] * width)[:width])
        for record in records[header:]
        if any(c.strip() for c in record)
    ]
    many = len(body) > MOST_ROWS
    closed = _closing(body) if closing and not partial else 0
    rows = body[: len(body) - closed]
    # Rows from the whole file: a file is often in order of time, and its end tells how far it reaches.
    rows = [*rows[: -1 : len(rows) // MOST_ROWS + 1], *rows[-1:]]
    return Grid(path, tuple(names), tuple(rows), header, sheet, first_sheet, dialect, closed, partial or many)


def _closing(rows: list[tuple[str, ...]]) -> int:
    """Count the rows at the end that sum up or remark on the others."""
    if len(rows) < 2:
        return 0
    usual = sorted(_filled(row) for row in rows)[len(rows) // 2]
    count = 0
    for row in reversed(rows[1:]):
        first = next((cell.strip() for cell in row if cell.strip()), "")
        if not (_TOTAL.fullmatch(first) or (_filled(row) == 1 and usual > 2)):
            break
        count += 1
    return count


def _filled(row: tuple[str, ...]) -> int:
    return sum(1 for cell in row if cell.strip())
