"""The plan as a workbook for the owners of actions, who fill in progress and send it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from . import owners_sheet as asked
from .cells import DAY, head, printable, protect, put, safe_text, to_fill_in
from .rows import records
from .smart import LETTERS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ACTIONS: Mapping[str, str] = {
    "action_id": "Action id",
    "agreed": "Agreed",
    "what": "What is done",
    "owner": "Owner, by role",
    "name": "Measure",
    "site": "Site",
    "contract": "Contract",
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
ACTIONS = {**ACTIONS, "recommendation_id": "Recommendation", "measure": "Measure id"}
ASCENT: Mapping[str, str] = {
    "name": "Measure",
    "site": "Site",
    "stage_name": "Stage",
    "percent": "Per cent of the climb",
    "level": "Level",
    "unit": "Unit",
    "due": "By",
}
WIDTHS: Mapping[str, int] = {
    **dict.fromkeys(("what", "held_by", "stretch", "resources", "effect_contract", *LETTERS), 44),
    **dict.fromkeys(("action_id", "owner", "name", "recommendation_id", "measure"), 26),
    **dict.fromkeys(
        ("agreed", "unit", "baseline", "target", "starts", "due", "days", "percent", "level"), 12
    ),
}
STEPS = (
    "Fill in the tinted cells of the sheet Progress, one row an action. Leave rows with nothing new empty.",
    "Say yes under Agreed where you take on an action that is still a draft.",
    "Write results and not formulas. Do not add, rename or move columns.",
    "Save as .xlsx and send it to the review team.",
    "The review team brings it in: reviewkit import params/{engagement}.yaml <this file>",
)


def write_workbook(
    path: Path,
    plan: pd.DataFrame,
    ascent: pd.DataFrame,
    *,
    title: str,
    made_on: dt.date,
    engagement: str = "",
    currency: str = "",
) -> Path:
    """Write the owners' workbook: what to do with it, progress to fill in, actions, ascent.

    All text is stored as text and marked so, so that a spreadsheet never takes what somebody
    wrote for a formula. All but the cells to fill in is locked, without a password. Lists and
    limits keep entries within what :func:`reviewkit.plan.read_workbook` reads back.

    Parameters
    ----------
    plan, ascent : tables of step 3.2.
    engagement : id; a workbook sent back is refused for any other.
    currency : of costs and benefits, such as GBP.

    Returns
    -------
    ``path``.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title, book.properties.creator = safe_text(title), "reviewkit"
    book.properties.created = dt.datetime.combine(made_on, dt.time())
    _read_me(book, title, made_on, engagement, currency)
    _progress(book.create_sheet(asked.PROGRESS), plan)
    shown = plan.assign(**{letter: plan[letter].replace("", "yes") for letter in LETTERS})
    shown["agreed"] = plan["agreed"].map({True: asked.YES, False: "draft"}).astype("str")
    _fill(book.create_sheet(asked.ACTIONS_SHEET), shown, ACTIONS)
    _fill(book.create_sheet(asked.ASCENT_SHEET), ascent, ASCENT)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _read_me(book: Workbook, title: str, made_on: dt.date, engagement: str, currency: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = book.active
    sheet.title = asked.README
    rows: list[tuple[str, str]] = [(title, ""), (asked.ENGAGEMENT, engagement), ("Made on", f"{made_on}")]
    rows += [("Money in", currency)] if currency else []
    rows += [("", ""), ("What to do", "")]
    rows += [(f"{place}", text.format(engagement=engagement)) for place, text in enumerate(STEPS, start=1)]
    rows += [("", ""), ("Columns to fill in", "")]
    rows += [(field.heading, field.meaning) for field in asked.FIELDS.values() if field.fill_in]
    rows += [("", ""), ("Status", ""), *asked.STATUSES.items()]
    for row, (left, right) in enumerate(rows, start=1):
        put(sheet, row, 1, left)
        put(sheet, row, 2, right)
        sheet.cell(row, 1).font = Font(bold=not right, size=14 if row == 1 else 11)
    sheet["A1"].alignment = Alignment(wrap_text=False)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 90
    printable(sheet)
    protect(sheet)


def _progress(sheet: Worksheet, plan: pd.DataFrame) -> None:
    fields = asked.FIELDS
    head(sheet, [(field.heading, field.width) for field in fields.values()], freeze="C2")
    for row, action in enumerate(records(plan), start=2):
        for column, (name, field) in enumerate(fields.items(), start=1):
            given = action.get(name) if not field.fill_in else None
            put(sheet, row, column, asked.YES if name == "agreed" and action["agreed"] else given)
            if field.fill_in and not (name == "agreed" and action["agreed"]):
                to_fill_in(sheet, row, column)
            if name == "at":
                sheet.cell(row, column).number_format = DAY
        sheet.row_dimensions[row].height = 32
    _limits(sheet, len(plan) + 1)
    protect(sheet)


def _limits(sheet: Worksheet, last: int) -> None:
    """Offer lists and refuse what could not be read back."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    def listed(words: list[str]) -> dict[str, str]:
        return {"type": "list", "formula1": f'"{",".join(words)}"'}

    rules = {
        "agreed": (listed([asked.YES, asked.NO]), "Choose yes or no."),
        "status": (listed(list(asked.STATUSES)), "Choose one of the list."),
        "percent_done": (
            {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "100"},
            "Write a number from 0 to 100.",
        ),
        "at": (
            {"type": "date", "operator": "greaterThan", "formula1": "DATE(2000,1,1)"},
            "Write a date, such as 2025-08-31.",
        ),
        "benefit": (
            {"type": "decimal", "operator": "between", "formula1": "-1E12", "formula2": "1E12"},
            "Write a number, without a currency.",
        ),
    }
    for column, name in enumerate(asked.FIELDS, start=1):
        if name in rules:
            rule, told = rules[name]
            check = DataValidation(allow_blank=True, showErrorMessage=True, error=told, **rule)
            check.errorTitle = asked.FIELDS[name].heading
            letter = get_column_letter(column)
            check.add(f"{letter}2:{letter}{max(last, 2)}")
            sheet.add_data_validation(check)


def _fill(sheet: Worksheet, frame: pd.DataFrame, headings: Mapping[str, str]) -> None:
    head(sheet, [(heading, WIDTHS.get(name, 18)) for name, heading in headings.items()], freeze="B2")
    for column, name in enumerate(headings, start=1):
        for row, value in enumerate(frame[name], start=2):
            put(sheet, row, column, value)
    protect(sheet)
