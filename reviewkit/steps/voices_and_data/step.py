"""Step 1.5: do people's concerns align with the data?"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.content import load_questions
from reviewkit.findings import (
    Thresholds,
    sensitivity_table,
    topic_measure_pairs,
    triangulate,
    with_verdicts,
)
from reviewkit.findings.convergence.alignment import alignment_findings, joint_rows
from reviewkit.findings.convergence.concluding import conclusions, reach
from reviewkit.findings.convergence.overruled import without_effect
from reviewkit.findings.convergence.topic_links import linked_codes
from reviewkit.model import Edition
from reviewkit.model.words import inline
from reviewkit.present.blocks import Bullets, Folded, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural
from reviewkit.voices import asked_codes

from ..base import Step
from ..handed import handed, standing
from ..measure_charts import MeasureCharts
from . import convergence_blocks as blocks
from .joint_rows import joint

MOST_PAIRS = 6
ORDER = ("Take this up", "Look here first", "Ask this", "Look closer", "Measure this", "Keep this")


class VoicesAndData(Step):
    """The convergence matrix, the joint display, and the silences on either side."""

    number = "1.5"

    def analyse(self) -> None:
        """Compare themes with signals topic by topic; lay over it what people decided."""
        gate, evidence = self.review.discloser, self.review.evidence
        self.sides: dict[str, Any] = {
            "measures": self.review.engagement.measures,
            "coded": self.coded,
            "comparison": self.review.table("1.1", "site_comparison"),
        }
        self.rule = triangulate(
            self.themes,
            self.signals,
            self.review.codebook,
            asked=self.asked if self.asked is not None or self._heard() else set(),
            count=lambda n, total: gate.count(n, total, "leadership"),
            customer=self.review.engagement.customer_label,
            **self.sides,
        )
        table = with_verdicts(self.rule, evidence.frame("decisions"))
        self.tables = {"convergence": table}
        self.findings = alignment_findings(table, self.coded)

    def answer(self, edition: Edition) -> list[str]:
        """Say how far both sides agree, where they disagree, and where one is silent."""
        unraised = len(self._unraised)
        if not self._heard():
            has, it = ("has", "it") if unraised == 1 else ("have", "them")
            return [
                f"Nobody has been heard yet, so {plural(unraised, 'signal')} in the data {has} "
                f"nothing to be set beside: ask about {it} first."
            ]
        if self.signals.empty:
            number = self._count("silence_in_data")
            waiting = f"{plural(number, 'topic')} {'waits' if number == 1 else 'wait'} for a number"
            return [f"There are no measures to set beside what people say: {waiting}."]
        agree, part, against = (self._count(name) for name in ("agreement", "partial", "dissonance"))
        none = self._count("silence_in_data")
        lines = [
            f"Of {plural(len(self._leading), 'topic')}, people and data agree on {agree}, agree in part on "
            f"{part} and disagree on {against}; no number shows {none}."
        ]
        lines += list(self._leading[self._leading["relationship"].eq("agreement")].head(1)["meaning"])
        lines += list(self._leading[self._leading["relationship"].eq("dissonance")].head(1)["meaning"])
        return [*self._too_few(), *lines, *self._without_voice()]

    @cached_property
    def themes(self) -> pd.DataFrame:
        """Themes, one row a code, stance and kind."""
        return handed(self.review, "1.4", "themes")

    @cached_property
    def signals(self) -> pd.DataFrame:
        """Signals as they stand after local knowledge."""
        return standing(self.review)

    @cached_property
    def coded(self) -> pd.DataFrame:
        """Remarks with their codes."""
        return handed(self.review, "1.4", "coded_remarks")

    @cached_property
    def asked(self) -> set[str] | None:
        """Codes that interviews asked about; None where that is not recorded."""
        evidence = self.review.evidence
        return asked_codes(evidence.frame("remarks"), load_questions()) if evidence.has("remarks") else None

    @cached_property
    def convergence(self) -> pd.DataFrame:
        """The matrix, with topics and relationships in words."""
        return blocks.with_words(self.tables["convergence"])

    @common_view()
    def what_can_be_concluded(self) -> Block:
        """Show what the evidence there is can bear, and what it cannot."""
        known = {measure.id: measure for measure in self.review.engagement.measures}
        names = self.signals["measure"].unique()
        links = {name: linked_codes(name, known.get(name), self.review.codebook) for name in names}
        found = reach(self.themes, self.signals, links, asked=bool(self.asked))
        can, cannot = conclusions(found, Thresholds())
        return Stack(
            Words("What can be concluded:") if can else None,
            Bullets(can),
            Words("What cannot be concluded:"),
            Bullets(cannot),
        )

    @common_view()
    def matrix(self) -> Block:
        """Show how the two sides stand to one another, one row a topic."""
        return blocks.matrix(self._leading)

    @common_view()
    def every_pair(self) -> Block:
        """Show every topic with every measure that speaks to it."""
        if self.convergence.empty:
            return Words("There is no pair of topic and measure to compare.")
        headings = {
            "topic": "Topic",
            "measure_name": "Measure",
            "words": "Relationship",
            "meaning": "Together",
        }
        caption = "Every topic with every measure that speaks to it"
        return Table(self.convergence, caption=caption, headings=headings, limit=60)

    @view()
    def joint_display(self, edition: Edition) -> Block:
        """Show themes and a quote beside the chart of the measure that speaks to them."""
        pairs = joint_rows(self.convergence, MOST_PAIRS).to_dict("records")
        known = {finding.id for finding in self.findings}
        made = [joint(row, edition, self.review, self._pictures, self.coded, known) for row in pairs]
        shown = [block for block in made if block is not None]
        return Stack(*shown) if shown else Words("No topic has both voices and a measure.")

    @common_view()
    def concerns_no_number_shows(self) -> Block:
        """Show what people raise and no number confirms or contradicts, and what to measure."""
        rows = self._leading[self._leading["relationship"].eq("silence_in_data")]
        return blocks.measure_this(rows[rows["stance"].ne("strength")], self.review.codebook)

    @common_view()
    def signals_nobody_raised(self) -> Block:
        """Show signals in the data that nobody raised, and what to ask of whom."""
        return blocks.ask_this(self._unraised, self.review.codebook, self.review.engagement)

    @common_view()
    def dissonance(self) -> Block:
        """Show where people and data disagree, and what would settle it."""
        rows = self.convergence[self.convergence["relationship"].eq("dissonance")]
        return blocks.look_first(rows, self.review.codebook)

    @common_view()
    def analyse_further(self) -> Block:
        """Show the next step for each topic, in the order in which to take them."""
        steps = list(dict.fromkeys(self._leading["next_step"]))
        steps.sort(
            key=lambda text: next((i for i, lead in enumerate(ORDER) if text.startswith(lead)), len(ORDER))
        )
        if not steps:
            return Words("Nothing has come up to analyse further.")
        more = f"{len(steps) - 12} more, of less weight, follow from the tables above." if steps[12:] else ""
        return Stack(Bullets(steps[:12], ordered=True), Words(more))

    @common_view()
    def verdicts_overruled(self) -> Block:
        """Show verdicts that people overruled: by which role, when and why, beside the rule's."""
        rows = self.convergence[self.convergence["overruled_by"].ne("")]
        without = without_effect(self.rule, self.review.evidence.frame("decisions"))
        return blocks.overruled(rows, without)

    @view()
    def sensitivity(self, edition: Edition) -> Block:
        """Show which verdicts depend on where the thresholds are set; to the team, how far they may move."""
        limits = Thresholds()
        lead = blocks.rules(limits)
        firm = self._leading["firm"].astype(bool)
        count = f"Verdicts that stay as any of these moves by half: {int(firm.sum())} of {len(firm)}."
        shown = blocks.fragile(self._leading[~firm])
        if edition != "team":
            return Stack(Words(lead, count), shown)
        pairs = topic_measure_pairs(self.themes, self.signals, self.review.codebook, **self.sides)
        turning = blocks.turning_points(sensitivity_table(pairs, limits), self._leading)
        every = Folded("How far each threshold would have to move", turning) if turning else None
        return Stack(Words(lead, count), shown, every)

    @view("team", "leadership")
    def statements(self, edition: Edition) -> Block:
        """Show what was found, each statement with its evidence."""
        return Folded(f"All {len(self.findings)} statements", Statements(self.findings, edition=edition))

    @cached_property
    def _leading(self) -> pd.DataFrame:
        return self.convergence[self.convergence["leading"]]

    @cached_property
    def _unraised(self) -> pd.DataFrame:
        """Signals that no topic raised speaks for, one row a measure: the topic that comes nearest to it."""
        rows = self.convergence[self.convergence["measure"].ne("")]
        spoken = rows.loc[rows["relationship"].isin(["agreement", "partial", "dissonance"]), "measure"]
        silent = rows[rows["relationship"].eq("silence_in_voices") & ~rows["measure"].isin(spoken)]
        return silent.sort_values("units", ascending=False, kind="stable").drop_duplicates("measure")

    @cached_property
    def _pictures(self) -> MeasureCharts:
        return MeasureCharts(self.review)

    def _too_few(self) -> list[str]:
        heard = self.themes.loc[self.themes["kind"].eq("interview"), "units_total"].max()
        few = 0 < heard < Thresholds().heard
        return [f"Only {plural(int(heard), 'interview')}: too few to say what stands out."] if few else []

    def _without_voice(self) -> list[str]:
        """Say which signals have no voice, and about how many of them nobody was asked."""
        rows = self._unraised
        if rows.empty:
            return []
        names = listing([inline(name) for name in rows["measure_name"]], limit=3)
        unasked = int(rows["raised_as"].eq("not_asked").sum())
        has, it = ("has", "it") if len(rows) == 1 else ("have", "them")
        of = it if unasked == len(rows) else f"{unasked} of them"
        told = f"; nobody was asked about {of}" if unasked else ""
        return [f"{plural(len(rows), 'signal')} in the data {has} hardly a voice, or none: {names}{told}."]

    def _count(self, relationship: str) -> int:
        return int(self._leading["relationship"].eq(relationship).sum())

    def _heard(self) -> bool:
        return not self.themes.empty
