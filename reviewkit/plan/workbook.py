"""The plan as a workbook for the owners of actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .smart import LETTERS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ACTIONS: Mapping[str, str] = {
    "action_id": "Action",
    "what": "What is done",
    "owner": "Owner, by role",
    "name": "Measure",
    "site": "Site",
    "unit": "Unit",
    "baseline": "Baseline",
    "target": "Target",
    "held_by": "Why the target is within reach",
    "stretch": "Stated stretch",
    "starts": "Starts",
    "due": "Due",
    "days": "Working days",
    "cost": "Cost",
    "resources": "Resources",
    "effect_contract": "What it does for the contract",
} | {letter: letter.replace("_", "-").capitalize() for letter in LETTERS}
ASCENT: Mapping[str, str] = {
    "name": "Measure",
    "site": "Site",
    "stage_name": "Stage",
    "percent": "Per cent of the climb",
    "level": "Level",
    "unit": "Unit",
    "due": "By",
}
CHECKS: Mapping[str, str] = {
    "action_id": "action_id",
    "at": "at",
    "percent_done": "percent_done",
    "note": "note",
    "benefit": "benefit",
}
WIDE = ("what", "held_by", "stretch", "resources", "effect_contract", *LETTERS)


def write_workbook(
    path: Path, plan: pd.DataFrame, ascent: pd.DataFrame, *, title: str, made_on: dt.date
) -> Path:
    """Write the owners' workbook: actions, ascent, and a sheet of checks to fill in and send back.

    All text is stored as text and marked so, so that a spreadsheet never takes what somebody
    wrote for a formula. The sheet of checks has the columns of the evidence table ``progress``.

    Returns
    -------
    ``path``.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title, book.properties.creator = safe_text(title), "reviewkit"
    book.properties.created = dt.datetime.combine(made_on, dt.time())
    first = book.active
    first.title = "Actions"
    _fill(first, plan.assign(**{letter: plan[letter].replace("", "yes") for letter in LETTERS}), ACTIONS)
    _fill(book.create_sheet("Ascent"), ascent, ASCENT)
    checks = plan[["action_id"]].reindex(columns=list(CHECKS))
    _fill(book.create_sheet("Checks"), checks, CHECKS)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def safe_text(text: str) -> str:
    """Return ``text`` without the control characters that a workbook cannot hold.

    >>> safe_text("a" + chr(7) + "b")
    'ab'
    """
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _fill(sheet: Worksheet, frame: pd.DataFrame, headings: Mapping[str, str]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, (name, heading) in enumerate(headings.items(), start=1):
        sheet.cell(1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 48 if name in WIDE else 18
        for row, value in enumerate(frame[name], start=2):
            _put(sheet, row, column, value)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if pd.isna(value) or value == "":
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = safe_text(value)
        # openpyxl takes a leading "=" for a formula; the quote prefix keeps it text when edited, too.
        cell.data_type, cell.quotePrefix = "s", True
    elif isinstance(value, pd.Timestamp):
        cell.value, cell.number_format = value.date(), "yyyy-mm-dd"
    else:
        cell.value = round(float(value), 2)
