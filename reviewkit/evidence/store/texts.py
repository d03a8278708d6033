"""The words in a file, each with its place, whatever kind of file it is."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from reviewkit.evidence.archives import check_archive
from reviewkit.model import InputError

Place = tuple[str, str]
_TABLES = (".csv", ".tsv")
_WORKBOOKS = (".xlsx", ".xlsm")
_ARCHIVES = (".docx", ".odt", ".ods", ".pptx", ".odp", ".qdpx", ".zip")
_JSON = (".json", ".ipynb")
_PAGES = (".html", ".htm", ".svg", ".xml")
_PARAGRAPH = re.compile(r"</(?:w:p|text:p|a:p|text:h)>")
_TAG = re.compile(r"<[^>]*>")


class Unreadable(Exception):
    """The file's words cannot be read here."""


def texts(path: Path) -> Iterator[Place]:
    """Give every text of a file with its place: a row, a line, a paragraph.

    Raises
    ------
    Unreadable : it is of another kind (a picture, an old Word file), or damaged.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _WORKBOOKS:
            yield from _workbook(path)
        elif suffix == ".parquet":
            yield from _parquet(path)
        elif suffix in _ARCHIVES:
            yield from _archive(path)
        else:
            yield from _text(_decoded(path.read_bytes()), suffix)
    except (OSError, ValueError, KeyError, InputError, zipfile.BadZipFile, csv.Error) as error:
        raise Unreadable(type(error).__name__) from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if b"\x00" in content[:4096]:
        raise Unreadable("binary")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _text(content: str, suffix: str) -> Iterator[Place]:
    if suffix in _TABLES:
        separator = max(",;\t|", key=content.partition("\n")[0].count)
        records = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
        yield from ((f"row {row}", " | ".join(record)) for row, record in enumerate(records, start=1))
    elif suffix in _JSON:
        yield from (("", text) for text in _strings(json.loads(content)))
    else:
        readable = html.unescape if suffix in _PAGES else _escapes if suffix == ".jsonl" else str
        for line, text in enumerate(re.split(r"\r\n|\r|\n", content), start=1):
            yield f"line {line}", readable(text)


def _escapes(line: str) -> str:
    return " | ".join(_strings(json.loads(line))) if line.strip() else ""


def _strings(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield html.unescape(content)
    elif isinstance(content, dict):
        for name, value in content.items():
            yield from (str(name), *_strings(value))
    elif isinstance(content, list):
        # The lines of a notebook's cell: a name may stand across two.
        if content and all(isinstance(each, str) for each in content):
            yield html.unescape("".join(content))
        for each in content:
            yield from _strings(each)


def _workbook(path: Path) -> Iterator[Place]:
    from openpyxl import load_workbook

    check_archive(path)
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield f"sheet {sheet.title}, row {row}", " | ".join(str(c) for c in cells if c is not None)
    finally:
        book.close()


def _parquet(path: Path) -> Iterator[Place]:
    import pyarrow.parquet as pq
    from pyarrow import types

    row = 0
    with pq.ParquetFile(path) as file:
        plain = (types.is_integer, types.is_floating, types.is_boolean, types.is_temporal)
        wordy = [f.name for f in file.schema_arrow if not any(is_plain(f.type) for is_plain in plain)]
        for batch in file.iter_batches(columns=wordy):
            for record in batch.to_pylist():
                row += 1
                yield f"row {row}", " | ".join(str(value) for value in record.values() if value is not None)


def _archive(path: Path) -> Iterator[Place]:
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            inner = Path(name)
            if inner.suffix.lower() in (".xml", ".qde", ".txt", ".md", ".csv"):
                content = archive.read(name).decode("utf-8-sig", errors="replace")
                main = inner.name in ("document.xml", "content.xml")
                for number, part in enumerate(_PARAGRAPH.split(content), start=1):
                    place = f"paragraph {number}" if main else name
                    # Words of one paragraph stand in several runs, and a name across them.
                    yield place, html.unescape(_TAG.sub("", part))
                    yield place, html.unescape(_TAG.sub(" ", part))
