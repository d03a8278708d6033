"""What gaps cost, and why some costs must not be added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from reviewkit.model import Measure

from ..wording import filled

# Measures that look at the same money from different sides: closing one closes part of the other.
SAME_MONEY = {
    "cost of delivery": (
        "cost_per_contact",
        "handle_time",
        "occupancy",
        "absence",
        "downtime",
        "repeat_contacts",
        "first_contact_resolution",
        "caseload",
    ),
    "income": (
        "revenue",
        "sales_conversion",
        "lead_conversion",
        "lead_quality",
        "referrals",
        "starts",
        "job_starts",
        "sustained_outcomes",
    ),
    "access": ("service_level", "abandonment", "within_four_hours", "days_to_first_meeting"),
}


def purse(measure: Measure) -> str:
    """Return whose money a measure's value is: a shared purse, else the basis its value states.

    >>> purse(Measure(id="revenue", name="Revenue", unit="money", direction="increase", table="resources",
    ...               numerator="sum(revenue)"))
    'income'
    """
    for name, members in SAME_MONEY.items():
        if measure.id in members:
            return name
    return measure.value_basis or measure.id


def mark_overlaps(gaps: pd.DataFrame, measures: dict[str, Measure]) -> pd.DataFrame:
    """Return the gaps with ``overlaps``: the gap whose cost holds some of this one's, or "".

    A site lies inside the whole of the same measure; a contract too; otherwise the largest
    cost of the same purse comes first and the others overlap with it.
    """
    order = gaps.sort_values("cost_per_year", ascending=False, kind="stable")
    # Plain rows: a mask over a table for every gap takes far longer than to look through them.
    costed = list(order[order["cost_per_year"].notna()].itertuples())
    known = {row.gap_id for row in costed}
    chosen: list[str] = []
    for row in gaps.itertuples():
        own = purse(measures[str(row.measure)])
        peers = [
            other for other in costed if _covers(other, row) and purse(measures[str(other.measure)]) == own
        ]
        first = str(peers[0].gap_id) if peers else ""
        chosen.append(_whole(row, costed) or (first if first != row.gap_id and row.gap_id in known else ""))
    return gaps.assign(overlaps=pd.Series(chosen, index=gaps.index, dtype="str"))


def counting_note(
    measure: str, site: str, since: object, annotations: pd.DataFrame | None
) -> tuple[str, bool]:
    """Return local knowledge of a change behind a measure, and whether its gap has a value.

    Such a change is one of the process or of the way of counting.

    The part of a gap that a change of counting made is no loss, so a gap that did not get
    worse after it is not valued.

    >>> notes = pd.DataFrame({"at": pd.to_datetime(["2024-04-01"]), "measure": ["aht"], "site": [None],
    ...                       "text": ["Counts wrap-up too."], "effect": ["process_changed"]})
    >>> counting_note("aht", "", pd.NaT, notes)
    ('Local knowledge, April 2024: Counts wrap-up too.', False)
    """
    if annotations is None or annotations.empty:
        return "", True
    mine = annotations[annotations["effect"].eq("process_changed") & annotations["measure"].eq(measure)]
    mine = mine[mine["site"].map(lambda name: not filled(name) or name == site).astype(bool)]
    if mine.empty:
        return "", True
    last = mine.sort_values("at").iloc[-1]
    day = pd.Timestamp(last["at"])
    after = pd.Timestamp(str(since))
    return f"Local knowledge, {day:%B %Y}: {last['text']}", bool(pd.notna(after) and after > day)


def total_cost(gaps: pd.DataFrame) -> float:
    """Return the yearly cost of the gaps that overlap with no other; the only sum allowed.

    >>> total_cost(pd.DataFrame({"cost_per_year": [10.0, 4.0], "overlaps": ["", "2.1/gap/x"]}))
    10.0
    """
    if gaps.empty:
        return 0.0
    return float(gaps.loc[gaps["overlaps"].eq(""), "cost_per_year"].sum())


def site_shares(series: pd.DataFrame | None) -> dict[tuple[str, str, str], float]:
    """Return each site's (and contract's) share of a measure's denominator over the last 12 periods."""
    if series is None or series.empty or "denominator" not in series:
        return {}
    last = series["period"].drop_duplicates().nlargest(12).min()
    recent = series[series["period"] >= last]
    # A dictionary: looking up a few hundred rows of a table with three keys takes far longer.
    sums = recent.groupby(["measure", "site", "contract"])["denominator"].sum(min_count=1).to_dict()
    return {
        (measure, site, contract): float(value / sums[measure, "", ""])
        for (measure, site, contract), value in sums.items()
        if (measure, "", "") in sums and sums[measure, "", ""] > 0
    }


def _whole(row: Any, costed: Sequence[Any]) -> str:
    if not row.site and not row.contract:
        return ""
    mine = (other for other in costed if other.measure == row.measure)
    return next((str(other.gap_id) for other in mine if not other.site and not other.contract), "")


def _covers(other: Any, row: Any) -> bool:
    """Whether a gap is one of the same place, or of the whole."""
    return other.site in (row.site, "") and other.contract in (row.contract, "")
