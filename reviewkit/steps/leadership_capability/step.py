"""Step 2.4: what the organisation needs of its leaders against what it has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from reviewkit.content import load_competencies
from reviewkit.findings.goals.results_and_tasks import goal_kinds
from reviewkit.findings.goals.smart import read_goals
from reviewkit.findings.leadership import capability as lead
from reviewkit.findings.leadership import facts as facts
from reviewkit.findings.leadership.findings import group_findings, leader_findings
from reviewkit.model import Edition
from reviewkit.model.words import inline
from reviewkit.present.blocks import Stack, Statements, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural

from ..base import Step
from . import blocks as blocks
from . import facts_blocks as fact_blocks
from .words import LEVELS, PERSONAL, group_words, leader_words


class LeadershipCapability(Step):
    """Competencies needed and assessed, teachable or talent, desire to lead, promotion, succession."""

    number = "2.4"

    def analyse(self) -> None:
        """Compare needed with assessed for every leader; group what others may see."""
        gaps = lead.capability_gaps(
            self.competencies,
            self.leaders,
            self.stakeholders,
            load_competencies(),
            minimum_raters=self._minimum,
        )
        self.tables = {"capability_gaps": gaps}
        self.findings = group_findings(self.shown(("name", "level")), self.first_gaps("leadership"), LEVELS)
        self.findings += leader_findings(gaps)

    def answer(self, edition: Edition) -> list[str]:
        """Say which few gaps to begin with, and how many leaders were looked at."""
        gaps = self.tables["capability_gaps"]
        lines = [
            f"{plural(gaps['stakeholder_id'].nunique(), 'leader')} were assessed on "
            f"{plural(gaps['competency'].nunique(), 'competency', 'competencies')}."
        ]
        first = self.first_gaps(edition)
        if first.empty:
            return [
                *lines,
                "No group of leaders is surely half a point or more short of what its role needs.",
            ]
        told = [f"{inline(str(row['name']))} among {group_words(row)}" for row in first.to_dict("records")]
        return [*lines, f"Begin with {listing(told)}."]

    @property
    def competencies(self) -> pd.DataFrame:
        """Ratings of competencies."""
        return self.review.evidence.frame("competencies")

    @property
    def leaders(self) -> pd.DataFrame:
        """Facts about leaders."""
        return self.review.evidence.frame("leaders")

    @property
    def stakeholders(self) -> pd.DataFrame:
        """The register."""
        return self.review.evidence.frame("stakeholders")

    def shown(self, by: Sequence[str]) -> pd.DataFrame:
        """Return gaps of groups, those of too few leaders left out so that nobody is singled out."""
        hidden = self.review.discloser.suppress(
            self._by(by),
            "leaders",
            values=["gap", "needed", "assessed", "lower", "upper", "with_gap", "people"],
            by=by[0],
        )
        return hidden[~hidden["suppressed"]].drop(columns="suppressed").reset_index(drop=True)

    def first_gaps(self, edition: Edition) -> pd.DataFrame:
        """Return the few gaps to begin with, from the groups an edition may see."""
        if edition not in PERSONAL:
            return lead.begin_with(self.shown(("name", "level")))
        return lead.begin_with(self._by(("name", "department", "level")))

    @view()
    def needed_against_assessed(self, edition: Edition) -> Block:
        """Show for each competency what roles need and what leaders have."""
        return blocks.needed_chart(self._by(("name",)) if edition in PERSONAL else self.shown(("name",)))

    @view()
    def three_views(self, edition: Edition) -> Block:
        """Show leaders' own, their managers' and their teams' view, and who rates themselves higher."""
        return blocks.views_table(self._gaps, self.review.discloser, edition)

    @common_view()
    def by_level(self) -> Block:
        """Show the gaps by level, small groups left out."""
        return blocks.level_matrix(self.shown(("name", "level")), self._minimum)

    @view()
    def begin_with(self, edition: Edition) -> Block:
        """Show the few gaps to begin with, and the route for each."""
        return blocks.first_table(self.first_gaps(edition), self.review.discloser, edition)

    @common_view()
    def teachable_or_talent(self) -> Block:
        """Show which competencies can be taught, which are talents, and the rules for routes."""
        return blocks.kinds_table(set(self._gaps["competency"]))

    @common_view("team", "managers")
    def individuals(self) -> Block:
        """Show each leader's gaps and route; personal, for the team and managers alone."""
        rows = self._gaps[self._gaps["route"].ne("")]
        if rows.empty:
            return Words("No leader is half a point or more short of what the role needs.")
        return blocks.personal_table(self._named(rows))

    @view()
    def desire_to_lead(self, edition: Edition) -> Block:
        """Show leaders' own wish to lead beside their teams' answers."""
        table = facts.desire(self.leaders, self.stakeholders, self.competencies, minimum_raters=self._minimum)
        named = self._named(table.dropna(subset=["desire_to_lead"]))
        return fact_blocks.desire_block(table, named, self.review.discloser, edition)

    @view()
    def promotion_and_measure(self, edition: Edition) -> Block:
        """Show what promotions rested on, and whether leaders are judged by results or tasks."""
        gate, leaders = self.review.discloser, self.leaders
        rested, judged = facts.counted(leaders, "promoted_on"), facts.counted(leaders, "measured_on")
        personal = fact_blocks.basis_gaps(facts.gap_by_basis(self._gaps, leaders))
        return Stack(
            fact_blocks.counted_table(rested, "What promotions rested on", fact_blocks.BASIS, gate, edition),
            fact_blocks.counted_table(judged, "What leaders are judged by", {}, gate, edition),
            personal if edition in PERSONAL else None,
        )

    @view()
    def goals_aligned(self, edition: Edition) -> Block:
        """Show how many of leaders' goals name a measure of the contract, and ask for results."""
        kpis = [measure.id for measure in self.review.engagement.measures if measure.contract_kpi]
        table = facts.aligned_goals(self.goals, kpis)
        return fact_blocks.goals_block(table, self.review.discloser, edition)

    @view()
    def retirement_and_succession(self, edition: Edition) -> Block:
        """Show how many posts fall vacant soon, and for how many a successor is ready."""
        if self.leaders["years_to_retirement"].notna().sum() == 0:
            return Words("Retirement dates are not on file. Ask human resources for them.")
        table = facts.succession(self.leaders, self.stakeholders)
        return fact_blocks.succession_block(
            table, self._named(table), len(self.leaders), self.review.discloser, edition
        )

    @view()
    def statements(self, edition: Edition) -> Block:
        """Show the statements with their evidence, those on groups first."""
        return Statements(self.findings[:25], edition=edition)

    @cached_property
    def goals(self) -> pd.DataFrame:
        """Goals on file as step 2.5 reads them; whether each is SMART is for that step."""
        engagement = self.review.engagement
        outcomes = self.review.evidence.frame("outcomes")["outcome"].dropna().unique()
        read = read_goals(
            self.review.evidence.frame("goals"),
            engagement.measures,
            engagement.data_as_of,
            outcomes=[str(name) for name in outcomes],
        )
        return goal_kinds(read, engagement.measures)

    def _by(self, by: Sequence[str]) -> pd.DataFrame:
        """Gaps of groups with the relevance of each competency to the contract."""
        groups = lead.capability_by(self._gaps, by)
        return groups.assign(relevance=groups["competency"].map(self._relevance))

    @cached_property
    def _relevance(self) -> dict[str, float]:
        rated = list(self._gaps["competency"].unique())
        return lead.contract_relevance(rated, self.review.codebook, self.review.engagement.measures)

    @property
    def _gaps(self) -> pd.DataFrame:
        return self.tables["capability_gaps"]

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with the leader's name, personal."""
        return rows.assign(who=leader_words(rows, self.stakeholders))
