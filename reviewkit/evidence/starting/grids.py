"""The tables found in a client's files: each CSV file, each sheet of a workbook, each Parquet file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from reviewkit.evidence.archives import check_archive
from reviewkit.evidence.sources.workbook import cell_text
from reviewkit.model import InputError
from reviewkit.model.errors import printable

from .closing import Closing, closing
from .finding import BOOKS, Passed
from .sniff import Dialect, cut_off, decoded, heading_row, parsed, sniff_csv
from .values import Profile, profile

LARGEST_LOOK = 32 * 1024 * 1024
"""Bytes of a CSV file that are looked at."""
MOST_ROWS = 50_000


@dataclass(frozen=True)
class Grid:
    """A heading and its rows, as text.

    ``closed`` are rows at the end that sum the others up; they are not among ``rows``.
    ``partial`` says that the file holds more rows than were looked at.
    """

    path: Path
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header: int = 1
    sheet: str | None = None
    first_sheet: bool = True
    dialect: Dialect | None = None
    closed: Closing = field(default_factory=Closing)
    partial: bool = False

    @property
    def label(self) -> str:
        """Name of file and sheet, for people."""
        return _label(self.path, self.sheet)

    @property
    def closing(self) -> int:
        """How many rows at the end are no data."""
        return len(self.closed.rows)

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


def read_grids(path: Path) -> list[Grid]:
    """Return the tables in a file; a sheet without rows is none.

    Raises
    ------
    InputError : the file cannot be read.
    """
    return looked_at(path)[0]


def looked_at(path: Path) -> tuple[list[Grid], list[Passed]]:
    """Return the tables in a file, and what of it is passed over.

    Raises
    ------
    InputError : the file cannot be read.
    """
    kind = path.suffix.lower()
    try:
        if not path.stat().st_size:
            return [], [Passed(_label(path), "is empty")]
        if kind in BOOKS:
            found = list(_workbook(path))
        else:
            found = [_parquet(path) if kind == ".parquet" else _csv(path)]
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or 'damaged'})", file=path) from None
    grids = [grid for grid in found if not _lacks(grid)]
    if not any(grid.names for grid in found):
        return grids, [Passed(_label(path), "is empty")]
    return grids, [Passed(grid.label, reason) for grid in found if grid.names and (reason := _lacks(grid))]


def _lacks(grid: Grid) -> str:
    """Why a grid is no table; empty where it is one."""
    if not grid.rows:
        return "holds a heading and no rows" if len(grid.headings) > 1 else "holds no table"
    return "holds no table: one column" if grid.sheet and len(grid.headings) < 2 else ""


def _label(path: Path, sheet: str | None = None) -> str:
    return printable(f"{path.name}, sheet {sheet}" if sheet else path.name)


def _csv(path: Path) -> Grid:
    with path.open("rb") as file:
        data = file.read(LARGEST_LOOK)
        partial = bool(file.read(1))
    dialect = sniff_csv(data)
    text = decoded(data, dialect.encoding)
    if "\0" in text:
        raise InputError("is no text", file=path, fix="Export it again as CSV.")
    if not partial and cut_off(data, dialect.encoding):
        problem = "ends in the middle of a character: it was cut off"
        raise InputError(problem, file=path, fix="Export it again.")
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
            yield _grid(path, records, heading_row(records[:400]), sheet=name, first_sheet=place == 0)
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
    return _grid(path, [list(file.schema_arrow.names), *rows], 1, partial=partial, totals=False)


def _grid(
    path: Path,
    records: list[list[str]],
    header: int,
    *,
    partial: bool = False,
    totals: bool = True,
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
    decimal = dialect.decimal if dialect else "."
    closed = closing(body, decimal) if totals and not partial else Closing()
    rows = body[: len(body) - len(closed.rows)]
    # Rows from the whole file: a file is often in order of time, and its end tells how far it reaches.
    rows = [*rows[: -1 : len(rows) // MOST_ROWS + 1], *rows[-1:]]
    return Grid(path, tuple(names), tuple(rows), header, sheet, first_sheet, dialect, closed, partial or many)
