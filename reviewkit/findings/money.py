"""What gaps cost, and why some costs must not be added."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Measure

from .wording import filled

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
    chosen: list[str] = []
    costed = gaps[gaps["cost_per_year"].notna()].sort_values("cost_per_year", ascending=False, kind="stable")
    known, purses = set(costed["gap_id"]), costed["measure"].map(lambda name: purse(measures[name]))
    for row in gaps.itertuples():
        whole = _whole(row, costed)
        same = costed[purses.eq(purse(measures[str(row.measure)]))]
        peers = same[_covers(same, row)]
        first = str(peers["gap_id"].iloc[0]) if len(peers) else ""
        chosen.append(whole or (first if first != row.gap_id and row.gap_id in known else ""))
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
    if annotations is None:
        return "", True
    named = annotations["site"].map(lambda name: not filled(name) or name == site).astype(bool)
    mine = annotations[
        annotations["effect"].eq("process_changed") & annotations["measure"].eq(measure) & named
    ]
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


def _whole(row: object, costed: pd.DataFrame) -> str:
    site, contract, measure = (str(getattr(row, name)) for name in ("site", "contract", "measure"))
    if not site and not contract:
        return ""
    mine = costed[costed["measure"].eq(measure) & costed["site"].eq("") & costed["contract"].eq("")]
    return str(mine["gap_id"].iloc[0]) if len(mine) else ""


def _covers(same: pd.DataFrame, row: Any) -> pd.Series[Any]:
    """Gaps of the same place, or of the whole."""
    site, contract = row.site, row.contract
    return (same["site"].eq(site) | same["site"].eq("")) & (
        same["contract"].eq(contract) | same["contract"].eq("")
    )
