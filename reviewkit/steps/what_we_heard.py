"""What we heard: a page for the people interviewed, with room for corrections."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from reviewkit import voices
from reviewkit.disclosure.corrections import open_corrections, received
from reviewkit.model import Edition, Evidence, Finding
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import date, plural

from .base import Step
from .interviews_and_themes import voices_blocks as blocks

_KINDS = {"concern": "heard_concern", "strength": "heard_strength"}
_DAYS = 14
_MOST = 8


class WhatWeHeard(Step):
    """Themes in bands, strengths, approved quotes, what happens next, and how to correct us."""

    number = "heard"

    def analyse(self) -> None:
        """Word the themes of step 1.4 for those who were heard."""
        for stance, kind in _KINDS.items():
            leading = voices.leading(self.review.table("1.4", "themes"), stance).head(_MOST)
            self.findings += [self._finding(row, kind) for row in leading.to_dict("records")]

    def answer(self, edition: Edition) -> list[str]:
        """Thank people, say what was raised most, and that it can be corrected."""
        first = [found.statement for kind in _KINDS.values() for found in self._of_kind(kind)[:1]]
        if not first:
            return ["What was said is too little, or too scattered, for us to say what we heard."]
        return [*first, "Tell us where we have misunderstood you: nothing is recommended before that."]

    @view()
    def concerns(self, edition: Edition) -> Block:
        """Show what people told us gets in the way."""
        return self._shown("concern", edition)

    @view()
    def strengths(self, edition: Edition) -> Block:
        """Show what people told us works well."""
        return self._shown("strength", edition)

    @view()
    def in_your_words(self, edition: Edition) -> Block:
        """Show approved quotes, attributed broadly."""
        coded = self.review.table("1.4", "coded_remarks")
        if coded.empty:
            return Words("No quote has been approved that may be shown here.")
        quotes = self.review.quoting.quotes(self.review.evidence.frame("quotes"), coded, edition)
        names = blocks.leading_names(self.review.table("1.4", "themes"))
        return Stack(blocks.quotes(quotes, coded, names), blocks.rules(self.review.quoting))

    @common_view()
    def what_happens_next(self) -> Block:
        """Show the next steps and their dates as agreed in the scope."""
        coming = self._milestones
        lines = [
            "What you told us is laid beside the figures.",
            "Your corrections are worked in.",
            "Recommendations are written, discussed and agreed.",
        ]
        if coming.empty:
            return Bullets(lines, ordered=True)
        headings = {"text": "Milestone", "role": "Whose", "due": "By"}
        table = Table(coming, caption="Milestones agreed", headings=headings, formats={"due": date})
        return Stack(Bullets(lines, ordered=True), table)

    @common_view()
    def corrections(self) -> Block:
        """Show how to correct us, by when and to whom, with room to write."""
        to = self._send_to
        lead = f"If we have misunderstood or left out something, tell {to} {self._by_when}."
        rows = pd.DataFrame({"what": ["\u00a0"] * 4, "better": ["\u00a0"] * 4})
        headings = {"what": "What we got wrong or left out", "better": "What it should say"}
        return Stack(
            Words(
                lead,
                "You need not give your name. Corrections are treated as what you said was: in confidence.",
            ),
            Table(rows, caption="Corrections", headings=headings, row_header=False),
        )

    @view()
    def corrected(self, edition: Edition) -> Block:
        """Show the corrections received and what became of each."""
        if self._corrections.empty:
            return Words("Nobody has corrected us yet.")
        names = {name: code.name for name, code in self.review.codebook.codes.items()}
        table = received(self._corrections, names, self.review.discloser, edition)
        waiting = int(self._corrections["status"].eq("open").sum())
        lead = "Corrections have reached us. What could lead to a person is left out or put in other words."
        if edition == "team":
            lead = f"{plural(len(table), 'correction')} received, {waiting} of them open."
        headings = {"about": "About", "said": "Correction", "became": "What became of it", "why": "Why"}
        headings |= {"role": "From"} if edition == "team" else {}
        shown = Table(table, caption="Corrections received", headings=headings, row_header=False)
        return Stack(Words(lead), shown) if len(table) else Words(lead)

    @cached_property
    def _corrections(self) -> pd.DataFrame:
        return self.review.evidence.frame("corrections")

    def _finding(self, row: Mapping[Hashable, Any], kind: str) -> Finding:
        statement = voices.theme_words(row, self.review.discloser, "participants")
        if open_corrections(self._corrections, str(row["code"])):
            statement += " A correction to this is being looked at."
        evidence = Evidence(
            source="themes",
            rule="themes of step 1.4 in bands, for those who were heard",
            query=f"theme {row['code']}",
        )
        return Finding.of(
            "heard",
            kind,
            str(row["code"]),
            statement=statement,
            evidence=(evidence,),
            audience=("team", "participants"),
        )

    def _shown(self, stance: str, edition: Edition) -> Block:
        found = self._of_kind(_KINDS[stance])
        if not found:
            return Words(
                "Nothing of this kind was said often enough to be shown without pointing at somebody."
            )
        return Statements(found, edition=edition)

    @cached_property
    def _milestones(self) -> pd.DataFrame:
        scope = self.review.evidence.frame("scope")
        coming = scope[
            scope["kind"].eq("milestone") & scope["due"].notna() & ~scope["status"].isin(("done", "dropped"))
        ]
        return coming.sort_values("due", kind="stable")

    @property
    def _send_to(self) -> str:
        """The interviewer, by role, who held most interviews."""
        roles = self.review.evidence.frame("interviews")["interviewer"].dropna()
        return f"the {roles.mode().iloc[0].lower()}" if len(roles) else "the review team"

    @property
    def _by_when(self) -> str:
        """The date agreed for corrections, else before recommendations are agreed, else a term of days."""
        for subject, word in (("correction|what we heard", "by"), ("recommendation", "before")):
            about = self._milestones[self._milestones["text"].str.contains(subject, case=False)]
            if len(about):
                return f"{word} {date(about['due'].iloc[0])}"
        return f"within {_DAYS} days of receiving this page"
