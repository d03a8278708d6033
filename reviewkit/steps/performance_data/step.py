"""Step 1.1: what hard data, aligned to the purpose of the contract, say."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit import performance as numbers
from reviewkit.findings import opinion_findings, opinions
from reviewkit.findings.opinions.met import met_since
from reviewkit.model import Edition, Measure
from reviewkit.model.words import inline
from reviewkit.present.blocks import Chart, Folded, Stack, Statements, Words
from reviewkit.present.charts import display_of, displays, kpi_table, small_multiples
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural

from ..base import Step
from . import blocks as blocks
from . import findings as told
from .season import season_findings
from .site_blocks import site_courses


class PerformanceData(Step):
    """Key figures, process behaviour charts, sites compared, money, and the initial opinions."""

    number = "1.1"

    def analyse(self) -> None:
        """Judge every series, compare sites, and draft the opinions."""
        signals = met_since(numbers.signals(self.points, self.review.engagement), self.points)
        speaking = numbers.speaking(signals)
        self.tables = {
            "signals": signals,
            "site_comparison": numbers.site_comparison(self.panel, self.review.engagement),
            "opinions": opinions(speaking, self.review.engagement),
        }
        self.findings = opinion_findings(speaking, self.review.engagement)
        whole = signals[(signals["site"] == "") & (signals["contract"] == "")]
        self.findings += told.measure_findings(whole, self.review.engagement)
        self.findings += told.site_findings(self.tables["site_comparison"], self.review.engagement)
        self.findings += told.money_findings(self.money, self.review.engagement)
        self.findings += season_findings(self.panel, self.review.engagement)
        self.findings += told.caveat_findings(self.panel, self.review.engagement, self.review.evidence)

    def answer(self, edition: Edition) -> list[str]:
        """Say what the most important opinions are, or that nothing lasting stands out."""
        drafted = self._of_kind("opinion")
        if drafted:
            # What holds for the whole comes before what holds for one site.
            ordered = sorted(
                drafted, key=lambda finding: bool(finding.figures["site"] or finding.figures["contract"])
            )
            return [finding.statement for finding in ordered[:3]]
        if not self._of_kind("measure"):
            return ["No measure of this engagement can be worked out from the evidence there is."]
        looked = plural(len(self.tables["signals"]), "series", "series")
        return [f"In {looked} nothing has changed for long enough, or by enough, to speak of a change."]

    @cached_property
    def panel(self) -> pd.DataFrame:
        """Every measure over time, for the whole, each site and each contract."""
        return numbers.all_series(self.review.evidence)

    @cached_property
    def points(self) -> pd.DataFrame:
        """The panel with limits, rules and targets in force."""
        return numbers.chart_points(self.panel, self.review.evidence.frame("targets"), self.review.engagement)

    @cached_property
    def money(self) -> pd.DataFrame:
        """Revenue and cost over time, where the table of resources has them."""
        if not self.review.evidence.has("resources"):
            return self.panel.iloc[:0]
        panel = numbers.all_series(self.review.evidence, told.MONEY)
        return panel[(panel["site"] == "") & (panel["contract"] == "") & (panel["value"] != 0)]

    @common_view()
    def kpis(self) -> Block:
        """Show the measures of the whole: value, target, variation, assurance, course."""
        if self._whole.empty:
            return Words("None of the measures can be worked out yet.")
        shown = self._as_published(self._whole)
        return Stack(
            kpi_table(shown, displays(self.review.engagement), self.points),
            Words(
                "What is happening is judged by the last point alone; an opinion rests on a change that "
                "lasts. Against the target is judged over the whole course; where a change lasts, the line "
                "below counts the periods since. Its size is that of the step that fits best, the season "
                "taken out where two years allow it, so it can differ a little from the plain means "
                "before and after.",
            ),
            Folded(
                "How some measures are counted",
                Words(*blocks.caveats(self.review.engagement, self._whole)),
            ),
        )

    @common_view()
    def contracts(self) -> Block:
        """Show the same measures contract by contract, where there are several."""
        signals = self.tables["signals"]
        rows = signals[signals["contract"] != ""]
        if rows.empty:
            return Words("The figures are not told apart by contract.")
        names = {contract.id: contract.name for contract in self.review.engagement.contracts}
        return Stack(
            *(
                self._contract(names.get(str(contract), str(contract)), self._as_published(part))
                for contract, part in rows.groupby("contract")
            )
        )

    @common_view()
    def charts(self, most: int = 6, first: int = 3) -> Block:
        """Show the process behaviour charts of the whole in the order of the opinions, some folded."""
        names = blocks.drawn_first(self._whole, self.tables["opinions"])[:most]
        if not names:
            return Words("There is no series to draw.")
        drawn, more = [self._chart(name) for name in names[:first]], names[first:]
        folded = Folded(
            f"{plural(len(more), 'more measure')} over time: "
            f"{listing([inline(self._measure(name).name) for name in more])}",
            Stack(*(self._chart(name) for name in more)),
        )
        season = Words(*(finding.statement for finding in self._of_kind("season")))
        return Stack(*drawn, folded, Folded("Measures that follow the months of the year", season))

    @common_view()
    def targets(self) -> Block:
        """Show which target held from when."""
        return blocks.targets_table(self.review.evidence.frame("targets"), self.review.engagement)

    @view()
    def sites(self, edition: Edition) -> Block:
        """Compare the sites on the measures where they can be compared."""
        return blocks.sites_compared(
            self.tables["site_comparison"],
            self._of_kind("sites"),
            self.review.engagement,
            edition,
            self._site_charts,
        )

    @common_view()
    def sites_over_time(self, most: int = 4) -> Block:
        """Show all sites side by side on one scale; of ten or more, those that changed."""
        measure, names = blocks.changed_sites(self.tables["signals"], most)
        courses = site_courses(self.tables["site_comparison"], self.points, self.review.engagement, measure)
        if courses:
            return Stack(*courses)
        if not names:
            return Words(
                f"No {self.review.engagement.site_label} changed for long enough, and by enough, to be "
                f"drawn here."
            )
        rows = self.points[(self.points["measure"] == measure) & self.points["site"].isin(names)]
        spec = self._measure(measure)
        return small_multiples(
            rows,
            display_of(spec, self.review.engagement),
            by="site",
            title=f"{spec.name} changed most at "
            f"{plural(len(names), self.review.engagement.site_label, spell=True)}",
            subtitle=blocks.coverage(rows),
            source=spec.table,
            key="sites-over-time",
        )

    @view()
    def revenue_and_cost(self, edition: Edition) -> Block:
        """Show what came in and what was spent."""
        if self.money.empty:
            return Words("Revenue and cost are not there: ask finance for both by month and site.")
        return Stack(
            Statements(self._of_kind("money"), edition=edition),
            *self._money_charts,
        )

    @view()
    def opinions(self, edition: Edition, most: int = 6) -> Block:
        """Show the initial opinions, most important first."""
        drafted = self._of_kind("opinion")
        if not drafted:
            return Words(
                "There is no opinion to put to anybody: no change lasts, and no target is out of reach."
            )
        rest = Statements(drafted[most:], ordered=True, edition=edition, start=most + 1)
        folded = Folded(f"{plural(len(drafted) - most, 'further opinion')} of less weight", rest)
        return Stack(Statements(drafted[:most], ordered=True, edition=edition), folded)

    @common_view("team")
    def withheld(self) -> Block:
        """Show why other signals did not become opinions."""
        return blocks.withheld_table(self.tables["signals"], self.review.engagement)

    @view()
    def caveats(self, edition: Edition) -> Block:
        """Show what the figures cannot tell, and the traps in them: what they would make one believe."""
        found = self._of_kind("caveat")
        if not found:
            return Words("No period is missing, every site reports throughout, and no trap was found.")
        return Statements(found, edition=edition)

    @common_view()
    def money_at_stake(self) -> Block:
        """Show what the changes are worth a year, one by one; they overlap and are not added up."""
        return blocks.worth_table(self.tables["opinions"], self.review.engagement)

    @cached_property
    def _site_charts(self) -> list[Chart]:
        return blocks.site_charts(self.tables["site_comparison"], self.review.engagement)

    @cached_property
    def _money_charts(self) -> list[Chart]:
        return blocks.money_charts(self.money, self.review.engagement)

    @property
    def _whole(self) -> pd.DataFrame:
        signals = self.tables["signals"]
        return signals[(signals["site"] == "") & (signals["contract"] == "")]

    def _as_published(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the icons as published, and how the target fared since each change."""
        since = blocks.since_change(rows, self.review.engagement)
        return rows.assign(variation=rows["icon"], assurance_since=since)

    def _measure(self, name: str) -> Measure:
        return self.review.engagement.measure(name)

    def _contract(self, name: str, rows: pd.DataFrame) -> Block:
        """One contract's measures, behind a line that counts those that change."""
        caption = f"{name}: latest value, target, and what is happening"
        table = kpi_table(rows, displays(self.review.engagement), self.points, caption=caption)
        return Folded(f"{name}: {blocks.changing_words(rows)}", table)

    def _chart(self, measure: str) -> Block:
        points = self.points
        rows = points[(points["measure"] == measure) & (points["site"] == "") & (points["contract"] == "")]
        row = self._whole.set_index("measure").loc[measure]
        notes = self.review.evidence.frame("annotations")
        return blocks.measure_chart(rows, row, self._measure(measure), self.review.engagement, notes)
