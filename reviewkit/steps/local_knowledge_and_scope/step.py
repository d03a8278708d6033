"""Step 1.2: which opinions stand once local knowledge is laid over them, and what is in scope."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.findings import review_opinions
from reviewkit.findings.opinions.new_limits import CHANGE, KEYS, signals_since, what_remains
from reviewkit.findings.scope import last_day_on_file
from reviewkit.model import Edition
from reviewkit.performance import all_series, bare
from reviewkit.present.blocks import Folded, Stack, Words
from reviewkit.present.charts import displays
from reviewkit.present.display import Display
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import listing, plural

from ..base import Step
from ..handed import handed
from ..measure_charts import MeasureCharts
from . import opinion_blocks as blocks
from . import scope_blocks as scope
from .scope_findings import budget_findings, opinion_finding, scope_line, timetable_findings

MOST_CHARTS = 4
"""Charts in sight; those of further opinions are folded away."""
KINDS = {
    "changed_on": "datetime64[us]",
    "points": "int64",
    "enough": "bool",
    "remains": "str",
    "words": "str",
}


class LocalKnowledgeAndScope(Step):
    """Opinions shared and marked, local knowledge on the charts, the agreed scope."""

    number = "1.2"

    def analyse(self) -> None:
        """Lay decisions and local knowledge over the opinions; add up the budget."""
        self.tables = {"reviewed_opinions": self.reviewed, "new_limits": self.new_limits}
        basis = {one.id: one.evidence for one in self.review.findings("1.1") if one.kind == "opinion"}
        for row in self.reviewed.to_dict("records"):
            self.findings.append(opinion_finding(row, basis.get(str(row["opinion_id"]), ())))
        self.findings += budget_findings(self._items("budget"), self.review.engagement.currency)
        self.findings += timetable_findings(self._items("milestone"))

    def answer(self, edition: Edition) -> list[str]:
        """Say how many opinions stand, what changed since, and whether the scope is agreed."""
        agreed = scope_line(self._items("agreement"), self._items("data_request"))
        over = len(self._of_kind("over_budget"))
        if over:
            items = plural(over, "item")
            agreed += f" {items} of the review's own budget {'is' if over == 1 else 'are'} overspent."
        return [opinions_told(self.reviewed["status"]), *self._look_again(), agreed]

    def _look_again(self) -> list[str]:
        """What people should look at again, in one paragraph, where there is anything."""
        flagged = self.reviewed["flag"].ne("") & self.reviewed["status"].ne("open")
        again = int(flagged.sum())
        told = []
        if again:
            told.append(
                f"{plural(again, 'decision')} {'stands' if again == 1 else 'stand'} but should be looked at "
                "again, because the figures say something else now."
            )
        explained = int((self.reviewed["remains"].eq("no") & self.reviewed["status"].eq("open")).sum())
        if explained:
            one = explained == 1
            told.append(
                f"A changed process explains {plural(explained, 'open opinion')}: "
                f"{'it waits' if one else 'they wait'} for a decision, and no later step relies on "
                f"{'it' if one else 'them'}."
            )
        return [" ".join(told)] if told else []

    @cached_property
    def reviewed(self) -> pd.DataFrame:
        """The opinions with what was decided about each."""
        frame = self.review.evidence.frame
        return review_opinions(
            handed(self.review, "1.1", "opinions"),
            frame("opinions"),
            frame("annotations"),
            new_limits=self.new_limits,
            signals=handed(self.review, "1.1", "signals"),
        )

    @cached_property
    def new_limits(self) -> pd.DataFrame:
        """The series whose process changed, judged by their points since then, and what remains in words."""
        notes, engagement = self.review.evidence.frame("annotations"), self.review.engagement
        signals = handed(self.review, "1.1", "signals")
        wanted = [*dict.fromkeys((*KEYS, *CHANGE, "remains", "words", *signals))]
        if not (notes["effect"].eq("process_changed") & notes["measure"].notna()).any() or signals.empty:
            return pd.DataFrame(columns=wanted).astype(signals.dtypes.to_dict() | KINDS)
        found = signals_since(self._panel, self.review.evidence.frame("targets"), engagement, notes)
        told = [what_remains(row, engagement) for row in found.to_dict("records")]
        found["remains"], found["words"] = ([pair[place] for pair in told] for place in (0, 1))
        return found.reindex(columns=wanted).astype(KINDS)

    @cached_property
    def _panel(self) -> pd.DataFrame:
        return bare(all_series(self.review.evidence))

    @cached_property
    def scope(self) -> pd.DataFrame:
        """The items of the agreed scope."""
        return self.review.evidence.frame("scope")

    @cached_property
    def pictures(self) -> MeasureCharts:
        """Charts of the measures."""
        read = len(self.new_limits) > 0
        return MeasureCharts(self.review, self._panel if read else None)

    @common_view()
    def opinions_and_basis(self) -> Block:
        """Show each opinion and what it rests on: figures, why it is told, rows and rule."""
        shared = int((~self.reviewed["gone"]).sum())
        if not shared:
            return Words("Step 1.1 drew no opinion from the data: there is nothing to share yet.")
        drafted = {one.id: one for one in self.review.findings("1.1") if one.kind == "opinion"}
        signals = handed(self.review, "1.1", "signals")
        shown = blocks.basis_table(self.reviewed, signals, drafted, self._displays)
        return Folded(f"{plural(shared, 'opinion')} and what each rests on", shown)

    @common_view()
    def standing(self) -> Block:
        """Show each opinion's status: by which role, when and why, and what local knowledge bears on it."""
        if self.reviewed.empty:
            return Words("No opinion has been drawn or decided.")
        return blocks.standing_table(self.reviewed)

    @common_view()
    def knowledge_on_charts(self) -> Block:
        """Show the charts with dated local knowledge; limits begin anew where a process changed."""
        chosen = blocks.series_to_draw(self.reviewed, self.review.evidence.frame("annotations"), self._names)
        shown = [block for entry in chosen if (block := self._drawn(*entry)) is not None]
        if not shown:
            return Words("There is no series to lay local knowledge over: it takes measures over time.")
        rest = shown[MOST_CHARTS:]
        folded = Folded(
            f"{plural(len(rest), 'more opinion')} on {'its chart' if len(rest) == 1 else 'charts'}",
            Stack(*rest),
        )
        return Stack(*shown[:MOST_CHARTS], folded if rest else None)

    def _drawn(self, measure: str, site: str, contract: str, title: str) -> Block | None:
        """One chart, with what was decided and what people know where an opinion is about it."""
        key = f"1.2-{measure}-{site}-{contract}"
        picture = self.pictures.chart(measure, site, contract, title=title, key=key)
        if picture is None:
            return None
        rows = self.reviewed
        mine = rows[rows["measure"].eq(measure) & rows["site"].eq(site) & rows["contract"].eq(contract)]
        return blocks.beside_chart(mine.iloc[0].to_dict(), picture) if len(mine) else picture

    @common_view()
    def before_and_after(self) -> Block:
        """Show the level before and after each stated change of a process."""
        notes = self.review.evidence.frame("annotations")
        changes = notes[notes["effect"].eq("process_changed") & notes["measure"].notna()]
        return blocks.levels_table(
            changes, self.pictures, self._names, self._displays, self.review.engagement.site_label
        )

    @common_view()
    def questions(self) -> Block:
        """Show which questions are in scope and which are out."""
        return scope.questions(self._items("question_in"), self._items("question_out"))

    @view()
    def timetable(self, edition: Edition) -> Block:
        """Show the milestones of the review, and what in their dates cannot be."""
        return scope.milestones(self._items("milestone"), self._of_kind("timetable"), edition)

    @view()
    def budget(self, edition: Edition) -> Block:
        """Show days and costs budgeted against used."""
        told = self._of_kind("budget") + self._of_kind("over_budget")
        return scope.budget(self._items("budget"), told, self.review.engagement.currency, edition)

    @common_view()
    def assumptions_and_requests(self) -> Block:
        """Show assumptions and the data still to be requested."""
        requests = scope.requests(self._items("data_request"), self._as_of)
        return Stack(scope.assumptions(self._items("assumption")), requests)

    @common_view()
    def agreement(self) -> Block:
        """Show who agreed the scope and when."""
        return scope.agreement(self._items("agreement"), self.scope)

    @property
    def _as_of(self) -> pd.Timestamp:
        """The day the review is judged on: the last that anything in it is dated."""
        done = self.scope[self.scope["status"].isin(["done", "agreed"]).fillna(False)]
        decisions = self.review.evidence.frame("opinions")["decided_on"]
        return last_day_on_file(self.review.engagement.data_as_of, done["due"], decisions)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {measure.id: measure.name for measure in self.review.engagement.measures}

    @cached_property
    def _displays(self) -> dict[str, Display]:
        return displays(self.review.engagement)

    def _items(self, kind: str) -> pd.DataFrame:
        return self.scope[self.scope["kind"].eq(kind)]


def opinions_told(status: pd.Series) -> str:
    """Return what became of the opinions, in a sentence.

    >>> opinions_told(pd.Series(["open", "revised", "open"]))
    'Of 3 opinions drawn from the data 1 is revised and 2 are open.'
    >>> opinions_told(pd.Series(["open", "open"])), opinions_told(pd.Series(["open"]))
    ('All 2 opinions drawn from the data are open.', 'The one opinion drawn from the data is open.')
    """
    counts = {name: int(status.eq(name).sum()) for name in ("confirmed", "revised", "withdrawn", "open")}
    told = [f"{n} {'is' if n == 1 else 'are'} {name}" for name, n in counts.items() if n]
    if not told:
        return "The data gave rise to no opinion, so there was none to share."
    if len(told) > 1:
        return f"Of {plural(len(status), 'opinion')} drawn from the data {listing(told)}."
    became = told[0].split(" ", 1)[1]
    which = "The one opinion" if len(status) == 1 else f"All {len(status)} opinions"
    return f"{which} drawn from the data {became}."
