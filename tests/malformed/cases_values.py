"""Ways to spoil single values."""

from __future__ import annotations

from .world import CONTACTS, KPIS, REMARKS, Case, Spoil, data

C, K, R = "contacts.csv", "kpis.csv", "remarks.csv"


def kpi(row: str) -> Spoil:
    """Make row 3 of kpis another."""
    lines = KPIS.splitlines()
    return data(K, "\n".join([*lines[:2], row, *lines[3:]]) + "\n")


def contact(**values: str) -> Spoil:
    """Change values of row 3 of contacts."""
    lines = CONTACTS.splitlines()
    row = dict(zip(lines[0].split(","), lines[2].split(","), strict=True)) | values
    return data(C, "\n".join([*lines[:2], ",".join(row.values())]) + "\n")


_DATES = (
    "2025-13-01",
    "2025-02-30",
    "31/01/2025",
    "01/02/2025",
    "Jan 2025",
    "next Monday",
    "45000",
    "20250101x",
    "0000-00-00",
    "2025-01-01T00:00+02:00",
    "2025-01-01 24:00",
    "25-01-01",
    "9999-12-31",
    "1899-12-31",
    "-2025-01-01",
    "2025-W01-9",
    "2025-01-01 09:30",
    "#REF!",
    "٢٠٢٥-٠١-٠١",
    "=TODAY()",
)
_NUMBERS = (
    "NaN",
    "inf",
    "-Infinity",
    "1e999",
    "four",
    "£4",
    "4.2.1",
    "1 2",
    "0x1A",
    "--4",
    "4,2",
    "½",
    "#DIV/0!",
    "1_000",
    "=1+1",
)
CASES = [
    *(
        Case("dates as text", each, kpi(f"{each},csat,North,4.2"), (K, "row 3", "column period"))
        for each in _DATES
    ),
    *(
        Case("no numbers", each, kpi(f'2025-02-01,csat,North,"{each}"'), (K, "row 3", "column value"))
        for each in _NUMBERS
    ),
    Case(
        "negative times",
        "seconds",
        contact(handle_seconds="-300"),
        (C, "row 3", "column handle_seconds", "below 0"),
    ),
    Case(
        "negative times", "a little", contact(handle_seconds="-0.001"), (C, "row 3", "column handle_seconds")
    ),
    Case(
        "negative times", "a clock", contact(handle_seconds="-00:05"), (C, "row 3", "column handle_seconds")
    ),
    Case("beyond the limit", "score of 6", contact(csat="6"), (C, "row 3", "column csat", "above 5")),
    Case("beyond the limit", "score of 0", contact(csat="0"), (C, "row 3", "column csat", "below 1")),
    Case("neither yes nor no", "maybe", contact(resolved="maybe"), (C, "row 3", "column resolved")),
    Case("neither yes nor no", "2", contact(resolved="2"), (C, "row 3", "column resolved")),
    Case("needed and empty", "id", contact(contact_id=""), (C, "row 3", "column contact_id", "empty")),
    Case("needed and empty", "spaces", contact(contact_id="   "), (C, "row 3", "column contact_id", "empty")),
    Case("needed and empty", "time", contact(at=""), (C, "row 3", "column at", "empty")),
    Case(
        "needed and empty", "no-break space", contact(contact_id="\u00a0"), (C, "row 3", "column contact_id")
    ),
    Case("repeated keys", "contact", contact(contact_id="C1"), (C, "row 3", "repeats")),
    Case(
        "repeated keys", "period, measure and site", kpi("2025-01-01,csat,North,4.2"), (K, "row 3", "repeats")
    ),
    Case("repeated keys", "but for spaces", contact(contact_id=" C1 "), (C, "row 3", "repeats")),
    Case(
        "not an allowed value",
        "level",
        data(R, REMARKS.replace("team_lead", "boss")),
        (R, "row 3", "column level"),
    ),
    Case(
        "not an allowed value",
        "source",
        data(R, REMARKS.replace("observation", "hearsay")),
        (R, "row 3", "column source"),
    ),
    Case(
        "personal values",
        "not shown, level",
        data(R, REMARKS.replace("team_lead", "Jo Bloggs")),
        (R, "row 3", "column level"),
        never=("Jo Bloggs",),
    ),
    Case(
        "personal values",
        "not shown, date",
        data(
            R,
            REMARKS.replace("text\n", "text,said_on\n")
            .replace("system\n", "system,\n")
            .replace("first\n", "first,Jo Bloggs\n"),
        ),
        (R, "row 3", "column said_on"),
        never=("Jo Bloggs",),
    ),
    Case(
        "personal values",
        "not shown, id twice",
        data(R, REMARKS.replace("R1", "Jo Bloggs").replace("R2", "Jo Bloggs")),
        (R, "row 3", "repeats"),
        never=("Jo Bloggs",),
    ),
    Case(
        "too great",
        "number of 400 digits",
        kpi("2025-02-01,csat,North," + "9" * 400),
        (K, "row 3", "column value"),
    ),
    Case(
        "too great",
        "date of 5,000 digits",
        kpi("2" * 5000 + "-01-01,csat,North,4"),
        (K, "row 3", "column period"),
    ),
]
