"""Step 2.2: is there a journey, is it followed, and does following it go with outcomes?"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit import performance as numbers
from reviewkit.model import Edition
from reviewkit.present.blocks import Folded, Stack, Statements, Words
from reviewkit.present.charts import dot_chart
from reviewkit.present.view import Block, common_view, view

from ..base import Step
from . import blocks as blocks
from . import clarity as clarity
from . import figures as figures
from . import findings as told
from . import flow_blocks, flow_findings
from . import hands as hands
from .cases import Taken, taken
from .flow_figures import FlowFigures, time_to
from .outcomes import outcome_findings

_NO_LOG = "There is no event log: ask for the case system's export of customer, activity and time."


class CustomerJourney(Step):
    """Variants, consistency, conformance, outcomes, flow, contact time and the ramp-up that is needed."""

    number = "2.2"

    def analyse(self) -> None:
        """Compare the journeys of sites and contracts with one another and with the contract."""
        table = figures.consistency_table(self.journeys, self.outcomes)
        table = figures.with_attainment(table, self.points, self.review.engagement)
        perceptions = self.review.evidence.frame("perceptions")
        clear = figures.agreeing(perceptions, figures.CLEAR, minimum=self._minimum)
        table["stated_clarity"] = table["site"].map(clear.set_index("site")["share"]).astype("float64")
        self.tables = {
            "journey_variants": figures.variants_table(self.journeys),
            "journey_consistency": table,
        }
        judged, engagement = self.journeys.judged, self.review.engagement
        self.findings = told.journey_findings(table, judged, engagement)
        self.findings += told.clarity_findings(perceptions, self._minimum)
        self.findings += clarity.beside_findings(self.clarity_done, engagement)
        self.findings += outcome_findings(table, judged, self.outcomes, engagement)
        self.findings += hands.rework_findings(self.journeys) + hands.handover_findings(self.handed)
        self.findings += flow_findings.flow_findings(self.flow, self.ramps, self.points)
        self.findings += flow_findings.readiness_findings(self.readiness, self.flow.contact_period)

    def answer(self, edition: Edition) -> list[str]:
        """Say whether the journey is followed, where least, and what goes with it."""
        customers = [finding for finding in self._of_kind("association") if finding.subject == "customers"]
        for_page = self._of_kind("conformance") + customers
        for kind in ("attainment", "ramp_up", "association"):
            for_page += [finding for finding in self._of_kind(kind) if finding not in for_page]
        said = [finding.statement for finding in for_page[:3]]
        return said or [finding.statement for finding in self.findings[:2]] or [_NO_LOG]

    @cached_property
    def events(self) -> pd.DataFrame:
        """The event log."""
        return self.review.evidence.frame("journey")

    @cached_property
    def journeys(self) -> Taken:
        """Customers' journeys; the events they are read from stay where they are."""
        evidence = self.review.evidence
        log = evidence.table("journey") if evidence.has("journey") else evidence.frame("journey")
        return taken(log, self.review.engagement)

    @cached_property
    def handed(self) -> dict[str, pd.DataFrame]:
        """Journeys changing hands, for each column of the log that says who held the customer."""
        evidence = self.review.evidence
        return hands.handed(evidence.table("journey")) if evidence.has("journey") else {}

    @cached_property
    def clarity_done(self) -> pd.DataFrame:
        """What staff say of the journey beside what is done, site by site."""
        judged = figures.on_the_way(self.journeys.judged)
        units = self.tables["journey_consistency"]
        return clarity.beside(self.review.evidence.frame("perceptions"), judged, units, self._minimum)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """What customers achieved."""
        return self.review.evidence.frame("outcomes")

    @cached_property
    def points(self) -> pd.DataFrame:
        """The contract's measures over time, with the targets in force."""
        engagement = self.review.engagement
        kpis = [measure for measure in engagement.measures if measure.contract_kpi]
        panel = numbers.all_series(self.review.evidence, kpis)
        return numbers.chart_points(panel, self.review.evidence.frame("targets"), engagement)

    @cached_property
    def attained_by(self) -> str:
        """Name of the measure by which a site's share of its contract is read, or ``""``."""
        measure = figures.contract_measure(self.review.engagement, self.points)
        return measure.name if measure else ""

    @cached_property
    def flow(self) -> FlowFigures:
        """Customers coming on, leaving and staying, by month, site and contract."""
        return FlowFigures(self.review)

    @cached_property
    def ramps(self) -> list[dict[str, Any]]:
        """What each contract needs from now on, for each of its measures with a target."""
        return flow_findings.ramps(self.points, self.review.engagement)

    @cached_property
    def readiness(self) -> pd.DataFrame:
        """Contact time by the customer's readiness."""
        return self.flow.readiness

    @view()
    def defined(self, edition: Edition) -> Block:
        """Show the journey each contract asks for and whether staff say they can describe it."""
        return Stack(
            clarity.defined_table(self.review.engagement),
            Statements(self._of_kind("clarity") + self._of_kind("clarity_done"), edition=edition),
            clarity.beside_table(self.clarity_done, self._minimum, self.review.engagement),
        )

    @common_view()
    def variants(self) -> Block:
        """Show the paths that customers really take."""
        paths = self.tables["journey_variants"]
        return blocks.variants_blocks(paths, self.review.engagement, self.journeys, self._minimum)

    @common_view()
    def consistency(self) -> Block:
        """Show how alike journeys are within each site."""
        rows = blocks.drawn(self.tables["journey_consistency"], self._minimum, self.review.engagement)
        if rows.empty:
            return Words(_NO_LOG)
        return dot_chart(
            rows,
            "where",
            "index",
            title=blocks.consistency_title(rows, self.review.engagement),
            subtitle="Chance that two customers took exactly the same path (0 to 1), 95% intervals; journeys "
            "that are over.",
            source="journey",
            unit="score",
            key="journey-consistency",
        )

    @view()
    def conformance(self, edition: Edition) -> Block:
        """Show how far the journey that the contract asks for is followed, and what is skipped."""
        if self.journeys.table.empty:
            return Words(_NO_LOG)
        if self.journeys.judged.empty:
            return Words("No journey is set out, so there is nothing to compare with.")
        skipped = blocks.skipped_table(self.journeys.judged, self.review.engagement, self._minimum)
        return Stack(Statements(self._of_kind("conformance"), edition=edition), skipped)

    @common_view()
    def portfolio(self) -> Block:
        """Show contracts, and each contract's sites, beside one another."""
        if self.journeys.over.empty:
            return Words(_NO_LOG)
        table = figures.portfolio(self.journeys)
        shown = blocks.portfolio_table(table, self.review.engagement, self._minimum)
        return Folded("Journeys by contract and site, as a table", shown)

    @view()
    def handed_and_redone(self, edition: Edition) -> Block:
        """Show what is done again, and how often customers change hands."""
        if self.journeys.over.empty:
            return Words(_NO_LOG)
        found = self._of_kind("rework") + self._of_kind("handovers")
        return Stack(
            Statements(found, edition=edition),
            hands.rework_table(self.journeys, self._minimum),
            hands.handover_blocks(self.handed, self._minimum),
        )

    @view()
    def outcomes_beside(self, edition: Edition) -> Block:
        """Show journey and outcome side by side, site by site, and sites above their contract."""
        rows = blocks.drawn(self.tables["journey_consistency"], self._minimum, self.review.engagement)
        found = self._of_kind("attainment") + self._of_kind("association")
        if rows.empty:
            return Words(_NO_LOG)
        return Stack(
            Statements(found, edition=edition),
            Folded("Journey and outcome side by side, by site", blocks.beside_table(rows, self.attained_by)),
        )

    @common_view()
    def on_and_off(self) -> Block:
        """Show flow on and off, caseload and throughput by month."""
        return flow_blocks.flow_blocks(self.flow) if len(self.flow.months) else Words(_NO_LOG)

    @view()
    def durations(self, edition: Edition) -> Block:
        """Show how long customers stay, open cases counted, and journeys by month of beginning."""
        if self.events.empty:
            return Words(_NO_LOG)
        engagement = self.review.engagement
        cut = [finding for finding in self._of_kind("caveat") if finding.subject == "closing_date"]
        by_unit = flow_blocks.stay_table(self.flow, engagement)
        by_month = flow_blocks.durations_table(time_to(self.events, engagement.data_as_of))
        return Stack(
            Statements(self._of_kind("stay") + cut, edition=edition),
            Folded("Time in service, by contract and site", by_unit) if by_unit else None,
            None if cut else Folded("Days from first event to last, by month of beginning", by_month),
        )

    @view()
    def contact_time(self, edition: Edition) -> Block:
        """Show contact time by readiness of the customer."""
        if self.readiness.empty:
            return Words("Contacts do not say how ready the customer was, or how long they took.")
        cut = [finding for finding in self._of_kind("caveat") if finding.subject == "hang_ups"]
        table = flow_blocks.readiness_table(self.readiness, self.review.engagement, self.flow.contact_period)
        said = Statements(self._of_kind("readiness") + cut, edition=edition)
        return Stack(said, Folded("Contact time by contract and readiness", table))

    @view()
    def ramp_up(self, edition: Edition) -> Block:
        """Show what each period must bring for the contract to be met by its end, and in activity."""
        return Stack(
            flow_blocks.ramp_table(self.ramps),
            Statements(self._of_kind("activity"), edition=edition),
            flow_blocks.activity_table(self.flow.activity(self.ramps, self.points)) if self.ramps else None,
        )

    @common_view()
    def contracts_understood(self) -> Block:
        """Show whether the front line knows how its results count towards the contract."""
        perceptions = self.review.evidence.frame("perceptions")
        return clarity.understood(perceptions, self._minimum, self.review.engagement)

    @common_view()
    def walkthroughs(self) -> Block:
        """Show what was met when the journey was walked as a customer."""
        return blocks.walked(self.review.evidence.frame("walkthroughs"))
