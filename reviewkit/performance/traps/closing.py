"""Selection by closing date: an extract of closed cases makes durations seem to fall."""

from __future__ import annotations

import pandas as pd

from reviewkit.evidence.suspicions.selection import cut_by_closing
from reviewkit.model.words import plural

from .trap import Looked, Trap, month

ENOUGH = 30
"""Cases a month must have for its mean to be quoted."""


def selected_by_closing(looked: Looked) -> Trap | None:
    """Find an event log cut by the date on which cases closed (length-biased sampling: Cox 1969).

    Such a log holds, of the cases opened long before its window, only those that took long; of those
    opened late only the short. Found by the rule that ``reviewkit check`` applies
    (:func:`reviewkit.evidence.suspicions.selection.cut_by_closing`).

    Examples
    --------
    >>> from reviewkit.model import Engagement
    >>> log = pd.DataFrame({"customer": [1, 1], "at": pd.to_datetime(["2025-01-01", "2025-01-02"])})
    >>> looked = Looked(Engagement(id="e", name="E", client="E", purpose="P", data_as_of="2025-06-30",
    ...                            data="."), journey=log)
    >>> selected_by_closing(looked) is None
    True
    """
    log = looked.journey
    if log is None or log.empty or not cut_by_closing({"journey": log}, looked.engagement):
        return None
    by = hours_by_month_opened(log)
    first, last = by.iloc[0], by.iloc[-1]
    cases, quoted = int(log["customer"].nunique()), by[by["cases"] >= ENOUGH]
    if len(quoted) > 1:
        first, last = quoted.iloc[0], quoted.iloc[-1]
    early, late = float(first["hours"]), float(last["hours"])
    return Trap(
        "closing_date",
        "journey",
        f"The log of {plural(cases, 'case')} was cut by closing date",
        f"the mean time by month opened seems to fall from {early:,.0f} hours for {month(first['opened'])} "
        f"({int(first['cases']):,} cases) to {late:,.0f} for {month(last['opened'])} "
        f"({int(last['cases']):,} cases), by selection alone",
        "Read no change in duration from it; ask for all cases opened in a period, closed or not",
        cases,
        cases,
        {"first_hours": early, "last_hours": late},
        "Cases begin long before any ends, and early ones take twice as long as late ones",
    )


def hours_by_month_opened(log: pd.DataFrame) -> pd.DataFrame:
    """Return ``opened`` (month), ``cases, hours`` (mean from first event to last).

    >>> log = pd.DataFrame({"customer": [1, 1], "at": pd.to_datetime(["2025-01-01", "2025-01-02"])})
    >>> hours_by_month_opened(log)["hours"].tolist()
    [24.0]
    """
    times = log.dropna(subset=["customer", "at"]).groupby("customer")["at"].agg(["min", "max"])
    hours = (times["max"] - times["min"]).dt.total_seconds() / 3600
    opened = times["min"].dt.year * 12 + times["min"].dt.month - 1
    by = hours.groupby(opened).agg(["size", "mean"]).rename_axis("opened").reset_index()
    by["opened"] = [pd.Timestamp(year=at // 12, month=at % 12 + 1, day=1) for at in by["opened"]]
    return by.rename(columns={"size": "cases", "mean": "hours"})
