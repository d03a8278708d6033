"""The agreed scope judged: what is over budget, what in the timetable cannot be, what is still open."""

from __future__ import annotations

import pandas as pd

from .wording import day_words, filled

SUMS = ("days_budgeted", "days_used", "cost_budgeted", "cost_used")


def budget_lines(budget: pd.DataFrame) -> pd.DataFrame:
    """Return the items of a budget with what is left of each.

    Parameters
    ----------
    budget : items of kind ``budget`` of evidence table ``scope``: ``text`` and ``SUMS``.

    Returns
    -------
    The items and ``days_left, cost_left`` (negative where more was used than budgeted; missing
    where either is not on file) and ``over`` (days, cost, both or "").

    Examples
    --------
    >>> item = {"days_budgeted": 6, "days_used": 5, "cost_budgeted": 4800, "cost_used": 4950}
    >>> budget_lines(pd.DataFrame([item]))[["days_left", "cost_left", "over"]].values.tolist()
    [[1, -150, 'cost']]
    """
    table = budget.assign(
        days_left=budget["days_budgeted"] - budget["days_used"],
        cost_left=budget["cost_budgeted"] - budget["cost_used"],
    )
    words = {(True, True): "both", (True, False): "days", (False, True): "cost", (False, False): ""}
    days, cost = table["days_left"].lt(0), table["cost_left"].lt(0)
    pairs = zip(days.fillna(False), cost.fillna(False), strict=True)
    return table.assign(over=[words[bool(a), bool(b)] for a, b in pairs])


def timetable_faults(milestones: pd.DataFrame) -> list[str]:
    """Return what in a timetable cannot be, or needs a second look; in the order of its items.

    Parameters
    ----------
    milestones : items of kind ``milestone`` of evidence table ``scope``: ``text, starts, due,
        status``.

    Examples
    --------
    >>> rows = [{"text": "Interviews", "starts": "2025-09-19", "due": "2025-09-05", "status": "open"},
    ...         {"text": "Plan", "starts": None, "due": None, "status": "open"}]
    >>> for fault in timetable_faults(pd.DataFrame(rows)):
    ...     print(fault)
    Interviews ends on 5 September 2025, before it starts on 19 September 2025.
    Plan has no date.
    """
    kept = milestones[milestones["status"].ne("dropped").fillna(True)]
    starts, due = pd.to_datetime(kept["starts"]), pd.to_datetime(kept["due"])
    done = kept["status"].eq("done").fillna(False)
    last_done = due[done].max()
    told = []
    for text, begins, ends, over in zip(kept["text"], starts, due, done, strict=True):
        if pd.isna(ends):
            told += [] if over else [f"{text} has no date."]
        elif pd.notna(begins) and begins > ends:
            told.append(f"{text} ends on {day_words(ends)}, before it starts on {day_words(begins)}.")
        elif not over and pd.notna(last_done) and ends < last_done:
            told.append(f"{text} was due on {day_words(ends)} and is open, though later milestones are done.")
    return told


def missing_parts(scope: pd.DataFrame) -> list[str]:
    """Return which parts of a scope nothing has been written down for, in the words of a page.

    >>> missing_parts(pd.DataFrame({"kind": ["question_in", "budget", "agreement"]}))
    ['what is left out', 'a timetable', 'assumptions', 'the data requested']
    """
    parts = {
        "question_in": "questions to answer",
        "question_out": "what is left out",
        "milestone": "a timetable",
        "budget": "a budget of days and costs",
        "assumption": "assumptions",
        "data_request": "the data requested",
        "agreement": "who agreed to it",
    }
    return [words for kind, words in parts.items() if not scope["kind"].eq(kind).any()]


def requests_late(requests: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series[bool]:
    """Return which data requests are open past their date, judged on a day.

    >>> asked = pd.DataFrame({"status": ["open", "done"], "due": ["2025-09-01", "2025-09-01"]})
    >>> requests_late(asked, pd.Timestamp("2025-09-05")).tolist()
    [True, False]
    """
    return requests["status"].eq("open").fillna(False) & pd.to_datetime(requests["due"]).lt(as_of)


def last_day_on_file(data_as_of: object, *dates: pd.Series) -> pd.Timestamp:
    """Return the latest day anything in the review is dated: the day it is judged on.

    The clock is not asked, so that a run of the same evidence says the same on any day.

    >>> str(last_day_on_file("2025-08-31", pd.Series(pd.to_datetime(["2025-09-05", None]))).date())
    '2025-09-05'
    """
    days = [pd.Timestamp(str(data_as_of)), *(pd.to_datetime(part).max() for part in dates)]
    return max(day for day in days if pd.notna(day))


def agreed(agreements: pd.DataFrame) -> tuple[str, str]:
    """Return by which role and on which day the scope was last agreed; "" where it was not, or is unknown.

    >>> agreed(pd.DataFrame({"status": ["agreed"], "role": ["Director"], "due": ["2025-09-04"]}))
    ('Director', '4 September 2025')
    """
    found = agreements[agreements["status"].isin(["agreed", "done"]).fillna(False)]
    if found.empty:
        return "", ""
    last = found.assign(day=pd.to_datetime(found["due"])).sort_values("day", na_position="first").iloc[-1]
    who = str(last["role"]) if filled(last["role"]) else "somebody whose role is not on file"
    return who, day_words(last["day"]) if pd.notna(last["day"]) else ""
