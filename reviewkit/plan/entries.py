"""What people write into cells: dates, shares and words, read in one way or refused."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

from reviewkit.model import InputError

from .owners_sheet import NO, STATUSES, YES

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d.%m.%Y")
LONGEST = 1000
"""Letters a note may have."""


def text(cell: Cell) -> str:
    """Return the text of a cell, in one line; numbers as written.

    Raises
    ------
    InputError : it holds a formula, or more than ``LONGEST`` letters.
    """
    found = " ".join(str(_value(cell)).split())
    if len(found) > LONGEST:
        fix = "Say it in fewer words, and keep the rest beside the workbook."
        raise InputError(f"is {len(found)} letters long; {LONGEST} are read", fix=fix)
    return found


def yes(cell: Cell) -> bool:
    """Return whether a cell says yes; empty is no."""
    said = text(cell).lower()
    if said not in (YES, NO, "y", "n", "true", "false", ""):
        raise InputError(f"'{said}' is neither yes nor no", fix="Write yes or no.")
    return said in (YES, "y", "true")


def status(cell: Cell) -> str:
    """Return one of the statuses, whatever its capitals; empty where none is given."""
    said = text(cell)
    known = {name.lower(): name for name in STATUSES}
    if said and said.lower() not in known:
        raise InputError(f"'{said}' is no status", fix=f"There are: {', '.join(STATUSES)}.")
    return known.get(said.lower(), "")


def date(cell: Cell) -> dt.date | None:
    """Return the day in a cell, also where it is text whose order of day and month is certain.

    Raises
    ------
    InputError : it is no day, or one such as 03/04/2025 that has two readings.
    """
    value = _value(cell)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    said = str(value).strip()
    if not said:
        return None
    for form in FORMS:
        try:
            return dt.datetime.strptime(said, form).date()
        except ValueError:
            continue
    unsure = bool(re.fullmatch(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}", said))
    why = "may be two dates: day and month are not told apart" if unsure else "is not a date"
    raise InputError(f"'{said}' {why}", fix="Write dates as 2025-08-31.")


def percent(cell: Cell) -> float | None:
    """Return a share from 0 to 100; a cell shown in per cent holds a fraction and is read as shown.

    Raises
    ------
    InputError : it is no number from 0 to 100.
    """
    value = _value(cell)
    found = _number(str(value).strip().removesuffix("%") if isinstance(value, str) else value)
    if found is None:
        return None
    if "%" in str(cell.number_format) and not isinstance(value, str):
        found = round(found * 100, 4)
    if not 0 <= found <= 100:
        raise InputError(f"{found:g} is not from 0 to 100", fix="Write how much is done, from 0 to 100.")
    return found


def benefit(cell: Cell) -> float | None:
    """Return a sum of money; commas that part thousands are let pass.

    Raises
    ------
    InputError : it is no number.
    """
    value = _value(cell)
    return _number(re.sub(r"(?<=\d),(?=\d{3}\b)", "", value) if isinstance(value, str) else value)


def _number(value: Any) -> float | None:
    if isinstance(value, str) and not value.strip():
        return None
    try:
        found = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise InputError(f"'{value}' is not a number", fix="Write the figure alone, such as 45.")
    return found


def _value(cell: Cell) -> Any:
    """Return what a cell holds, empty text for nothing; a formula or an error is refused."""
    if cell.data_type == "f":
        raise InputError("holds a formula", fix="Write its result in its place.")
    if cell.data_type == "e":
        raise InputError(f"holds the error {cell.value}", fix="Empty it, or write the figure.")
    return "" if cell.value is None else cell.value
