"""What is decided on: a finding as the analysis has it, and what people decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["opinion", "verdict", "cause", "recommendation", "finding", "words"]


@dataclass(frozen=True)
class Item:
    """One thing to decide on.

    ``says`` are the words of the analysis, ``verdict`` what its rule gives, ``figures`` what both rest on.
    ``fingerprint`` changes exactly when the figures do. ``gone`` says that the results no longer hold it.
    ``also`` has the ids of the same sentence in other editions.
    """

    id: str
    kind: Kind
    title: str
    says: str
    fingerprint: str
    verdict: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    basis: tuple[str, ...] = ()
    place: str = ""
    gone: bool = False
    also: tuple[str, ...] = ()

    @property
    def seen(self) -> str:
        """What whoever decides has seen: kept with the decision, to be set beside what is said later."""
        return f"{self.verdict}: {self.says}" if self.verdict else self.says


@dataclass(frozen=True)
class Decided:
    """What people decided about one thing: the latest counts."""

    value: str
    role: str = ""
    reason: str = ""
    words: str = ""
    dissent: str = ""
    on: str = ""
    fingerprint: str = ""
    seen: str = ""

    def changed(self, item: Item) -> bool:
        """Whether the figures are others than those it was decided on."""
        return item.gone or bool(self.fingerprint and self.fingerprint != item.fingerprint)


@dataclass(frozen=True)
class Choice:
    """One way to decide: what the store calls it, what the screen calls it, what it takes."""

    value: str
    told: str
    words: bool = False
    reason: bool = True


@dataclass(frozen=True)
class Sort:
    """One sort of things to decide on, and the ways to decide."""

    kind: Kind
    told: str
    choices: tuple[Choice, ...]
    dissent: bool = False


SORTS: dict[Kind, Sort] = {
    "opinion": Sort(
        "opinion",
        "Opinions from the data (1.2)",
        (
            Choice("confirmed", "Confirmed"),
            Choice("revised", "Revised, in other words", words=True),
            Choice("withdrawn", "Withdrawn"),
        ),
    ),
    "verdict": Sort(
        "verdict",
        "Verdicts on voices and data (1.5)",
        (
            Choice("agreement", "Agreement"),
            Choice("partial", "Partial agreement"),
            Choice("dissonance", "Dissonance"),
            Choice("silence_in_data", "Silence in the data"),
            Choice("silence_in_voices", "Silence in the voices"),
        ),
    ),
    "cause": Sort(
        "cause",
        "Causes (2.1)",
        (
            Choice("agreed", "People agree with the test", reason=False),
            Choice("overruled", "People judge otherwise"),
            Choice("draft", "Not judged", reason=False),
        ),
    ),
    "recommendation": Sort(
        "recommendation",
        "Recommendations (3.1)",
        (
            Choice("proposed", "Proposed", reason=False),
            Choice("amended", "Amended, in other words", words=True),
            Choice("agreed", "Agreed", reason=False),
            Choice("overruled", "Overruled"),
        ),
        dissent=True,
    ),
    "finding": Sort(
        "finding",
        "Status of any finding",
        (
            Choice("draft", "Draft", reason=False),
            Choice("fact_checked", "Fact-checked", reason=False),
            Choice("agreed", "Agreed", reason=False),
        ),
    ),
}
"""What is decided on, in the order of the review."""
