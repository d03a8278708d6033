"""One table of an engagement, read from where it is and checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit.model import TABLES, Engagement, InputError, Source, Table, paths
from reviewkit.model.files import replacing

from ..checking import DTYPES, typed
from .databases import Databases
from .mapping import check_names, ours

if TYPE_CHECKING:
    import ibis


@dataclass
class Read:
    """A table as read: its rows, and the faults found in them.

    Rows of Parquet files and databases stay where they are until :attr:`frame` is asked for.
    """

    table: Table
    faults: list[InputError]
    notes: list[str] = field(default_factory=list)
    rows: pd.DataFrame | None = None
    expression: ibis.Table | None = None
    write_expression: Callable[[Path], int] | None = None

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The typed rows, every column of the table present."""
        if self.rows is not None:
            return self.rows
        assert self.expression is not None
        return as_declared(self.expression.to_pandas(), self.table)

    def write(self, path: Path) -> int:
        """Write the rows as Parquet, a part at a time where they are many; return how many."""
        if self.rows is not None:
            with replacing(path) as aside:
                self.rows.to_parquet(aside, index=False)
            return len(self.rows)
        assert self.write_expression is not None
        with replacing(path) as aside:
            return self.write_expression(aside)


def read(
    name: str, source: Source, engagement: Engagement, params: Path, databases: Databases | None = None
) -> Read:
    """Read one table and check it against its schema.

    Parameters
    ----------
    databases : open connections, where several tables are read.

    Returns
    -------
    Rows and faults; with faults the rows are for looking at only.

    Raises
    ------
    InputError : nothing of it can be read: no such file or table, not what it is said to be, ragged,
        or a required column is missing.
    """
    table, folder = TABLES[name], params.parent / engagement.data
    _check_files(paths(source, engagement, params), source, folder)
    if source.format in ("csv", "workbook"):
        path = folder / str(source.file)
        return _from_text(_text(path, source), path, table, source)
    return _from_columns(table, source, databases or Databases(engagement, folder))


def as_declared(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return a frame with the types that our tables have, whatever wrote it."""
    wanted = {column.name: DTYPES[column.kind] for column in table.columns if column.name in frame}
    other = {name: kind for name, kind in wanted.items() if str(frame[name].dtype) != kind}
    return frame.astype(other) if other else frame


def _check_files(files: list[Path], source: Source, folder: Path) -> None:
    """Refuse files that are not there or outside the data folder, and names that read as patterns."""
    if source.file is not None and not [path for path in files if path.is_file()]:
        fix = "Put it there, or take it out of 'sources' in the params file."
        raise InputError("there is no such data file", file=folder / source.file, fix=fix)
    for path in files:
        if not path.resolve().is_relative_to(folder.resolve()):
            fix = "Copy it into the folder."
            raise InputError("this file is outside the data folder", file=path, fix=fix)
        if source.format == "parquet" and any(each in path.name for each in "*?["):
            raise InputError("its name holds *, ? or [", file=path, fix="Give it a plainer name.")


def _text(path: Path, source: Source) -> pd.DataFrame:
    from .csvfile import read_csv

    try:
        if source.format == "csv":
            return read_csv(path, source)
        from .workbook import read_workbook

        return read_workbook(path, source)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=path) from None


def _from_text(found: pd.DataFrame, path: Path, table: Table, source: Source) -> Read:
    frame, doubts = ours(found, path, table, source)
    if frame.empty:
        raise InputError("has a heading but no rows", file=path, fix=table.collect)
    rows, faults = typed(frame, table, path)
    seen = os.path.normpath(path)
    notes = [f"{seen}: row {row} is passed over as no data (footer)" for row in found.attrs.get("footer", ())]
    return Read(table, [*doubts, *(_as_written(fault, table, source) for fault in faults)], notes, rows=rows)


def _as_written(fault: InputError, table: Table, source: Source) -> InputError:
    """Say how dates are read in this file, where that was set."""
    if source.dates and fault.column and table.column(fault.column).kind in ("date", "datetime"):
        fault.fix = f"Dates of this file are read as {source.dates}."
    return fault


def _from_columns(table: Table, source: Source, databases: Databases) -> Read:
    from . import columnar

    place = _place(source, databases.folder)
    found = columnar.open_table(source, databases, place)
    check_names(source, table, list(found.columns), place)
    columnar.refuse_bytes(found, table, source, place)
    if not columnar.fits(found, table, source):
        if source.stays:
            # Values and dates are mapped as text, which measures worked out in the database never see.
            problem = "rows that stay need columns of our kinds already, without 'values' and 'dates'"
            raise InputError(problem, file=place, fix="Name a view that has them, or leave 'stays' out.")
        return _from_text(columnar.as_text(found, table, source, databases), place, table, source)
    expression = columnar.typed_expression(found, table, source, place)
    faults = columnar.faults(expression, table, place, databases, source)
    write = partial(columnar.write, expression, table, databases, source)
    return Read(table, faults, expression=expression, write_expression=write)


def _place(source: Source, folder: Path) -> Path:
    """Return what a message calls the source: its file, or database and table."""
    if source.file is not None:
        return folder / source.file
    return Path(f"{source.database}: {source.table}")
