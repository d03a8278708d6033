"""Step 1.3: who should be heard, who is missing, and what they will be asked."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from reviewkit import voices
from reviewkit.content import functions_of, load_forms, load_questions, opening_script
from reviewkit.model import LEVELS, Edition
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import plural
from reviewkit.voices import planning

from ..base import Step
from . import blocks as blocks
from . import timing_blocks as timing_blocks
from .printed import write_forms
from .timing import Timing

_CUTS = ("department", "level")


class InterviewPlan(Step):
    """Coverage and its holes, tracker, timetable, guides and forms."""

    number = "1.3"

    def analyse(self) -> None:
        """Count interviews by group of the register and find the groups nobody speaks for."""
        coverage = planning.coverage(
            self._frame("stakeholders"), self._frame("interviews"), self._frame("participants")
        )
        self.tables = {"coverage": coverage}
        self.findings = voices.hole_findings(coverage, self.review.discloser.disclosure.minimum_pool)

    def answer(self, edition: Edition) -> list[str]:
        """Say how far interviews have come and how many groups are not heard."""
        coverage, interviews = self.tables["coverage"], self._frame("interviews")
        held = int(interviews["status"].isin(voices.HELD).sum())
        groups, holes = len(coverage), int(coverage["hole"].sum())
        missed = int(interviews["status"].eq("did_not_attend").sum())
        coming = len(interviews) - held - missed
        first = f"{plural(held, 'interview')} {'has' if held == 1 else 'have'} been held and "
        first += f"{coming or 'none'} {'is' if coming < 2 else 'are'} still to come"
        first += f"; {missed} did not take place." if missed else "."
        if not len(interviews):
            first = "No interview has been planned yet."
        people = int(coverage.loc[coverage["hole"], "headcount"].sum())
        size = plural(people, "person", "people")
        second = f"{holes} of {groups} groups in the register have no interview yet ({size})."
        return [first, second if holes else "Every group in the register is heard or about to be."]

    @view()
    def coverage(self, edition: Edition) -> Block:
        """Show interviews by department, level and site."""
        if edition == "team":
            table = planning.reservations(*self._three)
            return Stack(blocks.coverage_grid(self.tables["coverage"]), timing_blocks.reserved(table))
        table, gate = self.tables["coverage"], self.review.discloser
        return Stack(*blocks.coverage_summaries(table, gate, _CUTS))

    @view()
    def holes(self, edition: Edition) -> Block:
        """Show the groups nobody speaks for, and who would fill each hole."""
        gate = self.review.discloser
        shown = [finding for finding in self.findings if gate.may_see(finding, edition)]
        if edition == "team":
            return Statements(shown, edition=edition) if shown else Words("No group is left out.")
        whole = blocks.unheard_departments(self.tables["coverage"], gate, _CUTS)
        if shown:
            return Stack(Words(whole), Statements(shown, edition=edition))
        if not self.findings:
            return Words("No group is left out.")
        rest = "The groups left out, by department, level and site, are each too small to be named here."
        return Words(*filter(None, (whole, rest)))

    @common_view()
    def mix(self) -> Block:
        """Show one-to-ones beside group sessions."""
        if self._frame("interviews").empty:
            return Words(
                "No interview has been planned yet. Mix one-to-ones, for candour, with groups, for breadth."
            )
        table = voices.mix(self._frame("interviews"), self._frame("participants"))
        shown = table.assign(kind=table["kind"].map({"one_to_one": "One-to-one", "group": "Group session"}))
        headings = {
            "kind": "Kind",
            "planned": "Planned",
            "held": "Held",
            "people": "Register entries invited",
        }
        return Table(shown, caption="One-to-ones and group sessions", headings=headings)

    @common_view("team")
    def group_rule(self) -> Block:
        """Show the groups in which somebody would sit with their manager, by role."""
        register, interviews, participants = self._three
        return timing_blocks.rule(planning.mixed_groups(interviews, participants, register))

    @common_view("team")
    def proposal(self) -> Block:
        """Show which interviews would fill the holes, when, and what stands against the others."""
        return timing_blocks.proposal(self.timing)

    @common_view("team")
    def next_steps(self) -> Block:
        """Show what is next for each interview, and what is late."""
        return timing_blocks.next_steps(self._frame("interviews"), self.timing)

    @common_view()
    def tracker(self) -> Block:
        """Show how far interviews have come."""
        if self._frame("interviews").empty:
            return Words("No interview has been planned yet.")
        return blocks.tracker(voices.tracker(self._frame("interviews")))

    @common_view("team")
    def timetable(self) -> Block:
        """Show the timetable; interviews still to come are checked for clashes."""
        interviews, participants = self._frame("interviews"), self._frame("participants")
        stakeholders = self._frame("stakeholders")
        people = stakeholders.loc[stakeholders["headcount"].fillna(1) == 1, "stakeholder_id"]
        singles = participants[participants["stakeholder_id"].isin(people)]
        coming = interviews[interviews["status"].isin(("planned", "invited"))]
        return blocks.timetable(voices.timetable(interviews), voices.clashes(coming, singles))

    @common_view(always=True)
    def opening_script(self) -> Block:
        """Show what is said at the start of every interview: purpose, who sees what, consent."""
        return Bullets(opening_script(), ordered=True)

    @common_view("team", always=True)
    def guide(self, level: str, department: str = "") -> Block:
        """Show the interview guide for a level, and for a department where one is named."""
        return blocks.guide(self._guide(level, department), level, department)

    def hands_on(self) -> None:
        """Write tables and findings for later steps, and calendar, guides and forms for the team."""
        super().hands_on()
        self.write_files()

    def write_files(self) -> list[Path]:
        """Write the calendar, and guides and forms to print, to the folder ``files`` of the run."""
        folder = self.review.folder / "files"
        register = self._frame("stakeholders")
        pairs = register[["level", "department"]].drop_duplicates().itertuples(index=False)
        own = [(str(level), str(name)) for level, name in pairs if functions_of(str(name))]
        guides = {(level, ""): self._guide(level) for level in LEVELS}
        guides |= {pair: self._guide(*pair) for pair in sorted(own)}
        made = [write_forms(folder / "guides_and_forms.html", guides, load_forms(), opening_script())]
        calendar = self.timing.write_calendar(folder / "interviews.ics") if self.can_conclude else None
        return made + ([calendar] if calendar else [])

    def _guide(self, level: str, department: str = "") -> pd.DataFrame:
        minutes = self.review.engagement.interviews.one_to_one_minutes
        bank = load_questions()
        return planning.guide(bank, level, department=department, opinions=self._opinions, minutes=minutes)

    @common_view("team", always=True)
    def observation_form(self) -> Block:
        """Show the observation form, to be printed."""
        return blocks.form(load_forms()["observation"])

    @common_view("team", always=True)
    def walkthrough_form(self) -> Block:
        """Show the journey walk-through form, to be printed."""
        return blocks.form(load_forms()["walkthrough"])

    @cached_property
    def timing(self) -> Timing:
        """Which interviews have a time, and which are proposed."""
        return Timing(self.review, self.tables["coverage"])

    @property
    def _three(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        return self._frame("stakeholders"), self._frame("interviews"), self._frame("participants")

    @cached_property
    def _opinions(self) -> list[str]:
        """The first opinions of step 1.1, to be tested at the end of an interview."""
        opinions = self.review.table("1.1", "opinions")
        return [] if opinions.empty else [str(words) for words in opinions["statement"].head(3)]

    def _frame(self, name: str) -> pd.DataFrame:
        return self.review.evidence.frame(name)
