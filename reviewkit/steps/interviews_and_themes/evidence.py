"""What step 1.4 rests on: everything said, with its codes."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit import voices

from ..base import Step

HANDED_ON = [
    "remark_id",
    "source",
    "kind",
    "interview_id",
    "unit_id",
    "stakeholder_id",
    "department",
    "level",
    "site",
    "contract",
    "question",
    "about",
    "code",
    "heading",
    "stance",
    "prompting",
    "coder",
    "suggested",
    "on_record",
    "attribution",
    "text",
    "close",
]
"""Columns of the coded remarks that later steps read."""


class Said(Step):
    """A step that reads remarks and their codes."""

    @cached_property
    def remarks(self) -> pd.DataFrame:
        """Everything said, in one table."""
        frame = self.review.evidence.frame
        return voices.all_remarks(
            frame("remarks"),
            frame("customer_feedback"),
            frame("observations"),
            participants=frame("participants"),
        )

    @cached_property
    def coded(self) -> pd.DataFrame:
        """One row a remark and code that counts."""
        coded = voices.counted(self.with_suggestions, self.remarks)
        return coded.assign(close=voices.closeness(coded))

    @cached_property
    def with_suggestions(self) -> pd.DataFrame:
        """One row a remark and code, suggestions that wait for an analyst among them."""
        frame, book = self.review.evidence.frame, self.review.codebook
        return voices.code_remarks(self.remarks, frame("codings"), book, resolutions=frame("resolutions"))

    def _table(self, name: str) -> pd.DataFrame:
        return self.tables.get(name, pd.DataFrame())

    @property
    def _names(self) -> dict[str, str]:
        return {name: code.name for name, code in self.review.codebook.codes.items()}
