"""What every step of the review has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import ClassVar

import pandas as pd

from reviewkit.disclosure import may_see
from reviewkit.model import Edition, Finding, StepSpec, step
from reviewkit.present.blocks import Bottom, Missing, Stack
from reviewkit.present.note import Note
from reviewkit.present.view import Block, view

from .review import Review
from .worded import words_note
from .wording import REWORD, bottom_line, keep_words


class Step(ABC):
    """One step: it analyses the evidence once, then answers questions.

    A subclass sets ``number`` and writes ``analyse`` which fills ``tables`` (exactly those
    that the step table says it makes) and ``findings``, and ``answer`` with the bottom line.
    Its other methods, marked ``@view()``, each answer one question of the notebook.
    """

    number: ClassVar[str]

    def __init__(self, review: Review) -> None:
        self.review = review
        self.tables: dict[str, pd.DataFrame] = {}
        self.findings: list[Finding] = []
        if self.can_conclude:
            self.analyse()
        self.findings = [review.decided(finding) for finding in self.findings]

    @abstractmethod
    def analyse(self) -> None:
        """Work out the step's tables and findings from the evidence."""

    @abstractmethod
    def answer(self, edition: Edition) -> list[str]:
        """Return the bottom line: one to three plain sentences, every figure computed."""

    @property
    def spec(self) -> StepSpec:
        """The step's row in the table of steps."""
        return step(self.number)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that the step's page belongs to."""
        return self.spec.editions

    @cached_property
    def can_conclude(self) -> bool:
        """Whether at least one of the tables it needs is there."""
        return any(self.review.evidence.has(name) for name in self.spec.needs)

    @property
    def _minimum(self) -> int:
        """Respondents below which nothing of a survey is shown."""
        return self.review.engagement.disclosure.minimum_survey

    def _of_kind(self, kind: str) -> list[Finding]:
        """The step's findings of one kind, in their order."""
        return [finding for finding in self.findings if finding.kind == kind]

    @view(always=True, styled=True)
    def bottom_line(self, edition: Edition) -> Block:
        """Show the answer to the step's question, and what is missing for a better one."""
        if not self.can_conclude:
            return Missing(self.spec, self.review.evidence.missing(self.spec.needs))
        lines = self.worded_lines(edition)
        flags = {line.statement: REWORD if line.computed else line.flag for line in lines if line.flag}
        told = [*lines, *(one for one in [*self.findings, *self._retold()] if may_see(one, edition))]
        answer = Stack(
            Bottom([line.statement for line in lines], self._told_by(edition), flags),
            Note(words_note(told, self.headline)),
        )
        if edition != "team":
            return answer
        missing = self.review.evidence.missing(self.spec.needs + self.spec.uses)
        return Stack(answer, Missing(self.spec, missing, partly=True))

    def worded_lines(self, edition: Edition) -> list[Finding]:
        """Return the bottom line as people worded it: the findings it tells, and its other sentences."""
        worded = {finding.computed or finding.statement: finding for finding in self.findings}
        worded |= {finding.statement: finding for finding in self.findings}
        said = [text for text in self.answer(edition) if text]
        return [
            worded[text]
            if text in worded
            else self.review.decided(bottom_line(self.number, edition, place, text))
            for place, text in enumerate(said, start=1)
        ]

    def _retold(self) -> list[Finding]:
        """Findings of earlier steps whose statements the page repeats, some of them in people's words."""
        return []

    @property
    def headline(self) -> Finding | None:
        """The finding that leads the page, where it has one of its own."""
        return None

    @property
    def told_points(self) -> list[str]:
        """Ids of the findings that are told as main points, besides the bottom line."""
        return []

    def _told_by(self, edition: Edition) -> dict[str, str]:
        """Statement -> id of the finding that makes it, as far as the edition may see it."""
        return {finding.statement: finding.id for finding in self.findings if may_see(finding, edition)}

    def hands_on(self) -> None:
        """Write tables and findings for later steps and print what was handed on."""
        self.review.keep(self)
        keep_words(self)
        for name in self.spec.makes:
            rows = len(self.tables[name]) if name in self.tables else 0
            print(f"{name}: {rows} row{'' if rows == 1 else 's'}")
        kinds = (
            pd.Series([finding.kind for finding in self.findings], dtype="str").value_counts().sort_index()
        )
        for kind, number in kinds.items():
            print(f"findings of kind {kind}: {number}")
