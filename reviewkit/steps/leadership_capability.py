"""Step 2.4: what the organisation needs of its leaders against what it has."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviewkit.content import load_competencies
from reviewkit.findings import leadership as lead
from reviewkit.findings.leader_findings import group_findings, leader_findings
from reviewkit.model import Edition
from reviewkit.model.words import inline
from reviewkit.present.blocks import Stack, Statements, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural

from .base import Step
from .leadership_blocks import (
    BASIS,
    counted_table,
    desire_table,
    first_table,
    goals_block,
    kinds_table,
    level_matrix,
    needed_chart,
    personal_table,
    succession_table,
)
from .leadership_words import LEVELS, group_words, leader_words, many, some_leaders


class LeadershipCapability(Step):
    """Competencies needed and assessed, teachable or talent, desire to lead, promotion, succession."""

    number = "2.4"

    def analyse(self) -> None:
        """Compare needed with assessed for every leader; group what others may see."""
        evidence = self.review.evidence
        gaps = lead.capability_gaps(
            evidence.frame("competencies"),
            self.leaders,
            self.stakeholders,
            load_competencies(),
            minimum_raters=self.review.engagement.disclosure.minimum_survey,
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
    def leaders(self) -> pd.DataFrame:
        """Facts about leaders."""
        return self.review.evidence.frame("leaders")

    @property
    def stakeholders(self) -> pd.DataFrame:
        """The register."""
        return self.review.evidence.frame("stakeholders")

    def shown(self, by: Sequence[str]) -> pd.DataFrame:
        """Return gaps of groups, those of too few leaders left out so that nobody is singled out."""
        groups = lead.capability_by(self.tables["capability_gaps"], by)
        hidden = self.review.discloser.suppress(
            groups, "leaders", values=["gap", "needed", "assessed", "lower", "upper", "with_gap"], by=by[0]
        )
        return hidden[~hidden["suppressed"]].drop(columns="suppressed").reset_index(drop=True)

    def first_gaps(self, edition: Edition) -> pd.DataFrame:
        """Return the few gaps to begin with, from the groups an edition may see."""
        if edition == "leadership":
            return lead.begin_with(self.shown(("name", "level")))
        return lead.begin_with(
            lead.capability_by(self.tables["capability_gaps"], ("name", "department", "level"))
        )

    @view()
    def needed_against_assessed(self, edition: Edition) -> Block:
        """Show for each competency what roles need and what leaders have."""
        seen = self.shown(("name",)) if edition == "leadership" else lead.capability_by(self._gaps, ("name",))
        return needed_chart(seen)

    @common_view()
    def by_level(self) -> Block:
        """Show the gaps by level, small groups left out."""
        return level_matrix(self.shown(("name", "level")), self._minimum)

    @view()
    def begin_with(self, edition: Edition) -> Block:
        """Show the few gaps to begin with, and the route for each."""
        return first_table(self.first_gaps(edition))

    @common_view()
    def teachable_or_talent(self) -> Block:
        """Show which competencies can be taught, which are talents, and the rules for routes."""
        return kinds_table(set(self._gaps["competency"]))

    @common_view("team", "managers")
    def individuals(self) -> Block:
        """Show each leader's gaps and route; personal, for the team and managers alone."""
        rows = self._gaps[self._gaps["route"].ne("")]
        if rows.empty:
            return Words("No leader is half a point or more short of what the role needs.")
        return personal_table(self._named(rows))

    @view()
    def desire_to_lead(self, edition: Edition) -> Block:
        """Show leaders' own wish to lead beside their teams' answers."""
        table = lead.desire(self.leaders, self.stakeholders).dropna(subset=["desire_to_lead", "team_answer"])
        if (edition == "leadership" and len(table) < self._minimum) or table.empty:
            return Words("Answers on the desire to lead are missing, or too few to show.")
        own, team = table["desire_to_lead"].mean(), table["team_answer"].mean()
        apart = some_leaders(self.review.discloser, int(table["apart"].sum()), len(table), edition)
        lines = Words(
            f"Leaders put their wish to lead at {own:.1f} of 5 on average, their teams at {team:.1f}. "
            f"{apart} a point or more apart from their team."
        )
        return lines if edition == "leadership" else Stack(lines, desire_table(self._named(table)))

    @view()
    def promotion_and_measure(self, edition: Edition) -> Block:
        """Show what promotions rested on, and whether leaders are judged by results or tasks."""
        gate, leaders = self.review.discloser, self.leaders
        rested, judged = lead.counted(leaders, "promoted_on"), lead.counted(leaders, "measured_on")
        return Stack(
            counted_table(rested, "What promotions rested on", BASIS, gate, edition),
            counted_table(judged, "What leaders are judged by", {}, gate, edition),
        )

    @view()
    def goals_aligned(self, edition: Edition) -> Block:
        """Show how many goals on file name a measure, and one of the contract."""
        goals = self.review.evidence.frame("goals")
        if goals.empty:
            return Words("No goals are on file. Collect the goals of a sample of people at each level.")
        kpis = [measure.id for measure in self.review.engagement.measures if measure.contract_kpi]
        return goals_block(lead.aligned_goals(goals, kpis), self.review.discloser, edition)

    @view()
    def retirement_and_succession(self, edition: Edition) -> Block:
        """Show how many posts fall vacant within three years, and for how many a successor is ready."""
        if self.leaders["years_to_retirement"].notna().sum() == 0:
            return Words("Retirement dates are not on file. Ask human resources for them.")
        table, gate = lead.succession(self.leaders, self.stakeholders), self.review.discloser
        if table.empty:
            return Words("No leader is due to retire within three years.")
        line = Words(
            f"{some_leaders(gate, len(table), len(self.leaders), edition)} due to retire within three years; "
            f"for {many(gate, int(table['successor_ready'].sum()), len(table), edition)} of them a successor "
            "is ready."
        )
        return line if edition == "leadership" else Stack(line, succession_table(self._named(table)))

    @view()
    def statements(self, edition: Edition) -> Block:
        """Show the statements with their evidence, those on groups first."""
        return Statements(self.findings[:25], edition=edition)

    @property
    def _gaps(self) -> pd.DataFrame:
        return self.tables["capability_gaps"]

    @property
    def _minimum(self) -> int:
        return self.review.engagement.disclosure.minimum_survey

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with the leader's name, personal."""
        return rows.assign(who=leader_words(rows, self.stakeholders))
