"""The contact centre, made smaller, with hostile text in every text field of tables, params and codebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from reviewkit.model import TABLES

OWN = (
    "$x^$ and $\\frac{1}{0}$ and $\\unknown{$",
    "**bold** _low_ `code` [link](javascript:alert(1)) ![picture](https://x.org/a.png)",
    "# A heading of its own\n\n## And one below",
    "{{ 7 * 7 }} {% for a in b %} {# nothing #} <%= 7 * 7 %> ${7 * 7}",
    '=HYPERLINK("https://x.org","here")',
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "\u202etxt.exe \u2066left alone",
    "</style></title></textarea></svg></table><b>out</b>",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "]]> --> */ ?> \\u003cscript\\u003e",
)
"""Ours beside the published: mathematics, Markdown, templates, formulas, directions, ends of elements."""

BOUND = {
    "contract", "measure", "code", "statement", "competency", "opinion_id", "finding_id", "recommendation",
    "about", "fingerprint", "into", "codes",
}  # fmt: skip
"""Columns whose values are ids of the params file, the codebook or findings: others are refused."""
SAID = {
    ("remarks", "text"),
    ("customer_feedback", "text"),
    ("observations", "seen"),
    ("observations", "inferred"),
}
"""Words that stay with the team unless approved. One string each: two in a row are no approved quote."""
FEWEST = 40
"""Values of a column under which each gets several strings."""
SMALLER = {"contacts": 10, "leads": 6, "journey": 1, "customer_feedback": 2}


def strings(folder: Path) -> list[str]:
    """Return the published strings, as they stand and with what they escape written out, and ours."""
    lines = (folder / "naughty.txt").read_text(encoding="utf-8").split("\n")
    published = [line for line in lines if line and not line.startswith("#")]
    meant = [written_out(line) for line in published if "\\x" in line]
    return [*dict.fromkeys([*published, *OWN, *meant])]


def written_out(line: str) -> str:
    """Return a string with ``\\x0A`` and its like as the characters they stand for.

    Without control characters: `reviewkit check` refuses a table that holds them.
    """
    raw = re.sub(rb"\\x([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), line.encode())
    return re.sub(r"[^\t\n\r\x20-\x7e\xa0-\U0010fffd]|\ufffe", "", raw.decode("utf-8", "ignore"))


class Poison:
    """Gives every value a string or several; the same value the same in every table, so that keys hold."""

    def __init__(self, texts: list[str]) -> None:
        self.next: Iterator[str] = cycle(texts)
        self.known: dict[str, str] = {}
        self.before = cycle((False, True, False))

    def __call__(self, value: str, several: int = 1, *, first: bool = True) -> str:
        """Return the value with strings behind it or, now and then, before it; what is empty stays so."""
        if value and value not in self.known:
            given = " ".join(next(self.next) for _ in range(several))
            before = next(self.before) and first
            self.known[value] = f"{given} {value}" if before else f"{value} {given}"
        return self.known.get(value, value)


def free_columns(name: str, table: pd.DataFrame) -> list[str]:
    """Return the columns of text whose values are free."""
    return [
        column.name
        for column in TABLES[name].columns
        if column.kind == "text" and not column.allowed and column.name not in BOUND and column.name in table
    ]


def poisoned(tables: dict[str, pd.DataFrame], poison: Poison) -> dict[str, pd.DataFrame]:
    """Return the tables with strings in every column of text whose values are free."""
    made = {}
    for name, table in tables.items():
        made[name] = table.copy()
        for column in free_columns(name, table):
            distinct, said = table[column].unique(), (name, column) in SAID
            several = 4 if len(distinct) < FEWEST and not said else 1
            given = {value: poison(value, several, first=not said) for value in distinct}
            made[name][column] = table[column].map(given)
    return made


def quoted(tables: dict[str, pd.DataFrame], texts: list[str]) -> None:
    """Add a customer's comment a string, each an approved quote: so the string may stand on every page."""
    ids, site = [f"H{place}" for place in range(len(texts))], tables["customer_feedback"]["site"].iloc[0]
    comments = pd.DataFrame({"feedback_id": ids, "text": texts, "site": site, "at": "2025-08-01"})
    quotes = pd.DataFrame({"remark_id": ids, "words": texts, "status": "approved", "role": "Lead analyst"})
    for name, more in (("customer_feedback", comments), ("quotes", quotes)):
        columns = [column for column in more if column in tables[name]]
        tables[name] = pd.concat([tables[name], more[columns]], ignore_index=True).fillna("")


def read_tables(sample: Path) -> dict[str, pd.DataFrame]:
    """Return the sample's tables, the long ones thinned, and the two that it has not."""
    tables = {}
    for name in TABLES:
        path = sample / f"{name}.csv"
        if path.exists():
            table = pd.read_csv(path, dtype="str", keep_default_na=False)
            tables[name] = table.iloc[:: SMALLER.get(name, 1)].reset_index(drop=True)
    there = set(tables["contacts"]["contact_id"])
    known = tables["customer_feedback"]["contact_id"]
    tables["customer_feedback"]["contact_id"] = known.where(known.isin(there), "")
    kept = {*tables["remarks"]["remark_id"], *tables["customer_feedback"]["feedback_id"]}
    for name in ("codings", "quotes"):
        tables[name] = tables[name][tables[name]["remark_id"].isin(kept)].reset_index(drop=True)
    number = range(12)
    tables["corrections"] = pd.DataFrame(
        {"correction_id": [f"K{one}" for one in number], "about": "morale",
         "correction": [f"It is said too strongly, {one}." for one in number],
         "words": [f"It should be put more mildly, {one}." for one in number],
         "role": [f"front line {one}" for one in number], "status": ["open", "accepted", "rejected"] * 4,
         "reason": [f"It was said once {one}." for one in number], "decided_by": "Lead analyst"}
    )  # fmt: skip
    return tables


def poisoned_params(value: Any, poison: Poison, key: str = "") -> Any:
    """Return params or a codebook with strings in every text that is for people."""
    words = {
        "name", "client", "purpose", "caveat", "value_basis", "source", "licence", "changes", "definition",
        "use_when", "not_when", "example", "site_label", "customer_label", "reason",
    }  # fmt: skip
    if isinstance(value, dict):
        return {name: poisoned_params(one, poison, name) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned_params(one, poison, key) for one in value]
    return poison(value) if isinstance(value, str) and key in words else value


def write(root: Path, home: Path, texts: list[str]) -> Path:
    """Write the engagement into a folder; return its params file. One file's name is hostile as well."""
    yaml, poison = YAML(typ="safe"), Poison(texts)
    yaml.allow_unicode = True
    (home / "data").mkdir(parents=True)
    params = yaml.load(root / "params/contact_centre.yaml")
    sources = {}
    tables = poisoned(read_tables(root / "data/sample/contact_centre"), poison)
    quoted(tables, texts)
    for name, table in tables.items():
        # A slash alone cannot stand in a name.
        file = f"{name} <img src=x onerror=alert(1)> & \"'$x^$.csv" if name == "remarks" else f"{name}.csv"
        table.to_csv(home / "data" / file, index=False)
        sources[name] = {"file": file}
    interviews = params.pop("interviews")
    params = poisoned_params(params, poison)
    params |= {"id": "hostile", "data": "data", "sources": sources, "codebook": "codebook.yaml"}
    interviews["travel"] = {}
    interviews["interviewers"] = {poison(name): days for name, days in interviews["interviewers"].items()}
    params["interviews"] = interviews
    codebook = yaml.load(root / "reviewkit/content/codebook.yaml")
    for path, content in (("hostile.yaml", params), ("codebook.yaml", poisoned_params(codebook, poison))):
        with (home / path).open("w", encoding="utf-8") as file_:
            yaml.dump(content, file_)
    return home / "hostile.yaml"
