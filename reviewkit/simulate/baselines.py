"""Where the measure of an agreed action stood when it was agreed: counted from the data simulated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .contacts import Scene

MONTHS = 12
"""A year before the start: no season in it."""
SOURCES: Mapping[str, tuple[str, str, float]] = {
    "first_contact_resolution": ("contacts", "resolved", 100.0),
    "handle_time": ("contacts", "handle_seconds", 1.0),
    "sales_conversion": ("leads", "converted", 100.0),
}
"""Measures of single events: their table, the column that is averaged, and what it is shown times."""


def baseline(scene: Scene, action: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> float | None:
    """Return the level of an action's measure over the year before it starts; None where there is none.

    What was planted in that year would mix two levels: then only what came after it counts.

    Parameters
    ----------
    action : ``measure, site, starts`` as written down.
    tables : the evidence simulated, by name.
    """
    starts, site = pd.Timestamp(action["starts"]), str(action.get("site") or "")
    begins = starts - pd.DateOffset(months=MONTHS)
    planted = scene.truths.shifts_of(str(action["measure"]), site)  # of the whole: what reaches every site
    shifts = [shift.at for shift in planted if site or not shift.sites]
    since = max([begins, *(pd.Timestamp(at) for at in shifts if pd.Timestamp(at) < starts)])
    if action["measure"] not in SOURCES and since.day > 1:
        since += pd.offsets.MonthBegin(1)  # counted by month: the first whole one
    rows = _rows(str(action["measure"]), tables)
    if rows is None:
        return None
    mine = rows[rows["at"].ge(since) & rows["at"].lt(starts)]
    mine = mine[mine["site"].eq(site)] if site else mine
    out_of = float(mine["denominator"].sum())
    return round(float(mine["numerator"].sum()) / out_of, 1) if out_of else None


def _rows(measure: str, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame | None:
    """Numerators and denominators of a measure with their dates and sites, times what it is shown times."""
    if measure in SOURCES:
        name, column, times = SOURCES[measure]
        table = tables.get(name)
        if table is None:
            return None
        value = pd.to_numeric(table[column]) * times
        made = table[["site"]].assign(at=pd.to_datetime(table["at"]), numerator=value)
        return made.assign(denominator=value.notna().astype("int64"))
    kpis = tables["kpis"]
    mine = kpis[kpis["measure"].eq(measure)]
    times = 1.0 if measure.startswith("days_") else 100.0
    return mine.assign(at=pd.to_datetime(mine["period"]), numerator=mine["numerator"] * times)
