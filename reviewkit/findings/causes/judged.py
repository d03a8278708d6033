"""What people judge of a cause, laid over what its test says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..wording import day_words, filled

AGREED, OTHERWISE = "agreed", "overruled"


def cause_id(row: Mapping[Any, Any]) -> str:
    """Return the id of the finding that tells a candidate cause of a gap.

    >>> cause_id({"gap_id": "2.1/gap/fcr/quay", "cause": "training"})
    '2.1/cause/fcr/quay/training'
    """
    return "/".join(["2.1", "cause", *str(row["gap_id"]).split("/")[2:], str(row["cause"])])


def with_judgements(causes: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the causes with what people judged of each; the verdict of the test stays beside it.

    Who agrees adds a voice and no evidence: the verdict stays. Where people judge otherwise than a test
    that supported or contradicted the cause, the two disagree, and the verdict is inconclusive.

    Parameters
    ----------
    causes : from :func:`reviewkit.findings.judge_causes`.
    decisions : evidence table ``decisions``; the latest on a cause with role and date counts, and one
        that judges otherwise only with a reason.

    Returns
    -------
    ``computed`` is the verdict of the test, ``judged`` says who judged what, when and why.

    Examples
    --------
    >>> causes = pd.DataFrame({"gap_id": ["2.1/gap/fcr"], "cause": ["training"], "verdict": ["supported"],
    ...                        "statement": ["Training goes with the gap."]})
    >>> said = pd.DataFrame({"finding_id": ["2.1/cause/fcr/training"], "decision": ["overruled"],
    ...     "role": ["Head of Service"], "reason": ["Training was moved, not cut"],
    ...     "decided_on": [pd.Timestamp("2025-09-01")], "fingerprint": [""]})
    >>> now = with_judgements(causes, said)
    >>> now["verdict"][0], now["computed"][0]
    ('inconclusive', 'supported')
    >>> print(now["judged"][0])
    The Head of Service judges otherwise (1 September 2025): Training was moved, not cut.
    """
    latest = _latest(decisions)
    rows = [latest.get(cause_id(row)) for row in causes.to_dict("records")]
    judged = pd.Series([_words(row) for row in rows], index=causes.index, dtype="str")
    other = pd.Series([row is not None and row["decision"] == OTHERWISE for row in rows], index=causes.index)
    computed = causes["verdict"]
    unsettled = other.astype(bool) & computed.isin(["supported", "contradicted"])
    statement = causes["statement"].astype("str")
    statement = statement.where(judged.eq(""), statement + " " + judged)
    verdict = computed.mask(unsettled, "inconclusive")
    return causes.assign(verdict=verdict, statement=statement, computed=computed, judged=judged)


def _latest(decisions: pd.DataFrame) -> dict[str, Mapping[Any, Any]]:
    if decisions.empty:
        return {}
    mine = decisions["finding_id"].str.startswith("2.1/cause/", na=False)
    mine &= decisions["decision"].isin([AGREED, OTHERWISE, "draft"])
    ordered = decisions[mine].sort_values("decided_on", kind="stable", na_position="first")
    rows = [row for row in ordered.to_dict("records") if _complete(row)]
    found = {str(row["finding_id"]): row for row in rows}
    return {name: row for name, row in found.items() if row["decision"] != "draft"}


def _complete(row: Mapping[Any, Any]) -> bool:
    told = filled(row["role"]) and not pd.isna(row["decided_on"])
    return bool(told and (row["decision"] != OTHERWISE or filled(row["reason"])))


def _words(row: Mapping[Any, Any] | None) -> str:
    if row is None:
        return ""
    does = "judges otherwise" if row["decision"] == OTHERWISE else "agrees"
    why = f": {str(row['reason']).rstrip('.')}" if filled(row["reason"]) else ""
    return f"The {row['role']} {does} ({day_words(row['decided_on'])}){why}."
