"""Tables as CSV: UTF-8 with a byte order mark, so that Excel reads letters as they are."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

from .cells import for_csv
from .parts import Part
from .values import Value


def write_csv(path: Path, part: Part, told: Counter[str]) -> None:
    """Write one table: commas, double quotes where needed, lines ended as RFC 4180 has them.

    A missing value is empty, true and false are written so, dates as 2025-03-14; text that a
    spreadsheet could take for a formula has an apostrophe before it. ``told`` counts these.
    """
    columns = [[_text(value, told) for value in column] for column in part.cells]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([for_csv(column.name, told) for column in part.table.columns])
        writer.writerows(zip(*columns, strict=True))


def _text(value: Value, told: Counter[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return for_csv(value, told)
    if isinstance(value, dt.date):
        return value.isoformat()
    return repr(value)
