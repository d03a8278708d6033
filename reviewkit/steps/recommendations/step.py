"""Step 3.1: what should be done first, why, and what it would return."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.content import load_action_areas, load_causes
from reviewkit.findings.convergence.topic_links import linked_codes
from reviewkit.model import Edition, Finding
from reviewkit.model.words import begin_lower
from reviewkit.plan import empty_recommendations, recommendation_findings
from reviewkit.plan.decided import latest_decisions, unplaced
from reviewkit.plan.estimates import on_file, out_of_date, with_estimates
from reviewkit.plan.joint_return import together
from reviewkit.plan.priority import FIRST_RULE
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural

from ..base import Step
from ..plan_inputs import PlanInputs
from . import blocks as blocks
from .limits import for_leadership, limits
from .proposing import proposed
from .returns import returns_block, worth_words

NONE = "No gap and no concern is strong enough yet to recommend anything for."


class Recommendations(Step):
    """Recommendations by cause and verdict, with returns, decisions and things to stop."""

    number = "3.1"

    def analyse(self) -> None:
        """Choose what to recommend, lay estimates and decisions over it, and state each with its evidence."""
        read, frame = self.inputs, self.review.evidence.frame
        estimates = frame("estimates")
        table = proposed(self.review, read, on_file(estimates))
        table = with_estimates(table, estimates)
        self.tables = {"recommendations": table}
        self.findings = recommendation_findings(
            table, read.gaps, read.causes, self.review.engagement, read.sites
        )

    def answer(self, edition: Edition) -> list[str]:
        """Say what comes first, on what evidence, what it may return, and what asks to be decided again."""
        table, first = self._table, self._first
        if table.empty:
            return [NONE, *self._limits[:1]]
        sentences = [f"First: {listing([begin_lower(title) for title in first['title']])}."]
        if first.empty:
            sentences = ["None of what is recommended comes first: it was overruled or is to stop something."]
        supported = int(first["verdict"].eq("supported").sum())
        sentences.append(
            f"{plural(len(table), 'recommendation')} in all, {int(table['stop'].sum())} to stop something; "
            f"{supported} of the {len(first)} that come first "
            f"{'rests' if supported == 1 else 'rest'} on a cause that a test supports."
        )
        again = blocks.again_words(table, self._unplaced, self.findings, self._out_of_date)
        return [text for text in (*sentences, self._worth, again) if text]

    @cached_property
    def _worth(self) -> str:
        """What those that come first may return if all are done; "" where no return is known."""
        engagement, read = self.review.engagement, self.inputs
        ends = together(self._first, read.gaps, engagement, read.levels)
        return worth_words(*ends, engagement.currency)

    @cached_property
    def _unplaced(self) -> pd.DataFrame:
        return unplaced(self._table, self.review.evidence.frame("decisions"))

    @cached_property
    def _out_of_date(self) -> int:
        return len(out_of_date(self._table, self.review.evidence.frame("estimates")))

    @cached_property
    def _limits(self) -> list[str]:
        read, targets = self.inputs, self.review.evidence.frame("targets")
        measured = frozenset(read.series["measure"]) if len(read.series) else frozenset[str]()
        return limits(
            self._table,
            read.gaps,
            read.causes,
            read.themes,
            self.review.engagement,
            measured=measured,
            targeted=frozenset(targets["measure"].dropna()),
            count=for_leadership(self.review.discloser, read.themes),
            unlinked=frozenset(
                one.id
                for one in self.review.engagement.measures
                if not linked_codes(one.id, one, self.review.codebook)
            ),
        )

    @cached_property
    def inputs(self) -> PlanInputs:
        """Gaps, causes, themes and levels sustained."""
        return PlanInputs(self.review)

    @view()
    def first_few(self, edition: Edition) -> Block:
        """Show the few recommendations to begin with, each with its reason."""
        first = self._first
        if first.empty:
            return Words(NONE)
        why = dict(zip(first["recommendation_id"], first["why"], strict=True))
        return Stack(
            Statements(self._findings(first), ordered=True, edition=edition, why=why), Words(FIRST_RULE)
        )

    @common_view()
    def conclude(self) -> Block:
        """Show what the evidence lets one conclude, and what not."""
        return Bullets(self._limits)

    @common_view()
    def by_action_area(self) -> Block:
        """Show what is done, area by area."""
        doing = self._doing
        if doing.empty:
            return Words(NONE)
        areas = load_action_areas()
        shown = doing.assign(
            action_area=[areas[area].name for area in doing["action_area"]],
            type=[blocks.TYPES[kind] for kind in doing["type"]],
            status=doing["status"].map(blocks.STATUS),
        ).sort_values(["action_area", "priority"], ascending=[True, False])
        return Table(
            shown,
            caption="Recommendations by area of action",
            headings={
                "title": "Recommendation",
                "action_area": "Area of action",
                "what": "What is done",
                "type": "Kind",
                "status": "Status",
            },
        )

    @common_view()
    def effects(self) -> Block:
        """Show what each does for contracted performance and for continuous improvement."""
        doing = self._doing
        return Words(NONE) if doing.empty else blocks.effects_table(doing)

    @common_view()
    def support(self) -> Block:
        """Show what speaks for each elsewhere, what it takes and what to watch."""
        return Words(NONE) if self._table.empty else blocks.support_table(self._table)

    @common_view()
    def whom(self) -> Block:
        """Show which recommendations concern everybody and which one department."""
        return Words(NONE) if self._table.empty else blocks.whom_block(self._standing)

    @common_view()
    def impact_and_effort(self) -> Block:
        """Place recommendations by impact and effort."""
        shown = self._standing
        if shown.empty:
            return Words(NONE)
        much = shown["impact"].ge(4) & shown["effort"].le(2)
        easy, among = int(much.sum()), int((much & shown["first"]).sum())
        much_words = f"{'promises' if easy == 1 else 'promise'} much for little effort"
        chart = charts.impact_effort(
            shown[["title", "impact", "effort", "first", "stop"]],
            title=f"{easy} of {plural(len(shown), 'recommendation')} {much_words}, {among} of them among "
            "the first"
            if easy
            else f"None of {plural(len(shown), 'recommendation')} promises much for little effort",
            subtitle="Impact and effort, each judged from 1 to 5: much is an impact of 4 or 5, little an "
            "effort of "
            "1 or 2.",
            source="reviewkit library of interventions, impact one lower where no test supports the cause; "
            "or as estimated by the review",
            key="impact-effort",
        )
        return Stack(chart, blocks.estimates(self._table, self.review.evidence.frame("estimates")))

    @common_view()
    def returns(self) -> Block:
        """Show returns as ranges, with what each assumes, and what the first would return together."""
        valued = self._standing.dropna(subset=["return_high"])
        valued = valued[valued["return_high"] > 0]
        if valued.empty:
            return Words(
                "No return is worked out: it takes a measured gap and the worth of one unit of its measure."
            )
        resources = self.review.evidence.frame("resources")
        return returns_block(valued, resources, self._worth, self.review.engagement.currency)

    @view()
    def stop_list(self, edition: Edition) -> Block:
        """Show what to stop doing."""
        stops = self._standing[self._standing["stop"]]
        if stops.empty:
            return Words("Nothing found points at something to stop.")
        why = dict(zip(stops["recommendation_id"], stops["why"], strict=True))
        return Statements(self._findings(stops), edition=edition, why=why)

    @common_view()
    def not_recommended(self) -> Block:
        """Show which causes a test contradicts, so that nothing is done about them."""
        return blocks.contradicted_table(self.inputs.causes, self.inputs.gaps, load_causes())

    @common_view()
    def decisions(self) -> Block:
        """Show what was decided, by which role and when, who disagreed, and what changed since."""
        latest = latest_decisions(self.review.evidence.frame("decisions")).set_index("finding_id")
        said = {str(name): str(words) for name, words in latest["reason"].dropna().items()}
        reasons = [said.get(name, "") for name in self._table["recommendation_id"]]
        return blocks.decisions_block(self._table.assign(reason=reasons), self._unplaced, self.findings)

    @property
    def _standing(self) -> pd.DataFrame:
        """Recommendations that nobody overruled."""
        return self._table[self._table["status"].ne("overruled")]

    @property
    def _doing(self) -> pd.DataFrame:
        """What is to be done: neither overruled nor something to stop."""
        return self._standing[~self._standing["stop"]]

    @property
    def _table(self) -> pd.DataFrame:
        found = self.tables.get("recommendations")
        return empty_recommendations() if found is None else found

    @property
    def _first(self) -> pd.DataFrame:
        return self._table[self._table["first"]]

    def _findings(self, rows: pd.DataFrame) -> list[Finding]:
        known = {finding.id: finding for finding in self.findings}
        return [known[name] for name in rows["recommendation_id"]]
