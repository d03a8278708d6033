"""What the leadership summary reads of earlier steps, each thing once."""

from __future__ import annotations

import re
from functools import cached_property

import pandas as pd

from reviewkit.model import Edition, Engagement, Finding
from reviewkit.present.blocks import Quote

from ..handed import handed
from ..local_knowledge_and_scope.told_opinions import standing_opinions
from ..measure_charts import MeasureCharts
from ..review import Review


class Earlier:
    """Findings and tables of the steps before the summary."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.pictures = MeasureCharts(review)
        self.quotes: dict[Edition, dict[tuple[str, str], list[Quote]]] = {}
        """Quotes of the page by topic, once they are chosen for an edition."""
        self.told: frozenset[str] = frozenset()
        """Ids of the findings told as main points: what follows from them is said there, and once."""

    def found(self, number: str, *kinds: str) -> list[Finding]:
        """Return the findings of a step that are of these kinds, in their order."""
        return [finding for finding in self.review.findings(number) if finding.kind in kinds]

    def one(self, finding_id: str) -> Finding | None:
        """Return the finding with this id, where there is one."""
        return next((f for f in self.review.findings(finding_id.split("/")[0]) if f.id == finding_id), None)

    @cached_property
    def opinions(self) -> list[Finding]:
        """Initial opinions that local knowledge left standing, in the words it gave them."""
        drafted = self.found("1.1", "opinion")
        return standing_opinions(drafted, self.reviewed) if len(self.reviewed) else drafted

    @cached_property
    def reviewed(self) -> pd.DataFrame:
        """What people and changed processes left of each opinion."""
        return self.review.table("1.2", "reviewed_opinions")

    @cached_property
    def by_measure(self) -> dict[str, list[Finding]]:
        """Opinions by measure, in their order; for each the one on the whole first, then its sites."""
        groups: dict[str, list[Finding]] = {}
        for finding in self.opinions:
            groups.setdefault(finding.subject.split("/")[0], []).append(finding)
        return {name: sorted(group, key=lambda one: one.subject != name) for name, group in groups.items()}

    @cached_property
    def signals(self) -> pd.DataFrame:
        """Signals of the whole, of all contracts and sites together."""
        table = handed(self.review, "1.1", "signals")
        return table[table["site"].eq("") & table["contract"].eq("")]

    @cached_property
    def sites(self) -> list[str]:
        """Sites that measures tell apart, those with a gap first."""
        named = [
            *(self.gaps["site"] if len(self.gaps) else []),
            *handed(self.review, "1.1", "signals")["site"],
        ]
        return [str(site) for site in dict.fromkeys(named) if isinstance(site, str) and site]

    @cached_property
    def themes(self) -> pd.DataFrame:
        """Themes, one row a code, stance and kind."""
        return handed(self.review, "1.4", "themes")

    @cached_property
    def convergence(self) -> pd.DataFrame:
        """The row of the convergence matrix that speaks for each topic."""
        return self.pairs[self.pairs["leading"].astype(bool)] if len(self.pairs) else self.pairs

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The whole convergence matrix: one row a topic and measure."""
        return handed(self.review, "1.5", "convergence")

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Gaps, measured and described."""
        return self.review.table("2.1", "gaps")

    @cached_property
    def tried(self) -> pd.DataFrame:
        """Candidate causes of gaps, each with its verdict."""
        return self.review.table("2.1", "causes")

    @cached_property
    def causes(self) -> pd.DataFrame:
        """Candidate causes that a test supports."""
        return self.tried[self.tried["verdict"].eq("supported")] if len(self.tried) else self.tried

    @property
    def has_numbers(self) -> bool:
        """Whether any measure could be worked out."""
        return len(self.signals) > 0

    @property
    def has_voices(self) -> bool:
        """Whether anybody has been heard."""
        return len(self.themes) > 0

    def convergence_id(self, row: dict[str, object]) -> str:
        """Return the id of the finding that step 1.5 made of a row of its matrix, else of its measure."""
        wanted = f"1.5/verdict/{row['code']}/{row['measure']}"
        ids = [f.id for f in self.found("1.5", str(row["relationship"])) if f.id.startswith(wanted)]
        ids += [group[0].id for group in [self.by_measure.get(str(row["measure"]), [])] if group]
        return ids[0] if ids else ""


def noun_of(kind: str, engagement: Engagement) -> str:
    """Return what is counted for a kind of voice: interviews, or comments of those served.

    >>> noun_of("interview", Engagement.model_construct())
    'interviews'
    >>> noun_of("observation", Engagement.model_construct())
    'observations'
    >>> noun_of("customer", Engagement.model_construct(customer_label="patient"))
    "patients' comments"
    """
    if kind == "customer":
        return f"{engagement.customer_label}s' comments"
    return f"{kind}s"


def first_sentence(text: str) -> str:
    """Return the first sentence of a statement, without its full stop.

    >>> first_sentence("It averages 82.5%: low. 36 of 68 interviews raise it.")
    'It averages 82.5%: low'
    """
    return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", text.strip(), maxsplit=1)[0].rstrip(".")


def without_money(text: str) -> str:
    """Return a statement in brief, without what it is worth; for the title of its chart.

    >>> without_money("Sales have fallen by 5 points since May, a cost of about £9,000 a year.")
    'Sales have fallen by 5 points since May'
    """
    return re.sub(r", a (?:cost|gain) of about .*", "", brief(text))


def brief(text: str) -> str:
    """Return a statement's first sentence without what only the evidence page needs.

    >>> brief("Sales have fallen by 5 points since May, 5.1 times the smallest change worth acting on.")
    'Sales have fallen by 5 points since May'
    """
    beyond = r",?(?: by)? [\d.,]+ times the smallest (?:change|difference) worth acting on"
    return re.sub(beyond, "", first_sentence(text))
