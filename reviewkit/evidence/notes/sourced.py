"""Comments that the engagement's own file holds already: what is read as a source is not imported too."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.model import Engagement, sources_of

from .passages import clean, plain_words

Row = Mapping[str, str]
Said = tuple[str, str]
"""When and where something was said, as far as a row tells."""

_DAY = {"remarks": "said_on", "customer_feedback": "at"}


@dataclass(frozen=True)
class Sourced:
    """The words in the file that a table is read from, each with day and site.

    ``label`` names the file; ``sites`` maps the client's names of sites to ours.
    """

    table: str = "remarks"
    label: str = ""
    words: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: str, engagement: Engagement, params: Path) -> Sourced:
        """Read the file of a table; empty where there is none.

        Raises
        ------
        InputError : there is one, and nothing of it can be read.
        """
        source = sources_of(engagement, params).get(table)
        if source is None or source.file is None:
            return cls(table)
        from reviewkit.evidence.sources import read

        frame = read(table, source, engagement, params).frame.astype("string").fillna("")
        words: dict[str, list[Said]] = defaultdict(list)
        for row in frame.to_dict("records"):
            texts = {str(name): str(value) for name, value in row.items()}
            words[plain_words(clean(texts.get("text", "")))].append(_said(texts, table))
        words.pop("", None)
        label = os.path.normpath(params.parent / engagement.data / source.file)
        return cls(table, label, words, source.values.get("site", {}))

    def among(self, rows: Mapping[int, Row]) -> list[int]:
        """Return which rows, by place, the file holds.

        None where they are less than half of both: then it is another file, and some words in it
        are those that many people write.
        """
        free = {text: list(said) for text, said in self.words.items()}
        found = []
        for place, row in rows.items():
            there = free.get(plain_words(row.get("text", "")), [])
            match = next((said for said in there if self._agrees(_said(row, self.table), said)), None)
            if match is not None:
                there.remove(match)
                found.append(place)
        whole = sum(map(len, self.words.values()))
        return found if 2 * len(found) >= min(len(rows), whole) else []

    def _agrees(self, one: Said, other: Said) -> bool:
        """Whether nothing different is said of when and where."""
        (day, site), (their_day, their_site) = one, other
        sites = {plain_words(site), plain_words(self.sites.get(site, site))}
        return (not day or not their_day or day == their_day) and (
            not site or not their_site or plain_words(their_site) in sites
        )


def _said(row: Row, table: str) -> Said:
    return row.get(_DAY[table], "")[:10], row.get("site", "")
