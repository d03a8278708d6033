"""Cells of a workbook: text that stays text, dates that are dates, rows that can be printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

DAY = "yyyy-mm-dd"
TO_FILL, LINE = "FFF7DC", "BFBFBF"


def safe_text(text: str) -> str:
    """Return ``text`` without the control characters that a workbook cannot hold.

    >>> safe_text("a" + chr(7) + "b")
    'ab'
    """
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def put(sheet: Worksheet, row: int, column: int, value: Any, form: str = "") -> None:
    """Write a value: text as text whatever it begins with, a date as a date, nothing as nothing."""
    from openpyxl.styles import Alignment

    cell = sheet.cell(row, column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if pd.isna(value) or value == "":
        return
    if isinstance(value, str):
        cell.value = safe_text(value)
        # openpyxl takes a leading "=" for a formula; the quote prefix keeps it text when edited, too.
        cell.data_type, cell.quotePrefix = "s", True
    elif isinstance(value, pd.Timestamp):
        cell.value, cell.number_format = value.date(), DAY
    else:
        cell.value, cell.number_format = round(float(value), 4), form or "General"


def head(sheet: Worksheet, headings: Iterable[tuple[str, int]], *, freeze: str) -> None:
    """Write the heading row with its widths, keep it in view, and repeat it on every printed page."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    for column, (heading, width) in enumerate(headings, start=1):
        cell = sheet.cell(1, column, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="E7E6E6")
        cell.border = Border(bottom=Side("medium"))
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = freeze
    sheet.print_title_rows = "1:1"
    printable(sheet)


def printable(sheet: Worksheet) -> None:
    """Make the sheet print across one page's width, on its side."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.oddFooter.center.text = "&A, page &P of &N"


def to_fill_in(sheet: Worksheet, row: int, column: int) -> None:
    """Mark a cell as one to fill in: open in a protected sheet, tinted and framed."""
    from openpyxl.styles import Border, PatternFill, Protection, Side

    cell = sheet.cell(row, column)
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", start_color=TO_FILL)
    side = Side("thin", color=LINE)
    cell.border = Border(left=side, right=side, top=side, bottom=side)


def protect(sheet: Worksheet) -> None:
    """Lock the sheet but for cells to fill in; widths, heights and filters stay free. No password."""
    sheet.protection.sheet = True
    for free in ("formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, free, False)
