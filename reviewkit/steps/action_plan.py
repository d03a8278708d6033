"""Step 3.2: who does what by when, and how the climb is staged."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from reviewkit import plan
from reviewkit.model import Edition
from reviewkit.model.words import inline
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import date, number, plural

from . import support_blocks as support
from .base import Step
from .plan_inputs import PlanInputs

FILES = {
    "action_plan.xlsx": "the plan for owners, with a sheet of checks to fill in",
    "action_plan.ics": "its dates",
}
NONE = "There are no actions yet: nothing recommended comes first and nothing is agreed."


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
        )
        climb = plan.ascent(plan.climbs(made, engagement), basis=engagement.ascent_basis)
        self.tables = {"action_plan": made, "ascent": climb}
        self.findings = plan.action_findings(made, engagement)

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
        coming = climb[~climb["passed"]].sort_values("due").head(1)
        for row in coming.to_dict("records"):
            level = number(row["level"], row["unit"], currency=self.review.engagement.currency)
            camp = f"{row['stage_name']}, {inline(row['name'])} at {level}"
            late = row["due"] < pd.Timestamp(self.review.engagement.data_as_of)
            sentences.append(
                f"The camp that is overdue longest is {camp}: it was due by {date(row['due'])}."
                if late
                else f"The next camp is {camp}, by {date(row['due'])}."
            )
        return sentences

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
            plan.write_workbook(workbook, self._plan, self._ascent, title=title, made_on=made_on),
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
        shown = self._plan.assign(
            **{letter: self._plan[letter].replace("", "yes") for letter in plan.LETTERS}
        )
        heads = {letter: letter.replace("_", "-").capitalize() for letter in plan.LETTERS}
        held = [row["stretch"] or row["held_by"] for row in self._plan.to_dict("records")]
        return Table(
            shown.assign(held=held),
            caption="SMART, letter by letter: yes, or why not",
            headings={"title": "Action", **heads, "held": "Why the target is within reach"},
        )

    @common_view()
    def owners(self) -> Block:
        """Show who answers for what, with dates, time and means."""
        if self._plan.empty:
            return Words(NONE)
        return Table(
            self._plan.sort_values(["owner", "starts"]),
            caption="Actions by owner",
            headings={
                "owner": "Owner, by role",
                "title": "Action",
                "starts": "Starts",
                "due": "Due",
                "resources": "Means",
            },
            formats={"starts": _short, "due": _short},
            note="An owner begins one action at a time. Due is when the measure should show it.",
        )

    @common_view()
    def timeline(self) -> Block:
        """Show when each action runs."""
        if self._plan.empty:
            return Words(NONE)
        months = round((self._plan["due"].max() - self._plan["starts"].min()).days / 30.4)
        return charts.gantt(
            self._plan.assign(what=self._plan["title"]),
            title=f"The plan runs {plural(len(self._plan), 'action')} over {plural(months, 'month')}",
            source="Step 3.2",
            key="timeline",
        )

    @common_view()
    def climb(self) -> Block:
        """Show the ascent in four stages, in each measure's own unit."""
        climb = self._ascent
        if climb.empty:
            return Words("There is no climb to show: no action has a measure with a baseline and a target.")
        basis = (
            "gap between baseline and target"
            if climb["basis"].iloc[0] == "gap"
            else "level the contract asks for"
        )
        stretch = climb[climb["stretch"] & ~climb["passed"]]["name"].nunique()
        passed, measures = int(climb["passed"].sum()), climb["name"].nunique()
        notes = [f"Stages are shares of the {basis}."]
        notes += [f"{plural(passed, 'stage')} already passed at the baseline."] if passed else []
        for_how_many = plural(stretch, "measure", spell=True)
        beyond = f"For {for_how_many} the upper stages go beyond what anybody has held."
        notes += [beyond] if stretch else []
        return Stack(
            charts.ascent_chart(
                climb,
                title=f"Four stages take {plural(measures, 'measure')} from today's level to the target",
                subtitle=f"Level at each stage and date by which it is due; shares of the {basis}.",
                source="Steps 2.1 and 3.2",
                key="ascent",
            ),
            Words(" ".join(notes)),
        )

    @common_view("team", "managers")
    def improvement_plans(self) -> Block:
        """Show improvement plans to consider, person by person; for managers only."""
        read = self.inputs
        starts, _ = plan.plan_window(self.review.engagement)
        plans = plan.improvement_plans(read.read("2.5", "people"), self.review.engagement.measures, starts)
        return support.improvement_plans(plans, self.review.evidence.frame("stakeholders"))

    @common_view()
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
        )

    @property
    def _plan(self) -> pd.DataFrame:
        found = self.tables.get("action_plan")
        return plan.empty_plan() if found is None else found

    @property
    def _ascent(self) -> pd.DataFrame:
        return self.tables.get("ascent", pd.DataFrame(columns=["name", "passed"]))


def _short(day: object) -> str:
    return date(day, "short")


def _what_lacks(others: int) -> str:
    if not others:
        return ""
    return f"; what the {'other lacks' if others == 1 else 'others lack'} is named below"
