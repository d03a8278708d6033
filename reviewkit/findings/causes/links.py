"""Links across departments: where a condition arises and where the gap shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..wording import filled
from .words import corrected, effect_words

# Words that name the department a condition usually arises in; the register's own name is used.
ARISES = {
    "lead_quality": ("marketing", "referral", "partnership"),
    "marketing_materials": ("marketing", "communications"),
    "training": ("training", "learning", "quality", "human resources"),
    "staffing": ("workforce", "planning", "human resources"),
    "systems": ("it", "information technology", "systems", "digital"),
    "resources": ("finance",),
    "leadership": ("executive", "management"),
}
SHOWS = {
    "sales_conversion": ("sales",),
    "lead_conversion": ("sales",),
    "revenue": ("sales", "finance"),
    "lead_quality": ("marketing",),
}
DEFAULTS = {
    "lead_quality": "Marketing",
    "marketing_materials": "Marketing",
    "training": "Training",
    "staffing": "Workforce planning",
    "systems": "IT",
    "resources": "Finance",
    "leadership": "Leadership",
}


def departments(cause: str, measure: object, stakeholders: pd.DataFrame) -> tuple[str, str]:
    """Return the department a condition arises in and the one whose measure shows the gap.

    Names come from the register where one fits; where none does, a general name is used for
    where it arises and the largest department for where it shows. Empty where not known.

    >>> people = pd.DataFrame({"department": ["Marketing", "Sales", "Service"], "headcount": [5, 20, 60]})
    >>> departments("lead_quality", "sales_conversion", people)
    ('Marketing', 'Sales')
    >>> departments("process", "handle_time", people)
    ('Service', 'Service')
    """
    return ends_of(cause, measure, by_size(stakeholders))


def by_size(stakeholders: pd.DataFrame) -> list[str]:
    """Return the departments of the register, the largest first.

    >>> by_size(pd.DataFrame({"department": ["Sales", "Service"], "headcount": [20, 60]}))
    ['Service', 'Sales']
    """
    size = stakeholders["headcount"].fillna(1).groupby(stakeholders["department"]).sum()
    return [str(name) for name in size.sort_values(ascending=False, kind="stable").index]


def ends_of(cause: str, measure: object, names: list[str]) -> tuple[str, str]:
    """Return what :func:`departments` does, for the departments ``names``, the largest first.

    >>> ends_of("lead_quality", "sales_conversion", ["Service", "Sales"])
    ('Marketing', 'Sales')
    """
    largest = names[0] if names else ""
    shows = _named(SHOWS.get(str(measure), ()), names) or largest
    if cause not in ARISES:
        return shows, shows
    return _named(ARISES[cause], names) or DEFAULTS[cause], shows


def causal_edges(causes: pd.DataFrame, gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the edges of the causal map: from a condition to the measure it goes with.

    Contradicted causes have no edge; untested ones only where people raised them.

    Returns
    -------
    ``cause, gap, verdict, effect, department_from, department_to, cross`` (two departments),
    ``measured`` (the gap is), ``evidence`` in a few words, ``linked`` (a test compared the two);
    one row a pair, with the best supported verdict of the pair.
    """
    columns = ["cause", "gap", "verdict", "effect", "department_from", "department_to", "cross", "measured"]
    columns += ["evidence", "linked"]
    names = dict(zip(gaps["gap_id"], gaps["name"], strict=True)) if len(gaps) else {}
    raised = causes["verdict"].eq("untested") & causes["raised"].astype(bool)
    shown = causes[causes["verdict"].isin(["supported", "inconclusive"]) | raised]
    table = shown.assign(cause=shown["name"], gap=shown["gap_id"].map(names))
    ends = table[["department_from", "department_to"]].map(filled).astype(bool).all(axis=1)
    table["cross"] = ends & table["department_from"].ne(table["department_to"])
    table["measured"] = table["measure"].map(filled).astype(bool)
    table["evidence"] = [evidence_words(row) for row in table.to_dict("records")]
    table["linked"] = table["p_value"].notna()
    order = table["verdict"].map({"supported": 0, "inconclusive": 1, "untested": 2})
    table = table.assign(order=order).sort_values(["order", "effect"], ascending=[True, False], kind="stable")
    return table.drop_duplicates(["cause", "gap"])[columns].reset_index(drop=True)


def evidence_words(row: Mapping[Any, Any]) -> str:
    """Return the evidence for a link in a few words: effect and corrected p-value.

    >>> evidence_words({"effect": 0.546, "p_value": 0.0004, "kind": "series"})
    'correlation 0.55, p < 0.001'
    """
    if pd.isna(row["effect"]):
        return "not tested"
    if pd.isna(row["p_value"]):
        return "condition only, no link tested"
    words = f"{effect_words(row['effect'], row['kind'])}, {corrected(row['p_value'])}"
    return words.replace("corrected ", "").replace("percentage points", "points")


def _named(words: tuple[str, ...], names: list[str]) -> str:
    for word in words:
        for name in names:
            if word in name.lower().split() or (len(word) > 3 and word in name.lower()):
                return name
    return ""
