"""Verdicts that people overruled, kept beside those that the rule gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

import pandas as pd

from ..wording import filled
from .alignment import verdict_finding
from .verdicts import Relationship

VERDICTS: tuple[str, ...] = get_args(Relationship)
WORDS = {
    "agreement": "agreement",
    "partial": "partial agreement",
    "dissonance": "dissonance",
    "silence_in_data": "silence in the data",
    "silence_in_voices": "silence in the voices",
}
PREFIX = "1.5/verdict/"
ADDED = ("computed", "overruled_by", "overruled_on", "overruled_why", "overruled_note")
_NO_REMARKS = pd.DataFrame({"code": [], "remark_id": []}, dtype="str")


def overruling(
    row: Mapping[str, Any], verdict: str, *, role: str, reason: str, on: dt.date
) -> dict[str, object]:
    """Return the row of table ``decisions`` that overrules the verdict of a row of the matrix.

    It carries the fingerprint of the figures as they are, so that a later run can tell that they changed.

    Raises
    ------
    ValueError : the verdict is none of the protocol's, or role or reason is empty.

    Examples
    --------
    >>> row = {"code": "morale", "measure": "absence", "relationship": "silence_in_data", "stance": "concern",
    ...        "data": "quiet", "units": 6, "units_total": 20, "share": 0.3, "size": 0.4, "site": "",
    ...        "firm": True, "meaning": "", "reason": "", "measure_name": "Absence"}
    >>> made = overruling(row, "partial", role="Lead analyst", reason="Leavers rose.", on=dt.date(2025, 9, 1))
    >>> made["finding_id"], made["decision"], made["verdict"]
    ('1.5/verdict/morale/absence', 'overruled', 'partial')
    """
    if verdict not in VERDICTS:
        raise ValueError(f"'{verdict}' is no verdict: use {', '.join(VERDICTS)}")
    if not role.strip() or not reason.strip():
        raise ValueError("say who overrules the verdict, by role, and why")
    found = verdict_finding(row, _NO_REMARKS)
    return {
        "finding_id": found.id,
        "decision": "overruled",
        "verdict": verdict,
        "role": role,
        "reason": reason,
        "decided_on": on,
        "fingerprint": found.fingerprint,
    }


def with_verdicts(table: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the matrix with the verdicts that people put in the place of the rule's.

    The latest complete decision on a row counts: one with a verdict, a role, a reason and a date. Put back
    the rule's own verdict to take an earlier one back.

    Parameters
    ----------
    table : from :func:`reviewkit.findings.triangulate`.
    decisions : evidence table ``decisions``.

    Returns
    -------
    ``relationship`` is the verdict that holds, ``computed`` the rule's. ``overruled_by``,
    ``overruled_on``, ``overruled_why`` say by which role, when and why; ``overruled_note`` that the figures
    changed since. All four are empty where nothing was overruled; ``measure_does`` is where something was.
    """
    latest = {str(row["finding_id"]): row for row in _rows(decisions) if not _missing(row)}
    rows = [_laid_over(row, latest) for row in table.to_dict("records")]
    added = pd.DataFrame(rows, columns=["relationship", *ADDED], index=table.index)
    added["overruled_on"] = pd.to_datetime(added["overruled_on"]).astype("datetime64[us]")
    texts = {name: "str" for name in ("relationship", *ADDED) if name != "overruled_on"}
    made = table.drop(columns="relationship").join(added.astype(texts))[[*table.columns, *ADDED]]
    changed = made["overruled_by"].ne("")
    made.loc[changed, "measure_does"] = ""
    made.loc[changed, "meaning"] = [_held(row) for row in made[changed].to_dict("records")]
    return made


def without_effect(table: pd.DataFrame, decisions: pd.DataFrame) -> list[str]:
    """Return, in words, which overrulings do not count, and why."""
    known = {verdict_finding(row, _NO_REMARKS).id for row in table.to_dict("records")}
    told = []
    for row in _rows(decisions):
        name = str(row["finding_id"]).removeprefix(PREFIX).replace("/", ", ").replace("_", " ")
        missing = _missing(row)
        if missing:
            told.append(f"The overruling of {name} does not count yet: it has no {', no '.join(missing)}.")
        elif row["finding_id"] not in known:
            told.append(
                f"The {row['role']} overruled {name}: {WORDS[str(row['verdict'])]}. "
                "In this run neither side says anything on it; the decision is kept."
            )
    return told


def _rows(decisions: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the overrulings of verdicts, in the order they were decided."""
    if decisions.empty or "verdict" not in decisions:
        return []
    mine = decisions[
        decisions["finding_id"].str.startswith(PREFIX, na=False) & decisions["decision"].eq("overruled")
    ]
    ordered = mine.sort_values("decided_on", kind="stable", na_position="first")
    return [{str(name): value for name, value in row.items()} for row in ordered.to_dict("records")]


def _missing(row: Mapping[str, Any]) -> list[str]:
    lacks = [name for name in ("verdict", "role", "reason") if not filled(row.get(name))]
    return [*lacks, "date"] if pd.isna(row.get("decided_on")) else lacks


def _laid_over(row: Mapping[Any, Any], latest: Mapping[str, Mapping[str, Any]]) -> tuple[object, ...]:
    computed, found = row["relationship"], verdict_finding(row, _NO_REMARKS)
    decision = latest.get(found.id)
    if decision is None or decision["verdict"] == computed:
        return computed, computed, "", pd.NaT, "", ""
    seen = decision.get("fingerprint")
    note = "" if seen == found.fingerprint else "The figures changed since; decide again."
    if not filled(seen):
        note = "Which figures it was decided on was not kept."
    day = pd.Timestamp(decision["decided_on"])
    return decision["verdict"], computed, decision["role"], day, decision["reason"], note


def _held(row: Mapping[Any, Any]) -> str:
    name = row["name"] or row["measure_name"]
    return (
        f"{name}: {WORDS[row['relationship']]}, as the {row['overruled_by']} decided on "
        f"{row['overruled_on']:%d %B %Y}; the rule gives {WORDS[row['computed']]}."
    ).replace(" on 0", " on ")
