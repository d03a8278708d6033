"""Rows at the end of a table that are no data: totals, averages, a remark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reviewkit.model.errors import printable

from .values import to_number

Row = tuple[str, ...]

_WORD = re.compile(r"(?:grand |sub ?-?)?totals?|sum|average|mean|overall", re.IGNORECASE)
_TOTAL_OF = re.compile(r"(?:grand |sub ?-?)?totals?\b.*|average\b.*", re.IGNORECASE)
_MOST_ADDED = 5000
"""Rows up to which numbers are added up where no word says that they might sum to something."""
_LONGEST = 40


@dataclass(frozen=True)
class Closing:
    """The rows at the end that are no data, in their order; ``sure`` where there is no doubt of it."""

    rows: tuple[Row, ...] = ()
    sure: bool = True

    def told(self, *, personal: bool = False) -> str:
        """Say how many rows are passed over, with the first cell of each.

        Parameters
        ----------
        personal : the table is about people: a cell is shown only where it is a word for a sum.

        >>> Closing((("Total", "3"),)).told(), Closing((("Total care", "3"),), sure=False).told()
        ("1 row at the end passed over: 'Total'", "1 row at the end passed over: 'Total care'; please check")
        """
        firsts = [printable(first_cell(row))[:_LONGEST] for row in self.rows]
        shown = ", ".join(f"'{first}'" for first in firsts if _is_word(first) or not personal)
        many = f"{len(self.rows)} row{'s' if len(self.rows) > 1 else ''} at the end passed over"
        return many + (f": {shown}" if shown else "") + ("" if self.sure else "; please check")


def closing(rows: Sequence[Row], decimal: str = ".") -> Closing:
    """Return the rows at the end that sum up or remark on the others.

    A word such as "Total" alone, numbers that add up, or hardly a cell filled: a row that merely begins
    like a total, as a site called "Total care" does, is data.

    >>> data = [("Leeds", "1", "8"), ("Hull", "2", "9")]
    >>> [len(closing([*data, (name, *last)]).rows)
    ...  for name, *last in (("Total care", "5", "1"), ("Total care", "3", "17"), ("Total", "5", "1"))]
    [0, 1, 1]
    """
    if len(rows) < 2:
        return Closing()
    usual = sorted(_filled(row) for row in rows)[len(rows) // 2]
    end, sure = len(rows), True
    while end > 1 and (how := _how(rows[end - 1], rows[: end - 1], usual, decimal)):
        end, sure = end - 1, sure and how == "sure"
    return Closing(tuple(rows[end:]), sure)


def first_cell(row: Row) -> str:
    """Return the first cell that is filled."""
    return next((cell.strip() for cell in row if cell.strip()), "")


def _how(row: Row, above: Sequence[Row], usual: int, decimal: str) -> Literal["", "check", "sure"]:
    """Whether a row closes the others, and whether that is beyond doubt."""
    first, filled = first_cell(row), _filled(row)
    of_total = _TOTAL_OF.fullmatch(first) is not None
    if (filled == 1 and usual > 2) or (of_total and filled <= usual / 2):
        return "sure"
    if not (_is_word(first) or of_total) and len(above) > _MOST_ADDED:
        return ""
    added, numbers = _added(row, above, decimal)
    if _is_word(first):
        return "sure" if added and added == numbers else "check"
    if of_total:
        return "check" if added and 2 * added >= numbers else ""
    # Where no word says so, a row that happens to be the sum of two or three others is no total.
    return "check" if added == numbers > 1 and len(above) > 3 else ""


def _is_word(first: str) -> bool:
    return _WORD.fullmatch(first.rstrip(" :")) is not None


def _added(row: Row, above: Sequence[Row], decimal: str) -> tuple[int, int]:
    """How many of a row's numbers are the sum or the mean of those above, and how many it has."""
    added = numbers = 0
    for place, cell in enumerate(row):
        number = _number(cell, decimal)
        if number is None:
            continue
        numbers += 1
        column = [found for each in above if (found := _number(each[place], decimal)) is not None]
        total = sum(column)
        off = 0.51 * 10 ** -len(cell.strip().rpartition(decimal)[2] if decimal in cell else "")
        close = abs(total - number) <= off or abs(total / max(len(column), 1) - number) <= off
        added += len(column) > 1 and bool(total) and close
    return added, numbers


def _number(cell: str, decimal: str) -> float | None:
    return to_number(cell.strip().strip("£$€% \u00a0"), decimal)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())
