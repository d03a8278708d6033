"""Step 4.1: are the actions working? Run again at every check."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit import plan
from reviewkit.model import Edition
from reviewkit.plan.places import where_words, with_places
from reviewkit.plan.rows import records
from reviewkit.present.blocks import Bullets, Folded, Stack, Statements, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import date, listing, plural

from ..base import Step
from ..plan_inputs import PlanInputs
from . import blocks as blocks
from .charts import climbs_chart, since_chart

NONE = "There are no actions to follow yet; step 3.2 drafts them."
UNMEASURED = (
    "None of their measures has figures: whether actions are done can be said, whether they work cannot."
)
MOST_CHARTS = 4


class Progress(Step):
    """Actions against camps, signals after the start, benefits against promise, what to stop."""

    number = "4.1"

    def analyse(self) -> None:
        """Judge each action by its measure since the start, and state each with its evidence."""
        evidence, checks = self.review.evidence, self.review.evidence.frame("progress")
        table = plan.progress(
            self._plan,
            self._stages,
            self.inputs.series,
            checks,
            self.review.engagement,
            annotations=evidence.frame("annotations"),
            register=evidence.frame("stakeholders"),
        )
        self.tables = {"progress": table}
        unknown = plan.unknown_reports(self._plan, checks)
        found = plan.progress_findings(table, self.review.engagement, unknown)
        self.findings = with_places(found, self._plan, self._places)

    def answer(self, edition: Edition) -> list[str]:
        """Say whether this is the first run, what works, what does not, and when to look again."""
        table = self._table
        if table.empty:
            return [NONE]
        end = date(self.review.engagement.data_as_of)
        day = date(self._followed["next_check"].min())
        check = f"Reckoned from {end}, when the data end, the next check is on {day}."
        if not table["agreed"].any():
            check = (
                f"Nothing is agreed yet; reckoned from {end}, when the data end, the first check would be on "
            )
            check += f"{day}."
        last = check if table["latest"].notna().any() else UNMEASURED
        if self.is_first:
            dated = int(table["baseline"].notna().sum())
            return [
                "This is the first run: baselines and check dates are recorded, nothing is judged.",
                f"{dated} of {plural(len(table), 'action')} have a baseline.",
                last,
            ]
        mine = table[table["agreed"].astype(bool)]
        counts, times = mine["verdict"].value_counts(), mine["timing"].value_counts()
        said = [f"{words} ({counts[name]})" for name, words in plan.VERDICT_WORDS.items() if name in counts]
        leaning = mine[mine["leans"].eq("wrong_way")]
        wrong = [blocks.named(row) for row in leaning.to_dict("records")]
        trailing = [f"{plan.TIMING_WORDS[name]} ({times[name]})" for name in blocks.TRAILING if name in times]
        lead = f"{len(mine)} of {plural(len(table), 'action')} {'is' if len(mine) == 1 else 'are'} agreed"
        lead += f"; {'; '.join(trailing)}." if trailing else "; none is late or behind."
        lean = f"{'leans' if len(wrong) == 1 else 'lean'} the wrong way"
        leans = [f"{listing(wrong)} {lean}, not by a signal so far."] if wrong else []
        return [f"How they stand: {'; '.join(said)}.", *leans, lead, last]

    @property
    def is_first(self) -> bool:
        """Whether nothing can be judged yet: no report, and no measure with points enough after a start."""
        table = self._table
        reported = table["percent_done"].notna() | table["benefit"].notna()
        judged = table["agreed"].astype(bool) & ~table["signal"].isin(["", "too_early"])
        return not bool((reported | judged).any())

    @cached_property
    def inputs(self) -> PlanInputs:
        """The series behind the measures."""
        return PlanInputs(self.review)

    @view()
    def state(self, edition: Edition) -> Block:
        """Show each agreed action's verdict with its figures; proposed ones behind a line."""
        if not self.findings:
            return Words(NONE)
        draft = [one for one in self.findings if one.figures.get("verdict") == "draft"]
        told = [one for one in self.findings if one not in draft]
        lead = Statements(told, edition=edition) if told else Words("No action is agreed yet.")
        summary = f"{plural(len(draft), 'action')} of which owner, dates and cost are still to be agreed"
        return Stack(lead, Folded(summary, Statements(draft, edition=edition)) if draft else None)

    @common_view()
    def camps(self) -> Block:
        """Show each agreed action against its camps; where none is agreed, each proposed one."""
        table = self._followed
        if table.empty:
            return Words(NONE)
        source = f"{self.review.engagement.client}: measures of the action plan"
        drawn = climbs_chart(table, self._stages, self.levels, source)
        return Stack(drawn, blocks.camps(table, self.levels))

    @common_view()
    def measures_since(self) -> Block:
        """Show the measures that agreed actions are to move, limits frozen before the start."""
        table = self._table
        begun = table[table["points_after"].gt(0) & table["agreed"].astype(bool)]
        units = begun.sort_values("points_after", ascending=False, kind="stable")
        units = units.drop_duplicates(["measure", "site", "contract"]).head(MOST_CHARTS)
        rows = [{str(key): value for key, value in row.items()} for row in units.to_dict("records")]
        series = self.inputs.series
        drawn = [since_chart(row, series, self.review, key=f"since-{n}") for n, row in enumerate(rows)]
        if drawn:
            return Stack(*drawn)
        if table["latest"].notna().any():
            return Words("No agreed action has figures since its start yet.")
        return Words("No action's measure has figures to draw.")

    @common_view()
    def beside_others(self) -> Block:
        """Show each change beside that of sites where the action had not begun."""
        return blocks.comparison(self._table, self.levels)

    @common_view()
    def benefits(self) -> Block:
        """Show benefits reported and estimated beside what was promised."""
        return blocks.benefits(self._table, self.review.engagement.currency)

    @common_view()
    def what_to_stop(self) -> Block:
        """Show actions to stop or change."""
        over = self._table[self._table["verdict"].isin(["stop", "wrong_way"])]
        if over.empty:
            return Words(
                "Nothing to stop: no agreed action is over without a signal, or goes the wrong way by one."
            )
        rows = over.to_dict("records")
        return Bullets([f"{blocks.named(row)}: {plan.VERDICT_WORDS[row['verdict']]}" for row in rows])

    @common_view()
    def what_is_late(self) -> Block:
        """Show actions that trail their dates."""
        return blocks.late(self._table)

    @common_view()
    def cannot_say(self) -> Block:
        """Show what cannot be judged yet, when it can, and what stands in the way."""
        left_out = [one.statement for one in self._of_kind("reports_left_out")]
        return blocks.cannot_say(self._table, left_out)

    @common_view()
    def check_dates(self) -> Block:
        """Show when to look again, and at what."""
        table = self._followed
        if table.empty:
            return Words(NONE)
        rows = [
            f"{date(day)}: {listing(dict.fromkeys(part['name'].replace('', 'progress by owner report')))}"
            for day, part in table.sort_values("next_check").groupby("next_check")
        ]
        end = date(self.review.engagement.data_as_of)
        lead = (
            f"A check is at the next camp, else when the action is due, reckoned from {end}, when the data "
        )
        lead += "end. Until a measure can be judged it looks at the work alone. A date that has passed since "
        return Stack(Words(f"{lead}was due then; bring newer data in, and run again."), Bullets(rows))

    @cached_property
    def levels(self) -> blocks.Levels:
        """Figures as their measures are written."""
        return blocks.Levels(self.review.engagement)

    @property
    def _followed(self) -> pd.DataFrame:
        agreed = self._table["agreed"].astype(bool)
        return self._table[agreed] if agreed.any() else self._table

    @cached_property
    def _plan(self) -> pd.DataFrame:
        made = self.review.table("3.2", "action_plan")
        return made if len(made.columns) else plan.empty_plan()

    @cached_property
    def _stages(self) -> pd.DataFrame:
        return self.review.table("3.2", "ascent")

    @property
    def _places(self) -> list[str]:
        """Where each action of the plan acts and is measured, as step 3.2 says it."""
        sites, label = self.inputs.sites, self.review.engagement.site_label
        return [where_words(row, sites, label) for row in records(self._plan)]

    @property
    def _table(self) -> pd.DataFrame:
        if "progress" in self.tables:
            return self.tables["progress"]
        nothing, no_checks = pd.DataFrame(), pd.DataFrame(columns=["action_id"])
        return plan.progress(plan.empty_plan(), nothing, nothing, no_checks, self.review.engagement)
