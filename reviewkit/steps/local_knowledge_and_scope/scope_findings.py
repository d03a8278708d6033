"""What step 1.2 says: reviewed opinions, budget and timetable as findings, the scope in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.findings.scope import SUMS, agreed, budget_lines, timetable_faults
from reviewkit.model import Evidence, Finding
from reviewkit.model.words import currency_mark, inline, plain
from reviewkit.present.words import date, listing, plural


def opinion_finding(row: Mapping[Any, Any], basis: tuple[Evidence, ...] = ()) -> Finding:
    """Return an opinion as it stands after what people decided about it.

    ``basis`` is the evidence of the opinion itself, from step 1.1.
    """
    changed = bool(row["changed"])
    rule = "The latest decision stands until people change it; figures only flag it"
    when = date(row["decided_on"]) if pd.notna(row["decided_on"]) else "no date on file"
    query = f"{row['status']} by the {row['role']}, {when}" if row["role"] else "nothing decided yet"
    evidence = [Evidence(source="opinions", rule=rule, rows=int(bool(row["role"])), query=query), *basis]
    if row["knowledge"]:
        told = "Dated local knowledge that names the measure, or every measure, and the site"
        evidence.append(Evidence(source="annotations", rule=told, query=str(row["knowledge"])))
    found = Finding.of(
        "1.2",
        "reviewed_opinion",
        *str(row["opinion_id"]).split("/")[2:],
        statement=f"{decided(row)}: {row['stands']}",
        figures={
            "status": str(row["status"]),
            "opinion": str(row["fingerprint"] or ""),
            "changed": changed,
            "remains": str(row["remains"]),
        },
        evidence=tuple(evidence),
    )
    return found.model_copy(update={"changed_since_decided": changed})


def decided(row: Mapping[Any, Any]) -> str:
    """Return what was decided about an opinion, by which role, when and why.

    >>> decided({"status": "withdrawn", "role": "Head of IT", "reason": "New clock.",
    ...          "decided_on": pd.Timestamp("2025-09-05")})
    'Withdrawn by the Head of IT, 5 September 2025 (New clock)'
    """
    who = f" by the {row['role']}" if row["role"] else ""
    when = f", {date(row['decided_on'])}" if pd.notna(row["decided_on"]) else ""
    why = f" ({str(row['reason']).rstrip('.')})" if row["reason"] else ""
    return f"{str(row['status']).capitalize()}{who}{when}{why}"


def budget_findings(budget: pd.DataFrame, currency: str) -> list[Finding]:
    """Return days and costs used of those budgeted, and each item over its budget; none without a budget."""
    if budget.empty:
        return []
    sums = {name: float(budget[name].sum()) for name in SUMS}
    used, planned = (exactly(sums[name], currency) for name in ("cost_used", "cost_budgeted"))
    text = f"{sums['days_used']:g} of {sums['days_budgeted']:g} days are used, and {used} of {planned}."
    evidence = Evidence(source="scope", rule="Sum over items of kind budget", rows=len(budget))
    found = [Finding.of("1.2", "budget", "total", statement=text, figures=dict(sums), evidence=(evidence,))]
    lines = budget_lines(budget)
    for row in lines[lines["over"].ne("")].to_dict("records"):
        found.append(_over(row, currency))
    return found


def _over(row: Mapping[Any, Any], currency: str) -> Finding:
    parts = []
    if row["days_left"] < 0:
        parts.append(plural_days(-float(row["days_left"])))
    if row["cost_left"] < 0:
        parts.append(exactly(-float(row["cost_left"]), currency))
    text = f"{row['text']} is over its budget by {listing(parts)}."
    evidence = Evidence(
        source="scope", rule="Used more than budgeted", rows=1, query=f"item {row['item_id']}"
    )
    figures = {name: None if pd.isna(row[name]) else float(row[name]) for name in ("days_left", "cost_left")}
    return Finding.of(
        "1.2", "over_budget", str(row["item_id"]), statement=text, figures=figures, evidence=(evidence,)
    )


def exactly(value: float, currency: str) -> str:
    """Return a sum of money to the unit, so that what is budgeted, used and left add up.

    >>> exactly(12350.0, "GBP"), exactly(-150.0, "GBP")
    ('£12,350', '−£150')
    """
    return f"{'−' if value < 0 else ''}{currency_mark(currency)}{plain(abs(value))}"


def plural_days(days: float) -> str:
    """Return days as words.

    >>> plural_days(1.0), plural_days(2.5)
    ('1 day', '2.5 days')
    """
    return f"{days:g} day{'' if days == 1 else 's'}"


def timetable_findings(milestones: pd.DataFrame) -> list[Finding]:
    """Return each thing in the timetable that cannot be, or needs a second look."""
    evidence = (
        Evidence(source="scope", rule="Items of kind milestone, dates compared", rows=len(milestones)),
    )
    return [
        Finding.of("1.2", "timetable", text[:60], statement=text, evidence=evidence)
        for text in timetable_faults(milestones)
    ]


def scope_line(agreements: pd.DataFrame, requests: pd.DataFrame) -> str:
    """Return whether the scope is agreed, with whom and when, and how many data requests are open."""
    waiting = int(requests["status"].eq("open").sum())
    still = f"{plural(waiting, 'data request')} still open" if waiting else "no data request open"
    who, day = agreed(agreements)
    if not who:
        return f"The scope is not agreed yet; {still}."
    return f"The scope is agreed with the {inline(who)}{f' on {day}' if day else ''}; {still}."
