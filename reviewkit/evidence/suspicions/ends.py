"""Where the data end: beyond the date they are said to reach, before it, or within a period."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Engagement

from .calendar import EVENTS, Cadence, named, number, sizes, start
from .suspicion import Suspicion, Tables

HAPPENED = {
    "contacts": "at",
    "kpis": "period",
    "resources": "period",
    "leads": "at",
    "journey": "at",
    "outcomes": "at",
    "customer_feedback": "at",
    "feedback_given": "at",
}
"""Tables of what has happened, and the column that dates it; plans and interviews may be later."""
BEFORE, FEW, LATE = 6, 2 / 3, 2
CHANCE = 3
"""Standard deviations (Poisson's: the root of what is usual) that a count of events may fall short."""


def future(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find dates of what happened that are later than ``data_as_of``."""
    found = []
    beyond = pd.Timestamp(engagement.data_as_of) + pd.Timedelta(days=1)
    for name, column in HAPPENED.items():
        if name not in tables:
            continue
        dates = tables[name][column]
        later = (dates >= beyond).fillna(False)
        if later.any():
            found.append(
                Suspicion(
                    "future",
                    name,
                    f"{int(later.sum()):,} of {len(dates):,} rows are later than data_as_of "
                    f"({engagement.data_as_of}), the last of {dates.max():%Y-%m-%d}",
                    "day and month may be exchanged, a year mistyped, or data_as_of be an earlier extract's",
                    "Mend the dates, or data_as_of in the params file.",
                    column=column,
                    count=int(later.sum()),
                    row=int(dates.index[later][0]),
                )
            )
    return found


def incomplete_last(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find tables of which the last period is under two thirds of the usual size.

    Usual is the median of the six periods before; of single events it must be three standard deviations
    short, too. A period that ``data_as_of`` cuts short is left
    out by the measures themselves and is not told.
    """
    found = []
    for name, frame in tables.items():
        sized = sizes(name, frame, engagement) if name != "outcomes" else None
        if sized is None:
            continue
        part, cadence = sized
        part = part[part["period"] <= _whole(engagement, cadence)]
        totals = part.groupby("period")["size"].sum().sort_index()
        if len(totals) <= BEFORE:
            continue
        usual, last = float(totals.iloc[-BEFORE - 1 : -1].median()), float(totals.iloc[-1])
        by_chance = usual - CHANCE * usual**0.5 if name in EVENTS else usual
        if last < min(FEW * usual, by_chance, totals.iloc[-BEFORE - 1 : -1].min()):
            at = int(totals.index[-1])
            found.append(
                Suspicion(
                    "incomplete_last",
                    name,
                    f"the last {cadence}, {named(at, cadence)}, has {last:,.0f} where {usual:,.0f} is usual",
                    "it was exported before the period was over, or sites have still to report",
                    "Export it again, or set data_as_of to the end of the period before.",
                    column=HAPPENED[name],
                    count=1,
                    row=int(part.loc[part["period"] == at, "row"].iloc[0]),
                )
            )
    return found


def ends_early(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find tables that end two periods or more before ``data_as_of``."""
    found = []
    for name, column in HAPPENED.items():
        sized = sizes(name, tables[name], engagement) if name in tables else None
        if sized is None:
            continue
        dates, cadence = tables[name][column], sized[1]
        last = int(number(dates.dropna(), cadence).max())
        behind = _whole(engagement, cadence) - last
        if behind >= LATE:
            found.append(
                Suspicion(
                    "ends_early",
                    name,
                    f"the last {cadence} is {named(last, cadence)}, {behind} {cadence}s before data_as_of "
                    f"({engagement.data_as_of}) allows",
                    "a part of the extract is missing, or data_as_of is later than this table",
                    "Ask for the rest, or set data_as_of to what all tables reach.",
                    column=column,
                    count=behind,
                    row=int(dates.argmax()),
                )
            )
    return found


def _whole(engagement: Engagement, cadence: Cadence) -> int:
    """The last period that is over by ``data_as_of``."""
    day = pd.Series([pd.Timestamp(engagement.data_as_of)])
    current = int(number(day, cadence).iloc[0])
    over = start(current + 1, cadence) <= day.iloc[0] + pd.Timedelta(days=1)
    return current if over else current - 1
