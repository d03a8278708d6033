"""Templates for every evidence table, made of the tables' schemas alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import TABLES, Column, InputError, Table
from reviewkit.model.files import replacing

from .writing import writing_to

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

DICTIONARY = "dictionary"
ALL = "all_tables.xlsx"
DICTIONARY_FIELDS = ("table", "column", "meaning", "kind", "required", "unit", "valid values", "example")
_ROWS = 5000
"""Rows that get lists of valid values."""
_LONGEST_LIST = 255
_FORMATS = {
    "text": "@",
    "integer": "0",
    "number": "General",
    "boolean": "General",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
_HOW = {
    "date": "a date, such as 2025-03-14",
    "datetime": "a local date and time, such as 2025-03-14 09:30",
    "boolean": "yes or no",
}
_EXAMPLES = {"date": "2025-03-14", "datetime": "2025-03-14 09:30", "boolean": "yes"}


def write_templates(folder: Path, tables: Iterable[str] = (), *, force: bool = False) -> list[Path]:
    """Write a CSV and an XLSX template of each table; of all tables, one workbook and a dictionary, too.

    Parameters
    ----------
    tables : names of tables; all where left out.
    force : write over what is there.

    Returns
    -------
    The files written.

    Raises
    ------
    InputError : a table is not known, a file is there already, or the folder cannot be written to.
    """
    chosen = [_known(name) for name in tables] or list(TABLES.values())
    plan: list[tuple[Path, list[Table]]] = []
    for table in chosen:
        plan += [(folder / f"{table.name}.csv", [table]), (folder / f"{table.name}.xlsx", [table])]
    if len(chosen) == len(TABLES):
        plan += [(folder / f"{DICTIONARY}.csv", chosen), (folder / ALL, chosen)]
    with writing_to(folder):
        _write(folder, plan, force)
    return [path for path, _ in plan]


def _write(folder: Path, plan: list[tuple[Path, list[Table]]], force: bool) -> None:
    for path, _ in plan:
        if path.exists() and not force:
            raise InputError("is there already", file=path, fix="Choose another folder, or add --force.")
    folder.mkdir(parents=True, exist_ok=True)
    for path, some in plan:
        with replacing(path) as partial:
            if path.suffix == ".xlsx":
                _workbook(some).save(partial)
            else:
                _write_csv(partial, dictionary(some) if path.stem == DICTIONARY else [_names(some[0])])


def dictionary(tables: Iterable[Table]) -> list[list[str]]:
    """Return the data dictionary: a heading and one row a column.

    >>> dictionary([TABLES["targets"]])[1]
    ['targets', 'measure', 'Measure, by its id in the params file', 'text', 'yes', '', '', 'measure_1']
    """
    rows = [
        [
            table.name,
            column.name,
            column.meaning,
            column.kind,
            "yes" if column.required else "no",
            column.unit,
            valid(column),
            example(column),
        ]
        for table in tables
        for column in table.columns
    ]
    return [list(DICTIONARY_FIELDS), *rows]


def valid(column: Column) -> str:
    """Say which values a column may hold.

    >>> valid(TABLES["contacts"].column("csat")), valid(TABLES["goals"].column("due"))
    ('1 to 5', 'a date, such as 2025-03-14')
    """
    if column.allowed:
        return ", ".join(column.allowed)
    if column.minimum is not None and column.maximum is not None:
        return f"{column.minimum:g} to {column.maximum:g}"
    if column.minimum is not None:
        return f"{column.minimum:g} or more"
    return _HOW.get(column.kind, "")


def example(column: Column) -> str:
    """Return a value that a column may hold.

    >>> example(TABLES["contacts"].column("readiness")), example(TABLES["contacts"].column("csat"))
    ('ready', '3')
    """
    if column.allowed:
        return column.allowed[0]
    if column.kind in _EXAMPLES:
        return _EXAMPLES[column.kind]
    if column.kind in ("integer", "number"):
        low = column.minimum if column.minimum is not None else 0.0
        high = column.maximum if column.maximum is not None else low + 20
        middle = (low + high) / 2
        return f"{round(middle) if column.kind == 'integer' or high - low > 2 else middle:g}"
    return f"{column.name.removesuffix('_id')}_1"


def _known(name: str) -> Table:
    if name not in TABLES:
        raise InputError(f"'{name}' is no evidence table", fix=f"There are {', '.join(TABLES)}.")
    return TABLES[name]


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _write_csv(path: Path, rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _workbook(tables: list[Table]) -> Workbook:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _table_sheet(book.create_sheet(table.name), table)
    _dictionary_sheet(book.create_sheet(DICTIONARY), tables)
    return book


def _table_sheet(sheet: Worksheet, table: Table) -> None:
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    sheet.append(_names(table))
    _style_heading(sheet, [column.required for column in table.columns])
    for place, column in enumerate(table.columns, start=1):
        letter = get_column_letter(place)
        about = ". ".join(
            [column.meaning, "Must be filled in" if column.required else "May be left out", valid(column)]
        )
        sheet.cell(1, place).comment = Comment(about.strip(". "), "reviewkit", height=90, width=260)
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 3)
        sheet.column_dimensions[letter].number_format = _FORMATS[column.kind]
        for check in _checks(column):
            check.add(f"{letter}2:{letter}{_ROWS}")
            sheet.add_data_validation(check)


def _checks(column: Column) -> Iterator[Any]:
    """What a spreadsheet refuses as it is typed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    allowed = ("yes", "no") if column.kind == "boolean" else column.allowed
    said = {
        "showErrorMessage": True,
        "errorTitle": column.name,
        "error": (valid(column) or column.meaning)[:_LONGEST_LIST],
    }
    if allowed and len(",".join(allowed)) <= _LONGEST_LIST - 2:
        yield DataValidation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True, **said)
    elif column.kind in ("integer", "number") and column.minimum is not None:
        kind = "whole" if column.kind == "integer" else "decimal"
        low, high = f"{column.minimum:g}", None if column.maximum is None else f"{column.maximum:g}"
        how = "between" if high else "greaterThanOrEqual"
        yield DataValidation(type=kind, operator=how, formula1=low, formula2=high, allow_blank=True, **said)


def _dictionary_sheet(sheet: Worksheet, tables: list[Table]) -> None:
    from openpyxl.styles import Alignment

    for row in dictionary(tables):
        sheet.append(row)
    _style_heading(sheet, [False] * len(DICTIONARY_FIELDS))
    for letter, width in zip("ABCDEFGH", (18, 20, 50, 10, 10, 22, 50, 20), strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"


def _style_heading(sheet: Worksheet, required: list[bool]) -> None:
    from openpyxl.styles import Font, PatternFill

    for cell, must in zip(sheet[1], required, strict=True):
        cell.font = Font(bold=True, color="FFFFFF" if must else "000000")
        cell.fill = PatternFill("solid", fgColor="490092" if must else "D9D9D9")
    sheet.freeze_panes = "A2"
