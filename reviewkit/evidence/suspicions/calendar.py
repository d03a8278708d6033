"""Periods as whole numbers, and how big each unit was in each of them."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from reviewkit.model import Engagement

Cadence = Literal["week", "month", "quarter", "year"]
EVENTS = {"contacts": "at", "leads": "at", "outcomes": "at", "journey": "at"}
"""Tables of single events, and the column that dates them."""
COUNTED = {"kpis": "period", "resources": "period"}
"""Tables of periods already counted."""
_DAYS: dict[Cadence, tuple[int, int]] = {
    "week": (7, 7),
    "month": (28, 31),
    "quarter": (89, 92),
    "year": (365, 366),
}
_MONTHS: dict[Cadence, int] = {"month": 1, "quarter": 3, "year": 12}
MONDAY = pd.Timestamp("1900-01-01")


def cadence_of(dates: pd.Series) -> Cadence | None:
    """Return how often the dates come; None where that is no usual period.

    >>> cadence_of(pd.Series(pd.to_datetime(["2025-01-01", "2025-02-01", "2025-04-01", "2025-05-01"])))
    'month'
    """
    days = dates.dropna().drop_duplicates().sort_values().diff().dt.days.dropna()
    if days.empty:
        return None
    usual = days.quantile(0.5, interpolation="lower")
    return next((name for name, (least, most) in _DAYS.items() if least <= usual <= most), None)


def number(dates: pd.Series, cadence: Cadence) -> pd.Series:
    """Return periods as whole numbers, one more from each to the next.

    >>> dates = pd.Series(pd.to_datetime(["2024-12-31", "2025-01-01", "2025-02-10"]))
    >>> number(dates, "month").diff().dropna().tolist()
    [1.0, 1.0]
    """
    weeks: pd.Series = (dates - MONDAY).dt.days // 7
    return weeks if cadence == "week" else (dates.dt.year * 12 + dates.dt.month - 1) // _MONTHS[cadence]


def start(period: int, cadence: Cadence) -> pd.Timestamp:
    """Return the first day of a period that :func:`number` numbered.

    >>> start(int(number(pd.Series(pd.to_datetime(["2025-05-17"])), "quarter")[0]), "quarter").date()
    datetime.date(2025, 4, 1)
    """
    if cadence == "week":
        return MONDAY + pd.Timedelta(days=7 * int(period))
    months = int(period) * _MONTHS[cadence]
    return pd.Timestamp(year=months // 12, month=months % 12 + 1, day=1)


def named(period: int, cadence: Cadence) -> str:
    """Return a period in words.

    >>> named(2025 * 12 + 2, "month")
    'March 2025'
    """
    day = start(period, cadence)
    return f"{day:%B %Y}" if cadence == "month" else f"{day.year}" if cadence == "year" else f"{day:%Y-%m-%d}"


def sizes(name: str, frame: pd.DataFrame, engagement: Engagement) -> tuple[pd.DataFrame, Cadence] | None:
    """Return how big each unit was in each period.

    Returns
    -------
    Columns ``series`` (measure, contract and team of a count; empty for events), ``site``,
    ``period`` (a number), ``size`` (denominator, else numerator, of a count, 1 of another figure;
    events counted, of a journey cases begun) and
    ``row`` (an example); and how often periods come. None where the table has no such thing.
    """
    if name in EVENTS:
        return _of_events(frame, EVENTS[name], engagement, name == "journey")
    if name in COUNTED:
        return _of_counts(frame, COUNTED[name])
    return None


def _of_events(
    frame: pd.DataFrame, at: str, engagement: Engagement, cases: bool
) -> tuple[pd.DataFrame, Cadence] | None:
    there = frame[frame[at].notna()]
    if there.empty:
        return None
    if cases:
        # Steps of one case come together: cases begun are counted.
        there = there.loc[there.groupby("customer")[at].idxmin().sort_values()]
    cadence: Cadence = engagement.period
    columns = {"site": there["site"].fillna(""), "period": number(there[at], cadence), "row": there.index}
    counted = pd.DataFrame(columns).groupby(["site", "period"])["row"].agg(["size", "min"]).reset_index()
    return counted.rename(columns={"min": "row"}).assign(series=""), cadence


def _of_counts(frame: pd.DataFrame, at: str) -> tuple[pd.DataFrame, Cadence] | None:
    there = frame[frame[at].notna()]
    cadence = cadence_of(there[at])
    if there.empty or cadence is None:
        return None
    keys = [key for key in ("measure", "contract", "team") if key in there and there[key].notna().any()]
    series = there[keys].fillna("").agg(" / ".join, axis=1) if keys else pd.Series("", index=there.index)
    size = pd.Series(np.nan, index=there.index)
    for column in ("denominator", "numerator", "fte"):
        if column in there:
            size = size.fillna(there[column])
    size = size.fillna(1.0)  # a figure that is no count: that it is there can be seen
    columns = {"series": series, "site": there["site"].fillna(""), "period": number(there[at], cadence)}
    return pd.DataFrame(columns | {"size": size, "row": there.index}), cadence
