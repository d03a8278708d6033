"""Good tables to spoil: two years of counts, contacts, cases and remarks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviewkit.evidence.checking import empty
from reviewkit.model import TABLES, Engagement, Measure

Tables = dict[str, pd.DataFrame]
MONTHS = pd.date_range("2023-07-01", periods=24, freq="MS")


def engagement(**more: Any) -> Engagement:
    known = {"id": "e", "name": "E", "client": "E", "purpose": "P", "data": ".", "data_as_of": "2025-06-30"}
    return Engagement(**(known | {"measures": (rate(),)} | more))


def rate(numerator: str = "sum(numerator)", denominator: str = "sum(denominator)") -> Measure:
    """Return the one measure: a percentage of counts."""
    return Measure(
        id="rate",
        name="Rate",
        unit="percent",
        direction="increase",
        table="kpis",
        where="measure = 'rate'",
        numerator=numerator,
        denominator=denominator,
    )


def table(name: str, /, **columns: Any) -> pd.DataFrame:
    """Return a typed table with the columns given."""
    kinds = empty(TABLES[name]).dtypes.to_dict()
    return pd.DataFrame(columns).reindex(columns=list(kinds)).astype(kinds).reset_index(drop=True)


def random() -> np.random.Generator:
    return np.random.default_rng(7)


def kpis(sites: str = "ABCD", months: pd.DatetimeIndex = MONTHS) -> pd.DataFrame:
    """Return counts of sites by month: about 1,000 out of which four in five."""
    rows = [(month, site) for site in sites for month in months]
    below = random().integers(950, 1050, len(rows)).astype(float)
    above = (below * 0.8).round()
    return table(
        "kpis",
        period=[month for month, _ in rows],
        site=[site for _, site in rows],
        measure="rate",
        numerator=above,
        denominator=below,
    )


def contacts(count: int = 3000) -> pd.DataFrame:
    """Return contacts of two years of working days, eight to six."""
    make = random()
    days = pd.Timestamp("2023-07-01") + pd.to_timedelta(np.sort(make.integers(0, 730, count)), "D")
    at = days + pd.to_timedelta(make.integers(8 * 60, 18 * 60, count), "min")
    return table(
        "contacts",
        contact_id=[f"C{n + 1:05d}" for n in range(count)],
        at=at,
        site=make.choice(["North", "South", "East"], count),
        agent=make.choice(["P1", "P2", "P3"], count),
        handle_seconds=make.gamma(4, 80, count).round(1),
        csat=make.integers(1, 6, count).astype(float),
    )


def journey(count: int = 400) -> pd.DataFrame:
    """Return cases of three steps, begun evenly over two years and five days long."""
    make = random()
    begun = pd.Timestamp("2023-07-01") + pd.to_timedelta(np.sort(make.integers(0, 720 * 1440, count)), "min")
    lasts = pd.to_timedelta(make.gamma(4, 30, count), "h").round("min")
    steps = [(n, step, begun[n] + lasts[n] * step / 2) for n in range(count) for step in range(3)]
    return table(
        "journey",
        customer=[f"K{n:04d}" for n, _, _ in steps],
        activity=[f"step {step}" for _, step, _ in steps],
        at=[at for _, _, at in steps],
        site="North",
    )


def remarks(people: int = 12, each: int = 3) -> pd.DataFrame:
    said = [f"P{n}" for n in range(people) for _ in range(each)]
    words = [f"Remark number {n} about work" for n in range(len(said))]
    return table(
        "remarks",
        remark_id=[f"R{n + 1}" for n in range(len(said))],
        source="one_to_one",
        stakeholder_id=said,
        text=words,
    )


def good() -> Tables:
    return {"kpis": kpis(), "contacts": contacts(), "journey": journey(), "remarks": remarks()}
