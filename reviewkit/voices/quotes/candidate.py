"""One remark before the analyst: its words as they would appear, and what speaks against them."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.disclosure import Proposal
from reviewkit.disclosure.inference import Inference
from reviewkit.disclosure.redact import CAPITAL

LEAST_SAID = 0.5
"""Share of a quote's words that occur in the remark, from which no reason is asked for."""


@dataclass(frozen=True)
class Candidate:
    """One remark before the analyst.

    ``words`` are as they would appear, ``attributions`` the ones that may be chosen, the rule's own
    first; ``barred`` says why it may not be quoted at all, and is empty where it may. ``held`` is what these
    words still hold that is proposed for redaction, and ``said`` the share of them that were said.
    """

    remark_id: str
    text: str
    proposals: tuple[Proposal, ...]
    words: str
    attribution: str
    attributions: tuple[str, ...]
    inference: Inference | None
    barred: str
    status: str
    reason: str
    held: tuple[Proposal, ...] = ()
    said: float = 1.0

    @property
    def doubts(self) -> list[str]:
        """What the words as they would appear need a reason for, a sentence each."""
        names = [found.words for found in self.held if found.why == CAPITAL]
        told = [f"These may be names: {', '.join(dict.fromkeys(names))}."] if names else []
        if self.said < LEAST_SAID:
            told.append("Most of these words were not said: it is no quote, or a paraphrase.")
        return told

    @property
    def few(self) -> bool:
        """Whether fewer people could have said it than the pool rule asks for."""
        return self.inference is not None and self.inference.advice != "show"
