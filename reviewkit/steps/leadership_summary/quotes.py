"""The summary's quotes: approved, to the point, short, and nobody and nothing quoted twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

import pandas as pd

from reviewkit.model import Edition
from reviewkit.present.blocks import Quote
from reviewkit.voices import leading

from .evidence import Earlier

FEWEST_WORDS = 6
MOST_QUOTES = 2
Topic = tuple[str, str]
WORKS_WELL: Topic = ("", "strength")
"""Stands for the strength most named where no topic of the joint display is meant."""


class Quotes:
    """Approved quotes for one edition of the page; each choice remembers who was quoted."""

    def __init__(self, earlier: Earlier, edition: Edition) -> None:
        self.earlier, self.edition = earlier, edition
        self._said: set[str] = set()
        # A topic is asked for twice: for its first quote, and for a second.
        self._fit_for = cache(self._ordered)

    def choose(self, code: str, stance: str, most: int = MOST_QUOTES) -> list[Quote]:
        """Return approved quotes that take a stance on a topic, as far as the edition may read them.

        Remarks that take no other stance come first, then those that speak of little else, then
        those short, though of six words at least. A strength is never shown in words that go on
        to complain.
        """
        return [] if self._coded.empty else self._different(self._fit_for(code, stance), most)

    @cached_property
    def _coded(self) -> pd.DataFrame:
        coded = self.earlier.review.table("1.4", "coded_remarks")
        if coded.empty:
            return coded
        decided = self.earlier.review.evidence.frame("quotes").drop_duplicates("remark_id", keep="last")
        approved = decided.loc[decided["status"].eq("approved"), "remark_id"]
        # Described among all remarks; what nobody approved is then carried no further.
        described = _described(coded)
        return described[described["remark_id"].isin(approved)]

    def _ordered(self, code: str, stance: str) -> pd.DataFrame:
        """Return all quotes that fit, the best first."""
        mine = _fitting(self._coded, code, stance)
        gate, evidence = self.earlier.review.quoting, self.earlier.review.evidence
        shown = gate.quotes(
            evidence.frame("quotes"), mine.drop(columns=["other", "topics", "exact"]), self.edition
        )
        shown = shown[shown["status"].eq("approved")].merge(
            mine.drop_duplicates("remark_id")[["remark_id", "other", "topics", "exact", "person"]],
            on="remark_id",
        )
        length = shown["words"].str.count(r"\S+").astype("int64")
        return shown.assign(length=length, fragment=length.lt(FEWEST_WORDS)).sort_values(
            ["fragment", "exact", "other", "topics", "length", "remark_id"],
            ascending=[True, False, True, True, True, True],
        )

    def _different(self, order: pd.DataFrame, most: int) -> list[Quote]:
        chosen: list[Quote] = []
        for row in order.to_dict("records"):
            marks = {str(row["person"]), *_phrases(str(row["words"]))}
            if len(chosen) < most and not marks & self._said:
                self._said |= marks
                chosen.append(Quote(str(row["words"]), str(row["attribution"])))
        return chosen


def of_page(earlier: Earlier, edition: Edition, topics: Sequence[Topic]) -> dict[Topic, list[Quote]]:
    """Return the quotes of the joint display's topics and, under ``WORKS_WELL``, of the strength most named.

    Every topic gets a first quote before any gets a second.
    """
    quotes = Quotes(earlier, edition)
    strengths = list(leading(earlier.themes, "strength")["code"].head(1)) if earlier.has_voices else []
    chosen = {topic: quotes.choose(*topic, most=1) for topic in topics}
    well = [quote for code in strengths for quote in quotes.choose(str(code), "strength", most=1)]
    second = {topic: quotes.choose(*topic, most=MOST_QUOTES - 1) for topic in topics}
    return {topic: chosen[topic] + second[topic] for topic in topics} | {WORKS_WELL: well}


def _phrases(words: str) -> set[str]:
    """Return every run of five words: a quote that shares one says the same in part."""
    plain = re.findall(r"\w+", words.casefold())
    return {" ".join(plain[at : at + 5]) for at in range(max(len(plain) - 4, 1))}


def _described(coded: pd.DataFrame) -> pd.DataFrame:
    """Say of every remark whether it takes ``other`` stances, on how many ``topics``, and whose it is."""
    praise = coded["stance"].eq("strength")
    by_remark = pd.DataFrame({"remark_id": coded["remark_id"], "praise": praise}).groupby("remark_id")[
        "praise"
    ]
    mixed = by_remark.nunique()[lambda kinds: kinds > 1].index
    return coded.assign(
        other=coded["remark_id"].isin(mixed),
        topics=coded["remark_id"].map(coded.groupby("remark_id")["code"].nunique()),
        person=coded["stakeholder_id"].where(coded["stakeholder_id"].fillna("").ne(""), coded["unit_id"]),
    )


def _fitting(described: pd.DataFrame, code: str, stance: str) -> pd.DataFrame:
    """Return the remarks on a topic with a stance, ``exact`` where they take just that one."""
    keep = described["code"].eq(code)
    if stance in ("concern", "strength"):
        keep &= described["stance"].eq("strength") == (stance == "strength")
    mine = described[keep]
    mine = mine.assign(exact=mine["stance"].eq(stance))
    return mine[~mine["other"]] if stance == "strength" else mine
