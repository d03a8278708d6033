"""Ways to spoil CSV files and how they are mapped."""

from __future__ import annotations

import gzip

from .world import KPIS, Case, both, changed, data

K = "kpis.csv"
HEADING = KPIS.splitlines()[0]

_BYTES = {
    "Latin-1": KPIS.replace("North", "Zürich").encode("latin-1"),
    "UTF-16 without mark": KPIS.encode("utf-16-le"),
    "UTF-8 cut short": KPIS.encode() + "é".encode()[:1],
    "EBCDIC": KPIS.encode("cp500"),
    "Shift JIS": KPIS.replace("North", "東京").encode("shift_jis"),
    "UTF-16 mark and UTF-8": b"\xff\xfe" + KPIS.encode() + b"x",
    "surrogate": KPIS.replace("North", "N").encode() + b"2025-08-01,csat,\xed\xa0\x80,4\n",
}
ENCODINGS = [
    *(Case("encodings", name, data(K, content), (K,)) for name, content in _BYTES.items()),
    Case(
        "encodings",
        "another than said",
        both(
            changed("{file: kpis.csv}", "{file: kpis.csv, encoding: ascii}"),
            data(K, KPIS.replace("North", "Zürich")),
        ),
        (K, "ascii"),
    ),
    Case(
        "encodings",
        "one there is not",
        changed("{file: kpis.csv}", "{file: kpis.csv, encoding: klingon}"),
        (K, "klingon"),
    ),
    Case(
        "encodings",
        "one that is no text",
        changed("{file: kpis.csv}", "{file: kpis.csv, encoding: base64}"),
        (K, "base64"),
    ),
    Case(
        "encodings", "rot13", changed("{file: kpis.csv}", "{file: kpis.csv, encoding: rot13}"), (K, "rot13")
    ),
]

_RUBBISH = {
    "random": bytes((i * 7919 + i // 3) % 256 for i in range(5000)),
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "zip": b"PK\x03\x04\x14\x00" + bytes(100),
    "gzip": gzip.compress(KPIS.encode(), mtime=0),
    "ELF": b"\x7fELF\x02\x01\x01" + bytes(64),
    "web page": b"<!doctype html>\n<html><body>Please sign in, then try again</body></html>\n",
    "JSON": b'{"error": "not found", "code": 404}\n',
    "null bytes alone": bytes(3000),
}
RUBBISH = [Case("binary rubbish", name, data(K, content), (K,)) for name, content in _RUBBISH.items()]

_STRUCTURE = {
    "one value too many": (KPIS.replace("North,4.2", "North,4.2,5"), ("row 3", "has 5 values")),
    "one value too few": (KPIS.replace(",North,4.2", ",North"), ("row 3", "has 3 values")),
    "comma in a name": (KPIS.replace("North,4.2", "North, upper,4.2"), ("row 3",)),
    "footer": (KPIS + "Total rows: 6\n", ("row 8",)),
    "title above the heading": ("Monthly report\n" + KPIS, ("row",)),
    "quote not closed": (KPIS.replace("North,4.2", '"North,4.2'), ("row", "quotes")),
    "quote in the middle": (KPIS.replace("North,4.2", '"No"rth,4.2'), ("row 3", "quotes")),
    "huge field": (KPIS.replace("North,4.2", "N" * 200_000 + ",4.2"), ("row 3",)),
    "huge line without end": ("x" * 3_000_000, ()),
    "null byte in a value": (KPIS.replace("North,4.2", "No\0rth,4.2"), ("row 3",)),
    "semicolons": (KPIS.replace(",", ";"), ("separator",)),
    "tabs": (KPIS.replace(",", "\t"), ("separator",)),
    "bars": (KPIS.replace(",", "|"), ("separator",)),
    "nothing": ("", ("is empty",)),
    "one line break": ("\n", ("is empty",)),
    "blank lines alone": ("\n\n\n\n", ("is empty",)),
    "byte order mark alone": ("\ufeff", ("is empty",)),
    "commas alone": (",,,\n,,,\n", ("is empty",)),
    "heading alone": (HEADING + "\n", ("no rows",)),
    "heading without line break": (HEADING, ("no rows",)),
    "heading and blanks": (HEADING + "\n,,,\n,,,\n", ("no rows",)),
    "no heading": (KPIS.partition("\n")[2], ("row 1", "column")),
    "column twice": (KPIS.replace("site,value", "value,value"), ("column value", "twice")),
    "needed column twice": (KPIS.replace("measure,site", "measure,measure"), ("column measure", "twice")),
    "needed column missing": (KPIS.replace("period", "month"), ("row 1", "column period", "missing")),
    "needed column misspelt": (KPIS.replace("period", "peroid"), ("row 1", "column period", "'peroid'")),
    "heading in capitals": (KPIS.replace("period,measure", "PERIOD,MEASURE"), ("row 1", "column period")),
}
STRUCTURE = [
    Case(
        "ragged rows"
        if ("value" in name and "one" in name) or name in ("comma in a name", "footer")
        else "CSV structure",
        name,
        data(K, text),
        (K, *words),
    )
    for name, (text, words) in _STRUCTURE.items()
]

_HEADERS = {
    "below the heading": ("{file: kpis.csv, header: 2}", ("row 2", "column period")),
    "beyond the end": ("{file: kpis.csv, header: 99}", ("row 99",)),
    "columns nobody has": ("{file: kpis.csv, columns: {period: Month}}", ("column Month", "missing")),
    "columns not of the table": ("{file: kpis.csv, columns: {colour: site}}", ("'colour'",)),
    "values not of the table": ("{file: kpis.csv, values: {colour: {a: b}}}", ("'colour'",)),
    "units not of the table": ("{file: kpis.csv, units: {colour: percent}}", ("'colour'",)),
    "units that do not fit": ("{file: kpis.csv, units: {site: percent}}", ("column site",)),
    "two columns to one": ("{file: kpis.csv, columns: {site: value}}", ("column",)),
    "dates with a wrong sign": ("{file: kpis.csv, dates: '%Q'}", ("%Q",)),
    "separator not its own": ("{file: kpis.csv, separator: ';'}", (K,)),
    "separator a line break": ('{file: kpis.csv, separator: "\\n"}', ("separator",)),
    "separator a quote": ("{file: kpis.csv, separator: '\"'}", (K,)),
}
_BRITISH = data(K, KPIS.replace("2025-02-01", "01.02.2025"))
HEADERS = [
    Case(
        "mapping",
        f"dates as {written}, and they are not",
        both(changed("{file: kpis.csv}", "{file: kpis.csv, dates: '" + written + "'}"), _BRITISH),
        (K, "row 3", "column period"),
    )
    for written in ("%d/%m/%Y", "%d.%m.%y", "%Y%m%d", "%d %b %Y")
] + [
    Case("mapping", name, changed("{file: kpis.csv}", how), words) for name, (how, words) in _HEADERS.items()
]

CASES = [*ENCODINGS, *RUBBISH, *STRUCTURE, *HEADERS]
