"""How a CSV file is written: its encoding, separator, decimal mark and the row of its heading."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from statistics import mode

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 200_000
"""Characters that are looked at."""

_RECORDS = 400
_HIGHEST_HEADING = 30
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1252", "cp1250", "mac_roman", "cp850")
_EXPECTED = frozenset("àâäáãåæçèéêëìíîïñòóôõöøùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜœŒšžŽ£€°–—‘’“”…·•§½²")
_NUMBER = re.compile(r"[-+(]?\s?[£$€]?\s?\d[\d.,'\u00a0\u202f ]*\s?[%€]?\)?")
_COMMA = re.compile(r"[-+]?(?:0|[1-9]\d{0,2}(?:[.\u00a0\u202f ]\d{3})*|\d+),(?:\d{1,2}|\d{4,})|[-+]?0,\d+")
_COMMA_GROUPED = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+,\d+|[-+]?\d{1,3}(?:\.\d{3}){2,}")
_POINT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})*|\d+)\.(?:\d{1,2}|\d{4,})|[-+]?0\.\d+")
_POINT_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+\.\d+|[-+]?\d{1,3}(?:,\d{3}){2,}")
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?|\d{1,2}:\d\d(?::\d\d)?")


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written.

    ``encoding_sure`` is False for an 8-bit encoding: those can only be told by what looks likely.
    ``header`` is the record of the heading, counted from 1 with blank ones.
    """

    encoding: str = "utf-8"
    separator: str = ","
    decimal: str = "."
    header: int = 1
    encoding_sure: bool = True


def sniff_csv(data: bytes) -> Dialect:
    """Tell how a CSV file is written from its first bytes.

    Parameters
    ----------
    data : the file, or as much of its beginning as holds some hundred rows.

    Examples
    --------
    >>> sniff_csv("Bericht\\n\\nRef;Standort;Wert\\n1;Köln;2,5\\n2;Jülich;3,75\\n".encode("cp1252"))
    Dialect(encoding='cp1252', separator=';', decimal=',', header=3, encoding_sure=False)
    """
    encoding, certain = _encoding(data)
    text = decoded(data, encoding)[:LOOKED_AT]
    separator = _separator(text)
    records = parsed(text, separator)[0][:_RECORDS]
    header = heading_row(records)
    return Dialect(encoding, separator, _decimal(records[header:]), header, certain)


def decoded(data: bytes, encoding: str) -> str:
    """Return text of bytes that may end in the middle of a character."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    return codecs.getincrementaldecoder(codec)("replace").decode(data, final=False)


def cut_off(data: bytes, encoding: str) -> bool:
    """Whether the bytes of a whole file end in the middle of a character.

    >>> cut_off(b"a\\x00b", "utf-16-le"), cut_off(b"ab", "utf-8")
    (True, False)
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    decoder.decode(data, final=False)
    return bool(decoder.getstate()[0])


def heading_row(records: list[list[str]]) -> int:
    """Return which record is the heading, counted from 1: the first that is wide and holds only names.

    >>> heading_row([["Calls", "", ""], [], ["Ref", "Site", "Seconds"], ["1", "North", "300"]])
    3
    """
    widths = [_filled(record) for record in records]
    wide = [width for width in widths if width > 1]
    usual = mode(sorted(wide, reverse=True)) if wide else 1
    first = next((row for row, width in enumerate(widths, start=1) if width), 1)
    for row, record in enumerate(records[:_HIGHEST_HEADING], start=1):
        if widths[row - 1] >= max(1, 0.7 * usual) and _names_only(record):
            return row
    return first


def _filled(record: list[str]) -> int:
    return sum(1 for cell in record if cell.strip())


def _names_only(record: list[str]) -> bool:
    cells = [cell.strip() for cell in record if cell.strip()]
    named = [cell for cell in cells if not (_NUMBER.fullmatch(cell) or _DATE_LIKE.fullmatch(cell))]
    return bool(cells) and len(named) == len(cells) and len(set(cells)) >= 0.9 * len(cells)


def _encoding(data: bytes) -> tuple[str, bool]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, True
    head = data[: LOOKED_AT * 2]
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) > 0.4 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le", True
    if head[::2].count(0) > 0.4 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be", True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        return max(_EIGHT_BIT, key=lambda name: _plausible(head, name)), False
    return "utf-8", True


def _plausible(data: bytes, encoding: str) -> tuple[float, bool]:
    """Share of the letters beyond ASCII that western European text is known to use."""
    odd = [char for char in data.decode(encoding, "replace") if ord(char) > 127]
    share = sum(char in _EXPECTED for char in odd) / max(len(odd), 1)
    return share, encoding == "cp1252"


def _separator(text: str) -> str:
    return max(SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[bool, float, float, int]:
    """How well a separator explains the text: valid quotes, rows of one width, no other separators in cells.

    The heading is what tells: commas of decimals stand in every row but that.
    """
    records, valid = parsed(text, separator) if separator in text else ([], False)
    full = [record for record in records[:_RECORDS] if _filled(record)]
    widths = [len(record) for record in full if len(record) > 1]
    if not widths:
        return False, 0.0, 0.0, 0
    usual = mode(sorted(widths, reverse=True))
    regular = sum(len(record) == usual for record in full) / len(full)
    others = [other for other in SEPARATORS if other not in (separator, ",")]
    cells = [cell for record in full if len(record) > 1 for cell in record]
    clean = sum(not any(other in cell for other in others) for cell in cells) / len(cells)
    return valid, regular, clean, usual


def parsed(text: str, separator: str) -> tuple[list[list[str]], bool]:
    """Return the records of CSV text, and whether its quotes are valid.

    >>> parsed('a;"b;c"', ";")
    ([['a', 'b;c']], True)
    """
    limit = csv.field_size_limit(max(csv.field_size_limit(), LOOKED_AT * 10))
    try:
        for strict in (True, False):
            try:
                return list(_reader(text, separator, strict)), strict
            except csv.Error:
                continue
        return [line.split(separator) for line in text.splitlines()], False
    finally:
        csv.field_size_limit(limit)


def _reader(text: str, separator: str, strict: bool) -> list[list[str]]:
    records: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    try:
        records.extend(reader)
    except csv.Error as error:
        # The text may end within quotes, because only its beginning is looked at.
        if "unexpected end of data" not in str(error):
            raise
    return records


def _decimal(records: list[list[str]]) -> str:
    comma = point = 0
    for record in records:
        for cell in (cell.strip().strip("%£$€ ") for cell in record):
            comma += bool(_COMMA.fullmatch(cell) or _COMMA_GROUPED.fullmatch(cell))
            point += bool(_POINT.fullmatch(cell) or _POINT_GROUPED.fullmatch(cell))
    return "," if comma > point else "."
