"""Tables as one workbook: a sheet of contents, then a sheet a table."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model.tables import Column

from .cells import for_workbook, is_formula
from .columns import MONEY
from .parts import Part
from .values import Value

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

ROWS, COLUMNS = 1_048_576, 16_384
"""Most rows and columns of a sheet, its heading among them."""
BEYOND_ROWS = "rows that a sheet has no room for (CSV and Parquet hold them)"
BEYOND_COLUMNS = "columns that a sheet has no room for (CSV and Parquet hold them)"
_MADE = (1980, 1, 1, 0, 0, 0)
"""Time written for every file inside a workbook, so that the same tables give the same bytes."""
_WIDEST, _NARROWEST = 60, 9
_NAME = re.compile(r"[\[\]:*?/\\']")
_FIRST_DATE = dt.date(1900, 3, 1)
"""Earlier days are told as text: Excel counts a 29 February 1900 that never was."""


def write_workbook(
    path: Path,
    parts: Sequence[Part],
    facts: Sequence[tuple[str, str]],
    told: Counter[str],
    *,
    rows: int = ROWS,
) -> None:
    """Write all tables; text is text and never a formula, numbers are numbers with a format.

    Parameters
    ----------
    facts : what the sheet of contents says of the export.
    told : counts what was dropped or cut, and the rows that a sheet has no room for.
    rows : most rows of a sheet.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "reviewkit"
    book.properties.title = for_workbook(dict(facts).get("Export", "Export"), told)
    names = sheet_names(part.name for part in parts)
    _contents(book.create_sheet("Contents"), parts, names, facts, told)
    for part, name in zip(parts, names, strict=True):
        _sheet(book.create_sheet(name), part, told, rows)
    made = io.BytesIO()
    book.save(made)
    path.write_bytes(_same_bytes(made.getvalue()))


def sheet_names(names: Iterable[str]) -> list[str]:
    """Return names that sheets may have: at most 31 characters, each once, whatever their capitals.

    >>> sheet_names(["1.1_signals", "a" * 40, "A" * 40])
    ['1.1_signals', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAA~2']
    """
    given, taken = [], {"contents", "history"}
    for name in names:
        stem = whole = _NAME.sub("_", name)[:31]
        number = 1
        while whole.casefold() in taken:
            number += 1
            whole = f"{stem[: 30 - len(str(number))]}~{number}"
        taken.add(whole.casefold())
        given.append(whole)
    return given


def number_format(column: Column) -> str:
    """Return the format of a column's numbers and dates.

    >>> number_format(Column("share", "number", "", unit="share")), number_format(Column("n", "integer", ""))
    ('0.0%', '#,##0')
    """
    if column.kind in ("date", "datetime"):
        return "yyyy-mm-dd" if column.kind == "date" else "yyyy-mm-dd hh:mm"
    if column.kind == "integer" or column.unit == MONEY:
        return "#,##0"
    if column.unit == "share":
        return "0.0%"
    return "0.0000" if column.name in ("p_value", "chance") else "#,##0.00"


def _sheet(sheet: WriteOnlyWorksheet, part: Part, told: Counter[str], rows: int) -> None:
    from openpyxl.utils import get_column_letter

    columns = part.table.columns[:COLUMNS]
    if len(part.frame) > rows - 1:
        told[BEYOND_ROWS] += len(part.frame) - (rows - 1)
    if len(part.table.columns) > COLUMNS:
        told[BEYOND_COLUMNS] += len(part.table.columns) - COLUMNS
    cells = [column[: rows - 1] for column in part.cells[:COLUMNS]]
    many = min(len(part.frame), rows - 1)
    sheet.freeze_panes = "B2" if len(columns) > 1 else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(columns), 1))}{many + 1}"
    for place, (column, own) in enumerate(zip(columns, cells, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column.name, own)
    sheet.append([_cell(sheet, column.name, told, bold=True) for column in columns])
    styles = [_style(sheet, number_format(column)) for column in columns]
    for row in zip(*cells, strict=True):
        sheet.append([_cell(sheet, value, told, how) for value, how in zip(row, styles, strict=True)])


def _contents(
    sheet: WriteOnlyWorksheet,
    parts: Sequence[Part],
    names: Sequence[str],
    facts: Sequence[tuple[str, str]],
    told: Counter[str],
) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    for letter, width in zip("ABCDE", (30, 10, 10, 70, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    for name, text in facts:
        sheet.append([_cell(sheet, name, told, bold=True), _cell(sheet, text, told)])
    sheet.append([])
    headings = ("Sheet", "Rows", "Columns", "What it is", "Where it is from")
    sheet.append([_cell(sheet, heading, told, bold=True) for heading in headings])
    for place, (part, name) in enumerate(zip(parts, names, strict=True), start=len(facts) + 3):
        link = _cell(sheet, name, told)
        link.hyperlink = Hyperlink(ref=f"A{place}", location=f"'{name}'!A1")
        link.style = "Hyperlink"
        about = (len(part.frame), len(part.table.columns), part.table.meaning, part.where_from)
        whole = _style(sheet, "#,##0")
        sheet.append([link, *(_cell(sheet, value, told, whole) for value in about)])


def _cell(
    sheet: WriteOnlyWorksheet, value: Value, told: Counter[str], how: Any = None, *, bold: bool = False
) -> Any:
    if value is None or value == "":
        return None
    if not isinstance(value, str | bool):
        value = _exact(value)
    if isinstance(value, str):
        cell = _openpyxl()[0](sheet, for_workbook(value, told))
        # openpyxl takes a leading "=" for a formula and "#N/A" for an error.
        cell.data_type = "s"
        if is_formula(value):
            cell.quotePrefix = True  # keeps it text when somebody edits the cell
    else:
        cell = _openpyxl()[0](sheet, value)
        if how is not None and not isinstance(value, bool):
            cell._style = how  # shared by a column: to look the format up for each cell takes longer
    if bold:
        cell.font = _openpyxl()[1](bold=True)
    return cell


def _style(sheet: WriteOnlyWorksheet, how: str) -> Any:
    """Return the style of numbers that are written so, which cells of a sheet may share."""
    cell = _openpyxl()[0](sheet)
    cell.number_format = how
    return cell._style


@cache
def _openpyxl() -> tuple[Any, Any]:
    """The classes of cells and fonts, looked up once rather than for each of many thousand cells."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    return WriteOnlyCell, Font


def _exact(value: Value) -> Value:
    """A number or date as it is where Excel can hold it, else as text."""
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return value if day >= _FIRST_DATE else value.isoformat()
    return str(value) if isinstance(value, int) and abs(value) >= 10**15 else value


def _width(name: str, own: Sequence[Value]) -> float:
    longest = max((len(_shown(value)) for value in own[:1000]), default=0)
    return min(max(longest, len(name) + 3, _NARROWEST), _WIDEST)


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def _same_bytes(workbook: bytes) -> bytes:
    """Pack a workbook again without the times at which it was made."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:\w+[^>]*>)[^<]*(</)", rb"\g<1>2000-01-01T00:00:00Z\g<2>", content
                )
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, content)
    return again.getvalue()
