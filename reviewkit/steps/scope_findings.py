"""What step 1.2 says: reviewed opinions and the budget as findings, the scope in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Evidence, Finding
from reviewkit.present.words import date, number, plural

BUDGET = ("days_budgeted", "days_used", "cost_budgeted", "cost_used")


def opinion_finding(row: Mapping[Any, Any]) -> Finding:
    """Return an opinion as it stands after what people decided about it."""
    who = f" by the {row['role']}" if row["role"] else ""
    why = f" ({row['reason']})" if row["reason"] else ""
    changed = bool(row["changed"])
    rule = "The latest decision stands until people change it"
    found = Finding.of(
        "1.2",
        "reviewed_opinion",
        *str(row["opinion_id"]).split("/")[2:],
        statement=f"{str(row['status']).capitalize()}{who}: {row['stands']}{why}",
        figures={"status": str(row["status"]), "opinion": str(row["fingerprint"] or ""), "changed": changed},
        evidence=(Evidence(source="opinions", rule=rule, rows=1),),
    )
    return found.model_copy(update={"changed_since_decided": changed})


def budget_findings(budget: pd.DataFrame, currency: str) -> list[Finding]:
    """Return days and costs used of those budgeted; nothing where no budget is on file."""
    if budget.empty:
        return []
    sums = {name: float(budget[name].sum()) for name in BUDGET}
    used, planned = (
        number(sums[name], "money", currency=currency) for name in ("cost_used", "cost_budgeted")
    )
    text = f"{sums['days_used']:g} of {sums['days_budgeted']:g} days are used, and {used} of {planned}."
    evidence = Evidence(source="scope", rule="Sum over items of kind budget", rows=len(budget))
    return [Finding.of("1.2", "budget", "total", statement=text, figures=dict(sums), evidence=(evidence,))]


def scope_line(agreements: pd.DataFrame, requests: pd.DataFrame) -> str:
    """Return whether the scope is agreed, with whom and when, and how many data requests are open."""
    waiting = int(requests["status"].eq("open").sum())
    still = f"{plural(waiting, 'data request')} still open" if waiting else "no data request open"
    agreed = agreements[agreements["status"].isin(["agreed", "done"])]
    if agreed.empty:
        return f"The scope is not agreed yet; {still}."
    who, day = agreed["role"].iloc[-1], agreed["due"].iloc[-1]
    when = f" on {date(day)}" if pd.notna(day) else ""
    return f"The scope is agreed with the {str(who).lower()}{when}; {still}."
