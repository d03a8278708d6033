"""Findings as tables: the statements, their figures and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from reviewkit.disclosure import for_edition
from reviewkit.disclosure.editions import PERSONAL_EDITIONS
from reviewkit.model import Edition, Finding

from .parts import Part

if TYPE_CHECKING:
    import pandas as pd

_FROM = "findings of the steps, as the evidence pages tell them"


def finding_parts(findings: Iterable[Finding], edition: Edition) -> list[Part]:
    """Return the tables of the findings an edition may read: statements, figures, evidence.

    Remark ids, the figures of what rests on remarks, fingerprints and audiences are for the team.

    Examples
    --------
    >>> found = Finding.of("1.1", "opinion", "fcr", statement="It fell.", figures={"latest": 61.2})
    >>> [(part.name, len(part.frame)) for part in finding_parts([found], "leadership")]
    [('findings', 1), ('finding_figures', 1), ('finding_evidence', 0)]
    """
    seen = for_edition(findings, edition)
    frames = {
        "findings": _frame([_statement(one) for one in seen], _STATEMENT),
        "finding_figures": _frame([row for one in seen for row in _figures(one)], _FIGURE),
        "finding_evidence": _frame([row for one in seen for row in _evidence(one)], _EVIDENCE),
    }
    hidden = set() if edition == "team" else {"audience", "fingerprint", "remarks", "remark_ids"}
    if edition not in PERSONAL_EDITIONS:
        hidden.add("personal")
    return [
        Part.of(name, frame[[column for column in frame.columns if column not in hidden]], _FROM)
        for name, frame in frames.items()
    ]


_STATEMENT = {
    "finding_id": "str",
    "step": "str",
    "kind": "str",
    "subject": "str",
    "statement": "str",
    "status": "str",
    "changed_since_decided": "bool",
    "personal": "bool",
    "audience": "str",
    "fingerprint": "str",
}
_FIGURE = {"finding_id": "str", "figure": "str", "kind": "str", "number": "float64", "text": "str"}
_EVIDENCE = {
    "finding_id": "str",
    "place": "int64",
    "source": "str",
    "rule": "str",
    "rows": "Int64",
    "query": "str",
    "remarks": "int64",
    "remark_ids": "str",
}


def _frame(rows: list[tuple[Any, ...]], kinds: dict[str, str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _statement(one: Finding) -> tuple[Any, ...]:
    told = (one.id, one.step, one.kind, one.subject, one.statement, one.status)
    return (*told, one.changed_since_decided, one.personal, ", ".join(one.audience), one.fingerprint)


def _figures(one: Finding) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for name, value in one.figures.items():
        if value is None:
            rows.append((one.id, name, "missing", None, ""))
        elif isinstance(value, bool):
            rows.append((one.id, name, "boolean", None, "true" if value else "false"))
        elif isinstance(value, str):
            rows.append((one.id, name, "text", None, value))
        else:
            rows.append((one.id, name, "number", float(value), ""))
    return rows


def _evidence(one: Finding) -> list[tuple[Any, ...]]:
    return [
        (
            one.id,
            place,
            item.source,
            item.rule,
            item.rows,
            item.query,
            len(item.remarks),
            ", ".join(item.remarks),
        )
        for place, item in enumerate(one.evidence, start=1)
    ]
