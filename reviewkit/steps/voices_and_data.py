"""Step 1.5: do people's concerns align with the data?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.content import load_questions
from reviewkit.findings import Thresholds, triangulate
from reviewkit.findings.alignment import alignment_findings, joint_rows
from reviewkit.model import Edition
from reviewkit.model.words import inline
from reviewkit.present.blocks import Beside, Bullets, Quote, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural
from reviewkit.voices import asked_codes

from .base import Step
from .handed import handed, standing
from .measure_charts import MeasureCharts

RELATIONSHIPS = {
    "agreement": "agreement",
    "partial": "partial agreement",
    "dissonance": "dissonance",
    "silence_in_data": "silence in the data",
    "silence_in_voices": "silence in the voices",
}
MOST_PAIRS = 6
MOST_QUOTES = 2


class VoicesAndData(Step):
    """The convergence matrix, the joint display, and the silences on either side."""

    number = "1.5"

    def analyse(self) -> None:
        """Compare themes with signals topic by topic."""
        gate, evidence = self.review.discloser, self.review.evidence
        asked = asked_codes(evidence.frame("remarks"), load_questions()) if evidence.has("remarks") else None
        table = triangulate(
            handed(self.review, "1.4", "themes"),
            standing(self.review),
            self.review.codebook,
            measures=self.review.engagement.measures,
            coded=self.coded,
            asked=asked if asked is not None else (set() if not self._heard() else None),
            count=lambda n, total: gate.count(n, total, "leadership"),
            comparison=self.review.table("1.1", "site_comparison"),
            customer=self.review.engagement.customer_label,
        )
        self.tables = {"convergence": table}
        self.findings = alignment_findings(table, self.coded)

    def answer(self, edition: Edition) -> list[str]:
        """Say how far both sides agree, and where one is silent."""
        if not self._heard():
            silent = self._count("silence_in_voices")
            alone = plural(silent, "signal")
            return [
                f"Nobody has been heard yet, so {alone} in the data {'has' if silent == 1 else 'have'} "
                f"nothing to be set beside: ask about {'it' if silent == 1 else 'them'} first."
            ]
        if handed(self.review, "1.1", "signals").empty:
            number = self._count("silence_in_data")
            waiting = f"{plural(number, 'topic')} {'waits' if number == 1 else 'wait'} for a number"
            return [f"There are no measures to set beside what people say: {waiting}."]
        told = [
            f"{self._count(name)} in {words}" for name, words in RELATIONSHIPS.items() if self._count(name)
        ]
        lines = [f"Of {plural(len(self._leading), 'topic')} raised or measured, {listing(told)}."]
        both = self._leading[self._leading["relationship"].eq("agreement")].head(2)
        return lines + list(both["meaning"])

    @cached_property
    def coded(self) -> pd.DataFrame:
        """Remarks with their codes."""
        return handed(self.review, "1.4", "coded_remarks")

    @cached_property
    def convergence(self) -> pd.DataFrame:
        """The matrix, with relationships in words."""
        table = self.tables["convergence"]
        return table.assign(words=table["relationship"].map(RELATIONSHIPS))

    @common_view()
    def matrix(self) -> Block:
        """Show how the two sides stand to one another, one row a topic."""
        rows = self._leading
        if rows.empty:
            return Words("Neither side says anything yet: there are no themes and no signals.")
        headings = {
            "topic": "Topic",
            "measure_name": "Measure",
            "words": "Relationship",
            "reason": "What either says",
        }
        note = "Where several measures speak to a topic, the one that matches best stands here."
        return Table(rows, caption="Convergence coding matrix", headings=headings, note=note)

    @common_view()
    def every_pair(self) -> Block:
        """Show every topic with every measure that speaks to it."""
        rows = self._topics(self.convergence)
        if rows.empty:
            return Words("There is no pair of topic and measure to compare.")
        headings = {
            "topic": "Topic",
            "measure_name": "Measure",
            "words": "Relationship",
            "meaning": "Together",
        }
        return Table(
            rows, caption="Every topic with every measure that speaks to it", headings=headings, limit=60
        )

    @view()
    def joint_display(self, edition: Edition) -> Block:
        """Show themes and a quote beside the chart of the measure that speaks to them."""
        pairs = joint_rows(self.convergence, MOST_PAIRS)
        blocks = [
            block for row in pairs.to_dict("records") if (block := self._pair(row, edition)) is not None
        ]
        return (
            Stack(*blocks)
            if blocks
            else Words("No topic has both voices and a measure: there is nothing to show side by side.")
        )

    @common_view()
    def concerns_no_number_shows(self) -> Block:
        """Show what people raise and no number confirms or contradicts."""
        rows = self._leading[self._leading["relationship"].eq("silence_in_data")]
        return self._listed(
            rows[rows["stance"].ne("strength")],
            "Concerns that no number shows",
            "Every concern that was raised has a signal in the data beside it.",
        )

    @common_view()
    def signals_nobody_raised(self) -> Block:
        """Show signals in the data that nobody raised, telling "not raised" from "not asked"."""
        rows = self.convergence[self.convergence["relationship"].eq("silence_in_voices")]
        return self._listed(
            self._topics(rows),
            "Signals nobody raised",
            "Every signal in the data was raised by somebody.",
            first="measure_name",
        )

    @common_view()
    def dissonance(self) -> Block:
        """Show where people and data disagree."""
        rows = self.convergence[self.convergence["relationship"].eq("dissonance")]
        return self._listed(
            self._topics(rows), "Where people and data disagree", "Nowhere do people and data disagree."
        )

    @common_view()
    def analyse_further(self) -> Block:
        """Show the next step for each topic: look here first, ask this, measure this."""
        steps = list(dict.fromkeys(self._leading["next_step"]))
        order = ("Look here first", "Ask this", "Look closer", "Measure this", "Keep this")
        steps.sort(
            key=lambda text: next((i for i, lead in enumerate(order) if text.startswith(lead)), len(order))
        )
        return (
            Bullets(steps[:12], ordered=True) if steps else Words("Nothing has come up to analyse further.")
        )

    @common_view()
    def sensitivity(self) -> Block:
        """Show which verdicts depend on where the thresholds are set."""
        limits, rows = Thresholds(), self._leading[~self._leading["firm"]]
        lead = (
            f"A topic is raised from {limits.units} interviews or comments on, prominent from "
            f"{limits.share:.0%} of all (or {limits.local:.0%} of one department's or site's), a signal "
            f"counts from {limits.size:g} and is large from {limits.large:g} times the smallest change worth "
            "acting on. All of these were moved by half."
        )
        if rows.empty:
            return Words(lead, "No verdict changes.")
        headings = {
            "topic": "Topic",
            "measure_name": "Measure",
            "words": "Relationship",
            "sensitivity": "If thresholds move",
        }
        return Stack(
            Words(lead), Table(rows, caption="Verdicts that depend on the thresholds", headings=headings)
        )

    @view("team", "leadership")
    def statements(self, edition: Edition) -> Block:
        """Show what was found, each statement with its evidence."""
        return Statements(self.findings, edition=edition)

    @cached_property
    def _leading(self) -> pd.DataFrame:
        return self._topics(self.convergence[self.convergence["leading"]])

    @cached_property
    def _pictures(self) -> MeasureCharts:
        return MeasureCharts(self.review)

    def _topics(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(topic=rows["name"].where(rows["name"].ne(""), "(no topic of the codebook)"))

    def _count(self, relationship: str) -> int:
        return int(self._leading["relationship"].eq(relationship).sum())

    def _heard(self) -> bool:
        return not handed(self.review, "1.4", "themes").empty

    def _listed(self, rows: pd.DataFrame, caption: str, otherwise: str, first: str = "topic") -> Block:
        if rows.empty:
            return Words(otherwise)
        headings = {first: "Measure" if first == "measure_name" else "Topic"}
        headings |= {"reason": "What either says", "meaning": "What it means", "next_step": "Next step"}
        return Table(rows, caption=caption, headings=headings, limit=20)

    def _pair(self, row: Mapping[Any, Any], edition: Edition) -> Block | None:
        measure, site, name = str(row["measure"]), str(row["site"]), str(row["name"])
        picture = self._pictures.chart(
            measure,
            site,
            str(row.get("contract") or ""),
            title=f"{row['measure_name']}: {row['words']} with {inline(name)}",
            key=f"1.5-{row['code']}-{measure}",
            notes=False,
        )
        if picture is None:
            return None
        left = Stack(
            Words(f"{name}: {row['words']}.", str(row["reason"])),
            self._quotes(str(row["code"]), edition),
            Words(str(row["meaning"])),
        )
        return Beside(left, picture)

    def _quotes(self, code: str, edition: Edition) -> Block:
        mine = self.coded[self.coded["code"].eq(code)]
        shown = self.review.discloser.quotes(self.review.evidence.frame("quotes"), mine, edition)
        shown = shown[shown["status"].eq("approved")].head(MOST_QUOTES)
        quotes = [Quote(str(row.words), str(row.attribution)) for row in shown.itertuples()]
        return Stack(*quotes) if quotes else Words("No quote on this has been approved.")
