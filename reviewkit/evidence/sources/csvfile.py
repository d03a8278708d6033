"""A CSV file, read as text: nothing is guessed, nothing dropped."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from reviewkit.model import InputError, Source

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(path: Path, source: Source) -> pd.DataFrame:
    """Read a CSV file as text.

    Parameters
    ----------
    source : how it is written; the mark at the beginning of a file tells its encoding, too.

    Returns
    -------
    One row a record that is not blank, one column a heading. The index is the row as a spreadsheet
    shows it.

    Raises
    ------
    InputError : the file cannot be read, is in another encoding, is ragged or is empty.
    """
    encoding = _encoding(path, source)
    try:
        with path.open(encoding=encoding, newline="") as file:
            records = csv.reader(_clean(file, path), delimiter=source.separator, strict=True)
            return _frame(records, path, source)
    except UnicodeError as error:
        at = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        shown = "UTF-8" if encoding == "utf-8" else encoding
        raise InputError(f"is not {shown} text{at}", file=path, fix=_other(path)) from None
    except LookupError:
        problem = f"there is no encoding '{source.encoding}'"
        raise InputError(problem, file=path, fix="Write utf-8, utf-16 or cp1252.") from None


def _encoding(path: Path, source: Source) -> str:
    with path.open("rb") as file:
        begins = file.read(4)
    marked = next((name for mark, name in _MARKS if begins.startswith(mark)), "")
    return marked or source.encoding or "utf-8"


def _clean(lines: Iterable[str], path: Path) -> Iterator[str]:
    """Pass on lines of text; refuse those with characters that no text has."""
    for number, line in enumerate(lines, start=1):
        if _CONTROL.search(line):
            fix = "Export it again; it may be no CSV at all."
            raise InputError("holds characters that are no text", file=path, row=number, fix=fix)
        yield line


def _other(path: Path) -> str:
    """Say which encoding the file seems to be in."""
    from charset_normalizer import from_bytes

    with path.open("rb") as file:
        best = from_bytes(file.read(100_000)).best()
    if best is None:
        return "Save it as CSV UTF-8."
    return f"It looks like {best.encoding}: write 'encoding: {best.encoding}', or save it as CSV UTF-8."


def _frame(reader: Iterator[list[str]], path: Path, source: Source) -> pd.DataFrame:
    """Collect the records, each as long as the heading; blank ones are passed over."""
    rows: dict[int, list[str]] = {}
    row = 0
    heading: list[str] = []
    try:
        for row, record in enumerate(reader, start=1):
            if row < source.header:
                continue
            if not heading:
                heading = [name.strip() for name in record]
                _one_value(heading, row, path, source)
            elif any(record):
                rows[row] = record
    except csv.Error as error:
        fix = "Mend its quotes."
        raise InputError(f"is not valid CSV ({error})", file=path, row=row + 1, fix=fix) from None
    if not any(heading):
        problem = "is empty: not even a heading"
        if row and source.header > 1:
            problem = f"has no heading in row {source.header}"
        raise InputError(problem, file=path, fix="Export it again.")
    footer = [rows.popitem()[0] for _ in range(min(source.footer, len(rows)))]
    for row, record in rows.items():
        _same_length(record, heading, row, path, source)
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=heading, dtype="str")
    frame.attrs["footer"] = sorted(footer)
    return frame


def _same_length(record: list[str], heading: list[str], row: int, path: Path, source: Source) -> None:
    if len(record) != len(heading):
        problem = f"has {len(record)} values where the heading has {len(heading)}"
        name = {",": "commas", ";": "semicolons", "\t": "tabs"}.get(source.separator, f"'{source.separator}'")
        fix = f"Put text that holds {name} in quotes."
        raise InputError(problem, file=path, row=row, fix=fix)


def _one_value(heading: list[str], row: int, path: Path, source: Source) -> None:
    """Refuse a heading that is one value because its separator is another one."""
    found = [each for each in ";\t|," if each in heading[0]] if len(heading) == 1 else []
    if found:
        problem = f"the heading has no {source.separator!r}"
        fix = f"Is the separator {found[0]!r}? Write it under 'separator' in the params file."
        raise InputError(problem, file=path, row=row, fix=fix)
