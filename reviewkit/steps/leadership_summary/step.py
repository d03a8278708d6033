"""Step 4.2: the leadership summary, one page from every step before it."""

from __future__ import annotations

from functools import cached_property

from reviewkit.model import Edition, Finding
from reviewkit.plan.joint_return import together
from reviewkit.present.blocks import Beside, Bullets, Stack, Statements, Tiles, Words
from reviewkit.present.view import Block, common_view, view
from reviewkit.present.words import date, listing, plural

from ..base import Step
from ..local_knowledge_and_scope.told_opinions import held_back
from ..plan_inputs import PlanInputs
from ..recommendations.returns import worth_words
from ..site_codes import codes_told
from . import blocks as blocks
from . import joint as joint
from . import limits as limits
from . import points as points
from . import tiles as figures
from .evidence import Earlier, brief, noun_of
from .quotes import WORKS_WELL


class LeadershipSummary(Step):
    """What leadership must know and decide: it finds nothing new, it chooses and orders."""

    number = "4.2"

    @cached_property
    def earlier(self) -> Earlier:
        """What earlier steps found, and which of it is told as main points."""
        earlier = Earlier(self.review)
        earlier.told = frozenset(finding.id for finding in points.main_points(earlier))
        return earlier

    def analyse(self) -> None:
        """Write the headline from the top findings of earlier steps."""
        self.findings = [points.headline(self.earlier)]

    def answer(self, edition: Edition) -> list[str]:
        """Say the headline, how far people and data agree, and what to do first."""
        return [self.findings[0].statement, self._alignment(), self._first()]

    @property
    def headline(self) -> Finding | None:
        """The one sentence that leadership must not miss."""
        return next(iter(self.findings), None)

    def _retold(self) -> list[Finding]:
        told = [*points.main_points(self.earlier), *self._strengths()]
        return [*told, *blocks.first_recommended(self.earlier), *blocks.most_urgent(self.earlier)]

    @property
    def told_points(self) -> list[str]:
        """Ids of the findings that are told as main points."""
        return [finding.id for finding in points.main_points(self.earlier)]

    @view()
    def main_points(self, edition: Edition) -> Block:
        """Show up to six ranked points: what happened, then why it matters."""
        found = points.main_points(self.earlier)
        if not found:
            return Words(
                "Nothing stands out: no lasting change, no target out of reach, no recurring concern."
            )
        why = points.why_it_matters(found, self.earlier, self.review.engagement)
        return Statements(found, ordered=True, edition=edition, why=why)

    @view()
    def key_figures(self, edition: Edition) -> Block:
        """Show three to five key figures, their direction in words."""
        made = figures.tiles(self.earlier, self.review.engagement, edition)
        return Tiles(made) if made else Words("There is no figure yet.")

    @view()
    def strengths(self, edition: Edition) -> Block:
        """Show what works well, from people and from numbers."""
        found = self._strengths()
        if not found:
            return Words("Nothing that works well has been named or measured yet: ask for it first.")
        listed, said = (
            Statements(found, edition=edition),
            joint.page_quotes(self.earlier, edition)[WORKS_WELL],
        )
        return Beside(listed, Stack(*said)) if said else listed

    @view()
    def voices_beside_data(self, edition: Edition) -> Block:
        """Show what people say beside the charts that speak to it."""
        return joint.joint_display(self.earlier, edition)

    @common_view()
    def gaps_and_money(self) -> Block:
        """Show the largest gaps, what they cost, and what goes with them."""
        return blocks.gaps_and_money(self.earlier, self.review.engagement)

    @view()
    def plan_and_ascent(self, edition: Edition) -> Block:
        """Show what to do first, and the staged climb."""
        told = blocks.plan(self.earlier, self.review.engagement, edition, self._worth())
        return Stack(told, Words(limits.no_action(self.earlier)))

    @view()
    def progress(self, edition: Edition) -> Block:
        """Show how agreed actions are coming on."""
        return blocks.progress(self.earlier, edition)

    @common_view()
    def method_and_caveats(self) -> Block:
        """Show how this was done, what is simulated, and what is not known."""
        return Bullets([line for line in (*limits.conclusions(self.earlier), *self._method()) if line])

    def _strengths(self) -> list[Finding]:
        """What people name as a strength, and a measure that got better and is no main point."""
        told = self.told_points
        better = [
            finding
            for finding in self.earlier.opinions
            if finding.figures.get("variation") == "improvement" and finding.id not in told
        ]
        return [
            finding.model_copy(update={"statement": brief(finding.statement)})
            for finding in [*self.earlier.found("1.4", "strength")[:2], *better[:1]]
        ]

    def _alignment(self) -> str:
        table = self.earlier.convergence
        told = limits.conclusions(self.earlier)
        if told:
            return " ".join(told)
        if table.empty:
            return "No topic has both a voice and a measure yet."
        counts = table["relationship"].value_counts()
        agreed, against = int(counts.get("agreement", 0)), int(counts.get("dissonance", 0))
        part = int(counts.get("partial", 0))
        told = [f"agree on {agreed}"] if agreed else []
        told += [f"agree in part on {part}"] if part else []
        told += [f"disagree on {against}"] if against else []
        lead = f"Of {plural(len(table), 'topic')}, people and data"
        return (
            f"{lead} {listing(told)}; on the rest one side is silent."
            if told
            else f"{lead} meet on none yet."
        )

    def _first(self) -> str:
        table = self.review.table("3.1", "recommendations")
        if table.empty or not table["first"].any():
            return ""
        titles = table.loc[table["first"].astype(bool), "title"].head(3)
        return f"What to do first: {listing(title[:1].lower() + title[1:] for title in titles)}."

    def _worth(self) -> str:
        table = self.review.table("3.1", "recommendations")
        if table.empty or not table["first"].any():
            return ""
        read, engagement = PlanInputs(self.review), self.review.engagement
        first = table[table["first"].astype(bool)]
        ends = together(first, read.gaps, engagement, read.levels)
        return worth_words(*ends, engagement.currency, _which(len(first)))

    def _method(self) -> list[str]:
        engagement, evidence = self.review.engagement, self.review.evidence
        heard = figures.voices_counted(self.earlier.themes)
        read = [
            plural(heard[kind], noun_of(kind, engagement)[:-1])
            for kind in ("interview", "customer")
            if kind in heard
        ]
        read += [plural(len(self.earlier.signals), "measure")] if self.earlier.has_numbers else []
        return [
            "The data are simulated: the organisation and its people are invented."
            if engagement.simulated
            else "",
            f"This rests on {listing(read)}; data as of {date(engagement.data_as_of)}." if read else "",
            limits.not_on_file(table.name for table in evidence.missing(self.spec.needs)),
            "People were chosen to be heard, not sampled: counts are no percentages of the workforce."
            if "interview" in heard
            else "",
            limits.targets_known(self.earlier),
            codes_told(self.earlier.sites, engagement.site_label),
            "A change counts when it lasts, is large enough to act on, and passes published rules."
            if self.earlier.has_numbers
            else "",
            "What goes together need not be cause and effect; returns are ranges under stated assumptions.",
            *(held_back(self.earlier.reviewed) if len(self.earlier.reviewed) else []),
            *limits.rules_kept(self.earlier),
        ]


def _which(first: int) -> str:
    """Name the recommendations that come first by how many step 3.1 has; fewer may be listed here.

    >>> _which(4), _which(1)
    ('the 4 that come first in step 3.1', 'the one that comes first')
    """
    return "the one that comes first" if first == 1 else f"the {first} that come first in step 3.1"
