"""Which recommendations come first: by weight of the gap, verdict of the cause, impact and effort."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Engagement

from .choice import SETTLE
from .rows import records

FIRST = 4
MOST = 16


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


def with_first(table: pd.DataFrame) -> pd.DataFrame:
    """Mark the few to begin with: one a gap and cause tested, at most one of them only to settle a cause."""
    seen: set[tuple[str, str]] = set()
    chosen, settling = [], 0
    for row in records(table):
        gap = row["gap_ids"].split(", ")[0]
        settle = row["intervention"] == SETTLE
        key = (gap, SETTLE if settle else "" if row["verdict"] == "described" else row["cause"])
        take = len(seen) < FIRST and key not in seen and not row["stop"] and not (settle and settling)
        chosen.append(take)
        settling += take and settle
        seen |= {key} if take else set()
    return table.assign(first=chosen)


def longest(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the most worthwhile, a third of them at most things to stop."""
    stops = table[table["stop"]].head(MOST // 3)
    return pd.concat([table[~table["stop"]].head(MOST - len(stops)), stops]).sort_values(
        "priority", ascending=False, kind="stable"
    )
