"""What was written, read again for names and words that an edition may not see."""

from __future__ import annotations

import csv
import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from reviewkit.model import ReviewError
from reviewkit.publish.forbidden import Forbidden

_BETWEEN = " 0 "
"""Keeps the last words of a cell and the first of the next from being read as one name."""


class Leak(ReviewError):
    """An export that holds a name or words its edition may not see.

    >>> print(Leak("csv/findings.csv", "leadership", 7))
    nothing is exported: csv/findings.csv would hold a name or words that the edition leadership may not see \
(7 characters long). Look for it on the pages of the team, and redact it in the evidence.
    """

    def __init__(self, name: str, edition: str, length: int) -> None:
        super().__init__(name, edition, length)
        self.name, self.edition, self.length = name, edition, length

    def __str__(self) -> str:
        # The words themselves must not travel on in a log or an e-mail.
        return (
            f"nothing is exported: {self.name} would hold a name or words that the edition {self.edition} "
            f"may not see ({self.length} characters long). Look for it on the pages of the team, and redact "
            "it in the evidence."
        )


def scan(folder: Path, edition: str, forbidden: Forbidden) -> None:
    """Read every file below a folder again; return nothing where all is well.

    Raises
    ------
    Leak : naming the first file that holds something forbidden.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        found = forbidden.found(_BETWEEN.join([name, *_texts(path)]))
        if found:
            raise Leak(name, edition, len(found))


def _texts(path: Path) -> Iterator[str]:
    """Give every text of a file, cell by cell."""
    if path.suffix == ".csv":
        limit = csv.field_size_limit(2**31 - 1)  # of the whole process: it is given back
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                cells = [cell for row in csv.reader(file) for cell in row]
        finally:
            csv.field_size_limit(limit)
        yield from cells
    elif path.suffix == ".parquet":
        yield from _of_parquet(path)
    elif path.suffix == ".xlsx":
        yield from _of_workbook(path)
    else:
        yield path.read_text(encoding="utf-8")


def _of_parquet(path: Path) -> Iterator[str]:
    import pandas as pd

    frame = pd.read_parquet(path)
    yield from map(str, frame.columns)
    for name in frame.columns:
        yield from (value for value in frame[name].dropna() if isinstance(value, str))


def _of_workbook(path: Path) -> Iterator[str]:
    # Styles and themes hold names of fonts alone, some of which people have, too.
    ours = re.compile(r"xl/(worksheets/.*|sharedStrings|workbook)\.xml|docProps/.*")
    with zipfile.ZipFile(path) as book:
        for name in filter(ours.fullmatch, book.namelist()):
            content = book.read(name).decode("utf-8")
            # What is between two tags is a cell's text, and in an attribute the name of a sheet.
            yield from (html.unescape(text) for text in re.split(r"<[^>]*>", content))
            yield from (html.unescape(text) for text in re.findall(r'name="([^"]*)"', content))
