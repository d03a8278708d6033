"""Step 1.6: the week's deliverables on one page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pandas as pd

from reviewkit.content import load_causes, load_interventions
from reviewkit.findings.causes.first_map import first_gaps, first_interventions
from reviewkit.findings.convergence.overruled import WORDS
from reviewkit.findings.gaps.findings import gap_findings
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Bullets, Folded, Quote, Stack, Statements, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural, sentence
from reviewkit.voices import noun, representative

from ..base import Step
from ..gaps_and_causes.tables import gaps_in_numbers, gaps_in_words, gaps_together
from ..handed import handed
from ..local_knowledge_and_scope.told_opinions import held_back, standing_opinions
from . import blocks as blocks
from .first_actions import MOST, action_finding, immediate_actions, intervention_finding

FIRST = 4
"""Statements of a kind in sight; further ones are folded away, so that the report stays one page."""

NEXT = (
    "Week 2 sizes each gap and tests its likely causes, looks at the customer's journey, at internal "
    "partners, at leadership and at people's performance."
)


class Week1Report(Step):
    """Themes and strengths, priority issues, the first gap map, first actions, what comes next."""

    number = "1.6"

    def analyse(self) -> None:
        """Draw the first gap map; choose immediate actions and interventions."""
        engagement = self.review.engagement
        gaps = gaps_together(gaps_in_numbers(self.review, "1.6"), gaps_in_words(self.review, "1.6"))
        stakeholders = self.review.evidence.frame("stakeholders")
        self.tables = {
            "first_gaps": first_gaps(
                gaps, self.review.codebook, load_causes(), self.concerns, stakeholders, engagement.measures
            )
        }
        tables = {measure.id: measure.table for measure in engagement.measures}
        self.findings = gap_findings(gaps, handed(self.review, "1.4", "coded_remarks"), tables, step="1.6")
        actions = immediate_actions(self.review, self.interventions)
        self.findings += [action_finding(action, place) for place, action in enumerate(actions)]
        self.findings += [intervention_finding(row) for row in self.interventions.to_dict("records")]

    def answer(self, edition: Edition) -> list[str]:
        """Say the week's main issue, main strength, how many gaps there are, and what cannot be concluded."""
        themes = self._earlier("1.4", "theme")[:1] or self._earlier("1.4", "strength")[:1]
        # What holds for the whole comes before what holds for one site.
        standing = sorted(
            self._retold(), key=lambda one: bool(one.figures["site"] or one.figures["contract"])
        )
        lines = [finding.statement for finding in [*standing[:1], *themes]]
        kinds = self.gaps["kind"].value_counts()
        measured, described = int(kinds.get("measured", 0)), int(kinds.get("described", 0))
        lines.append(
            f"The first gap map holds {plural(measured, 'measured gap')} and "
            f"{plural(described, 'gap')} that only people describe."
        )
        return lines + self._one_sided()[:1]

    @property
    def gaps(self) -> pd.DataFrame:
        """The first gap map."""
        return self.tables["first_gaps"]

    @cached_property
    def concerns(self) -> list[str]:
        """Codes raised as concerns: those that the data bear out first, then the most pressing."""
        table = handed(self.review, "1.5", "convergence")
        borne_out = set(table.loc[table["relationship"].eq("agreement"), "code"])
        codes = [str(code) for code in handed(self.review, "1.4", "priority_issues")["code"]]
        return sorted(codes, key=lambda code: code not in borne_out)

    @cached_property
    def interventions(self) -> pd.DataFrame:
        """One intervention for each likely cause and department."""
        return first_interventions(self.gaps, load_interventions(), measures=self.review.engagement.measures)

    @view()
    def key_themes(self, edition: Edition) -> Block:
        """Show the themes most raised, with an approved quote."""
        found = self._earlier("1.4", "theme")
        if not found:
            heard = len(handed(self.review, "1.4", "coded_remarks")) > 0
            return Words(
                "No concern recurs in what people say so far."
                if heard
                else "Nobody has been heard yet, so there are no themes: hold the interviews of step 1.3."
            )
        shown = Statements(found[:FIRST], edition=edition, ordered=True)
        lead = found[0].subject.split("/")[0]
        return Stack(shown, self._quotes([lead], edition).get(lead))

    @view()
    def strengths(self, edition: Edition) -> Block:
        """Show what works well, in what people say and in the data."""
        found = self._earlier("1.4", "strength")[:4]
        better = handed(self.review, "1.1", "opinions")
        good = set(better.loc[better["tone"].eq("strength"), "opinion_id"])
        found += [finding for finding in self._retold() if finding.id in good][:3]
        return (
            Statements(found, edition=edition)
            if found
            else Words("No strength recurs in what people say or in the data so far.")
        )

    @view()
    def main_opinions(self, edition: Edition) -> Block:
        """Show what the data say, as it stands after local knowledge."""
        found, held = self._retold(), held_back(self._reviewed)
        if not found and not held:
            return Words("There are no measures, or none that gives rise to an opinion.")
        rows = self._reviewed
        notes = {
            str(key): f"{words}."
            for key, words, remains in zip(
                rows["opinion_id"], rows["new_limits"], rows["remains"], strict=True
            )
            if remains in ("yes", "too_soon")
        }
        return blocks.opinions(found, notes, held, edition, FIRST)

    @view()
    def priority_issues(self, edition: Edition) -> Block:
        """Show the priority issues, how widely each was raised, and how they are ranked."""
        rows = handed(self.review, "1.4", "priority_issues").head(MOST)
        if rows.empty:
            return Words("Priority issues rest on interviews or comments, and there are none.")
        known = {finding.subject: finding.id for finding in self._earlier("1.4", "theme")}
        counted = noun(self.review.discloser, str(rows["kind"].iloc[0]))
        return blocks.priority_issues(rows, known, self.review.discloser, counted, edition)

    @view()
    def gap_map(self, edition: Edition) -> Block:
        """Show the first gap map: expected, actual, evidence, likely cause."""
        if self.gaps.empty:
            return Words("Neither the numbers nor what people say show a gap so far.")
        names = {one.id: one.name for one in self.review.engagement.contracts}
        codes = [str(code) for code in self.gaps.loc[self.gaps["kind"].eq("described"), "code"]]
        said = self._quotes(codes, edition)
        quotes = {code: f"“{one.words}” ({one.attribution})" for code, one in said.items()}
        return blocks.gap_map(self.gaps, names, quotes)

    @view()
    def immediate_actions(self, edition: Edition) -> Block:
        """Show what can be done this week."""
        return self._statements("immediate_action", edition, "Nothing so far calls for action before week 2.")

    @common_view()
    def department_interventions(self) -> Block:
        """Show a first intervention for each department, chosen by likely cause."""
        if self.interventions.empty:
            return Words("No topic that was raised leads to a cause, so no intervention is proposed yet.")
        return blocks.interventions(self.interventions)

    @view()
    def alignment(self, edition: Edition) -> Block:
        """Show how far concerns and data agree."""
        kinds = ("agreement", "dissonance", "partial")
        pairs = [finding for kind in kinds for finding in self._earlier("1.5", kind)]
        # A topic that several measures speak to is told once, with the one that matches best.
        found = list({one.subject.split("/")[0]: one for one in reversed(pairs)}.values())[::-1]
        if not found:
            return Words("Only one side has spoken so far: there is nothing to align.")
        rest = Statements(found[FIRST:], edition=edition)
        folded = Folded(f"{plural(len(found) - FIRST, 'further topic')} with voices and numbers", rest)
        counts = handed(self.review, "1.5", "convergence").query("leading")["relationship"].value_counts()
        told = [f"{counts[kind]} in {words}" for kind, words in WORDS.items() if kind in counts]
        lead = f"Of {plural(int(counts.sum()), 'topic')} raised or measured, {listing(told)}."
        first = Statements(found[:FIRST], edition=edition)
        return Stack(Words(lead), first, folded if len(found) > FIRST else None)

    @common_view()
    def what_can_be_concluded(self) -> Block:
        """Show what the evidence there is cannot tell."""
        told = self._one_sided() + self._not_yet_known()
        if not told:
            return Words(
                "Both numbers and voices are there, every measure has a target and every gap a lead."
            )
        return Bullets(told)

    @common_view()
    def what_comes_next(self) -> Block:
        """Show the next steps of the review."""
        scope = self.review.evidence.frame("scope")
        ahead = scope[
            scope["kind"].eq("milestone") & ~scope["status"].isin(["done", "dropped"]).fillna(False)
        ]
        told = [
            f"{text} ({day:%d %B %Y})".replace("(0", "(") if pd.notna(day) else str(text)
            for text, day in zip(ahead["text"], ahead["due"], strict=True)
        ]
        missing = self.review.evidence.missing(self.spec.needs)
        if missing:
            names = listing([table.name.replace("_", " ") for table in missing])
            told.append(f"Still to be collected where the client has it: {names}")
        return Stack(Words(NEXT), Bullets([sentence(text) for text in told]))

    def _statements(self, kind: str, edition: Edition, otherwise: str) -> Block:
        found = [finding for finding in self.findings if finding.kind == kind]
        return Statements(found, edition=edition, ordered=True) if found else Words(otherwise)

    def _earlier(self, number: str, kind: str) -> list[Finding]:
        return [finding for finding in self.review.findings(number) if finding.kind == kind]

    @cached_property
    def _reviewed(self) -> pd.DataFrame:
        return handed(self.review, "1.2", "reviewed_opinions")

    def _retold(self) -> list[Finding]:
        return standing_opinions(self._earlier("1.1", "opinion"), self._reviewed)

    def _one_sided(self) -> list[str]:
        """What cannot be concluded because numbers or voices are missing or few."""
        heard = handed(self.review, "1.4", "coded_remarks").groupby("kind")["unit_id"].nunique()
        figures = not handed(self.review, "1.1", "signals").empty
        interviews, comments = (int(heard.get(kind, 0)) for kind in ("interview", "customer"))
        return blocks.one_sided(figures, interviews, comments, self.review.engagement.customer_label)

    def _not_yet_known(self) -> list[str]:
        signals = handed(self.review, "1.1", "signals")
        whole = signals[signals["site"].eq("") & signals["contract"].eq("")]
        return blocks.not_yet_known(whole, self.gaps, not handed(self.review, "1.4", "coded_remarks").empty)

    def _quotes(self, codes: Iterable[str], edition: Edition) -> dict[str, Quote]:
        """The quote that stands best for each concern, of those approved for an edition."""
        coded = handed(self.review, "1.4", "coded_remarks")
        frame = self.review.evidence.frame("quotes")
        shown = self.review.quoting.quotes(frame, coded, edition)
        approved = shown[shown["status"].eq("approved")].drop_duplicates("remark_id").set_index("remark_id")
        wanted = {"concern": {code: code for code in codes}, "strength": {}}
        chosen = representative(coded, set(approved.index), wanted, most=1, themes=len(wanted["concern"]))
        rows = approved.loc[list(chosen["remark_id"]), ["words", "attribution"]].itertuples(index=False)
        return {
            str(code): Quote(str(words), str(who))
            for code, (words, who) in zip(chosen["name"], rows, strict=True)
        }
