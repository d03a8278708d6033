"""An export such as clients send, with what its columns truly are, and cells to fill one with."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SITES = ("Leeds", "Hull", "York", "Harrogate")


@dataclass(frozen=True)
class Export:
    """A file, the table it is and by our column the client's."""

    file: str
    table: str
    columns: dict[str, str]
    rows: Callable[[random.Random], list[list[Any]]]
    above: tuple[list[str], ...] = ()
    below: tuple[list[str], ...] = ()
    separator: str = ","
    encoding: str = "utf-8"
    sheet: str = ""
    units: dict[str, str] = field(default_factory=dict)
    dates: str | None = None
    decimal: str = "."

    def write(self, folder: Path) -> Path:
        """Write the file and return its path."""
        rows = [*self.above, *self.rows(random.Random(7)), *self.below]
        path = folder / self.file
        if self.sheet:
            _workbook(path, self.sheet, rows)
        else:
            text = io.StringIO()
            csv.writer(text, delimiter=self.separator).writerows(rows)
            path.write_bytes(text.getvalue().encode(self.encoding))
        return path


def _workbook(path: Path, sheet: str, rows: list[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Prepared by the performance office"])
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(row)
    book.save(path)


def moment(chance: random.Random, days: int = 300) -> dt.datetime:
    start = dt.datetime(2024, 9, 2, 8)
    return start + dt.timedelta(days=chance.randrange(days), minutes=chance.randrange(600))


def rows(heading: str, count: int, row: Callable[[random.Random, int], list[Any]]) -> Any:
    """Rows under a heading written with bars between the names."""
    return lambda chance: [heading.split("|"), *(row(chance, number) for number in range(count))]


def published(heading: str, *cells: Callable[[random.Random, int], Any], count: int = 60) -> Any:
    return rows(heading, count, lambda chance, number: [cell(chance, number) for cell in cells])


def of(*values: Any) -> Callable[[random.Random, int], Any]:
    return lambda chance, number: chance.choice(values)


def between(low: int, high: int) -> Callable[[random.Random, int], Any]:
    return lambda chance, number: chance.randrange(low, high)


def count(before: str = "", start: int = 1) -> Callable[[random.Random, int], Any]:
    return lambda chance, number: f"{before}{start + number}"


def at_times(form: str, days: int = 0) -> Callable[[random.Random, int], Any]:
    return lambda chance, number: (moment(chance) + dt.timedelta(days=days)).strftime(form)


def clock(chance: random.Random, number: int) -> str:
    return f"00:{chance.randrange(60):02d}:{chance.randrange(60):02d}"
