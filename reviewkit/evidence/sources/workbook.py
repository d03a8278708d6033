"""A sheet of a workbook, read as text."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

from reviewkit.evidence.archives import check_archive
from reviewkit.model import InputError, Source


def read_workbook(path: Path, source: Source) -> pd.DataFrame:
    """Read a sheet as text, dates as 2025-03-14, numbers as they are and not as they are shown.

    Returns
    -------
    As :func:`reviewkit.evidence.sources.csvfile.read_csv`.

    Raises
    ------
    InputError : it is no workbook, has no such sheet, has merged cells below the heading, or is empty.
    """
    import python_calamine as calamine

    if path.suffix.lower() != ".xls":
        check_archive(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        name = source.sheet or book.sheet_names[0]
        if name not in book.sheet_names:
            found = ", ".join(book.sheet_names)
            raise InputError(f"has no sheet '{name}'", file=path, fix=f"There are: {found}.")
        sheet = book.get_sheet_by_name(name)
        cells = sheet.to_python(skip_empty_area=False)
    except (calamine.CalamineError, IndexError, OSError) as error:
        problem = f"cannot be read as a workbook ({_short(error)})"
        raise InputError(problem, file=path, fix="Save it as .xlsx, without a password.") from None
    _refuse_errors(path, name, source.header)
    _refuse_merged(sheet.merged_cell_ranges or [], path, name, source.header)
    return _frame(cells, path, name, source)


def _frame(cells: list[list[Any]], path: Path, sheet: str, source: Source) -> pd.DataFrame:
    heading = (
        [cell_text(cell).strip() for cell in cells[source.header - 1]] if len(cells) >= source.header else []
    )
    while heading and not heading[-1]:
        heading.pop()
    if not heading:
        problem = f"sheet '{sheet}' has no heading in row {source.header}"
        raise InputError(problem, file=path, fix="Write its row under 'header'.")
    rows = {
        number: texts
        for number, row in enumerate(cells[source.header :], start=source.header + 1)
        if any(texts := [_written(cell, source) for cell in row[: len(heading)]])
    }
    footer = [rows.popitem()[0] for _ in range(min(source.footer, len(rows)))]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=heading, dtype="str")
    frame.attrs["footer"] = sorted(footer)
    return frame


def _refuse_merged(ranges: list[Any], path: Path, sheet: str, header: int) -> None:
    """Refuse cells merged among the data: all but the first of them read as empty."""
    for (first, left), (last, right) in ranges:
        if last >= header and (first, left) != (last, right):
            problem = f"sheet '{sheet}' has merged cells"
            fix = "Take the merge apart and fill in each cell."
            raise InputError(problem, file=path, row=max(first, header) + 1, fix=fix)


def _refuse_errors(path: Path, sheet: str, header: int) -> None:
    """Refuse cells such as #REF!, which calamine reads as empty; looked for only where there are some."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return
    with zipfile.ZipFile(path) as book:
        parts = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        if not any(b't="e"' in book.read(name) for name in parts):
            return
    from openpyxl import load_workbook

    cells = load_workbook(path, read_only=True, data_only=True)
    try:
        for row in cells[sheet].iter_rows():
            for cell in row:
                if cell.data_type == "e":
                    heading = cells[sheet].cell(header, cell.column).value
                    raise InputError(
                        f"sheet '{sheet}' holds the error {cell.value} in a cell",
                        file=path,
                        row=cell.row,
                        column=str(heading or cell.column_letter),
                        fix="Mend its formula, or empty it.",
                    )
    finally:
        cells.close()


def _written(cell: Any, source: Source) -> str:
    """Return a cell as text; a number as the source's texts write theirs."""
    text = cell_text(cell)
    return text.replace(".", source.decimal) if isinstance(cell, float) else text


def cell_text(cell: Any) -> str:
    """Return a cell as text that reads back as the same value."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.timedelta):
        return repr(cell.total_seconds())
    return "" if cell is None else str(cell)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
