"""Step 2.4: what the organisation needs of its leaders against what it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.content import load_competencies
from reviewkit.findings import leadership as lead
from reviewkit.findings.leader_findings import group_findings, leader_findings
from reviewkit.model import Edition
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, view
from reviewkit.present.words import listing, number, plural

from .base import Step

LEVELS = {
    "senior_leadership": "senior leadership",
    "department_head": "department heads",
    "team_lead": "team leads",
    "front_line": "front line",
}
BASIS = {
    "results_in_last_role": "results in the last role",
    "length_of_service": "length of service",
    "leadership_assessment": "an assessment of leadership",
    "vacancy": "a vacancy that had to be filled",
}


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
        told = [
            f"{str(row.name).lower()} among {self._group({'level': row.level, 'department': getattr(row, 'department', '')})}"
            for row in first.itertuples(index=False)
        ]
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
        table = (
            self.shown(("name",)) if edition == "leadership" else lead.capability_by(self._gaps, ("name",))
        )
        if table.empty:
            return Words("Competencies have not been rated, or for too few leaders to show.")
        widest = table.iloc[0]
        return charts.dumbbell(
            table,
            "name",
            "needed",
            "assessed",
            "needed",
            "assessed",
            unit="score",
            decimals=1,
            key="2.4-needed",
            title=f"{widest['name']} falls furthest short: {number(widest['gap'], 'score', 1)} of five points",
            subtitle="Mean level the roles need and mean assessment by managers and teams, 1 to 5.",
            source="ratings of competencies",
        )

    @view()
    def by_level(self, edition: Edition) -> Block:
        """Show the gaps by level, small groups left out."""
        table = self.shown(("name", "level"))
        if table.empty:
            return Words("Every group is too small to show without pointing at somebody.")
        table = table.assign(
            level=table["level"].map(LEVELS).fillna(table["level"]), words=table["gap"].map("{:.1f}".format)
        )
        minimum = self.review.engagement.disclosure.minimum_survey
        return charts.matrix(
            table,
            "name",
            "level",
            "gap",
            words="words",
            corner="Competency",
            caption="Gap by level: points of five short of what the role needs",
            note=f"Groups of fewer than {minimum} leaders, and those that would give them away, are left out.",
        )

    @view()
    def begin_with(self, edition: Edition) -> Block:
        """Show the few gaps to begin with, and the route for each."""
        first = self.first_gaps(edition)
        if first.empty:
            return Words("No gap is sure enough to begin with.")
        table = first.assign(
            group=[self._group(row) for row in first.to_dict("records")], route=first["kind"].map(_ROUTE)
        )
        headings = {
            "name": "Competency",
            "group": "Among",
            "leaders": "Leaders",
            "gap": "Mean gap",
            "kind": "Kind",
            "route": "Route",
        }
        return Table(table, caption="The few gaps to begin with", headings=headings)

    @view()
    def teachable_or_talent(self, edition: Edition) -> Block:
        """Show which competencies can be taught, which are talents, and the rules for routes."""
        known = set(self._gaps["competency"])
        rows = [entry.model_dump() for entry in load_competencies().values() if entry.id in known]
        if not rows:
            return Words("No competency of the list has been rated.")
        headings = {"name": "Competency", "kind": "Kind", "reason": "Why"}
        return Stack(
            Table(pd.DataFrame(rows), caption="Teachable skill or talent", headings=headings),
            Bullets(lead.RULES),
        )

    @view("team", "managers")
    def individuals(self, edition: Edition) -> Block:
        """Show each leader's gaps and route; personal, for the team and managers alone."""
        rows = self._gaps[self._gaps["route"].ne("")]
        if rows.empty:
            return Words("No leader is half a point or more short of what the role needs.")
        headings = {
            "who": "Leader",
            "name": "Competency",
            "needed": "Needed",
            "assessed": "Assessed",
            "gap": "Gap",
        }
        headings |= {
            "self_over_others": "Own view above others'",
            "kind": "Kind",
            "route": "Route",
            "why": "Why",
        }
        return Table(
            rows.assign(who=self._who(rows)), caption="Personal: gaps by leader", headings=headings, limit=60
        )

    @view()
    def desire_to_lead(self, edition: Edition) -> Block:
        """Show leaders' own wish to lead beside their teams' answers."""
        table = lead.desire(self.leaders, self.stakeholders).dropna(subset=["desire_to_lead", "team_answer"])
        if (edition == "leadership" and len(table) < self._minimum) or table.empty:
            return Words("Answers on the desire to lead are missing, or too few to show.")
        own, team = table["desire_to_lead"].mean(), table["team_answer"].mean()
        lines = Words(
            f"Leaders put their wish to lead at {own:.1f} of 5 on average, their teams at {team:.1f}. "
            f"{self._some(int(table['apart'].sum()), len(table), edition)} a point or more apart from their team."
        )
        if edition == "leadership":
            return lines
        table = table.assign(who=self._who(table))
        headings = {
            "who": "Leader",
            "desire_to_lead": "Own answer",
            "team_answer": "Team's answer",
            "difference": "Difference",
        }
        return Stack(lines, Table(table, caption="Personal: desire to lead", headings=headings, limit=25))

    @view()
    def promotion_and_measure(self, edition: Edition) -> Block:
        """Show what promotions rested on, and whether leaders are judged by results or tasks."""
        parts = [
            self._counts("promoted_on", "What promotions rested on", BASIS, edition),
            self._counts("measured_on", "What leaders are judged by", {}, edition),
        ]
        return Stack(*parts)

    @view()
    def goals_aligned(self, edition: Edition) -> Block:
        """Show how many goals on file name a measure, and one of the contract."""
        goals = self.review.evidence.frame("goals")
        if goals.empty:
            return Words("No goals are on file. Collect the goals of a sample of people at each level.")
        kpis = [measure.id for measure in self.review.engagement.measures if measure.contract_kpi]
        table = lead.aligned_goals(goals, kpis)
        linked, total = int(table["contract"].sum()), int(table["goals"].sum())
        if edition == "leadership":
            hidden = self.review.discloser.suppress(table, "goals", values=["measured", "contract"])
            table = hidden[~hidden["suppressed"]].astype({"goals": "int64"})
            table = table.assign(
                **{
                    name: [
                        self.review.discloser.count(int(n), int(total), edition)
                        for n, total in zip(table[name], table["goals"], strict=True)
                    ]
                    for name in ("measured", "contract")
                }
            )
        table = table.assign(level=table["level"].map(LEVELS).fillna("level not recorded"))
        headings = {
            "level": "Level",
            "goals": "Goals",
            "measured": "Name a measure",
            "contract": "Name a contract measure",
        }
        return Stack(
            Words(f"{linked} of {total} goals on file name a measure of the contract."),
            Table(table, caption="Goals on file by level", headings=headings),
        )

    @view()
    def retirement_and_succession(self, edition: Edition) -> Block:
        """Show how many posts fall vacant within three years, and for how many a successor is ready."""
        if self.leaders["years_to_retirement"].notna().sum() == 0:
            return Words("Retirement dates are not on file. Ask human resources for them.")
        table = lead.succession(self.leaders, self.stakeholders)
        ready = int(table["successor_ready"].sum())
        if table.empty:
            return Words("No leader is due to retire within three years.")
        line = Words(
            f"{self._some(len(table), len(self.leaders), edition)} due to retire within three years; for "
            f"{self._many(ready, len(table), edition)} of them a successor is ready."
        )
        if edition == "leadership":
            return line
        headings = {
            "who": "Leader",
            "years_to_retirement": "Years to retirement",
            "successor_ready": "Successor ready",
        }
        return Stack(
            line, Table(table.assign(who=self._who(table)), caption="Personal: succession", headings=headings)
        )

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

    @cached_property
    def _names(self) -> dict[str, str]:
        register = self.stakeholders.drop_duplicates("stakeholder_id")
        titles = register["name"].fillna(register["role"]).fillna(register["stakeholder_id"])
        return dict(zip(register["stakeholder_id"], titles, strict=True))

    def _who(self, rows: pd.DataFrame) -> list[str]:
        return [
            ", ".join(
                part
                for part in (
                    self._names.get(row["stakeholder_id"], row["stakeholder_id"]),
                    row["department"],
                    row["site"],
                )
                if isinstance(part, str) and part
            )
            for row in rows.to_dict("records")
        ]

    def _group(self, row: Mapping[Any, Any]) -> str:
        level = LEVELS.get(str(row["level"]), str(row["level"]))
        department = row.get("department")
        return f"{level} in {department}" if isinstance(department, str) and department else level

    def _many(self, n: int, total: int, edition: Edition) -> str:
        return self.review.discloser.count(n, total, "team" if edition == "managers" else edition)

    def _some(self, n: int, total: int, edition: Edition) -> str:
        words = self._many(n, total, edition) if n else "no"
        return f"{words[0].upper()}{words[1:]} {'leader is' if words in ('one', 'no') else 'leaders are'}"

    def _counts(self, column: str, caption: str, names: dict[str, str], edition: Edition) -> Block:
        table = lead.counted(self.leaders, column)
        if table.empty:
            return Words(f"{caption}: not on file.")
        table = table.assign(value=table["value"].replace(names), percent=100 * table["share"])
        if edition == "leadership":
            total = int(table["leaders"].sum())
            table = table.assign(
                leaders=[self.review.discloser.count(int(n), total, edition) for n in table["leaders"]]
            )
            return Table(table, caption=caption, headings={"value": "Basis", "leaders": "Leaders"})
        return Table(
            table, caption=caption, headings={"value": "Basis", "leaders": "Leaders", "percent": "Per cent"}
        )


_ROUTE = {
    "teachable": "training where the gap is large, else coaching",
    "talent": "move or hiring; coaching where the gap is small",
}
