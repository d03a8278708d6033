"""Step 2.1: how large each gap is, since when and where, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit.content import load_causes
from reviewkit.findings import (
    Inputs,
    causal_edges,
    described_gaps,
    judge_causes,
    measured_gaps,
    raised_by,
    total_cost,
)
from reviewkit.findings.gap_findings import cause_findings, gap_findings
from reviewkit.findings.triangulation import linked_codes
from reviewkit.model import Edition
from reviewkit.performance import all_series
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, view
from reviewkit.present.words import date, listing, money, number, plural

from .base import Step
from .handed import handed, standing

VERDICTS = ("supported", "contradicted", "inconclusive", "untested")
MOST_TESTED = 20


class GapsAndCauses(Step):
    """Measured and described gaps, tested causes, links across departments."""

    number = "2.1"

    def analyse(self) -> None:
        """Measure the gaps, test candidate causes of the largest, draw the links."""
        evidence, engagement = self.review.evidence, self.review.engagement
        measured = measured_gaps(
            standing(self.review), engagement, all_series(evidence), annotations=evidence.frame("annotations")
        )
        codes = self._codes_of(measured)
        gate = self.review.discloser
        described = described_gaps(
            handed(self.review, "1.4", "themes"),
            self.review.codebook,
            self._borne_out(),
            raised_by=self.raised,
            count=lambda n, total: gate.count(n, total, "leadership"),
        )
        measured["code"] = [",".join(codes[name]) for name in measured["measure"]]
        measured["raised_by"] = [self._raised(codes[name]) for name in measured["measure"]]
        gaps = pd.concat(
            [part for part in (measured, described) if len(part)] or [measured], ignore_index=True
        )
        causes = judge_causes(
            pd.concat([measured.head(MOST_TESTED), described]),
            engagement,
            Inputs(evidence),
            self.review.codebook,
            load_causes(),
            self.concerns,
        )
        self.tables = {"gaps": gaps, "causes": causes}
        tables = {measure.id: measure.table for measure in engagement.measures}
        self.findings = gap_findings(gaps, self.coded, tables) + cause_findings(causes, gaps)

    def answer(self, edition: Edition) -> list[str]:
        """Say how many gaps there are, the largest, and which causes hold."""
        gaps, causes = self.gaps, self.causes
        if gaps.empty:
            return [
                "No gap is both larger than chance and worth acting on, and no concern without a measure recurs."
            ]
        kinds = gaps["kind"].value_counts()
        lines = [
            f"{plural(int(kinds.get('measured', 0)), 'gap')} show in the numbers and "
            f"{int(kinds.get('described', 0))} only in what people say.",
            str(gaps["statement"].iloc[0]),
        ]
        held = causes[causes["verdict"].eq("supported")].drop_duplicates("cause")
        if len(held):
            lines.append(f"Supported by a test so far: {listing([name.lower() for name in held['name']])}.")
        else:
            lines.append("No candidate cause is supported by a test yet.")
        return lines

    @property
    def gaps(self) -> pd.DataFrame:
        """Every gap."""
        return self.tables["gaps"]

    @property
    def causes(self) -> pd.DataFrame:
        """Every candidate cause of every gap."""
        return self.tables["causes"]

    @cached_property
    def coded(self) -> pd.DataFrame:
        """Remarks with their codes."""
        return handed(self.review, "1.4", "coded_remarks")

    @cached_property
    def concerns(self) -> list[str]:
        """Codes raised as concerns by two interviews or comments at least."""
        themes = handed(self.review, "1.4", "themes")
        said = themes[themes["stance"].isin(["concern", "suggestion"]) & themes["units"].ge(2)]
        return [str(code) for code in said["code"].drop_duplicates()]

    @cached_property
    def raised(self) -> dict[str, tuple[str, ...]]:
        """Who raised each code, in words that all editions may read."""
        minimum = self.review.engagement.disclosure.minimum_pool
        return raised_by(self.coded, self.review.evidence.frame("stakeholders"), minimum)

    @view()
    def measured(self, edition: Edition) -> Block:
        """Show each measured gap: size, since when, where, cost, who raised it."""
        rows = self.gaps[self.gaps["kind"].eq("measured")]
        if rows.empty:
            return Words(
                "No measure falls short of its target, or of its own earlier level, by more than chance."
            )
        table = rows.assign(
            place=[
                site or contract or "all together"
                for site, contract in zip(rows["site"], rows["contract"], strict=True)
            ],
            size=[self._size(row) for row in rows.to_dict("records")],
            from_when=[date(day, "month") for day in rows["since"]],
            cost=[
                money(cost, self._currency) if pd.notna(cost) else "not valued"
                for cost in rows["cost_per_year"]
            ],
            inside=["yes" if text else "" for text in rows["overlaps"]],
        )
        headings = {
            "name": "Measure",
            "place": "Where",
            "expected": "Expected",
            "size": "Short by (95 % interval)",
        }
        headings |= {
            "from_when": "Worse since",
            "cost": "Cost a year",
            "inside": "Overlaps",
            "raised_by": "Raised by",
        }
        return Stack(
            Table(table, caption="Measured gaps, costliest first", headings=headings, limit=20),
            Words(self._total(rows)),
        )

    @view()
    def sizes(self, edition: Edition) -> Block:
        """Show the gaps of one scale: short of the target as a share of it."""
        rows = self.gaps[self.gaps["kind"].eq("measured") & self.gaps["target"].abs().gt(0)]
        if rows.empty:
            return Words("There is no measured gap to draw.")
        shares = {name: 100 * rows[name] / rows["target"].abs() for name in ("gap", "lower", "upper")}
        table = rows.assign(**shares, label=[self._label(row) for row in rows.to_dict("records")]).head(12)
        widest = table.sort_values("gap", ascending=False).iloc[0]
        return charts.dot_chart(
            table,
            "label",
            "gap",
            title=f"The widest gap for its target is {widest['label']}",
            unit="percent",
            subtitle="How far each measure falls short of what is expected, as a share of it, with 95 % interval.",
            source=f"{self.review.engagement.client}, latest twelve periods",
            key="2.1-sizes",
        )

    @view()
    def described(self, edition: Edition) -> Block:
        """Show the gaps only people describe: expected, what is said, who raised it."""
        rows = self.gaps[self.gaps["kind"].eq("described")]
        if rows.empty:
            return Words("No concern recurs that the measured gaps do not already speak to.")
        headings = {
            "name": "Topic",
            "expected": "Expected",
            "statement": "What people say",
            "raised_by": "Raised by",
        }
        if not rows["raised_by"].ne("").any():
            headings.pop("raised_by")
        return Table(rows, caption="Gaps only people describe", headings=headings, limit=20)

    @view()
    def tested_causes(self, edition: Edition) -> Block:
        """Show each tested cause of each gap: verdict, and what was compared."""
        rows = self._named(self.causes[self.causes["verdict"].ne("untested")])
        if rows.empty:
            return Words(
                "No candidate cause could be tested: it takes inputs by month and site (resources), leads or journeys."
            )
        rows = rows.assign(
            order=rows["verdict"].map({name: i for i, name in enumerate(VERDICTS)})
        ).sort_values("order", kind="stable")
        headings = {
            "gap": "Gap",
            "name": "Candidate cause",
            "verdict": "Verdict",
            "statement": "What was compared",
        }
        note = "A supported cause goes with the gap; that it brings it about is for an experiment to show."
        return Table(
            rows,
            caption="Candidate causes and the verdict of their tests",
            headings=headings,
            note=note,
            limit=40,
        )

    @view()
    def untested_causes(self, edition: Edition) -> Block:
        """Show the causes nobody could test, and what would settle each."""
        rows = self.causes[self.causes["verdict"].isin(["untested", "inconclusive"])].drop_duplicates("cause")
        if rows.empty:
            return Words("Every candidate cause is settled for now.")
        headings = {"name": "Candidate cause", "verdict": "Verdict", "settle": "What would settle it"}
        return Table(rows, caption="What would settle the open causes", headings=headings)

    @view()
    def links_across_departments(self, edition: Edition) -> Block:
        """Show where a condition in one department goes with a gap in another."""
        edges = self.edges[self.edges["cross"] & self.edges["measured"]]
        if edges.empty:
            return Words("No candidate cause crosses from one department to another.")
        table = edges.assign(sure=edges["verdict"])
        headings = {
            "department_from": "Arises in",
            "cause": "Condition",
            "department_to": "Shows in",
            "gap": "Gap",
            "sure": "Verdict",
        }
        return Table(table, caption="Links across departments", headings=headings, row_header=False, limit=20)

    @view()
    def causal_map(self, edition: Edition) -> Block:
        """Show conditions, the gaps they go with, and how sure each link is."""
        edges = self.edges[self.edges["verdict"].isin(["supported", "inconclusive"])].head(14)
        if edges.empty:
            return Words("There is no tested link to draw.")
        held = edges[edges["verdict"].eq("supported")]
        links = listing(
            [f"{str(row.cause).lower()} with {str(row.gap).lower()}" for row in held.head(3).itertuples()]
        )
        title = f"Supported so far: {links}" if links else "No link is supported by a test so far"
        told = "; ".join(f"{row.cause} goes with {row.gap}" for row in held.itertuples()) or "none"
        return charts.causal_map(
            edges,
            title=title,
            key="2.1-map",
            source="tests of step 2.1",
            alt=f"Map of conditions on the left and gaps on the right. Supported links: {told}.",
        )

    @view()
    def statements(self, edition: Edition) -> Block:
        """Show every statement with its evidence."""
        return Statements(self.findings, edition=edition)

    @view()
    def limits(self, edition: Edition) -> Block:
        """Show what these tests cannot tell."""
        tested = int(self.causes["verdict"].ne("untested").sum())
        return Bullets(
            [
                f"{plural(tested, 'test')} of a cause against a gap were run; p-values are corrected for those of the same gap.",
                "What all sites share in a month, or trend and season where there are fewer than three sites, was taken out first.",
                "Costs of gaps that overlap are never added: a site lies inside the whole, two measures can count the same money.",
                f"Fewer than twelve periods or cases leave a verdict inconclusive; the {MOST_TESTED} first gaps were tested.",
            ]
        )

    @cached_property
    def edges(self) -> pd.DataFrame:
        """Edges of the causal map."""
        return causal_edges(self.causes, self.gaps)

    @cached_property
    def _currency(self) -> str:
        return self.review.engagement.currency

    def _codes_of(self, measured: pd.DataFrame) -> dict[str, list[str]]:
        """Codes raised as concerns that speak to a measure, by measure."""
        known, book = (
            {measure.id: measure for measure in self.review.engagement.measures},
            self.review.codebook,
        )
        return {
            str(name): [
                code for code in linked_codes(str(name), known[str(name)], book) if code in self.concerns
            ]
            for name in measured["measure"].unique()
        }

    def _borne_out(self) -> set[str]:
        """Codes that a measure bears out, by step 1.5."""
        table = handed(self.review, "1.5", "convergence")
        return set(table.loc[table["relationship"].isin(["agreement", "partial"]), "code"])

    def _raised(self, codes: list[str]) -> str:
        names = dict.fromkeys(name for code in codes for name in self.raised.get(code, ()))
        return listing(list(names), limit=3) if names else "nobody so far"

    def _named(self, causes: pd.DataFrame) -> pd.DataFrame:
        labels = {row["gap_id"]: self._label(row) for row in self.gaps.to_dict("records")}
        return causes.assign(gap=causes["gap_id"].map(labels))

    def _label(self, row: Mapping[Any, Any]) -> str:
        where = row["site"] or row["contract"]
        return f"{row['name']}, {where}" if where else str(row["name"])

    def _size(self, row: Mapping[Any, Any]) -> str:
        measure = self.review.engagement.measure(str(row["measure"]))
        size, lower, upper = (
            number(row[name], measure.unit, measure.decimals, short=True)
            for name in ("gap", "lower", "upper")
        )
        return f"{size} ({lower} to {upper})"

    def _total(self, rows: pd.DataFrame) -> str:
        costed = rows[rows["cost_per_year"].notna()]
        if costed.empty:
            return "No gap has a value: give measures a value a unit to see what gaps cost."
        apart = costed[costed["overlaps"].eq("")]
        total = money(total_cost(costed), self._currency)
        return f"The {plural(len(apart), 'gap')} that overlap with no other cost about {total} a year together; the rest lie inside them."
