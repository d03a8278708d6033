"""Is an action on time, and when can its measure be judged?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from .after import FEWEST

DONE = 80
"""Per cent reported from which an action is nearly done: its measure is judged as if it were."""
ALL = 100
"""Per cent reported at which an action is done."""
BEHIND = 10
"""Percentage points by which the work may trail the time gone before it is called behind."""
SILENT = pd.Timedelta(days=62)
"""Time without a report from which that is said."""
TIMING_WORDS: Mapping[str, str] = {
    "late": "late: due and not done",
    "behind": "behind: less done than time gone",
    "no_report": "no report for two months",
    "on_time": "on time",
    "nearly_done": "nearly done",
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
        return "done" if done >= ALL else "nearly_done"
    if pd.isna(starts) or pd.isna(due) or due < starts:
        return "undated"
    if due <= as_of:
        return "late"
    if starts > as_of:
        return "not_started"
    heard = max(known["at"].iloc[-1], starts) if len(known) else starts
    if as_of - heard > SILENT:
        return "no_report"
    gone = time_gone(action, heard)
    return "behind" if len(known) and done < gone - BEHIND else "on_time"


def time_gone(action: Mapping[str, Any], at: pd.Timestamp) -> float:
    """Return how much of an action's time had gone on a day, in per cent; missing without its dates.

    >>> action = {"starts": pd.Timestamp("2025-01-01"), "due": pd.Timestamp("2025-04-11")}
    >>> time_gone(action, pd.Timestamp("2025-01-26"))
    25.0
    """
    starts, due = action["starts"], action["due"]
    if pd.isna(starts) or pd.isna(due) or pd.isna(at) or due <= starts:
        return np.nan
    return float(np.clip(100 * ((at - starts) / (due - starts)), 0.0, 100.0))


def heard_last(report: pd.DataFrame) -> Any:
    """Return the day of the last report of how much is done; missing where there is none."""
    known = report.dropna(subset=["percent_done"])
    return pd.Timestamp(known["at"].max()) if len(known) else pd.NaT


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
    """Return when to look at an action again: its next camp, its end, else in a month.

    Reckoned from the day the data end, so that the same data give the same date.
    """
    dates = list(stages["due"]) if len(stages) else []
    after = max(as_of, action["starts"]) if pd.notna(action["starts"]) else as_of
    coming = [date for date in [*sorted(dates), action["due"]] if pd.notna(date) and date > after]
    return pd.Timestamp(coming[0]) if coming else as_of + pd.Timedelta(days=30)


def share_done(report: pd.DataFrame) -> float:
    """Return the per cent last reported; missing where none was."""
    known = report.dropna(subset=["percent_done"]).sort_values("at")
    return float(known["percent_done"].iloc[-1]) if len(known) else np.nan
