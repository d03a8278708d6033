"""What was decided about recommendations, laid over what the analysis proposes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.content import Intervention
from reviewkit.findings.wording import filled

from .rows import records

DECISIONS = ("proposed", "amended", "agreed", "overruled")
PREFIX = "3.1/recommendation/"


def with_decisions(
    table: pd.DataFrame, decisions: pd.DataFrame, interventions: Mapping[str, Intervention]
) -> pd.DataFrame:
    """Return the recommendations with status, role, date and dissent; nothing agreed goes missing.

    The latest decision counts. An agreed or amended recommendation that the analysis no longer
    makes stays in the table, with ``flag`` saying so: a later run never overturns it silently.

    Parameters
    ----------
    table : as :func:`reviewkit.plan.recommendations` returns it.
    decisions : evidence table ``decisions``.

    Examples
    --------
    >>> from reviewkit.content import load_interventions
    >>> from reviewkit.plan import empty_recommendations
    >>> decided = pd.DataFrame([{"finding_id": "3.1/recommendation/three_priorities", "decision": "agreed",
    ...     "role": "sponsor", "reason": "", "words": "", "dissent": "Finance would wait.",
    ...     "decided_on": pd.Timestamp("2025-06-01")}])
    >>> found = with_decisions(empty_recommendations(), decided, load_interventions())
    >>> found[["status", "dissent", "flag"]].values.tolist()
    [['agreed', 'Finance would wait.', 'Agreed earlier; the figures of this run no longer lead to it.']]
    """
    mine = decisions[
        decisions["finding_id"].str.startswith(PREFIX, na=False) & decisions["decision"].isin(DECISIONS)
    ]
    latest = mine.sort_values("decided_on", kind="stable").drop_duplicates("finding_id", keep="last")
    rows = records(table)
    known = {row["recommendation_id"]: row for row in rows}
    for decision in records(latest):
        row = known.get(decision["finding_id"])
        if row is None:
            row = _kept(decision, interventions)
            if row is None:
                continue
            rows.append(row)
        row.update(_decided(decision, row))
    if not rows:
        return table
    result = pd.DataFrame(rows, columns=list(table.columns))
    return result.assign(decided_on=pd.to_datetime(result["decided_on"]).astype("datetime64[us]"))


def _decided(decision: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    words = decision["words"] if filled(decision["words"]) else ""
    return {
        "status": decision["decision"],
        "role": decision["role"],
        "decided_on": decision["decided_on"],
        "dissent": decision["dissent"] if filled(decision["dissent"]) else "",
        "what": words or row["what"],
        "first": row["first"] and decision["decision"] != "overruled",
    }


def _kept(decision: Mapping[str, Any], interventions: Mapping[str, Intervention]) -> dict[str, Any] | None:
    """A row for what was agreed although this run does not propose it."""
    entry = interventions.get(str(decision["finding_id"]).removeprefix(PREFIX).split("/")[0])
    if entry is None or decision["decision"] not in ("agreed", "amended"):
        return None
    blank = dict.fromkeys(("department", "gap_ids", "cause", "verdict", "measure", "site", "assumptions"), "")
    return {
        **blank,
        **{
            name: getattr(entry, name)
            for name in ("title", "type", "what", "why", "effort", "impact", "stop")
        },
        **{
            name: getattr(entry, name)
            for name in ("effect_contract", "effect_improvement", "owner", "days", "weeks")
        },
        "recommendation_id": decision["finding_id"],
        "intervention": entry.id,
        "action_area": entry.action_areas[0],
        "department": "common",
        "return_low": float("nan"),
        "return_high": float("nan"),
        "priority": 0.0,
        "first": False,
        "flag": "Agreed earlier; the figures of this run no longer lead to it.",
    }
