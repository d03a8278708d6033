"""Step 2.5: whom to recognise and where support would help, judged fairly."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.findings import goals_and_feedback as development
from reviewkit.findings import people as fair
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Bullets, Stack, Statements, Words
from reviewkit.present.charts import dot_chart
from reviewkit.present.view import Block, common_view, view

from . import people_blocks as blocks
from . import people_findings as told
from .base import Step

MONTHS = 12
_NO_CONTACTS = "Contacts do not name who handled them, so nobody can be judged fairly; and nobody is."


class PeoplePerformance(Step):
    """Agents and teams judged fairly; goals and feedback looked at as tools of development."""

    number = "2.5"

    def analyse(self) -> None:
        """Adjust for case mix, draw small numbers in, and judge goals and feedback on file."""
        rates = fair.standings(self.rates)
        self.tables = {"people": told.people_table(rates)}
        gate = self.review.discloser
        self.findings = told.fairness_findings(self.rates) + told.bias_findings(self.rates)
        self.findings += told.goal_findings(self.quality) + told.feedback_findings(self.given, rates)
        self.findings += told.standing_findings(rates, gate) + told.person_findings(rates)

    def answer(self, edition: Edition) -> list[str]:
        """Say how many stand out either way, and what goals and feedback lack."""
        counted = told.standing_words(self.tables["people"], self.review.discloser, edition)
        others = [finding.statement for kind in ("goals", "feedback") for finding in self._of_kind(kind)[:1]]
        return [*counted, *others][:3] or [_NO_CONTACTS]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Sums of the last year by agent and kind of contact."""
        if not self.review.evidence.has("contacts"):
            return pd.DataFrame(columns=["agent", "team", "site", *fair.MIX])
        since = pd.Timestamp(self.review.engagement.data_as_of) - pd.DateOffset(months=MONTHS)
        return fair.contact_cells(self.review.evidence.table("contacts"), since)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Fair figures of every agent."""
        return fair.fair_rates(self.cells)

    @cached_property
    def teams(self) -> pd.DataFrame:
        """Fair figures of every team, with how many agents it has."""
        table = fair.fair_rates(self.cells[self.cells["team"] != ""], "team", mix=fair.MIX)
        agents = self.cells.groupby("team")["agent"].nunique()
        return table.assign(agents=table["team"].map(agents).astype("Int64"))

    @cached_property
    def quality(self) -> pd.DataFrame:
        """Goals on file with the letters of SMART that each meets."""
        engagement = self.review.engagement
        measures = [measure.id for measure in engagement.measures]
        return development.goal_quality(self.review.evidence.frame("goals"), measures, engagement.data_as_of)

    @cached_property
    def given(self) -> pd.DataFrame:
        """Feedback on file."""
        return self.review.evidence.frame("feedback_given")

    @view()
    def fairness(self, edition: Edition) -> Block:
        """Show the rules by which people are compared, and what they change."""
        if self.rates.empty:
            return Words(_NO_CONTACTS)
        return Stack(Bullets(fair.RULES), Statements(self._of_kind("fairness"), edition=edition))

    @common_view("team", "managers")
    def agents(self) -> Block:
        """Show each agent's fair figures in one measure, best first."""
        if self.rates.empty:
            return Words(_NO_CONTACTS)
        return Stack(
            *(blocks.agents_table(self.tables["people"], name) for name in self.rates["measure"].unique())
        )

    @view()
    def distribution(self, edition: Edition) -> Block:
        """Show how many stand out, without saying who."""
        if self.rates.empty:
            return Words(_NO_CONTACTS)
        return blocks.standing_table(self.tables["people"], self.review, edition)

    @view()
    def team_figures(self, edition: Edition) -> Block:
        """Show teams large enough not to point at individuals."""
        minimum = 1 if edition in ("team", "managers") else self.review.engagement.disclosure.minimum_pool
        shown = blocks.teams_shown(self.teams, minimum)
        if shown.empty:
            return Words(f"No two teams have {minimum} agents or more with enough contacts to be compared.")
        return Stack(*(self._team_chart(part) for _, part in shown.groupby("measure", sort=False)))

    @view()
    def objective_and_subjective(self, edition: Edition) -> Block:
        """Show how far customers' scores agree with what was done, and what else moves them."""
        found = self._of_kind("bias")
        return (
            Statements(found, edition=edition)
            if found
            else Words("Objective and subjective measures are not both there.")
        )

    @common_view()
    def goals(self) -> Block:
        """Show how many goals on file are specific, measurable, relevant and time-bound."""
        return blocks.goals_table(self.quality)

    @common_view("team", "managers")
    def goals_to_rewrite(self) -> Block:
        """Show the goals that lack a letter."""
        return blocks.weak_goals(self.quality)

    @view()
    def feedback(self, edition: Edition) -> Block:
        """Show cadence, balance, specificity and timeliness of the feedback given."""
        found = self._of_kind("feedback")
        if not found:
            return Words("No feedback is on file: sample one-to-one notes of the last quarter.")
        return Stack(Statements(found, edition=edition), blocks.feedback_table(self.given))

    @view("team", "managers")
    def recognise(self, edition: Edition) -> Block:
        """Show whom to recognise, and for what."""
        return blocks.named(self._of_kind("person"), "recognise", edition)

    @view("team", "managers")
    def support(self, edition: Edition) -> Block:
        """Show for whom a person should consider support or an improvement plan."""
        return blocks.named(self._of_kind("person"), "support", edition)

    def _of_kind(self, kind: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == kind]

    def _team_chart(self, part: pd.DataFrame) -> Block:
        aspect = {item.id: item for item in fair.ASPECTS}[str(part["measure"].iloc[0])]
        best, last = part.sort_values("rank").iloc[[0, -1]]["team"]
        return dot_chart(
            part.sort_values("rank"),
            "team",
            "shrunk",
            reference=float(part["centre"].iloc[0]),
            title=f"{aspect.name}, case mix allowed for, is best in {best} and weakest in {last}",
            subtitle=f"Last {MONTHS} months; same reasons and readiness compared; 95% intervals.",
            source="contacts",
            unit=told.unit_of(aspect),
            key=f"teams-{aspect.id}",
        )
