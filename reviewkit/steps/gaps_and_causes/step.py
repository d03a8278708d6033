"""Step 2.1: how large each gap is, since when and where, and what goes with it."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.content import load_causes
from reviewkit.findings import Inputs, causal_edges, judge_causes, raised_by
from reviewkit.findings.causes.candidates import all_causes
from reviewkit.findings.causes.judged import with_judgements
from reviewkit.findings.convergence.topic_links import linked_codes
from reviewkit.findings.gaps.findings import cause_findings, gap_findings
from reviewkit.model import Edition
from reviewkit.model.words import inline
from reviewkit.present.blocks import Bullets, Folded
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural

from ..base import Step
from ..handed import handed, standing
from .blocks import described_table, gap_label, measured_table, sizes_chart
from .cause_blocks import links_map, links_table, open_table, tested_table
from .conclusions import LIMITS, conclusions, counted_tests, table_of
from .tables import gaps_in_numbers, gaps_in_words, gaps_together, levels_now
from .told_once import abouts, told_once

MOST_TESTED = 20


class GapsAndCauses(Step):
    """Measured and described gaps, tested causes, links across departments."""

    number = "2.1"

    def analyse(self) -> None:
        """Measure the gaps, test candidate causes of the largest, draw the links."""
        engagement = self.review.engagement
        measured = gaps_in_numbers(self.review, "2.1")
        described = gaps_in_words(self.review, "2.1", self.raised)
        codes = self._codes_of(measured)
        measured["code"] = [",".join(codes[name]) for name in measured["measure"]]
        measured["raised_by"] = [self._raised(codes[name]) for name in measured["measure"]]
        gaps = gaps_together(measured, described)
        causes = judge_causes(
            pd.concat([measured.head(MOST_TESTED), described]),
            engagement,
            Inputs(self.review.evidence),
            self.review.codebook,
            all_causes(load_causes(), engagement),
            self.concerns,
        )
        causes = with_judgements(causes, self.review.evidence.frame("decisions"))
        self.tables = {"gaps": gaps, "causes": causes}
        tables = {measure.id: measure.table for measure in engagement.measures}
        names = {contract.id: contract.name for contract in engagement.contracts}
        self.findings = gap_findings(gaps, self.coded, tables) + cause_findings(causes, gaps, names)

    def answer(self, edition: Edition) -> list[str]:
        """Say how many gaps there are, the largest, and which causes hold."""
        gaps, causes = self.gaps, self.causes
        if gaps.empty:
            nothing = "No gap is both larger than chance and worth acting on"
            return [f"{nothing}, and no concern without a measure recurs."]
        kinds = gaps["kind"].value_counts()
        measured = int(kinds.get("measured", 0))
        lines = [self._counted(measured, int(kinds.get("described", 0))), str(gaps["statement"].iloc[0])]
        held = causes[causes["verdict"].eq("supported")].drop_duplicates("cause")
        if len(held):
            lines.append(f"Supported by a test so far: {listing([inline(name) for name in held['name']])}.")
        else:
            lines.append("No candidate cause is supported by a test yet.")
        return lines

    def _counted(self, measured: int, described: int) -> str:
        """Say how many gaps there are, and that a place is counted by itself."""
        names = self._gaps_of_kind("measured")["measure"].nunique()
        told = f"{plural(measured, 'gap')} {'shows' if measured == 1 else 'show'} in the numbers"
        if names < measured:
            told += f", on {plural(names, 'measure')} (a site or contract counts by itself),"
        return f"{told} and {described} only in what people say."

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

    @common_view()
    def measured(self) -> Block:
        """Show each measured gap: size, since when, where, cost, who raised it."""
        return measured_table(self._gaps_of_kind("measured"), self.review.engagement)

    @common_view()
    def sizes(self) -> Block:
        """Show the gaps of one scale: short of the target as a share of it."""
        return sizes_chart(self._gaps_of_kind("measured"), self.review.engagement)

    @common_view()
    def described(self) -> Block:
        """Show the gaps only people describe: expected, what is said, who raised it."""
        return described_table(self._gaps_of_kind("described"))

    @common_view()
    def tested_causes(self) -> Block:
        """Show each tested cause of each gap: verdict, and what was compared."""
        labels = {
            row["gap_id"]: gap_label(row, self.review.engagement) for row in self.gaps.to_dict("records")
        }
        return tested_table(self.causes.assign(gap=self.causes["gap_id"].map(labels)))

    @common_view()
    def untested_causes(self) -> Block:
        """Show the causes nobody could test, and what would settle each."""
        return open_table(self.causes)

    @common_view()
    def links_across_departments(self) -> Block:
        """Show where a condition in one department goes with a gap in another."""
        return links_table(self.edges)

    @common_view()
    def causal_map(self) -> Block:
        """Show conditions, the gaps they go with, and how sure each link is."""
        return links_map(self.edges)

    @view()
    def statements(self, edition: Edition) -> Block:
        """Show every statement with its evidence; what says the same of several places is told once."""
        about = abouts(self.gaps, self.causes, self.review.engagement)
        told, count, groups = told_once(self.findings, about, edition)
        each = f", in {groups} groups" if groups < count else ""
        return Folded(f"All {plural(count, 'statement')} of this page, by gap and cause{each}", told)

    @common_view()
    def conclusions(self) -> Block:
        """Show what the evidence allows to conclude, and what not."""
        causes = all_causes(load_causes(), self.review.engagement)
        themes = handed(self.review, "1.4", "themes")
        told = conclusions(
            self.review.engagement,
            standing(self.review),
            self.gaps,
            self.causes,
            themes,
            causes,
            levels_now(self.review),
        )
        return Bullets(table_of(told))

    @common_view()
    def limits(self) -> Block:
        """Show what these tests cannot tell."""
        return Bullets(
            [*counted_tests(self.causes, len(self._gaps_of_kind("measured")), MOST_TESTED), *LIMITS]
        )

    @cached_property
    def edges(self) -> pd.DataFrame:
        """Edges of the causal map."""
        return causal_edges(self.causes, self.gaps)

    def _codes_of(self, measured: pd.DataFrame) -> dict[str, list[str]]:
        """Codes raised as concerns that speak to a measure, by measure."""
        known = {measure.id: measure for measure in self.review.engagement.measures}
        linked = {
            str(name): linked_codes(str(name), known[str(name)], self.review.codebook)
            for name in measured["measure"].unique()
        }
        return {name: [code for code in codes if code in self.concerns] for name, codes in linked.items()}

    def _raised(self, codes: list[str]) -> str:
        names = dict.fromkeys(name for code in codes for name in self.raised.get(code, ()))
        return listing(list(names), limit=3) if names else "nobody so far"

    def _gaps_of_kind(self, kind: str) -> pd.DataFrame:
        return self.gaps[self.gaps["kind"].eq(kind)]
