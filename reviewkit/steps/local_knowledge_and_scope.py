"""Step 1.2: which opinions stand once local knowledge is laid over them, and what is in scope."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.findings import review_opinions
from reviewkit.findings.reviewed import change_of_level
from reviewkit.model import Edition
from reviewkit.present.blocks import Bullets, Folded, Stack, Table, Words
from reviewkit.present.charts import displays
from reviewkit.present.display import Display
from reviewkit.present.view import Block, common_view
from reviewkit.present.words import number, plural

from .base import Step
from .handed import handed
from .measure_charts import MeasureCharts
from .scope_findings import budget_findings, opinion_finding, scope_line

MOST_CHARTS = 4
STATUS = {
    "confirmed": "confirmed",
    "revised": "revised",
    "withdrawn": "withdrawn",
    "open": "open: not yet shared, or no answer",
}


class LocalKnowledgeAndScope(Step):
    """Opinions shared and marked, local knowledge on the charts, the agreed scope."""

    number = "1.2"

    def analyse(self) -> None:
        """Lay decisions and local knowledge over the opinions; add up the budget."""
        self.tables = {"reviewed_opinions": self.reviewed}
        self.findings = [opinion_finding(row) for row in self.reviewed.to_dict("records")]
        self.findings += budget_findings(self._items("budget"), self.review.engagement.currency)

    def answer(self, edition: Edition) -> list[str]:
        """Say how many opinions stand, what changed since, and whether the scope is agreed."""
        counts = self.reviewed["status"].value_counts()
        told = [
            f"{counts[name]} {name}"
            for name in ("confirmed", "revised", "withdrawn", "open")
            if name in counts
        ]
        lines = (
            [f"Of {plural(len(self.reviewed), 'opinion')} drawn from the data, {', '.join(told)}."]
            if told
            else ["The data gave rise to no opinion, so there was none to share."]
        )
        changed = int(self.reviewed["changed"].sum())
        if changed:
            lines.append(
                f"{plural(changed, 'decided opinion')} {'rests' if changed == 1 else 'rest'} on figures "
                "that have changed since: look again."
            )
        return [*lines, scope_line(self._items("agreement"), self._items("data_request"))]

    @cached_property
    def reviewed(self) -> pd.DataFrame:
        """The opinions with what was decided about each."""
        frame = self.review.evidence.frame
        return review_opinions(
            handed(self.review, "1.1", "opinions"), frame("opinions"), frame("annotations")
        )

    @cached_property
    def scope(self) -> pd.DataFrame:
        """The items of the agreed scope."""
        return self.review.evidence.frame("scope")

    @cached_property
    def pictures(self) -> MeasureCharts:
        """Charts of the measures."""
        return MeasureCharts(self.review)

    @common_view()
    def opinions_and_basis(self) -> Block:
        """Show each opinion and what it rests on."""
        if self.reviewed.empty:
            return Words("Step 1.1 drew no opinion from the data: there is nothing to share yet.")
        signals = handed(self.review, "1.1", "signals")
        basis = signals.drop_duplicates(["measure", "site", "contract"])[
            ["measure", "site", "contract", "n", "reason"]
        ]
        table = self.reviewed.merge(
            basis, on=["measure", "site", "contract"], how="left", suffixes=("_given", "")
        )
        table["reason"] = table["reason"].str.removeprefix("promoted: ")
        headings = {"rank": "Rank", "statement": "Opinion", "reason": "Why it is told", "n": "Points"}
        caption = "Initial opinions, most important first, and their basis"
        shown = Table(table, caption=caption, headings=headings)
        return Folded(f"{plural(len(table), 'opinion')} and what each rests on", shown)

    @common_view()
    def standing(self) -> Block:
        """Show each opinion's status: by which role, why, and what local knowledge bears on it."""
        if self.reviewed.empty:
            return Words("No opinion has been drawn or decided.")
        table = self.reviewed.assign(
            status=self.reviewed["status"].map(STATUS),
            knowledge=self.reviewed["knowledge"].astype("str").str.replace(".; ", ". ", regex=False),
            flag=self.reviewed["changed"].map({True: "figures changed since decided", False: ""}),
        )
        headings = {"stands": "Opinion as it stands", "status": "Status", "role": "By", "reason": "Why"}
        headings |= {"knowledge": "Local knowledge", "flag": "Flag"}
        if not table["flag"].ne("").any():
            headings.pop("flag")
        return Table(table, caption="Opinions after local knowledge", headings=headings)

    @common_view()
    def knowledge_on_charts(self) -> Block:
        """Show the charts with dated local knowledge; limits begin anew where a process changed."""
        chosen = series_to_draw(self.reviewed, self.review.evidence.frame("annotations"), self._names)
        shown = [
            self.pictures.chart(measure, site, contract, title=title, key=f"1.2-{measure}-{site}-{contract}")
            for measure, site, contract, title in chosen
        ]
        if not any(shown):
            return Words("There is no series to lay local knowledge over: it takes measures over time.")
        return Stack(*shown)

    @common_view()
    def before_and_after(self) -> Block:
        """Show the level before and after each stated change of a process."""
        notes = self.review.evidence.frame("annotations")
        changes = notes[notes["effect"].eq("process_changed") & notes["measure"].notna()]
        rows = []
        for note in changes.to_dict("records"):
            site = note["site"] if isinstance(note["site"], str) else ""
            found = change_of_level(
                self.pictures.points(note["measure"], site, rebase=True), note, self._names
            )
            for row in found:
                display = self._displays[str(note["measure"])]
                told = {name: display.figure(row[name]) for name in ("before", "after")}
                rows.append(row | told | {"site": site or "all together"})
        if not rows:
            return Words(
                "Nobody has named a date at which a process changed, so no limits were re-established."
            )
        headings = {
            "name": "Measure",
            "site": self.review.engagement.site_label.capitalize(),
            "at": "Changed on",
        }
        headings |= {
            "text": "What changed",
            "role": "Said by",
            "before": "Level before",
            "after": "Level after",
        }
        caption = "Where limits were re-established, when and why"
        return Table(pd.DataFrame(rows), caption=caption, headings=headings)

    @common_view()
    def questions(self) -> Block:
        """Show which questions are in scope and which are out."""
        inside, outside = self._items("question_in"), self._items("question_out")
        if inside.empty and outside.empty:
            return Words("No question has been agreed to be in or out of scope. Agree them with the sponsor.")
        parts: list[Block | None] = []
        for title, part in (("In scope:", inside), ("Out of scope:", outside)):
            parts += [Words(title), Bullets(list(part["text"]))] if len(part) else []
        return Stack(*parts)

    @common_view()
    def timetable(self) -> Block:
        """Show the milestones of the review."""
        return self._scope_table("milestone", "Milestones of the review", "No milestone has been agreed.")

    @common_view()
    def budget(self) -> Block:
        """Show days and costs budgeted against used."""
        rows = self._items("budget")
        if rows.empty:
            return Words("No budget has been recorded. Write down days and costs item by item.")
        money = self.review.engagement.currency
        headings = {"text": "Item", "days_budgeted": "Days budgeted", "days_used": "Days used"}
        headings |= {"cost_budgeted": "Cost budgeted", "cost_used": "Cost used"}
        formats = {
            name: lambda value: number(value, "money", currency=money)
            for name in ("cost_budgeted", "cost_used")
        }
        return Stack(
            Words(*(finding.statement for finding in self.findings if finding.kind == "budget")),
            Table(rows, caption="Budgeted against used", headings=headings, formats=formats),
        )

    @common_view()
    def assumptions_and_requests(self) -> Block:
        """Show assumptions and the data still to be requested."""
        requests = self._scope_table("data_request", "Data requested", "No data request is on file.")
        assumptions = self._items("assumption")
        told: Block = (
            Bullets(list(assumptions["text"])) if len(assumptions) else Words("None is written down.")
        )
        return Stack(Words("Assumptions:"), told, requests)

    @common_view()
    def agreement(self) -> Block:
        """Show who agreed the scope and when."""
        return self._scope_table("agreement", "Agreement to the scope", "Nobody has agreed the scope yet.")

    @cached_property
    def _names(self) -> dict[str, str]:
        return {measure.id: measure.name for measure in self.review.engagement.measures}

    @cached_property
    def _displays(self) -> dict[str, Display]:
        return displays(self.review.engagement)

    def _items(self, kind: str) -> pd.DataFrame:
        return self.scope[self.scope["kind"].eq(kind)]

    def _scope_table(self, kind: str, caption: str, otherwise: str) -> Block:
        rows = self._items(kind)
        if rows.empty:
            return Words(otherwise)
        headings = {"text": "What", "role": "Who", "due": "By", "status": "Status"}
        return Table(rows, caption=caption, headings=headings)


def series_to_draw(
    reviewed: pd.DataFrame, notes: pd.DataFrame, names: dict[str, str]
) -> list[tuple[str, str, str, str]]:
    """Return one series a measure, with its title: of opinions first, then those local knowledge names."""
    rows = reviewed[~reviewed["gone"]]
    chosen = [
        (str(r.measure), str(r.site), str(r.contract), str(r.statement).split(", ")[0])
        for r in rows.itertuples()
    ]
    for note in notes[notes["measure"].notna()].to_dict("records"):
        site = note["site"] if isinstance(note["site"], str) else ""
        title = f"{names.get(note['measure'], '')}: {note['text']}"
        chosen.append((note["measure"], site, "", title))
    first: dict[str, tuple[str, str, str, str]] = {}
    for entry in chosen:
        first.setdefault(entry[0], entry)
    return list(first.values())[:MOST_CHARTS]
