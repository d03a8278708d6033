"""Small frames that plans are tested on: one engagement, one gap, causes with verdicts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Engagement

FCR = "first_contact_resolution"
MEASURE = {
    "id": FCR,
    "name": "First-contact resolution",
    "unit": "percent",
    "direction": "increase",
    "table": "contacts",
    "numerator": "sum(resolved)",
    "denominator": "count(resolved)",
    "minimum_effect": 1,
    "value_per_unit": 10_000,
    "contract_kpi": True,
}
REVIEW = Engagement.model_validate(
    {
        "id": "demo",
        "name": "Demo",
        "client": "Demo",
        "purpose": "Answer.",
        "data_as_of": "2025-06-30",
        "data": ".",
        "measures": [MEASURE, MEASURE | {"id": "csat", "name": "Satisfaction", "unit": "score"}],
    }
)


def gap(**changes: Any) -> dict[str, Any]:
    """A measured gap of ten points, each worth 10,000 a year."""
    return {
        "gap_id": "2.1/gap/first_contact_resolution",
        "kind": "measured",
        "measure": FCR,
        "name": "First-contact resolution",
        "unit": "percent",
        "site": "",
        "contract": "",
        "target": 75.0,
        "actual": 65.0,
        "gap": 10.0,
        "lower": 8.0,
        "upper": 12.0,
        "cost_per_year": 100_000.0,
        "overlaps": "",
        "code": "",
        "raised_by": "",
        "statement": "Resolution is 10 points short.",
        "n": 12,
    } | changes


def described(code: str = "information_to_customers", **changes: Any) -> dict[str, Any]:
    """A gap only people describe."""
    empty = {"measure": "", "unit": "", "target": None, "actual": None, "gap": None, "cost_per_year": None}
    return (
        gap(gap_id=f"2.1/described_gap/{code}", kind="described", name="Information", code=code, **empty)
        | changes
    )


def cause(name: str, verdict: str, **changes: Any) -> dict[str, Any]:
    """A cause of the gap, with the verdict of its test."""
    return {
        "gap_id": gap()["gap_id"],
        "cause": name,
        "verdict": verdict,
        "statement": f"The test says {verdict}.",
        "settle": "Count for a month.",
        "p_value": 0.01,
        "n": 24,
    } | changes


def series(
    values: list[float], site: str = "", start: str = "2024-01-01", volume: float = 100
) -> pd.DataFrame:
    """One unit's measure by month."""
    months = pd.date_range(start, periods=len(values), freq="MS")
    return pd.DataFrame(
        {
            "measure": FCR,
            "site": site,
            "contract": "",
            "period": months,
            "value": values,
            "denominator": volume,
        }
    )
