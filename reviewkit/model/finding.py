"""A finding: one statement, its figures, its evidence, whom it is for and how far it is agreed.

The trail, the editions, the difference between two runs and the "changed since agreed"
flag all rest on this one record.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from .step_spec import Edition

SCHEMA_VERSION = 1
Status = Literal["draft", "fact_checked", "agreed"]
Figure = float | int | str | bool | None
STATUSES: Mapping[str, str] = {"draft": "Draft", "fact_checked": "Fact-checked", "agreed": "Agreed"}
"""The statuses, least settled first, and what a page calls them."""


class Evidence(BaseModel):
    """What a finding rests on: a table, the rule applied, and the rows or remarks.

    ``rows`` counts the rows read; ``query`` says which, in words a reader can follow;
    ``remarks`` lists remark ids for findings that rest on what people said.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    rule: str
    rows: int | None = None
    query: str = ""
    remarks: tuple[str, ...] = ()


class Finding(BaseModel):
    """One thing a step found.

    The ``id`` is made of step, kind and subject, so that it stays the same from run to run
    while the figures change; ``fingerprint`` changes exactly when the figures do.
    ``computed`` keeps the words of the analysis where people put others in their place, and
    ``worded_by`` says who did, by role, and when.
    ``personal`` marks statements about one individual: they may only be seen by editions
    ``team`` and ``managers``.

    Examples
    --------
    >>> finding = Finding.of("1.1", "opinion", "fcr", statement="First-contact resolution fell.",
    ...                      figures={"latest": 61.2, "mean": 70.0})
    >>> finding.id
    '1.1/opinion/fcr'
    >>> finding.status
    'draft'
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    schema_version: int = SCHEMA_VERSION
    step: str
    kind: str
    subject: str
    statement: str
    figures: dict[str, Figure] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    audience: tuple[Edition, ...] = ("team", "leadership")
    personal: bool = False
    status: Status = "draft"
    changed_since_decided: bool = False
    computed: str = ""
    worded_by: str = ""

    @field_validator("figures")
    @classmethod
    def _plain_numbers(cls, figures: dict[str, Figure]) -> dict[str, Figure]:
        # A figure that is not a number is written as none: JSON has no NaN.
        return {
            key: (None if isinstance(value, float) and math.isnan(value) else value)
            for key, value in figures.items()
        }

    @classmethod
    def of(
        cls,
        step: str,
        kind: str,
        *subject: str,
        statement: str,
        figures: Mapping[str, Figure] | None = None,
        evidence: tuple[Evidence, ...] = (),
        audience: tuple[Edition, ...] = ("team", "leadership"),
        personal: bool = False,
    ) -> Finding:
        """Make a finding, its id built from step, kind and the parts of its subject."""
        parts = [slug(part) for part in subject if part]
        if personal:
            audience = tuple(edition for edition in audience if edition in ("team", "managers"))
        return cls(
            id="/".join([step, slug(kind), *parts]),
            step=step,
            kind=kind,
            subject="/".join(parts),
            statement=statement,
            figures=dict(figures or {}),
            evidence=evidence,
            audience=audience,
            personal=personal,
        )

    @property
    def flag(self) -> str:
        """What is told beside the status where the figures are no longer those decided on.

        >>> finding = Finding.of("1.1", "opinion", "fcr", statement="It fell.")
        >>> finding.model_copy(update={"status": "agreed", "changed_since_decided": True}).flag
        'figures changed since agreed'
        """
        if not self.changed_since_decided:
            return ""
        decided = "decided" if self.status == "draft" else STATUSES[self.status].lower()
        return f"figures changed since {decided}"

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change exactly when the figures do.

        Numbers are compared to six significant digits, so that a different machine's
        last bit is not a change.
        """
        figures = {
            key: float(f"{value:.6g}") if isinstance(value, float) else value
            for key, value in sorted(self.figures.items())
        }
        return hashlib.sha256(json.dumps(figures).encode()).hexdigest()[:12]


def slug(text: str) -> str:
    """Return ``text`` as a short, stable part of an id.

    >>> slug("Harbour View - Team 2")
    'harbour_view_team_2'
    """
    return re.sub(r"[^a-z0-9.]+", "_", text.lower()).strip("_") or "none"
