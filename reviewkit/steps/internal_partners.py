"""Step 2.3: where front line, support and management see different organisations."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit import voices
from reviewkit.content import load_causes, load_statements
from reviewkit.model import Edition, Finding
from reviewkit.present import charts
from reviewkit.present.blocks import Stack, Statements, Table, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural

from .base import Step

_GROUPS = {"front_line": "Front line", "support": "Support", "management": "Management"}
_KINDS = {"sign": "Signs", "key": "Keys", "expectation": "Expectations", "support": "Support given"}
_NO_SURVEY = "There is no partnering survey. Send it to all staff; at least five answers a side are needed."
_HIDDEN = "Too few respondents in a group are not shown, nor what would let them be worked out."


class InternalPartners(Step):
    """Nine signs, six keys, expectations and support, we/they gaps, the customer's voice traced inwards."""

    number = "2.3"

    def analyse(self) -> None:
        """Compare the sides' answers statement by statement."""
        minimum = self.review.discloser.disclosure.minimum_survey
        gaps = voices.partner_gaps(self.perceptions, load_statements(), minimum=minimum)
        self.tables = {"partner_gaps": gaps}
        self.findings = voices.partner_findings(gaps) + voices.sign_findings(self.signs_found)

    def answer(self, edition: Edition) -> list[str]:
        """Say where the sides differ most and which signs stand out."""
        if self.perceptions.empty:
            return ["Without the partnering survey nobody can say how far the sides differ."]
        gaps = [finding for finding in self.findings if finding.kind == "partner_gap"]
        signs = [finding for finding in self.findings if finding.kind == "partner_sign"]
        lead = f"Front line, support and management differ clearly on {plural(len(gaps), 'comparison')}."
        if not gaps:
            lead = "Front line, support and management do not differ clearly on any statement."
        rest = [finding.statement for finding in (gaps[:1] + signs[:1])]
        return [lead, *rest]

    @cached_property
    def perceptions(self) -> pd.DataFrame:
        """Answers to the partnering survey."""
        return self.review.evidence.frame("perceptions")

    @cached_property
    def signs_found(self) -> pd.DataFrame:
        """How everybody together answers each statement."""
        minimum = self.review.discloser.disclosure.minimum_survey
        return voices.present_signs(self.perceptions, load_statements(), minimum=minimum)

    @view()
    def we_they_gaps(self, edition: Edition) -> Block:
        """Show the statements on which two sides differ most, with intervals."""
        gaps = self.tables.get("partner_gaps", pd.DataFrame())
        if gaps.empty:
            return Words(_NO_SURVEY)
        found = Statements(self._of_kind("partner_gap")[:8], ordered=True, edition=edition)
        pairs = zip(gaps["group_a"], gaps["group_b"], strict=True)
        shown = gaps.assign(
            label=gaps["text"] + [f" ({_GROUPS[a].lower()} less {_GROUPS[b].lower()})" for a, b in pairs]
        )
        widest = shown.head(8)
        chart = charts.dot_chart(
            widest,
            "label",
            "difference",
            reference=0.0,
            reference_name="no difference",
            title="The statements on which two sides of the organisation differ most",
            subtitle="Difference of mean scores, 1 bad to 5 good, with 95 % intervals",
            source="partnering survey",
            unit="score",
            key="we-they",
        )
        return Stack(found if self._of_kind("partner_gap") else Words("No gap is clear."), chart)

    @common_view()
    def nine_signs(self) -> Block:
        """Show the nine signs of a missing partnership, by side."""
        return self._by_side("sign")

    @common_view()
    def six_keys(self) -> Block:
        """Show the six keys to partnership, by side."""
        return self._by_side("key")

    @common_view()
    def expectations_and_support(self) -> Block:
        """Show whether expectations are clear and support is given, by side."""
        return Stack(self._by_side("expectation"), self._by_side("support"))

    @common_view()
    def departments(self) -> Block:
        """Show scores by department."""
        return self._by_group("department", "department")

    @common_view()
    def centre_and_sites(self) -> Block:
        """Show scores by site, the centre among them."""
        return self._by_group("site", self.review.engagement.site_label)

    @view()
    def voice_of_the_customer(self, edition: Edition) -> Block:
        """Show customers' concerns traced to what may cause them inside."""
        themes = self.review.table("1.4", "themes")
        table = voices.traced(themes, self.review.codebook, load_causes())
        if table.empty:
            return Words(
                "No concern of customers recurs, or no feedback of customers is there. Export their comments."
            )
        gate = self.review.discloser
        rows = table.to_dict("records")
        shown = table.assign(
            comments=[gate.count(row["units"], row["units_total"], edition) for row in rows],
            inside=[
                gate.count(row["inside"], row["inside_total"], edition) if row["inside"] else "not raised"
                for row in rows
            ],
        )
        headings = {"name": "Customers' concern", "comments": "Comments", "causes": "May be caused by"}
        headings |= {"inside": "Interviews that raise it", "inside_codes": "As"}
        note = "Causes are those the codebook links to the concern; step 2.1 tests them."
        return Table(shown, caption="Customers' concerns traced inwards", headings=headings, note=note)

    def _by_side(self, kind: str) -> Block:
        if self.perceptions.empty:
            return Words(_NO_SURVEY)
        table = voices.standing(self.perceptions, load_statements())
        table = self.review.discloser.suppress(
            table[table["kind"] == kind], "n", values=("mean",), by="statement"
        )
        if table.empty:
            return Words(f"The survey holds no answers on {_KINDS[kind].lower()}.")
        wide = (
            table.pivot(index="text", columns="group", values="mean")
            .reindex(columns=list(_GROUPS))
            .reset_index()
        )
        order = {statement.text: place for place, statement in enumerate(load_statements().values())}
        wide = wide.sort_values("text", key=lambda column: column.map(order))
        headings = {"text": "Statement"} | _GROUPS
        return Table(
            wide,
            caption=f"{_KINDS[kind]}: mean score by side, 1 bad to 5 good",
            headings=headings,
            formats=dict.fromkeys(_GROUPS, ".1f"),
            note=f"Statements where agreeing is a bad sign are turned round. {_HIDDEN}",
        )

    def _by_group(self, by: str, label: str) -> Block:
        known = self.perceptions[self.perceptions[by].notna()]
        if known.empty:
            return Words(f"The survey does not say which {label} an answer comes from.")
        table = voices.by_kind(known, load_statements(), by=by)
        table = self.review.discloser.suppress(table, "n", values=("mean",), by="kind")
        wide = (
            table.pivot(index=by, columns="kind", values="mean").reindex(columns=list(_KINDS)).reset_index()
        )
        gone = listing(wide.loc[wide[list(_KINDS)].isna().all(axis=1), by])
        return Table(
            wide,
            caption=f"Mean score by {label}, 1 bad to 5 good",
            headings={by: label.capitalize()} | _KINDS,
            formats=dict.fromkeys(_KINDS, ".1f"),
            note=_HIDDEN + (f" Not shown: {gone}." if gone else ""),
        )

    def _of_kind(self, kind: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == kind]
