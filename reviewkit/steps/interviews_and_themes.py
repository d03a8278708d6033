"""Step 1.4: what people say, what recurs across departments, and what works well."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit import voices
from reviewkit.content import load_questions
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Stack, Statements, Words
from reviewkit.present.view import Block, common_view, view

from . import reliance_blocks as reliance
from . import voices_blocks as blocks
from .base import Step

_HANDED_ON = [
    "remark_id",
    "source",
    "kind",
    "interview_id",
    "unit_id",
    "stakeholder_id",
    "department",
    "level",
    "site",
    "contract",
    "question",
    "about",
    "code",
    "heading",
    "stance",
    "prompting",
    "coder",
    "suggested",
    "on_record",
    "attribution",
    "text",
]


class InterviewsAndThemes(Step):
    """Themes, strengths, saturation, agreement of coders, priority issues and quotes."""

    number = "1.4"

    def analyse(self) -> None:
        """Code the remarks, count themes, rank issues, judge saturation and agreement."""
        coded, said, book = self.coded, self.remarks, self.review.codebook
        themes = voices.themes(coded, said, book)
        judged = pd.concat([voices.saturation(coded, said, by=by) for by in ("", "level", "department")])
        self.tables = {
            "coded_remarks": coded[_HANDED_ON],
            "themes": themes,
            "priority_issues": voices.priority_issues(themes, book, self.review.engagement.measures),
            "saturation": judged.reset_index(drop=True),
        }
        self.findings = voices.theme_findings(themes, coded, self.review.discloser)
        self.findings += voices.saturation_finding(judged)
        self.findings += voices.agreement_finding(self.kappas, self.alpha, self.coded_twice)

    def answer(self, edition: Edition) -> list[str]:
        """Say what is raised most, what works well, and whether enough has been heard."""
        gate, sentences = self.review.discloser, []
        for stance in ("concern", "strength"):
            first = voices.leading(self.tables["themes"], stance).head(1)
            sentences += [voices.theme_words(row, gate, edition) for row in first.to_dict("records")]
        if not sentences:
            return ["What was said is too little, or too scattered, for any theme to recur."]
        return sentences + [finding.statement for finding in self._of_kind("saturation")][:1]

    @cached_property
    def remarks(self) -> pd.DataFrame:
        """Everything said, in one table."""
        frame = self.review.evidence.frame
        return voices.all_remarks(
            frame("remarks"),
            frame("customer_feedback"),
            frame("observations"),
            participants=frame("participants"),
        )

    @cached_property
    def coded(self) -> pd.DataFrame:
        """One row a remark and code that counts."""
        return voices.counted(self.with_suggestions, self.remarks)

    @cached_property
    def with_suggestions(self) -> pd.DataFrame:
        """One row a remark and code, suggestions that wait for an analyst among them."""
        return voices.code_remarks(self.remarks, self.review.evidence.frame("codings"), self.review.codebook)

    @cached_property
    def kappas(self) -> pd.DataFrame:
        """Cohen's kappa by pair of coders and theme."""
        return voices.kappa(self.review.evidence.frame("codings"))

    @cached_property
    def alpha(self) -> float:
        """Krippendorff's alpha over all coders."""
        return voices.alpha(self.review.evidence.frame("codings"))

    @cached_property
    def coded_twice(self) -> int:
        """How many remarks more than one coder coded."""
        coders = self.review.evidence.frame("codings").groupby("remark_id")["coder"].nunique()
        return int((coders > 1).sum())

    @view()
    def sources(self, edition: Edition) -> Block:
        """Show what each of the six sources brought, and how much of it is coded."""
        return blocks.sources(self.remarks, self.with_suggestions, edition)

    @view()
    def concerns(self, edition: Edition) -> Block:
        """Show the concerns under the four headings."""
        leading = voices.leading(self._table("themes"), "concern")
        if leading.empty:
            return Words("No concern was raised often enough to be shown.")
        gate = self.review.discloser
        parts: list[Block] = [blocks.theme_bars(leading.head(10), gate, edition, key="concerns")]
        for heading, name in self.review.codebook.headings.items():
            mine = leading[leading["heading"] == heading]
            if len(mine):
                parts.append(
                    blocks.theme_table(mine, gate, edition, caption=f"{name}: concerns, most raised first")
                )
        return Stack(*parts)

    @view()
    def recurs(self, edition: Edition) -> Block:
        """Show which concerns recur across departments."""
        found = self._of_kind("theme")
        across = [finding for finding in found if int(finding.figures.get("departments") or 0) >= 2]
        if across:
            return Statements(across[:8], ordered=True, edition=edition)
        if not found or self._table("themes")["kind"].eq("interview").any():
            return Words("No concern recurs in more than one department.")
        lead = Words("Departments are not known for what customers say; these concerns are raised most.")
        return Stack(lead, Statements(found[:8], ordered=True, edition=edition))

    @view()
    def stands_out(self, edition: Edition) -> Block:
        """Show what one department raises far more than the rest."""
        found = voices.standing_out(self.coded, self.remarks)
        return blocks.outstanding(found, self._names, self.review.discloser, edition)

    @view()
    def works_well(self, edition: Edition) -> Block:
        """Show what people say works well."""
        if not self._of_kind("strength"):
            return Words("No strength was named often enough to be shown. Ask what works well first.")
        return Statements(self._of_kind("strength")[:8], ordered=True, edition=edition)

    @view()
    def by_department(self, edition: Edition) -> Block:
        """Show concerns by department."""
        return self._raised_by("department", edition)

    @view()
    def by_level(self, edition: Edition) -> Block:
        """Show concerns by level."""
        return self._raised_by("level", edition)

    @view()
    def by_site(self, edition: Edition) -> Block:
        """Show concerns by site; customers' where only they were heard."""
        return self._raised_by("site", edition)

    @view()
    def together(self, edition: Edition) -> Block:
        """Show which concerns come up in the same interviews."""
        return blocks.pairs(voices.together(self.coded), self._names, self.review.discloser, edition)

    @common_view()
    def purpose_outcome_result(self) -> Block:
        """Show what is said about purpose, outcome and result."""
        return reliance.about(self.coded)

    @view()
    def saturation(self, edition: Edition) -> Block:
        """Show whether further interviews would say more, stratum by stratum."""
        return reliance.saturation(self._table("saturation"), self._of_kind("saturation"), edition)

    @view()
    def agreement(self, edition: Edition) -> Block:
        """Show how far coders agree."""
        return reliance.agreement(self.kappas, self._of_kind("agreement"), self._names, edition)

    @view()
    def priority_issues(self, edition: Edition) -> Block:
        """Show which concerns to take up first, and by which formula."""
        return reliance.priorities(self._table("priority_issues"), self.review.discloser, edition)

    @common_view()
    def not_raised(self) -> Block:
        """Tell topics that were asked about and not raised from those nobody asked about."""
        asked = voices.asked_codes(self.remarks, load_questions())
        return reliance.silent_topics(asked, set(self.coded["code"]), self._names)

    @view()
    def quotes(self, edition: Edition) -> Block:
        """Show approved quotes, attributed as broadly as was promised."""
        shown = self.review.discloser.quotes(self.review.evidence.frame("quotes"), self.remarks, edition)
        return Stack(
            blocks.quotes(shown, self.coded, blocks.leading_names(self._table("themes"))),
            blocks.rules(self.review.discloser),
        )

    @common_view("team")
    def to_review(self) -> Block:
        """Show remarks that wait for a coder, each with its suggestion."""
        return reliance.suggestions(self.with_suggestions, self._names)

    def _raised_by(self, by: str, edition: Edition) -> Block:
        leading = voices.leading(self._table("themes"), "concern")
        names = blocks.leading_names(leading)["concern"]
        kind = str(leading["kind"].iloc[0]) if len(leading) else "interview"
        caption = f"Who raises which concern, by {self.review.engagement.site_label if by == 'site' else by}"
        gate = self.review.discloser
        return blocks.raised_by(
            self.coded, self.remarks, names, gate, edition, by, kind=kind, caption=caption
        )

    def _table(self, name: str) -> pd.DataFrame:
        return self.tables.get(name, pd.DataFrame())

    def _of_kind(self, kind: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == kind]

    @property
    def _names(self) -> dict[str, str]:
        return {name: code.name for name, code in self.review.codebook.codes.items()}
