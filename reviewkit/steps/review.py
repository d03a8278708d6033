"""A review being worked on: the engagement, its evidence, and what earlier steps handed on."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from reviewkit.content import Codebook, load_codebook
from reviewkit.disclosure import Discloser
from reviewkit.evidence import CODEBOOK, EvidenceSet
from reviewkit.model import Engagement, Finding
from reviewkit.model import step as spec_of
from reviewkit.model.files import replacing, write_whole
from reviewkit.voices.codebooks import current

from .deciding import with_decisions

if TYPE_CHECKING:
    from .base import Step


class Review:
    """An engagement with its evidence and the results of its steps.

    Parameters
    ----------
    engagement : the engagement.
    evidence : its evidence, checked.
    folder : where results of steps are kept; earlier steps that are not there yet are worked
        out when something asks for them.
    """

    def __init__(self, engagement: Engagement, evidence: EvidenceSet, folder: Path) -> None:
        self.engagement, self.evidence, self.folder = engagement, evidence, folder

    def table(self, number: str, name: str) -> pd.DataFrame:
        """Return table ``name`` that step ``number`` handed on; empty where it made none."""
        path = self.folder / "tables" / number / f"{name}.parquet"
        if not self._done(number):
            self._work_out(number)
        return pd.read_parquet(path) if path.exists() else pd.DataFrame()

    def findings(self, number: str) -> list[Finding]:
        """Return the findings of step ``number``."""
        if not self._done(number):
            self._work_out(number)
        # Not splitlines(): a remark may hold a separator of lines of its own, such as U+2028.
        lines = self._findings_file(number).read_text(encoding="utf-8").split("\n")
        return [Finding.model_validate_json(line) for line in lines if line]

    def keep(self, step: Step) -> None:
        """Write a step's tables and findings; the findings last, as the sign that all is there."""
        folder = self.folder / "tables" / step.number
        folder.mkdir(parents=True, exist_ok=True)
        for name in step.spec.makes:
            if name in step.tables:
                with replacing(folder / f"{name}.parquet") as partial:
                    step.tables[name].to_parquet(partial, index=False)
        path = self._findings_file(step.number)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{finding.model_dump_json()}\n" for finding in step.findings)
        write_whole(path, text)

    def decided(self, finding: Finding) -> Finding:
        """Return the finding with the status and words that people gave it.

        Both stand whatever the figures do afterwards: where they changed since, the finding
        says so, until people decide again on the figures as they are.
        """
        return with_decisions(finding, self._decisions.get(finding.id, []))

    @cached_property
    def codebook(self) -> Codebook:
        """The engagement's codebook, or the package's, with all changes made to it since."""
        own = self.evidence.folder / CODEBOOK
        book = load_codebook(own) if own.is_file() else load_codebook()
        return current(book, self.evidence.frame("codebook_changes"))

    @cached_property
    def discloser(self) -> Discloser:
        """What may be shown to whom in this engagement; of quotes, ask :attr:`quoting`."""
        return self._discloser()

    @cached_property
    def quoting(self) -> Discloser:
        """The same for steps that quote: it knows who said what, and which quotes a reason excepts."""
        evidence = self.evidence
        quotes = evidence.frame("quotes")
        reasons = quotes.loc[quotes["status"] == "approved", "reason"].fillna("").astype("str").str.strip()
        voices = evidence.frame("remarks")[["remark_id", "stakeholder_id", "interview_id"]]
        return self._discloser(voices=voices, excepted=bool(reasons.ne("").any()))

    def _discloser(self, **known: Any) -> Discloser:
        evidence = self.evidence
        return Discloser(
            self.engagement.disclosure,
            evidence.frame("stakeholders"),
            evidence.frame("participants"),
            self.engagement.customer_label,
            **known,
        )

    @cached_property
    def _decisions(self) -> dict[str, list[dict[str, Any]]]:
        """Decisions by the finding they are about, in the order they were taken."""
        found: dict[str, list[dict[str, Any]]] = {}
        rows = self.evidence.frame("decisions").sort_values("decided_on", kind="stable")
        for row in rows.to_dict("records"):
            found.setdefault(row["finding_id"], []).append({str(key): value for key, value in row.items()})
        return found

    def _findings_file(self, number: str) -> Path:
        return self.folder / "findings" / f"{number}.jsonl"

    def _done(self, number: str) -> bool:
        return self._findings_file(number).exists()

    def _work_out(self, number: str) -> None:
        from . import step_class

        self.keep(step_class(spec_of(number).number)(self))
