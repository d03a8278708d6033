"""The owners' workbook as it comes back: every row read whole, or told where it cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.evidence.archives import check_archive
from reviewkit.model import InputError
from reviewkit.model.words import listing

from . import owners_sheet as asked
from .entries import benefit, date, percent, status, text, yes
from .workbook import ACTIONS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

Row = dict[str, Any]
READERS: dict[str, Callable[[Cell], Any]] = {
    "agreed": yes,
    "at": date,
    "status": status,
    "percent_done": percent,
    "note": text,
    "benefit": benefit,
}
REPORTED = ("at", "status", "percent_done", "note", "benefit")
AS_IT_WAS = "Undo the change, or copy what you filled in into the workbook of the latest run."


@dataclass
class Returned:
    """What an owners' workbook says: rows for ``progress`` and ``actions``, and what is wrong in it.

    ``silent`` counts actions with nothing new, ``missing`` names those whose row was removed.
    Where there are ``faults``, nothing of it should be taken over.
    """

    path: Path
    engagement: str = ""
    progress: list[Row] = field(default_factory=list)
    agreed: list[Row] = field(default_factory=list)
    silent: int = 0
    missing: list[str] = field(default_factory=list)
    faults: list[InputError] = field(default_factory=list)


def is_owners_workbook(path: Path) -> bool:
    """Tell an owners' workbook from any other file, by its sheets of instructions and progress.

    Raises
    ------
    InputError : it is a damaged or harmful archive.

    Examples
    --------
    >>> is_owners_workbook(Path("notes.txt"))
    False
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not path.is_file():
        return False
    book = _opened(path, whole=False)
    try:
        return asked.README in book.sheetnames and asked.PROGRESS in book.sheetnames
    finally:
        book.close()


def read_workbook(path: Path) -> Returned:
    """Read an owners' workbook that was filled in and sent back.

    A row where nothing is filled in says nothing. One where something is needs the date of the
    check. ``Done`` stands for 100 per cent and ``Not started`` for 0; the other statuses that a
    reader must know of go in front of the note. Text is never run, formulas are refused.

    Returns
    -------
    Rows by the columns of the evidence tables ``progress`` and ``actions``, and every fault with
    row and column.

    Raises
    ------
    InputError : it cannot be opened, or a sheet or column is not there.
    """
    book = _opened(path)
    for name in (asked.README, asked.PROGRESS, asked.ACTIONS_SHEET):
        if name not in book.sheetnames:
            raise InputError(f"has no sheet '{name}'", file=path, fix=AS_IT_WAS)
    plan = _plan(book, path)
    found = Returned(path, _engagement(book))
    columns = _columns(book, path)
    seen: dict[str, int] = {}
    for cells in book[asked.PROGRESS].iter_rows(min_row=2):
        _take(found, {name: cells[at] for name, at in columns.items() if at < len(cells)}, plan, seen)
    found.missing = [name for name in plan if name not in seen]
    return found


def _take(found: Returned, cells: dict[str, Cell], plan: dict[str, Row], seen: dict[str, int]) -> None:
    """Take over one row of the sheet of progress, or note what is wrong with it."""
    if all(cell.value in (None, "") for cell in cells.values()):
        return
    where = cells["action_id"]
    name = str(where.value or "").strip()
    try:
        if name not in plan:
            known = "it names no action" if not name else f"'{name}' is no action of this plan"
            raise InputError(known, row=where.row, column=_heading("action_id"), fix=AS_IT_WAS)
        if name in seen:
            problem = f"'{name}' stands in row {seen[name]} already"
            raise InputError(problem, row=where.row, column=_heading("action_id"), fix="Keep one of the two.")
        seen[name] = where.row
        said = {field: _read(READERS[field], cells[field], field) for field in READERS}
        was_draft = plan[name]["agreed"] != asked.YES
        report = _report(name, said, where.row)
        if report and was_draft and not said["agreed"]:
            raise InputError(
                f"'{name}' is a draft that nobody has agreed, and has a report",
                row=where.row,
                column=_heading("agreed"),
                fix="Write yes where it is agreed, or empty the row.",
            )
    except InputError as error:
        error.file = found.path
        found.faults.append(error)
        return
    found.progress += [report] if report else []
    if was_draft and said["agreed"]:
        found.agreed.append(_agreed(name, plan[name]))
    found.silent += not report


def _report(name: str, said: Row, row: int) -> Row | None:
    """Return the row of ``progress``, or None where nothing was filled in."""
    if all(said[field] in (None, "") for field in REPORTED):
        return None
    if said["at"] is None:
        fix = "Write the day your report is about, such as 2025-08-31."
        raise InputError("has a report without a date", row=row, column=_heading("at"), fix=fix)
    done, state, note = said["percent_done"], said["status"], said["note"]
    meant = {"Done": 100.0, "Not started": 0.0}.get(state)
    if meant is not None and done is not None and done != meant:
        raise InputError(
            f"{done:g} per cent does not go with '{state}'",
            row=row,
            column=_heading("percent_done"),
            fix=f"Write {meant:g}, or choose another status.",
        )
    if state in asked.TOLD_IN_NOTE and not note.startswith(state):
        note = f"{state}: {note}" if note else f"{state}."
    done = meant if done is None else done
    return {
        "action_id": name,
        "at": said["at"],
        "percent_done": done,
        "note": note,
        "benefit": said["benefit"],
    }


def _agreed(name: str, action: Row) -> Row:
    taken = {table: action.get(column) for column, table in asked.HANDED_BACK.items()}
    return {"action_id": name} | {column: value for column, value in taken.items() if value is not None}


def _read(reader: Callable[[Cell], Any], cell: Cell, name: str) -> Any:
    try:
        return reader(cell)
    except InputError as error:
        error.row, error.column = cell.row, _heading(name)
        raise


def _heading(name: str) -> str:
    return asked.FIELDS[name].heading


def _columns(book: Workbook, path: Path) -> dict[str, int]:
    """Return where each column of the sheet of progress stands; one renamed or removed is told."""
    there = [str(cell.value or "").strip() for cell in next(book[asked.PROGRESS].iter_rows(max_row=1))]
    needed = {
        name: field.heading for name, field in asked.FIELDS.items() if name not in ("title", "owner", "due")
    }
    lost = [heading for heading in needed.values() if heading not in there]
    if lost:
        known = {field.heading for field in asked.FIELDS.values()}
        others = [heading for heading in there if heading and heading not in known]
        instead = f" but has {_quoted(others)}" if others else ""
        problem = f"sheet '{asked.PROGRESS}' has no column {_quoted(lost)}{instead}"
        raise InputError(problem, file=path, row=1, fix=AS_IT_WAS)
    return {name: there.index(heading) for name, heading in needed.items()}


def _quoted(names: list[str]) -> str:
    return listing([f"'{name}'" for name in names])


def _plan(book: Workbook, path: Path) -> dict[str, Row]:
    """Return the actions that the workbook was made with, by id."""
    rows = book[asked.ACTIONS_SHEET].iter_rows()
    headings = [str(cell.value or "").strip() for cell in next(rows)]
    names = {heading: name for name, heading in ACTIONS.items()}
    lost = [heading for heading in names if heading not in headings]
    if lost:
        problem = f"sheet '{asked.ACTIONS_SHEET}' has no column '{lost[0]}'"
        raise InputError(problem, file=path, row=1, fix=AS_IT_WAS)
    found = {}
    for cells in rows:
        row = {
            names[heading]: _plain(cell)
            for heading, cell in zip(headings, cells, strict=False)
            if heading in names
        }
        if row["action_id"]:
            found[str(row["action_id"])] = row
    return found


def _plain(cell: Cell) -> Any:
    value = cell.value
    if isinstance(value, dt.datetime):
        return value.date()
    return value


def _engagement(book: Workbook) -> str:
    for left, right, *_ in book[asked.README].iter_rows(max_row=10, max_col=2, values_only=True):
        if left == asked.ENGAGEMENT:
            return str(right or "")
    return ""


def _opened(path: Path, *, whole: bool = True) -> Workbook:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    check_archive(path)
    try:
        return load_workbook(path, keep_links=False, read_only=not whole)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        problem = f"cannot be read as a workbook ({type(error).__name__})"
        raise InputError(problem, file=path, fix="Save it as .xlsx, without a password.") from None
