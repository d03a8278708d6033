"""Which findings an edition may see, and what of them."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.model import Edition, Evidence, Finding

PERSONAL_EDITIONS: tuple[Edition, ...] = ("team", "managers")
"""Editions that may hold statements about one individual."""


def may_see(finding: Finding, edition: Edition) -> bool:
    """Return whether an edition may show a finding.

    The team sees everything; others see what names them as audience, and never a statement
    about an individual unless they are a manager.

    >>> theme = Finding.of("1.4", "theme", "morale", statement="Morale is low.")
    >>> may_see(theme, "leadership"), may_see(theme, "participants")
    (True, False)
    >>> person = Finding.of("2.5", "support", "a1", statement="x", audience=("managers",), personal=True)
    >>> may_see(person, "leadership"), may_see(person, "managers")
    (False, True)
    """
    if edition == "team":
        return True
    if finding.personal and edition not in PERSONAL_EDITIONS:
        return False
    return edition in finding.audience


def for_edition(findings: Iterable[Finding], edition: Edition) -> list[Finding]:
    """Return the findings an edition may see, without what would lead back to a person.

    Outside the team a finding that rests on remarks loses their ids, and the figures that
    count them: its statement, written in words that disclose nobody, stays.

    >>> theme = Finding.of("1.4", "theme", "morale", statement="Morale is low.", figures={"units": 2},
    ...                    evidence=(Evidence(source="remarks", rule="coded", remarks=("r1", "r2")),))
    >>> shown = for_edition([theme], "leadership")[0]
    >>> shown.figures, shown.evidence[0].remarks
    ({}, ())
    """
    seen = [finding for finding in findings if may_see(finding, edition)]
    return seen if edition == "team" else [_without_trail(finding) for finding in seen]


def _without_trail(finding: Finding) -> Finding:
    if not any(evidence.remarks for evidence in finding.evidence):
        return finding
    evidence = tuple(_without_remarks(item) for item in finding.evidence)
    return finding.model_copy(update={"evidence": evidence, "figures": {}})


def _without_remarks(evidence: Evidence) -> Evidence:
    if not evidence.remarks:
        return evidence
    return evidence.model_copy(update={"remarks": (), "rows": None, "query": ""})
