"""Step 2.3: where front line, support and management see different organisations."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit import voices
from reviewkit.content import load_causes
from reviewkit.model import Edition
from reviewkit.present.blocks import Stack, Statements, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import plural
from reviewkit.voices import partnering

from ..base import Step
from . import blocks as blocks
from . import voice as voice
from .gap_blocks import gap_chart, gap_table
from .inputs import PartnersInputs


class InternalPartners(Step):
    """Nine signs, six keys, expectations and support, we/they gaps, the customer's voice traced inwards."""

    number = "2.3"

    def analyse(self) -> None:
        """Compare the sides' answers statement by statement."""
        self.tables = {"partner_gaps": self.inputs.gaps}
        self.findings = voices.partner_findings(self.inputs.gaps)
        self.findings += voices.sign_findings(self.inputs.together)
        self.findings += partnering.front_line_findings(self.inputs.alone)

    @cached_property
    def inputs(self) -> PartnersInputs:
        """The survey as it may be read."""
        return PartnersInputs(self.review)

    def answer(self, edition: Edition) -> list[str]:
        """Say where the sides differ most, which signs stand out, and what the mean would hide."""
        if self.inputs.perceptions.empty:
            return ["Without the partnering survey nobody can say how far the sides differ."]
        gaps, signs = self._of_kind("partner_gap"), self._of_kind("partner_sign")
        statements = len({finding.subject.split("/")[0] for finding in gaps})
        lead = f"Front line, support and management differ clearly on {plural(statements, 'statement')}."
        if not gaps:
            lead = "Front line, support and management do not differ clearly on any statement."
        alone = self._of_kind("front_line_view")
        return [lead, *(finding.statement for finding in (gaps[:1] + (signs[:1] or alone[:1])))]

    @view()
    def we_they_gaps(self, edition: Edition) -> Block:
        """Show the statements on which two sides differ most, with intervals and effect sizes."""
        gaps = self.inputs.gaps
        if gaps.empty:
            return Words(blocks.NO_SURVEY)
        found = Statements(self._of_kind("partner_gap")[:5], ordered=True, edition=edition)
        return Stack(found, gap_chart(gaps), gap_table(gaps))

    @view()
    def front_line_alone(self, edition: Edition) -> Block:
        """Show what the front line sees on the bad side and the mean of all would hide."""
        alone = self._of_kind("front_line_view")
        if alone:
            return Statements(alone, edition=edition)
        return Words("Nothing that the front line clearly sees is hidden by the mean of all sides.")

    @common_view()
    def nine_signs(self) -> Block:
        """Show the nine signs of a missing partnership: who sees each, and who does not."""
        return blocks.by_side(self.inputs, "sign")

    @common_view()
    def six_keys(self) -> Block:
        """Show the six keys to partnership: who finds each, and who does not."""
        return blocks.by_side(self.inputs, "key")

    @common_view()
    def expectations_and_support(self) -> Block:
        """Show whether expectations are clear and support is given, by side."""
        if self.inputs.perceptions.empty:
            return Words(blocks.NO_SURVEY)
        return Stack(blocks.by_side(self.inputs, "expectation"), blocks.by_side(self.inputs, "support"))

    @common_view()
    def departments(self) -> Block:
        """Show scores by department, and how far each is from the rest."""
        return blocks.parts(self.inputs, "department", "department")

    @common_view()
    def centre_and_sites(self) -> Block:
        """Show scores by site, how far each is from the rest, and the centre against the sites."""
        label = self.review.engagement.site_label
        return Stack(blocks.parts(self.inputs, "site", label), blocks.centre_words(self.inputs, label))

    @view()
    def who_answered(self, edition: Edition) -> Block:
        """Show the response by side, department and site, and who did not answer."""
        if self.inputs.perceptions.empty:
            return Words(blocks.NO_SURVEY)
        return blocks.response_table(self.inputs, self.review.discloser, edition)

    @common_view()
    def how_far_to_rely(self) -> Block:
        """Show how far the statements of a kind hang together."""
        if self.inputs.perceptions.empty:
            return Words(blocks.NO_SURVEY)
        return blocks.reliability_table(self.inputs)

    @view()
    def voice_of_the_customer(self, edition: Edition) -> Block:
        """Show customers' concerns traced to what may cause them inside."""
        return voice.traced_table(self._traced, self.review.discloser, edition)

    @common_view()
    def voice_over_time(self) -> Block | None:
        """Show customers' concerns by month, and what came first: they or signals inside."""
        if self._traced.empty:
            return None
        coded, feedback = (
            self.review.table("1.4", "coded_remarks"),
            self.review.evidence.frame("customer_feedback"),
        )
        codes, names = (
            list(self._traced["code"]),
            dict(zip(self._traced["code"], self._traced["name"], strict=True)),
        )
        months = partnering.voice_by_month(coded, feedback, codes)
        moved = partnering.voice_and_signals(
            coded, feedback, self.review.table("1.1", "signals"), self.review.engagement.measures, codes
        )
        minimum = self.review.discloser.disclosure.minimum_comments
        return Stack(
            voice.months_matrix(months, names, minimum), voice.beside_signals(moved, names, self._held)
        )

    @cached_property
    def _traced(self) -> pd.DataFrame:
        return voices.traced(self.review.table("1.4", "themes"), self.review.codebook, load_causes())

    @cached_property
    def _held(self) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """First and last day on which something was said in interviews."""
        said = self.review.evidence.frame("remarks")
        days = pd.to_datetime(said.loc[said["interview_id"].notna(), "said_on"]).dropna()
        return (days.min(), days.max()) if len(days) else None
