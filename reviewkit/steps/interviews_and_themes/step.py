"""Step 1.4: what people say, what recurs across departments, and what works well."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit import voices
from reviewkit.content import load_questions
from reviewkit.model import Edition
from reviewkit.present.blocks import Bullets, Stack, Statements, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.voices.agreement import Agreed, agreed, disagreements, suggestions_judged, with_care

from . import agreement_blocks as agreeing
from . import enough as enough
from . import reliance_blocks as reliance
from . import sources as sources
from . import voices_blocks as blocks
from . import where as where
from . import words as words
from .evidence import HANDED_ON, Said


class InterviewsAndThemes(Said):
    """Themes, strengths, saturation, agreement of coders, priority issues and quotes."""

    number = "1.4"

    def analyse(self) -> None:
        """Code the remarks, count themes, rank issues, judge saturation and agreement."""
        coded, said, book = self.coded, self.remarks, self.review.codebook
        heard = said[said["kind"].eq("interview")]
        one, whole = (
            blocks.counted_departments(frame, self.review.discloser, heard) for frame in (coded, said)
        )
        themes = with_care(voices.themes(one, whole, book), self.agreed.themes)
        strata = ("", "level", "department", "site")
        codes = len(book.codes)
        judged = pd.concat([voices.saturation(coded, said, by=by, topics=codes) for by in strata])
        self.tables = {
            "coded_remarks": coded[HANDED_ON],
            "themes": themes,
            "priority_issues": voices.priority_issues(themes, book, self.review.engagement.measures),
            "saturation": judged.reset_index(drop=True),
        }
        self.findings = voices.theme_findings(themes, coded, self.review.discloser)
        self.findings += voices.saturation_finding(judged)
        self.findings += voices.agreement_finding(self.agreed, self._names)

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
    def agreed(self) -> Agreed:
        """How far coders agree, on the blind sample where one was drawn."""
        frame = self.review.evidence.frame
        return agreed(frame("codings"), self.remarks, self.review.codebook, frame("blind_sample"))

    @view()
    def sources(self, edition: Edition) -> Block:
        """Show what each of the six sources brought, and how much of it is coded."""
        return sources.sources(self.remarks, self.with_suggestions, edition)

    @common_view("team")
    def reading(self) -> Block:
        """Show what stands in the way of reading the remarks: other languages, no letters, repeats."""
        noticed = voices.checked(self.remarks)
        told = voices.readability_words(noticed, self.remarks, quoted=True)
        return Bullets(told) if told else Words("Every remark can be read as it stands.")

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
                first = "most raised unprompted first" if blocks.unasked(mine) else "most raised first"
                parts.append(blocks.theme_table(mine, gate, edition, caption=f"{name}: concerns, {first}"))
        return Stack(*parts, Words(blocks.REMEDIES))

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
        """Show what one department, level or site raises far more than the rest."""
        said, gate = (self.coded, self.remarks), self.review.discloser
        found = {by: voices.standing_out(*said, by=by) for by in ("department", "level", "site")}
        tested = {by: voices.comments_standing_out(*said, by=by) for by in ("site", "contract")}
        return Stack(
            where.outstanding(found, self._names, gate, edition),
            where.customers_outstanding(tested, self._names, gate),
        )

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
    def by_source(self, edition: Edition) -> Block:
        """Show concerns by source, the six counted apart."""
        leading = voices.leading(self._table("themes"), "concern").head(10)
        names = blocks.leading_names(leading)["concern"]
        found, known = voices.by_source(self.coded, self.remarks), blocks.unasked(leading)
        return where.by_source(found, names, self.review.discloser, edition, unprompted=known)

    @view()
    def together(self, edition: Edition) -> Block:
        """Show which concerns come up in the same interviews."""
        found = voices.together(self.coded, self.remarks)
        return where.pairs(found, self._names, self.review.discloser, edition)

    @common_view()
    def purpose_outcome_result(self) -> Block:
        """Show what is said about purpose, outcome and result."""
        return reliance.about(self.coded)

    @view()
    def saturation(self, edition: Edition) -> Block:
        """Show whether further interviews would say more, stratum by stratum."""
        return enough.saturation(self._table("saturation"), self._of_kind("saturation"), edition)

    @view()
    def agreement(self, edition: Edition) -> Block:
        """Show how far coders agree."""
        judged = suggestions_judged(
            self.agreed.codings, self.remarks, voices.ThemeCoder(self.review.codebook.active)
        )
        return agreeing.agreement(self.agreed, self._of_kind("agreement"), judged, self._names, edition)

    @view()
    def priority_issues(self, edition: Edition) -> Block:
        """Show which concerns to take up first, and by which formula."""
        return enough.priorities(self._table("priority_issues"), self.review.discloser, edition)

    @common_view()
    def not_raised(self) -> Block:
        """Tell topics that were asked about and not raised from those nobody asked about."""
        asked = voices.asked_codes(self.remarks, load_questions())
        return reliance.silent_topics(asked, set(self.coded["code"]), self._names)

    @view()
    def quotes(self, edition: Edition) -> Block:
        """Show approved quotes, attributed as broadly as was promised."""
        shown = self.review.quoting.quotes(self.review.evidence.frame("quotes"), self.remarks, edition)
        return Stack(
            blocks.quotes(shown, self.coded, blocks.leading_names(self._table("themes"))),
            blocks.rules(self.review.quoting),
        )

    @common_view("team")
    def quote_reasons(self) -> Block:
        """Show why quotes were chosen, and which remarks would stand well for a theme once approved."""
        quotes, names = self.review.evidence.frame("quotes"), blocks.leading_names(self._table("themes"))
        return Stack(
            words.chosen_quotes(self.coded, quotes, names),
            words.quote_candidates(self.coded, quotes, names, self.review.discloser),
        )

    @common_view("team")
    def candidate_codes(self) -> Block:
        """Show remarks that fit no code, put together by the words they share."""
        return words.candidates(self.remarks, self.with_suggestions, self.review.discloser)

    @common_view("team")
    def to_review(self) -> Block:
        """Show remarks that wait for a coder, each with its suggestion, and those coded differently."""
        settled = self.review.evidence.frame("resolutions")
        apart = disagreements(self.agreed.codings, self.remarks, self._names, settled)
        return agreeing.to_review(self.with_suggestions, apart, self._names)

    def _raised_by(self, by: str, edition: Edition) -> Block:
        leading = voices.leading(self._table("themes"), "concern")
        names = blocks.leading_names(leading)["concern"]
        kind = str(leading["kind"].iloc[0]) if len(leading) else "interview"
        caption = f"Who raises which concern, by {self.review.engagement.site_label if by == 'site' else by}"
        gate = self.review.discloser
        return blocks.raised_by(
            self.coded, self.remarks, names, gate, edition, by, kind=kind, caption=caption
        )
