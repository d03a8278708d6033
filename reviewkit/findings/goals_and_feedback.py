"""Goals on file and feedback given: whether they are such that people can work with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from reviewkit.performance import wilson

_NUMBER = re.compile(r"\d")
LETTERS = {
    "specific": "Specific",
    "measurable": "Measurable",
    "relevant": "Relevant",
    "time_bound": "Time-bound",
}
LATE_DAYS = 7


def goal_quality(goals: pd.DataFrame, measures: Iterable[str], as_of: dt.date) -> pd.DataFrame:
    """Return each goal with the letters of SMART it meets, by what is written down.

    *Specific*: its words name a figure, or the goal a measure. *Measurable*: a figure to
    reach is on file. *Relevant*: it names a measure of the
    engagement. *Time-bound*: a date, not long past. Whether it is achievable takes the record
    of that measure, and is judged for actions in the plan.

    Parameters
    ----------
    goals : ``goal_id, owner, department, level, text, measure, target, due``.
    measures : ids of the engagement's measures.
    as_of : date up to which data reach; a date more than a year before it is past.

    Returns
    -------
    ``goal_id, owner, department, level, text``, one column of truths a letter, and ``smart``.

    Examples
    --------
    >>> goals = pd.DataFrame({"goal_id": ["g1", "g2"], "owner": "p", "department": "d", "level": "team_lead",
    ...     "text": ["Improve service", "Answer 80% in time by June"], "measure": [None, "service_level"],
    ...     "target": [None, 80.0], "due": pd.to_datetime([None, "2025-06-30"])})
    >>> goal_quality(goals, ["service_level"], dt.date(2025, 1, 31))["smart"].tolist()
    [False, True]
    """
    text = goals["text"].fillna("")
    figure = text.map(lambda words: bool(_NUMBER.search(words))).astype(bool)
    table = goals[["goal_id", "owner", "department", "level", "text"]].copy()
    table["specific"] = figure | goals["measure"].notna()
    table["measurable"] = goals["target"].notna()
    table["relevant"] = goals["measure"].isin(list(measures))
    due = pd.to_datetime(goals["due"])
    table["time_bound"] = due.notna() & (due >= pd.Timestamp(as_of) - pd.Timedelta(days=365))
    table["smart"] = table[list(LETTERS)].all(axis=1)
    return table


def goal_summary(quality: pd.DataFrame) -> pd.DataFrame:
    """Return ``letter, met, goals, share, lower, upper`` (95 %, 0 to 1) a letter and for all of them."""
    rows: list[dict[str, Any]] = []
    for name, title in {**LETTERS, "smart": "All of these"}.items():
        met, number = int(quality[name].sum()), len(quality)
        lower, upper = wilson(met / number, number) if number else (float("nan"), float("nan"))
        share = met / number if number else float("nan")
        rows.append(
            {"letter": title, "met": met, "goals": number, "share": share, "lower": lower, "upper": upper}
        )
    return pd.DataFrame(rows)


def feedback_summary(given: pd.DataFrame) -> dict[str, float]:
    """Return cadence, balance, specificity and timeliness of the feedback on file.

    Returns
    -------
    ``pieces, givers, receivers, months``; ``per_receiver_month`` (pieces); ``praise``,
    ``specific``, ``timely`` (within seven days) as shares 0 to 1 of those that say;
    ``days`` (median days after the act).

    Examples
    --------
    >>> given = pd.DataFrame({"at": pd.to_datetime(["2025-01-01", "2025-01-31"]), "giver": "m",
    ...     "receiver": ["a", "b"], "kind": ["praise", "correction"], "specific": [True, False],
    ...     "days_after": [1, 21]})
    >>> feedback_summary(given)["timely"]
    0.5
    """
    at = pd.to_datetime(given["at"])
    months = max(((at.max() - at.min()).days + 1) / 30.44, 1.0)
    receivers = given["receiver"].nunique()
    days = given["days_after"].dropna().astype("float64")
    return {
        "pieces": float(len(given)),
        "givers": float(given["giver"].nunique()),
        "receivers": float(receivers),
        "months": float(months),
        "per_receiver_month": len(given) / receivers / months if receivers else float("nan"),
        "praise": _share(given["kind"].dropna() == "praise"),
        "specific": _share(given["specific"].dropna().astype(bool)),
        "timely": _share(days <= LATE_DAYS),
        "days": float(days.median()) if len(days) else float("nan"),
    }


def _share(truths: pd.Series[Any]) -> float:
    return float(truths.mean()) if len(truths) else float("nan")
