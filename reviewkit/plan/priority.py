"""Which recommendations come first: by weight of the gap, verdict of the cause, impact and effort."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from reviewkit.model import Engagement

from .choice import SETTLE
from .rows import records

FIRST = 4
MOST = 16
FIRST_RULE = (
    f"At most {FIRST} come first. Recommendations are put in order by the weight of the gaps they act on "
    "(twice for a measure of the contract, up to once more for what the gap costs; for what only people "
    "describe, by how widely it was raised), how far a test supports the cause, and impact over the root "
    "of effort. "
    "From the top, one is taken for each gap and cause, at most one trial and at most one that only settles "
    "a cause; what was overruled, and what is to stop, is left out."
)
"""How the few that come first are chosen, in words for the page."""


def gap_weights(gaps: pd.DataFrame, engagement: Engagement) -> dict[str, float]:
    """Weight of each gap: twice for a contract measure, up to once more for its cost; described by reach."""
    contract = {measure.id for measure in engagement.measures if measure.contract_kpi}
    most = (
        max(float(gaps["cost_per_year"].max(skipna=True) or 0), 1.0)
        if gaps["cost_per_year"].notna().any()
        else 1.0
    )
    heard = gaps.loc[gaps["kind"].eq("described"), "n"].astype("float64")
    widest = float(heard.max()) if heard.notna().any() else 1.0
    weights = {}
    for row in records(gaps):
        cost = float(row["cost_per_year"]) if pd.notna(row["cost_per_year"]) else 0.0
        said = float(row["n"]) / widest if row["kind"] == "described" and pd.notna(row["n"]) else 0.0
        measured = 1.0 + (row["measure"] in contract) + cost / most
        weights[str(row["gap_id"])] = 0.3 + 0.7 * said if row["kind"] == "described" else measured
    return weights


def with_first(table: pd.DataFrame, without: Collection[str] = ()) -> pd.DataFrame:
    """Mark the few to begin with: one a gap and cause, at most one trial, one to settle a cause.

    ``table`` is in order of priority, with ``trial``; ``without`` are ids that were overruled.
    """
    seen: set[tuple[str, str]] = set()
    limited = {"settle": 0, "trial": 0}
    chosen = []
    for row in records(table):
        gap = row["gap_ids"].split(", ")[0]
        settle = row["intervention"] == SETTLE
        kind = "settle" if settle else "trial" if row["trial"] else ""
        key = (gap, SETTLE if settle else "" if row["verdict"] == "described" else row["cause"])
        barred = row["stop"] or row["recommendation_id"] in without or bool(limited.get(kind))
        take = len(seen) < FIRST and key not in seen and not barred
        chosen.append(take)
        if take:
            seen.add(key)
            limited[kind] = 1 if kind else 0
    return table.assign(first=chosen)


def longest(table: pd.DataFrame, keep: Collection[str] = ()) -> pd.DataFrame:
    """Keep the most worthwhile, a third of them at most things to stop; what was decided always stays.

    >>> rows = pd.DataFrame({"recommendation_id": [f"r{n}" for n in range(20)], "stop": False,
    ...                      "priority": range(20, 0, -1)})
    >>> longest(rows, keep=["r19"])["recommendation_id"].tolist()[-2:]
    ['r15', 'r19']
    """
    stops = table[table["stop"]].head(MOST // 3)
    doing = table[~table["stop"]].head(MOST - len(stops))
    kept = table.index.isin([*stops.index, *doing.index]) | table["recommendation_id"].isin(list(keep))
    return table[kept].sort_values("priority", ascending=False, kind="stable")
