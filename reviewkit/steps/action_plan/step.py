"""Step 3.2: who does what by when, and how the climb is staged."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from reviewkit import plan
from reviewkit.model import Edition
from reviewkit.model.words import begin_lower
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import date, number, plural

from ..base import Step
from ..plan_inputs import PlanInputs
from . import blocks as actions
from . import support_blocks as support

FILES = {
    "action_plan.xlsx": "the plan for owners, with a sheet of progress to fill in and send back",
    "action_plan.ics": "its dates",
}
NONE = (
    "There are no actions yet: nothing recommended comes first and nothing is agreed. The page "
    "Recommendations (3.1) says why; what was agreed elsewhere goes into the table actions."
)


class ActionPlan(Step):
    """SMART actions with owners by role, the ascent, and support for people who carry it."""

    number = "3.2"

    def analyse(self) -> None:
        """Draft and check actions, stage the climb, and state each action with its evidence."""
        read, engagement = self.inputs, self.review.engagement
        made = plan.action_plan(
            self.review.table("3.1", "recommendations"),
            self.review.evidence.frame("actions"),
            read.gaps,
            read.levels,
            read.themes,
            engagement,
            register=self.review.evidence.frame("stakeholders"),
        )
        climb = plan.ascent(plan.climbs(made, engagement), basis=engagement.ascent_basis)
        self.tables = {"action_plan": made, "ascent": climb}
        self.findings = plan.action_findings(made, engagement, read.sites)

    def answer(self, edition: Edition) -> list[str]:
        """Say how many actions there are, how SMART, and when the first camp is due."""
        table, climb = self._plan, self._ascent
        if table.empty:
            return [NONE]
        agreed, smart = int(table["agreed"].sum()), int(table["smart"].sum())
        sentences = [
            f"{plural(len(table), 'action')}, {agreed} agreed and {len(table) - agreed} drafted, run from "
            f"{date(table['starts'].min())} to {date(table['due'].max())}.",
            f"{smart} of {len(table)} {'passes' if smart == 1 else 'pass'} all five letters of SMART"
            f"{_what_lacks(len(table) - smart)}.",
        ]
        return [*sentences, *self._camps(climb), *self._half(edition)]

    def _camps(self, climb: pd.DataFrame) -> list[str]:
        """Name the next camp; whether those that fell due were reached is for step 4.1 to say."""
        as_of = pd.Timestamp(self.review.engagement.data_as_of)
        ahead = climb[~climb["passed"]].sort_values("due")
        due, coming = ahead[ahead["due"] < as_of], ahead[ahead["due"] >= as_of].head(1)
        told = []
        for row in coming.to_dict("records"):
            level = number(row["level"], row["unit"], currency=self.review.engagement.currency)
            told.append(
                f"Reckoned from {date(as_of)}, when the data end, the next camp is {row['stage_name']}, "
                f"{begin_lower(row['name'])} at {level}, "
                f"by {date(row['due'])}."
            )
        if len(due):
            were = "camp was" if len(due) == 1 else "camps were"
            told.append(
                f"{len(due)} {were} due by {date(as_of)}; the page Progress (4.1) says which are reached."
            )
        return told

    def _half(self, edition: Edition) -> list[str]:
        """Say what a plan from half the evidence cannot know, and the next step."""
        if len(self._plan) == 0 or edition == "participants":
            return []
        if self.inputs.themes.empty:
            return [
                "Nobody has been heard yet: the drafts rest on figures alone, and nobody who would carry "
                "them has agreed. Step 1.3 plans whom to ask."
            ]
        if self.inputs.series.empty:
            return [
                "There are no measured figures: the drafts aim at fewer comments, and what they would do for "
                "the contract or for costs is not known. Add contacts or kpis."
            ]
        return []

    def hands_on(self) -> None:
        """Write tables and findings for later steps, and the plan's files for its owners."""
        super().hands_on()
        for path in self.write_files():
            print(f"file: {path.name}")

    def write_files(self) -> list[Path]:
        """Write workbook and calendar to the folder ``files`` of the run; none where there is no plan."""
        if self._plan.empty:
            return []
        engagement, folder = self.review.engagement, self.review.folder / "files"
        made_on, title = engagement.data_as_of, f"Action plan: {engagement.name}"
        workbook, calendar = (folder / name for name in FILES)
        return [
            plan.write_workbook(
                workbook,
                self._plan,
                self._ascent,
                title=title,
                made_on=made_on,
                engagement=engagement.id,
                currency=engagement.currency,
            ),
            plan.write_calendar(
                calendar, self._plan, self._ascent, engagement=engagement.id, made_on=made_on
            ),
        ]

    @cached_property
    def inputs(self) -> PlanInputs:
        """Gaps, themes, people and levels sustained."""
        return PlanInputs(self.review)

    @view()
    def actions(self, edition: Edition) -> Block:
        """Show the actions: what, who, from where to where, by when."""
        return Statements(self.findings, edition=edition) if self.findings else Words(NONE)

    @common_view()
    def smart_check(self) -> Block:
        """Show the check of each action, letter by letter."""
        if self._plan.empty:
            return Words(NONE)
        return actions.letters(self._plan)

    @common_view()
    def to_settle(self) -> Block:
        """Show what is still to settle about owners, baselines, targets and costs."""
        if self._plan.empty:
            return Words(NONE)
        read = self.inputs
        now = plan.levels_now(read.gaps, read.series)
        frame, engagement = self.review.evidence.frame, self.review.engagement
        before = plan.levels_before(self._plan, read.series, engagement, frame("annotations"))
        register = frame("stakeholders")
        return actions.to_settle(
            plan.doubts(
                self._plan, now, register, engagement, themes=read.themes, before=before, budget=self._budget
            )
        )

    @common_view()
    def owners(self) -> Block:
        """Show who answers for what, with dates, time and means."""
        if self._plan.empty:
            return Words(NONE)
        return actions.owners(self._plan, self.review.engagement, self._budget)

    @common_view()
    def timeline(self) -> Block:
        """Show when each action runs."""
        if self._plan.empty:
            return Words(NONE)
        return actions.timeline(self._plan, self.review.engagement)

    @common_view()
    def climb(self) -> Block:
        """Show the ascent in four stages, in each measure's own unit."""
        return actions.climb(self._ascent, self._plan, self.review.engagement)

    @common_view("team", "managers")
    def improvement_plans(self) -> Block:
        """Show improvement plans to consider, person by person; for managers only."""
        read = self.inputs
        starts, _ = plan.plan_window(self.review.engagement)
        plans = plan.improvement_plans(read.read("2.5", "people"), self.review.engagement.measures, starts)
        return support.improvement_plans(plans, self.review.evidence.frame("stakeholders"))

    @common_view("team", "managers")
    def conversation(self) -> Block:
        """Show the guide for a conversation about improvement."""
        return support.conversation()

    @view()
    def leaders(self, edition: Edition) -> Block:
        """Show the development of leaders: by competency, and for managers by leader."""
        gaps = self.inputs.read("2.4", "capability_gaps")
        return support.leaders(
            gaps, self.review.evidence.frame("stakeholders"), self.review.discloser, edition
        )

    @common_view()
    def feedback_and_recognition(self) -> Block:
        """Show the routine of feedback and recognition beside how it is now."""
        return Table(
            plan.feedback_routine(self.review.evidence.frame("feedback_given")),
            caption="Routine of feedback and recognition",
            headings={"habit": "Habit", "aim": "Aim", "now": "Now"},
            note="Aims are working habits to agree on, not results of this review.",
        )

    @common_view("team")
    def files(self) -> Block:
        """Say which files this step leaves for owners."""
        if self._plan.empty:
            return Words(NONE)
        return Stack(
            Words("With the last cell of this page the run's folder receives:"),
            Bullets([f"files/{name}: {what}" for name, what in FILES.items()]),
            Words(
                "What owners send back comes in with reviewkit import, params file and workbook; step 4.1 "
                "shows it at the next run."
            ),
        )

    @property
    def _budget(self) -> float | None:
        return plan.plan_budget(self.review.evidence.frame("scope"))

    @property
    def _plan(self) -> pd.DataFrame:
        found = self.tables.get("action_plan")
        return plan.empty_plan() if found is None else found

    @property
    def _ascent(self) -> pd.DataFrame:
        return self.tables.get("ascent", pd.DataFrame(columns=["name", "passed"]))


def _what_lacks(others: int) -> str:
    if not others:
        return ""
    return f"; what the {'other lacks' if others == 1 else 'others lack'} is named below"
