"""Step 2.2: is there a journey, is it followed, and does following it go with outcomes?"""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit import performance as numbers
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Stack, Statements, Table, Words
from reviewkit.present.charts import dot_chart
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import plural

from . import journey_blocks as blocks
from . import journey_clarity as clarity
from . import journey_figures as figures
from . import journey_findings as told
from .base import Step

_NO_LOG = "There is no event log: ask for the case system's export of customer, activity and time."


class CustomerJourney(Step):
    """Variants, consistency, conformance, outcomes, flow, contact time and the ramp-up that is needed."""

    number = "2.2"

    def analyse(self) -> None:
        """Compare the journeys of sites and contracts with one another and with the contract."""
        parts = figures.units(self.over, self.review.engagement)
        table = figures.consistency_table(parts, self.judged, self.outcomes) if len(self.over) else _no_rows()
        table = self._with_attainment(table)
        clear = figures.agreeing(
            self.review.evidence.frame("perceptions"), figures.CLEAR, minimum=self._minimum
        )
        table["stated_clarity"] = table["site"].map(clear.set_index("site")["share"]).astype("float64")
        self.tables = {
            "journey_variants": figures.variants_table(parts) if len(self.over) else _no_variants(),
            "journey_consistency": table,
        }
        self.findings = told.journey_findings(table, self.judged, self.review.engagement)
        self.findings += told.clarity_findings(self.review.evidence.frame("perceptions"), self._minimum)
        self.findings += told.association_findings(table, self.judged, self.outcomes, self.review.engagement)
        self.findings += told.flow_findings(self.flow, self.ramps)
        self.findings += told.readiness_findings(self.readiness)

    def answer(self, edition: Edition) -> list[str]:
        """Say whether the journey is followed, where least, and what goes with it."""
        for_page = [
            f for kind in ("conformance", "attainment", "association", "ramp_up") for f in self._of_kind(kind)
        ]
        said = [finding.statement for finding in for_page[:3]]
        return said or [finding.statement for finding in self.findings[:2]] or [_NO_LOG]

    @cached_property
    def events(self) -> pd.DataFrame:
        """The event log."""
        return self.review.evidence.frame("journey")

    @cached_property
    def over(self) -> pd.DataFrame:
        """Events of customers whose journey is over."""
        return figures.closed(self.events, self.review.engagement) if len(self.events) else self.events

    @cached_property
    def judged(self) -> pd.DataFrame:
        """Each of these customers against the journey the contract asks for."""
        return figures.cases_judged(self.over, self.review.engagement)

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
    def flow(self) -> pd.DataFrame:
        """Customers coming on, leaving, finishing and on the books, by month."""
        goals = {steps[-1] for steps in self.review.engagement.journey.values() if steps}
        steps = tuple(goals) if len(goals) == 1 else ()
        return numbers.flow(self.events, steps, **figures.EVENT, as_of=self.review.engagement.data_as_of)

    @cached_property
    def ramps(self) -> list[dict[str, object]]:
        """What each contract needs from now on, for each of its measures with a target."""
        return told.ramps(self.points, self.review.engagement)

    @cached_property
    def readiness(self) -> pd.DataFrame:
        """Contact time by the customer's readiness."""
        if not self.review.evidence.has("contacts"):
            return pd.DataFrame(columns=["readiness", "contacts", "minutes", "share"])
        return numbers.contact_time(self.review.evidence.table("contacts"))

    @view()
    def defined(self, edition: Edition) -> Block:
        """Show the journey each contract asks for and whether staff say they can describe it."""
        return Stack(
            clarity.defined_table(self.review.engagement),
            Statements(self._of_kind("clarity"), edition=edition),
            clarity.clarity_table(
                self.review.evidence.frame("perceptions"), self._minimum, self.review.engagement
            ),
        )

    @common_view()
    def variants(self) -> Block:
        """Show the paths that customers really take."""
        return blocks.variants_blocks(self.tables["journey_variants"], self.review.engagement)

    @common_view()
    def consistency(self) -> Block:
        """Show how alike journeys are within each site."""
        rows = blocks.drawn(self.tables["journey_consistency"])
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
        if self.judged.empty:
            return Words(
                "No journey is set out in the params file, so there is nothing to compare with.", _NO_LOG
            )
        skipped = blocks.skipped_table(self.judged, self.review.engagement)
        return Stack(Statements(self._of_kind("conformance"), edition=edition), skipped)

    @view()
    def outcomes_beside(self, edition: Edition) -> Block:
        """Show journey and outcome side by side, site by site, and sites above their contract."""
        rows = blocks.drawn(self.tables["journey_consistency"])
        found = self._of_kind("attainment") + self._of_kind("association")
        if rows.empty:
            return Words(_NO_LOG)
        return Stack(Statements(found, edition=edition), blocks.beside_table(rows, self.attained_by))

    @common_view()
    def on_and_off(self) -> Block:
        """Show flow on and off, caseload and throughput by month."""
        return blocks.flow_table(self.flow) if len(self.flow) else Words(_NO_LOG)

    @common_view()
    def durations(self) -> Block:
        """Show how long journeys take, for months old enough to be compared."""
        if self.events.empty:
            return Words(_NO_LOG)
        table = figures.time_to(self.events, self.review.engagement.data_as_of)
        return blocks.durations_table(table)

    @view()
    def contact_time(self, edition: Edition) -> Block:
        """Show contact time by readiness of the customer."""
        if self.readiness.empty:
            return Words("Contacts do not say how ready the customer was, or how long they took.")
        return Stack(
            Statements(self._of_kind("readiness"), edition=edition), blocks.readiness_table(self.readiness)
        )

    @common_view()
    def ramp_up(self) -> Block:
        """Show what each period must bring from now on for the contract to be met by its end."""
        return blocks.ramp_table(self.ramps)

    @common_view()
    def contracts_understood(self) -> Block:
        """Show whether the front line knows how its results count towards the contract."""
        return clarity.understood(
            self.review.evidence.frame("perceptions"), self._minimum, self.review.engagement
        )

    @common_view()
    def walkthroughs(self) -> Block:
        """Show what was met when the journey was walked as a customer."""
        walks = self.review.evidence.frame("walkthroughs").sort_values(["walkthrough_id", "step_order"])
        if walks.empty:
            return Words(
                "Nobody has walked the journey yet: print the form of step 1.3 and walk it at two sites."
            )
        low = int((walks["feeling"] < 0).sum())
        lead = f"{plural(low, 'step')} of {len(walks)} left the walker worse off than before."
        headings = {"site": "Site", "step": "Step", "meets": "What the customer meets", "minutes": "Minutes"}
        headings |= {"feeling": "How it feels (−2 to 2)", "problem": "What goes wrong"}
        return Stack(
            Words(lead), Table(walks, caption="The journey walked as a customer", headings=headings, limit=40)
        )

    @property
    def _minimum(self) -> int:
        return self.review.engagement.disclosure.minimum_survey

    def _of_kind(self, kind: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == kind]

    def _with_attainment(self, table: pd.DataFrame) -> pd.DataFrame:
        measure = figures.contract_measure(self.review.engagement, self.points)
        if measure is None or table.empty:
            return table.assign(attainment=float("nan"))
        return table.merge(figures.attainment(self.points, measure), on=figures.UNIT, how="left")


def _no_rows() -> pd.DataFrame:
    names = ["site", "contract", "cases", "index", "lower", "upper", "conformance", "outcome_rate"]
    return pd.DataFrame({name: pd.Series(dtype="str" if name in names[:2] else "float64") for name in names})


def _no_variants() -> pd.DataFrame:
    kinds = {"cases": "int64", "share": "float64"}
    return pd.DataFrame(
        {name: pd.Series(dtype=kinds.get(name, "str")) for name in ("site", "contract", "variant", *kinds)}
    )
