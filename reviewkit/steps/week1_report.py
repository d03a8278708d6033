"""Step 1.6: the week's deliverables on one page."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.content import load_causes, load_interventions
from reviewkit.findings.first_map import first_gaps, first_interventions
from reviewkit.findings.gap_findings import gap_findings
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Bullets, Quote, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural, sentence

from .base import Step
from .first_actions import MOST, action_finding, immediate_actions, intervention_finding
from .gap_tables import gaps_in_numbers, gaps_in_words, gaps_together
from .handed import handed

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
        self.findings += [action_finding(text, source, place) for place, (text, source) in enumerate(actions)]
        self.findings += [intervention_finding(row) for row in self.interventions.to_dict("records")]

    def answer(self, edition: Edition) -> list[str]:
        """Say the week's main issue, main strength and how many gaps there are."""
        lines = [finding.statement for finding in self._earlier("1.4", "theme")[:1]]
        opinions = [finding.statement for finding in self._standing()[:1]]
        kinds = self.gaps["kind"].value_counts()
        count = f"The first gap map holds {plural(int(kinds.get('measured', 0)), 'measured gap')} and "
        count += f"{plural(int(kinds.get('described', 0)), 'gap')} that only people describe."
        return [*opinions, *lines, count]

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
        return first_interventions(self.gaps, load_interventions())

    @view()
    def key_themes(self, edition: Edition) -> Block:
        """Show the themes most raised, with an approved quote."""
        found = self._earlier("1.4", "theme")[:MOST]
        if not found:
            return Words(
                "Nobody has been heard yet, so there are no themes: hold the interviews of step 1.3."
            )
        return Stack(Statements(found, edition=edition, ordered=True), self._quote(found[0].subject, edition))

    @view()
    def strengths(self, edition: Edition) -> Block:
        """Show what works well, in what people say and in the data."""
        found = self._earlier("1.4", "strength")[:4]
        better = handed(self.review, "1.1", "opinions")
        good = set(better.loc[better["tone"].eq("strength"), "opinion_id"]) if "tone" in better else set()
        found += [finding for finding in self._earlier("1.1", "opinion") if finding.id in good][:3]
        return (
            Statements(found, edition=edition)
            if found
            else Words("No strength recurs in what people say or in the data so far.")
        )

    @view()
    def main_opinions(self, edition: Edition) -> Block:
        """Show what the data say, as it stands after local knowledge."""
        found = self._standing()[:MOST]
        if not found:
            return Words("There are no measures, or none that gives rise to an opinion.")
        return Statements(found, edition=edition, ordered=True)

    @common_view()
    def priority_issues(self) -> Block:
        """Show the priority issues and how they are ranked."""
        rows = handed(self.review, "1.4", "priority_issues").head(MOST)
        if rows.empty:
            return Words("Priority issues rest on interviews or comments, and there are none.")
        table = rows.assign(points=rows["score"].astype("float64").round(0))
        headings = {"rank": "Rank", "name": "Issue", "points": "Score"}
        return Table(table, caption="Priority issues", headings=headings, note=str(rows["formula"].iloc[0]))

    @common_view()
    def gap_map(self) -> Block:
        """Show the first gap map: expected, actual, evidence, likely cause."""
        if self.gaps.empty:
            return Words("Neither the numbers nor what people say show a gap so far.")
        table = self.gaps.assign(
            what=[
                f"{name}, {site}" if site else name
                for name, site in zip(self.gaps["name"], self.gaps["site"], strict=True)
            ],
            cause_words=self.gaps["likely_cause"].where(
                self.gaps["likely_cause"].ne(""), "nobody has named one"
            ),
            how=self.gaps["kind"].map({"measured": "measured", "described": "described by people"}),
        )
        headings = {
            "what": "Gap",
            "how": "Kind",
            "expected": "Expected",
            "actual": "Actual",
            "evidence": "Evidence",
        }
        headings |= {"cause_words": "Likely cause, not yet tested"}
        return Table(table, caption="First gap map", headings=headings, limit=14)

    @view()
    def immediate_actions(self, edition: Edition) -> Block:
        """Show what can be done this week."""
        return self._statements("immediate_action", edition, "Nothing so far calls for action before week 2.")

    @common_view()
    def department_interventions(self) -> Block:
        """Show a first intervention for each department, chosen by likely cause."""
        if self.interventions.empty:
            return Words("No likely cause has been named, so no intervention is proposed yet.")
        headings = {"department": "Department", "title": "Intervention", "why": "Why", "cause": "For"}
        headings |= {"impact": "Impact (1 to 5)", "effort": "Effort (1 to 5)"}
        note = "Proposals for discussion; step 3.1 decides with tested causes."
        return Table(
            self.interventions, caption="First interventions by department", headings=headings, note=note
        )

    @view()
    def alignment(self, edition: Edition) -> Block:
        """Show how far concerns and data agree."""
        kinds = ("agreement", "dissonance", "partial")
        found = [finding for kind in kinds for finding in self._earlier("1.5", kind)]
        if not found:
            return Words("Only one side has spoken so far: there is nothing to align.")
        return Statements(found[:MOST], edition=edition)

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

    def _standing(self) -> list[Finding]:
        """Opinions that were not withdrawn, in order, and in the words that people revised them to."""
        reviewed = handed(self.review, "1.2", "reviewed_opinions")
        gone = set(reviewed.loc[reviewed["status"].eq("withdrawn"), "opinion_id"])
        revised = reviewed[reviewed["status"].eq("revised") & reviewed["stands"].ne("")]
        words = dict(zip(revised["opinion_id"], revised["stands"], strict=True))
        return [
            finding.model_copy(update={"statement": words.get(finding.id, finding.statement)})
            for finding in self._earlier("1.1", "opinion")
            if finding.id not in gone
        ]

    def _quote(self, code: str, edition: Edition) -> Block | None:
        coded = handed(self.review, "1.4", "coded_remarks")
        shown = self.review.discloser.quotes(
            self.review.evidence.frame("quotes"), coded[coded["code"].eq(code)], edition
        )
        shown = shown[shown["status"].eq("approved")]
        return Quote(shown["words"].iloc[0], shown["attribution"].iloc[0]) if len(shown) else None
