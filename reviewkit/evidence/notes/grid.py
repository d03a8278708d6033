"""Tables of comments, CSV or a workbook: which column is what, one passage a comment."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reviewkit.evidence.archives import check_archive
from reviewkit.model import LEVELS, InputError

from .dates import as_date, day_first
from .decoding import raw_bytes, read_text
from .headings import heading_row, recognised
from .passages import Passage, clean

Grid = list[tuple[int, list[str]]]
IsQuestion = Callable[[str], bool]


def csv_comments(path: Path, is_question: IsQuestion) -> tuple[list[Passage], str]:
    """Return the comments of a CSV file, and its encoding where that was guessed.

    Raises
    ------
    InputError : it is no text or no CSV, or no column of comments is recognised.
    """
    text, guessed = read_text(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t|", key=first.count)
    rows: Grid = []
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            rows.append((number, [clean(cell) for cell in row]))
    except csv.Error as error:
        raise InputError(
            f"is not valid CSV ({error})", file=path, row=number + 1, fix="Mend its quotes."
        ) from None
    found = _comments(rows, path, "", is_question)
    if found is None:
        raise _unrecognised(path, rows)
    return found, guessed


def workbook_comments(path: Path, is_question: IsQuestion) -> list[Passage]:
    """Return the comments of a workbook, from every sheet that has a column of them.

    Raises
    ------
    InputError : it is no workbook, or no column of comments is recognised.
    """
    sheets = _sheets(path)
    found: list[Passage] = []
    seen = False
    for name, rows in sheets.items():
        place = f"sheet {name}, " if len(sheets) > 1 else ""
        comments = _comments(rows, path, place, is_question)
        seen = seen or comments is not None
        found += comments or []
    if not seen:
        raise _unrecognised(path, next(iter(sheets.values()), []))
    return found


def _sheets(path: Path) -> dict[str, Grid]:
    import python_calamine as calamine

    raw_bytes(path)
    check_archive(path)
    sheets: dict[str, Grid] = {}
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        for sheet in book.sheets_metadata:
            if sheet.visible == calamine.SheetVisibleEnum.Visible:
                cells = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                sheets[sheet.name] = [
                    (number, [clean(_shown(cell)) for cell in row])
                    for number, row in enumerate(cells, start=1)
                ]
    except (calamine.CalamineError, IndexError, OSError, ValueError):
        raise InputError(
            "is damaged, or no workbook", file=path, fix="Save it again as .xlsx, without a password."
        ) from None
    return sheets


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return "" if cell is None else str(cell)


def _comments(rows: Grid, path: Path, place: str, is_question: IsQuestion) -> list[Passage] | None:
    """The comments under a recognised heading; None where there is none."""
    start = heading_row([row for _, row in rows[:20]], is_question)
    if start is None:
        return None
    heading, below = rows[start][1], rows[start + 1 :]
    while heading and not heading[-1]:
        heading = heading[:-1]
    columns = recognised(heading, is_question)
    # A question answered by a score or a tick is no column of comments.
    columns["asked"] = [at for at in columns.get("asked", []) if _holds_words(below, at)]
    first = day_first(row[at] for _, row in below for at in columns.get("date", []) if at < len(row))
    found: list[Passage] = []
    for number, row in below:
        if not any(row):
            continue
        if any(row[len(heading) :]):
            raise InputError(
                f"has {len(row)} values where the heading has {len(heading)}",
                file=path,
                row=number,
                fix="Put text that holds commas in quotes.",
            )
        cells = row + [""] * (len(heading) - len(row))
        details = _details(cells, columns, first, path, number)
        found += _of_row(cells, heading, columns, details, f"{place}row {number}")
    return found


def _holds_words(rows: Grid, at: int) -> bool:
    return any(len(row[at].split()) > 2 for _, row in rows if at < len(row))


def _of_row(
    cells: Sequence[str],
    heading: Sequence[str],
    columns: dict[str, list[int]],
    details: dict[str, str],
    place: str,
) -> Iterator[Passage]:
    """A row's comments: one for each column of words; its heading is the question where it asks one."""
    speaker = next((cells[at] for at in columns.get("speaker", []) if cells[at]), "")
    for at in columns.get("text", []):
        if cells[at]:
            yield Passage(cells[at], place, speaker, "comment", details)
    for at in columns.get("asked", []):
        if cells[at]:
            yield Passage(cells[at], place, speaker, "comment", {**details, "question": heading[at]})


def _details(
    cells: Sequence[str], columns: dict[str, list[int]], first: bool | None, path: Path, row: int
) -> dict[str, str]:
    told = {"date", "text", "asked", "speaker"}
    details = {
        name: value
        for name, places in columns.items()
        if name not in told and (value := next((cells[at] for at in places if cells[at]), ""))
    }
    if details.get("level", LEVELS[0]) not in LEVELS:
        del details["level"]
    said = next((cells[at] for at in columns.get("date", []) if cells[at]), "")
    if said:
        details["date"] = as_date(said, day_first=first)
        if not details["date"]:
            raise InputError(
                "this date is not understood, or could be two",
                file=path,
                row=row,
                fix="Write dates as 2026-03-14.",
            )
    return details


def _unrecognised(path: Path, rows: Grid) -> InputError:
    return InputError(
        "no column of comments is recognised" if any(any(row) for _, row in rows) else "holds no rows",
        file=path,
        fix="Give the column of comments the heading 'comment'.",
    )
