"""Step 3.1: what should be done first, why, and what it would return."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.content import load_action_areas, load_causes, load_interventions
from reviewkit.disclosure.corrections import OPEN, with_corrections
from reviewkit.model import Edition, Finding
from reviewkit.plan import empty_recommendations, recommendation_findings, recommendations, with_decisions
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import date, listing, money_range, plural

from .base import Step
from .plan_inputs import PlanInputs

TYPES = {
    "process_optimisation": "process",
    "resource_allocation": "resources",
    "cross_departmental_collaboration": "departments together",
}
NONE = "No gap and no concern is strong enough yet to recommend anything for."


class Recommendations(Step):
    """Recommendations by cause and verdict, with returns, decisions and things to stop."""

    number = "3.1"

    def analyse(self) -> None:
        """Choose what to recommend, lay decisions over it, and state each with its evidence."""
        read, engagement = self.inputs, self.review.engagement
        library = load_interventions()
        proposed = recommendations(
            read.causes,
            read.gaps,
            read.themes,
            library,
            engagement,
            codebook=self.review.codebook,
            levels=read.levels,
        )
        table = with_decisions(proposed, self.review.evidence.frame("decisions"), library)
        table = with_corrections(table, read.gaps, self.review.evidence.frame("corrections"))
        self.tables = {"recommendations": table}
        self.findings = recommendation_findings(table, read.gaps, read.causes, engagement)

    def answer(self, edition: Edition) -> list[str]:
        """Say what comes first, on what evidence, and what it may return."""
        table, first = self._table, self._first
        if table.empty:
            return [NONE]
        supported = int(first["verdict"].eq("supported").sum())
        sentences = [f"First: {listing([_begin_lower(title) for title in first['title']])}."]
        sentences.append(
            f"{plural(len(table), 'recommendation')} in all, {int(table['stop'].sum())} to stop something; "
            f"{supported} of the {len(first)} that come first "
            f"{'rests' if supported == 1 else 'rest'} on a cause that a test supports."
        )
        doubted = int(table["flag"].str.contains(OPEN, regex=False).sum())
        if doubted:
            sentences.append(
                f"{plural(doubted, 'recommendation')} {'rests' if doubted == 1 else 'rest'} on what people "
                "who were heard have corrected; answer them first."
            )
        best = first.dropna(subset=["return_high"]).nlargest(1, "return_high")
        for row in best.to_dict("records"):
            worth = money_range(row["return_low"], row["return_high"], self.review.engagement.currency)
            sentences.append(
                f"The largest return among them, {worth} a year, is a range of judgement; "
                "returns overlap and are not to be added."
            )
        return sentences

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
        return Statements(self._findings(first), ordered=True, edition=edition, why=why)

    @common_view()
    def by_action_area(self) -> Block:
        """Show what is done, area by area."""
        doing = self._table[~self._table["stop"]]
        if doing.empty:
            return Words(NONE)
        areas = load_action_areas()
        shown = doing.assign(
            action_area=[areas[area].name for area in doing["action_area"]],
            type=[TYPES[kind] for kind in doing["type"]],
        ).sort_values(["action_area", "priority"], ascending=[True, False])
        return Table(
            shown,
            caption="Recommendations by area of action",
            headings={
                "title": "Recommendation",
                "action_area": "Area of action",
                "what": "What is done",
                "type": "Kind",
            },
        )

    @common_view()
    def effects(self) -> Block:
        """Show what each does for contracted performance and for continuous improvement."""
        doing = self._table[~self._table["stop"]]
        if doing.empty:
            return Words(NONE)
        return Table(
            doing,
            caption="What each recommendation does",
            headings={
                "title": "Recommendation",
                "effect_contract": "For contracted performance",
                "effect_improvement": "For continuous improvement",
            },
        )

    @common_view()
    def whom(self) -> Block:
        """Show which recommendations concern everybody and which one department."""
        if self._table.empty:
            return Words(NONE)
        own = self._table[self._table["department"].ne("common")]
        common = self._table[self._table["department"].eq("common")]
        named = [f"{row['department']}: {_begin_lower(row['title'])}" for row in own.to_dict("records")]
        return Stack(
            Words(
                f"{plural(len(common), 'recommendation')} concern everybody: {listing(common['title'])}."
                if len(common)
                else ""
            ),
            Words(
                "For departments:" if named else "No evidence ties a recommendation to one department alone."
            ),
            Bullets(named),
        )

    @common_view()
    def impact_and_effort(self) -> Block:
        """Place recommendations by impact and effort."""
        if self._table.empty:
            return Words(NONE)
        easy = int((self._table["impact"] > self._table["effort"]).sum())
        total = plural(len(self._table), "recommendation")
        return charts.impact_effort(
            self._table[["title", "impact", "effort", "first"]],
            title=f"{easy} of {total} promise more impact than they ask effort",
            source="reviewkit library of interventions; impact is one lower where no test supports the cause",
            key="impact-effort",
        )

    @common_view()
    def returns(self) -> Block:
        """Show returns as ranges, with what each assumes."""
        valued = self._table.dropna(subset=["return_high"])
        valued = valued[valued["return_high"] > 0]
        if valued.empty:
            return Words(
                "No return is worked out: it takes a measured gap and the worth of one unit of its measure."
            )
        currency = self.review.engagement.currency
        worth = [
            money_range(low, high, currency)
            for low, high in zip(valued["return_low"], valued["return_high"], strict=True)
        ]
        return Table(
            valued.assign(worth=worth),
            caption="Return a year, as a range",
            headings={"title": "Recommendation", "worth": "Return a year", "assumptions": "What it assumes"},
            note="Recommendations act on the same gaps: their returns overlap and are not to be added.",
        )

    @view()
    def stop_list(self, edition: Edition) -> Block:
        """Show what to stop doing."""
        stops = self._table[self._table["stop"]]
        if stops.empty:
            return Words("Nothing found points at something to stop.")
        why = dict(zip(stops["recommendation_id"], stops["why"], strict=True))
        return Statements(self._findings(stops), edition=edition, why=why)

    @common_view()
    def not_recommended(self) -> Block:
        """Show which causes a test contradicts, so that nothing is done about them."""
        causes, known = self.inputs.causes, load_causes()
        against = causes[causes["verdict"].eq("contradicted")].drop_duplicates(["gap_id", "cause"])
        if against.empty:
            return Words("No cause is contradicted by a test.")
        names = self.inputs.gaps.set_index("gap_id")["name"]
        rows = against.groupby("cause", sort=False)["gap_id"].apply(
            lambda ids: listing(dict.fromkeys(ids.map(names)))
        )
        return Bullets(
            [f"{known[str(cause)].name}: contradicted for {gaps}." for cause, gaps in rows.items()]
        )

    @common_view()
    def decisions(self) -> Block:
        """Show what was decided, by which role and when, and who disagreed."""
        table = self._table[self._table["role"].ne("")]
        waiting = int(self._table["role"].eq("").sum())
        if table.empty:
            return Words(
                f"Nothing is decided yet: {plural(waiting, 'recommendation')} to be agreed or amended."
            )
        return Table(
            table,
            caption="Decisions on recommendations",
            headings={
                "title": "Recommendation",
                "status": "Decision",
                "role": "By",
                "decided_on": "On",
                "dissent": "Dissent",
                "flag": "To note",
            },
            formats={"decided_on": lambda day: date(day, "short")},
            note=f"{plural(waiting, 'recommendation')} still to be decided.",
        )

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


def _begin_lower(title: str) -> str:
    return title[:1].lower() + title[1:]
