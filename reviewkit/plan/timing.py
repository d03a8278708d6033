"""Is an action on time, and when can its measure be judged?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from .after import FEWEST

DONE = 80
"""Per cent reported from which an action counts as done: the rest is tidying up."""
BEHIND = 20
"""Percentage points by which the work may trail the time gone before it is called behind."""
SILENT = pd.Timedelta(days=62)
"""Time without a report from which that is said."""
TIMING_WORDS: Mapping[str, str] = {
    "late": "late: due and not done",
    "behind": "behind: less done than time gone",
    "no_report": "no report for two months",
    "on_time": "on time",
    "done": "done",
    "not_started": "not begun",
    "undated": "without dates",
    "draft": "proposed",
}


def timing(action: Mapping[str, Any], report: pd.DataFrame, as_of: pd.Timestamp) -> str:
    """Return how an action stands in time: a key of ``TIMING_WORDS``.

    Parameters
    ----------
    action : ``agreed, starts, due``. report : its rows of evidence table ``progress``.

    Examples
    --------
    >>> action = {"agreed": True, "starts": pd.Timestamp("2025-01-01"), "due": pd.Timestamp("2025-12-31")}
    >>> said = pd.DataFrame({"at": [pd.Timestamp("2025-07-01")], "percent_done": [20.0]})
    >>> timing(action, said, pd.Timestamp("2025-07-31")), timing(action, said, pd.Timestamp("2026-01-31"))
    ('behind', 'late')
    """
    starts, due = action["starts"], action["due"]
    if not action["agreed"]:
        return "draft"
    known = report.dropna(subset=["percent_done"]).sort_values("at")
    done = float(known["percent_done"].iloc[-1]) if len(known) else 0.0
    if done >= DONE:
        return "done"
    if pd.isna(starts) or pd.isna(due) or due < starts:
        return "undated"
    if due <= as_of:
        return "late"
    if starts > as_of:
        return "not_started"
    heard = max(known["at"].iloc[-1], starts) if len(known) else starts
    if as_of - heard > SILENT:
        return "no_report"
    gone = 100 * ((heard - starts) / (due - starts)) if due > starts else 0.0
    return "behind" if len(known) and done < gone - BEHIND else "on_time"


def judged_from(starts: pd.Timestamp, period: str, as_of: pd.Timestamp) -> pd.Timestamp:
    """Return the first day on which there are figures enough since a start.

    >>> str(judged_from(pd.Timestamp("2025-07-07"), "month", pd.Timestamp("2025-08-31")).date())
    '2025-11-01'
    >>> str(judged_from(pd.Timestamp("2025-07-07"), "week", pd.Timestamp("2025-07-31")).date())
    '2025-08-18'
    """
    if pd.isna(starts):
        return pd.NaT
    if period == "week":
        first = starts + pd.Timedelta(days=-starts.weekday() % 7)
        day = first + pd.Timedelta(weeks=FEWEST["week"])
    else:
        first = starts if starts.day == 1 else starts + pd.offsets.MonthBegin(1)
        day = first + pd.DateOffset(months=FEWEST["month"])
    # Figures come later than they should.
    later = as_of + (pd.Timedelta(weeks=1) if period == "week" else pd.offsets.MonthBegin(1))
    return pd.Timestamp(day if day > as_of else later)


def next_check(stages: pd.DataFrame, action: Mapping[str, Any], as_of: pd.Timestamp) -> pd.Timestamp:
    """Return when to look at an action again: its next camp, its end, else in a month."""
    dates = list(stages["due"]) if len(stages) else []
    coming = [date for date in [*sorted(dates), action["due"]] if pd.notna(date) and date > as_of]
    return pd.Timestamp(coming[0]) if coming else as_of + pd.Timedelta(days=30)


def share_done(report: pd.DataFrame) -> float:
    """Return the per cent last reported; missing where none was."""
    known = report.dropna(subset=["percent_done"]).sort_values("at")
    return float(known["percent_done"].iloc[-1]) if len(known) else np.nan
