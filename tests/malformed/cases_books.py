"""Ways to spoil workbooks and Parquet files."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pandas as pd

from .world import KPIS, Case, both, changed, data


def workbook(rows: list[list[object]], *, merged: str = "", name: str = "kpis") -> bytes:
    """Return a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


ROWS: list[list[object]] = [line.split(",") for line in KPIS.splitlines()]  # type: ignore[misc]


def rezipped(content: bytes, **parts: bytes) -> bytes:
    """Return an archive with some of its parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for part, replaced in parts.items():
            new.writestr(part, replaced)
    return file.getvalue()


_GOOD = workbook(ROWS)
_SHEET = "xl/worksheets/sheet1.xml"
_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]><worksheet>&j;</worksheet>"
)
_OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
)
_BOOKS: dict[str, tuple[str, str, bytes, tuple[str, ...]]] = {
    "merged cells": ("merged cells", "", workbook(ROWS, merged="C3:C4"), ("row 3", "merged")),
    "a merged block": ("merged cells", "", workbook(ROWS, merged="A2:B5"), ("row 2", "merged")),
    "no such sheet": ("wrong sheet", "sheet: May", _GOOD, ("May", "kpis")),
    "first sheet a cover": (
        "wrong sheet",
        "",
        workbook([["Report of May"], ["made by hand"]], name="Cover"),
        ("column",),
    ),
    "sheet empty": ("wrong sheet", "", workbook([]), ("heading",)),
    "heading alone": ("workbooks", "", workbook(ROWS[:1]), ("no rows",)),
    "heading in row 3": ("wrong heading row", "", workbook([["Report"], [], *ROWS]), ("column",)),
    "heading said to be in row 9": ("wrong heading row", "header: 90", _GOOD, ("row 90",)),
    "heading twice": (
        "workbooks",
        "",
        workbook([["period", "measure", "value", "value"], *ROWS[1:]]),
        ("column value", "twice"),
    ),
    "error cells": (
        "workbooks",
        "",
        workbook([*ROWS[:2], ["2025-02-01", "csat", "North", "#REF!"]]),
        ("row 3", "column value"),
    ),
    "dates as text": (
        "workbooks",
        "",
        workbook([*ROWS[:2], ["1 Feb 2025", "csat", "North", 4]]),
        ("row 3", "column period"),
    ),
    "dates as numbers": (
        "workbooks",
        "",
        workbook([*ROWS[:2], [45689, "csat", "North", 4]]),
        ("row 3", "column period"),
    ),
    "CSV called xlsx": ("not what its name says", "", KPIS.encode(), ("kpis.xlsx",)),
    "nothing": ("not what its name says", "", b"", ("kpis.xlsx",)),
    "rubbish": ("not what its name says", "", bytes(range(256)) * 9, ("kpis.xlsx",)),
    "old format, locked": (
        "not what its name says",
        "",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        ("kpis.xlsx",),
    ),
    "cut short": ("not what its name says", "", _GOOD[: len(_GOOD) // 2], ("kpis.xlsx",)),
    "a byte turned": (
        "not what its name says",
        "",
        _GOOD[:400] + bytes([_GOOD[400] ^ 255]) + _GOOD[401:],
        ("kpis.xlsx",),
    ),
    "zip of something else": (
        "not what its name says",
        "",
        b"PK\x05\x06" + bytes(18),
        ("kpis.xlsx",),
    ),
    "zip bomb": (
        "zip and entity bombs",
        "",
        rezipped(_GOOD, **{_SHEET: b" " * 300_000_000}),
        ("kpis.xlsx", "grow"),
    ),
    "entity bomb": (
        "zip and entity bombs",
        "",
        rezipped(_GOOD, **{_SHEET: _ENTITIES}),
        ("kpis.xlsx", "entities"),
    ),
    "entity of a file": (
        "zip and entity bombs",
        "",
        rezipped(_GOOD, **{_SHEET: _OUTSIDE}),
        ("kpis.xlsx", "entities"),
    ),
    "part that points out": (
        "zip and entity bombs",
        "",
        rezipped(_GOOD, **{"../../evil.txt": b"x"}),
        ("kpis.xlsx", "out of"),
    ),
    "no sheet in it": (
        "zip and entity bombs",
        "",
        rezipped(_GOOD, **{_SHEET: b"<worksheet"}),
        ("kpis.xlsx",),
    ),
}
BOOKS = [
    Case(
        fault,
        name,
        both(
            changed("{file: kpis.csv}", "{file: kpis.xlsx" + (f", {more}" if more else "") + "}"),
            data("kpis.xlsx", content),
        ),
        ("kpis.xlsx", *words),
    )
    for name, (fault, more, content, words) in _BOOKS.items()
]


def parquet(**columns: list[object]) -> bytes:
    """Return a Parquet file."""
    file = io.BytesIO()
    pd.DataFrame(columns).to_parquet(file)
    return file.getvalue()


_DAYS = list(pd.date_range("2025-01-01", periods=3, freq="MS"))
_FINE = parquet(period=_DAYS, measure=["csat"] * 3, site=["North"] * 3, value=[4.0, 4.1, 4.2])
_PARQUETS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "rubbish": (bytes(range(256)) * 20, ()),
    "nothing": (b"", ()),
    "cut short": (_FINE[: len(_FINE) // 2], ()),
    "footer alone": (b"PAR1" + bytes(20) + b"PAR1", ()),
    "no rows": (parquet(period=[], measure=[]), ("kpis.parquet",)),
    "no such column": (parquet(month=_DAYS, measure=["csat"] * 3), ("column period", "missing")),
    "dates as text": (parquet(period=["1 Jan", "2 Jan", "3 Jan"], measure=["csat"] * 3), ("column period",)),
    "numbers as text": (
        parquet(period=_DAYS, measure=["csat"] * 3, value=["a", "b", "c"]),
        ("column value",),
    ),
    "numbers not finite": (
        parquet(period=_DAYS, measure=["csat"] * 3, value=[1.0, float("inf"), 2.0]),
        ("column value",),
    ),
    "dates with time": (
        parquet(period=[d + pd.Timedelta(hours=1) for d in _DAYS], measure=["csat"] * 3),
        ("column period",),
    ),
    "dates beyond all reason": (
        parquet(period=[*_DAYS[:2], pd.Timestamp("9999-01-01").as_unit("s")], measure=["csat"] * 3),
        ("column period",),
    ),
    "needed and empty": (parquet(period=_DAYS, measure=["csat", None, "csat"]), ("column measure",)),
    "repeated key": (parquet(period=_DAYS[:1] * 3, measure=["csat"] * 3, site=["N"] * 3), ("repeats",)),
    "denominator negative": (
        parquet(period=_DAYS, measure=["csat"] * 3, denominator=[1.0, -1.0, 2.0]),
        ("column denominator",),
    ),
    "lists in cells": (parquet(period=_DAYS, measure=["csat"] * 3, value=[[1], [2], [3]]), ("column value",)),
    "bytes in cells": (parquet(period=_DAYS, measure=[b"\xff"] * 3), ("column measure",)),
}
PARQUETS = [
    Case(
        "Parquet",
        name,
        both(changed("{file: kpis.csv}", "{file: kpis.parquet}"), data("kpis.parquet", content)),
        ("kpis.parquet", *words),
    )
    for name, (content, words) in _PARQUETS.items()
]

CASES = [*BOOKS, *PARQUETS]
