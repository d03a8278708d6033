"""Step 4.1: are the actions working? Run again at every check."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit import plan
from reviewkit.model import Edition
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import MISSING, date, listing, missing, money, money_range, number, plural

from .base import Step
from .measure_charts import MeasureCharts
from .plan_inputs import PlanInputs

NONE = "There are no actions to follow yet; step 3.2 drafts them."
MOST_CHARTS = 4


class Progress(Step):
    """Actions against camps, signals after the start, benefits against promise, what to stop."""

    number = "4.1"

    def analyse(self) -> None:
        """Judge each action by its measure since the start, and state each with its evidence."""
        made, stages = (self.review.table("3.2", name) for name in ("action_plan", "ascent"))
        made = made if len(made.columns) else plan.empty_plan()
        checks = self.review.evidence.frame("progress")
        table = plan.progress(made, stages, self.inputs.series, checks, self.review.engagement)
        self.tables = {"progress": table}
        self.findings = plan.progress_findings(table, self.review.engagement)

    def answer(self, edition: Edition) -> list[str]:
        """Say whether this is the first run, what works, what does not, and when to look again."""
        table = self._table
        if table.empty:
            return [NONE]
        check = f"The next check is due on {date(table['next_check'].min())}."
        if self.is_first:
            dated = int(table["baseline"].notna().sum())
            return [
                "This is the first run: baselines and check dates are recorded, nothing is judged.",
                f"{dated} of {plural(len(table), 'action')} have a baseline.",
                check,
            ]
        counts = table["verdict"].value_counts()
        agreed = int(table["agreed"].sum())
        said = [f"{words} ({counts[name]})" for name, words in plan.VERDICT_WORDS.items() if name in counts]
        lead = f"{agreed} of {plural(len(table), 'action')} {'is' if agreed == 1 else 'are'} agreed."
        return [lead, f"How they stand: {'; '.join(said)}.", check]

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
        """Show each action's verdict with its figures."""
        return Statements(self.findings, edition=edition) if self.findings else Words(NONE)

    @common_view()
    def camps(self) -> Block:
        """Show each action against its camps."""
        table = self._table
        if table.empty:
            return Words(NONE)
        shown = table.assign(
            **{
                name: [_level(row, name) for row in table.to_dict("records")]
                for name in ("baseline", "level", "target")
            },
            done=[number(value, "percent", 0) for value in table["percent_done"]],
            stage=table["stage_reached"].replace("", "not yet known"),
            verdict=[plan.VERDICT_WORDS[verdict] for verdict in table["verdict"]],
            next_check=[date(day, "short") for day in table["next_check"]],
            what=[what.split(". ")[0] for what in table["what"]],
        )
        return Table(
            shown,
            caption="Actions against their camps",
            headings={
                "what": "Action",
                "name": "Measure",
                "baseline": "Baseline",
                "level": "Mean since the start",
                "target": "Target",
                "done": "Done",
                "stage": "Stage reached",
                "verdict": "Verdict",
                "next_check": "Next check",
            },
            note="A stage counts from three points on. A signal shows change, not what caused it.",
        )

    @common_view()
    def measures_since(self) -> Block:
        """Show the charts of the measures that actions are to move."""
        units = self._table[self._table["points_after"].notna()].drop_duplicates(
            ["measure", "site", "contract"]
        )
        drawn: list[Block] = []
        for row in units.to_dict("records"):
            title = f"{row['name']}: {_signal_words(row['signal'])}"
            chart = self.charts.chart(
                row["measure"], row["site"], row["contract"], title=title, key=f"since-{len(drawn)}"
            )
            drawn += [chart] if chart is not None else []
            if len(drawn) == MOST_CHARTS:
                break
        return Stack(*drawn) if drawn else Words("No action's measure has figures to draw.")

    @common_view()
    def benefits(self) -> Block:
        """Show benefits reported and estimated beside what was promised."""
        table, currency = self._table, self.review.engagement.currency
        promised = table[table["promise_high"].notna() | table["benefit"].notna() | table["estimate"].notna()]
        if promised.empty:
            return Words("No benefit was promised in money and none is reported.")
        rows = promised.to_dict("records")
        return Table(
            promised.assign(
                what=[row["what"].split(". ")[0] for row in rows],
                promise=[money_range(row["promise_low"], row["promise_high"], currency) for row in rows],
                so_far=[_money(row["benefit"], currency) for row in rows],
                rate=[_money(row["estimate"], currency) for row in rows],
            ),
            caption="Benefit against promise",
            headings={
                "what": "Action",
                "promise": "Promised a year",
                "so_far": "Reported so far",
                "rate": "Change since the start, as a yearly worth",
            },
            note="The last column is filled only where a signal follows the start. It is all the change of "
            "the measure, whatever caused it; actions on one measure share it.",
        )

    @common_view()
    def what_to_stop(self) -> Block:
        """Show actions to stop or change."""
        table = self._table
        over = table[table["verdict"].isin(["stop", "wrong_way"])]
        if over.empty:
            return Words("Nothing to stop: no agreed action is over without a signal, or goes the wrong way.")
        return Bullets(
            [
                f"{row['what'].split('. ')[0]}: {plan.VERDICT_WORDS[row['verdict']]}"
                for row in over.to_dict("records")
            ]
        )

    @common_view()
    def check_dates(self) -> Block:
        """Show when to look again, and at what."""
        table = self._table
        if table.empty:
            return Words(NONE)
        rows = [
            f"{date(day)}: {listing(dict.fromkeys(part['name'].replace('', 'progress by owner report')))}"
            for day, part in table.sort_values("next_check").groupby("next_check")
        ]
        return Bullets(rows)

    @cached_property
    def charts(self) -> MeasureCharts:
        """Charts of the engagement's measures."""
        return MeasureCharts(self.review, self.inputs.series)

    @property
    def _table(self) -> pd.DataFrame:
        if "progress" in self.tables:
            return self.tables["progress"]
        nothing, no_checks = pd.DataFrame(), pd.DataFrame(columns=["action_id"])
        return plan.progress(plan.empty_plan(), nothing, nothing, no_checks, self.review.engagement)


def _level(row: Mapping[Any, Any], name: str) -> str:
    return number(row[name], str(row["unit"]) or "count")


def _money(value: float, currency: str) -> str:
    return MISSING if missing(value) else money(value, currency)


def _signal_words(signal: str) -> str:
    return {
        "improvement": "a signal of improvement since the start",
        "concern": "a signal of concern since the start",
        "none": "no signal since the start",
    }.get(signal, "too few points since the start to judge, so this is the baseline")
