"""The gate for counts of people: none that is too small, and none that was left out and can be worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from reviewkit.disclosure import Tables, audit
from reviewkit.disclosure.audit import Cell
from reviewkit.model import Edition

from .gate_told import Refused, count_given_away, small_group

if TYPE_CHECKING:
    import pandas as pd

PEOPLE = "people"
COUNTED = (PEOPLE, "answers", "respondents")
"""Headings under which a table of a page counts people."""
KNOWN_BY = ("department", "level", "site", "team")
_MANY = 1e6


@dataclass
class Read:
    """A table of a page: its headings and its rows, as text."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def counts(self, heading: str) -> dict[str, float]:
        """Return the first cell of each row -> the whole number under a heading, where there is one."""
        place = self.headings.index(heading)
        cells = [(row[0], row[place].replace(",", "")) for row in self.rows if len(row) > place]
        return {name: float(cell) for name, cell in cells if re.fullmatch(r"\d+", cell)}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Read] = []
        self.cell: list[str] | None = None
        self.head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(Read())
        elif tag in ("thead", "tbody"):
            self.head = tag == "thead"
        elif tag == "tr" and not self.head and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self.cell = []

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None and self.tables:
            text, table = _plain("".join(self.cell)), self.tables[-1]
            if self.head:
                table.headings.append(text)
            elif table.rows:
                table.rows[-1].append(text)
            self.cell = None


def check_counts(
    edition: Edition, pages: Mapping[str, str], register: pd.DataFrame, *, people: int, answers: int
) -> None:
    """Refuse the pages of an edition that together tell how large a small group is.

    Parameters
    ----------
    pages : file name -> page. register : ``department, level, site, team, headcount``.
    people, answers : the smallest group of people, and of answers to a survey, that may be shown.

    Raises
    ------
    Refused : a page shows a smaller count, or tables of several pages give one away that was left out.
    """
    if edition in ("team", "managers"):
        return
    everybody = float(_heads(register).sum())
    known, hidden, last = Tables(), dict[Cell, float](), ""
    for name, heading, table in _counting(pages):
        counts = table.counts(heading)
        least = people if heading == PEOPLE else answers
        # Nobody is not a small group.
        if any(0 < count < least for count in counts.values()):
            raise Refused(f"{edition}/{name}", small_group(heading, least))
        by = table.headings[0]
        if heading == PEOPLE and by in KNOWN_BY:
            groups = _groups(register, by)
            # Where some have no site, say, those of all sites are not everybody.
            total = ("all",) if sum(groups.values()) == everybody else ("all", by)
            hidden |= _know(known, by, counts, groups, people, total)
            last = name
    try:
        exposed = audit([known.published()], minimum=people, hidden=hidden) if hidden else []
    except ValueError:
        return  # tables that contradict each other tell nothing for certain
    if exposed:
        raise Refused(f"{edition}/{last}", count_given_away(str(exposed[0])))


def _counting(pages: Mapping[str, str]) -> Iterator[tuple[str, str, Read]]:
    """Give page, heading and table for every table that counts people."""
    for name, html in pages.items():
        # Most pages have none: they are not read once more.
        if re.search(rf">\s*(?:{'|'.join(COUNTED)})\s*<", html, re.I):
            reader = _Reader()
            reader.feed(html)
            for table in reader.tables:
                yield from ((name, heading, table) for heading in COUNTED if heading in table.headings)


def _know(
    known: Tables,
    by: str,
    counts: Mapping[str, float],
    groups: Mapping[str, float],
    least: int,
    total: tuple[str, ...],
) -> dict[Cell, float]:
    """Take in one table of all people; return the groups left out, with their sizes."""
    gone = {name: size for name, size in groups.items() if name not in counts}
    row: dict[Cell, float | None] = {(by, name): size for name, size in counts.items() if name in groups}
    together = counts.get(f"other {by}s")
    small = [name for name, size in gone.items() if size < least]
    if together is not None:
        known.know((by, "other"), together, together)
        for name in small:
            known.know((by, name), 0.0, _MANY)
        known.sums.append((tuple((by, name) for name in small), (by, "other")))
        row[(by, "other")] = together
    row |= {(by, name): None for name in gone if together is None or name not in small}
    known.add(row, total=total)
    return {(by, name): size for name, size in gone.items()}


def _groups(register: pd.DataFrame, by: str) -> dict[str, float]:
    sizes = _heads(register).groupby(register[by]).sum()
    return {_plain(str(name)): float(size) for name, size in sizes.items()}


def _heads(register: pd.DataFrame) -> pd.Series[float]:
    import pandas as pd

    return pd.to_numeric(register["headcount"]).astype("float64").fillna(1)


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())
