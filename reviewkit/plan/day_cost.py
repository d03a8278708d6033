"""What a working day costs, from the client's own figures, and which returns do not cover their days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .joint_return import rounded

PERIODS = 12
WORKING = 5 / 7
HOURS = 7.5
"""Hours of a working day, where a day's cost is told as an hour's."""


def cost_of_a_day(resources: pd.DataFrame) -> float:
    """Return what one person's working day costs: all cost over all staff in post, twelve periods.

    Parameters
    ----------
    resources : evidence table: ``period, fte, cost``; the last twelve periods count, and rows that
        lack one of the three are left out.

    Returns
    -------
    Money of the engagement's currency, to two significant figures; missing where there are not two
    periods with both.

    Examples
    --------
    >>> months = pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"])
    >>> cost_of_a_day(pd.DataFrame({"period": months, "fte": 10.0, "cost": 42_000.0}))
    200.0
    """
    known = resources.dropna(subset=["period", "fte", "cost"])
    known = known[known["fte"].gt(0) & known["cost"].gt(0)]
    periods = known["period"].drop_duplicates().sort_values()
    if len(periods) < 2:
        return float("nan")
    length = periods.diff().dt.days.median()
    recent = known[known["period"].isin(periods.tail(PERIODS))]
    return rounded(float(recent["cost"].sum() / (recent["fte"].sum() * length * WORKING)))


def not_covered(table: pd.DataFrame, day: float) -> list[str]:
    """Return the titles of recommendations whose return, at best, is less than what their days cost.

    >>> rows = pd.DataFrame({"title": ["A", "B", "C"], "days": [10.0, 10.0, 10.0],
    ...                      "return_high": [500.0, 5000.0, float("nan")]})
    >>> not_covered(rows, 200.0), not_covered(rows, float("nan"))
    (['A'], [])
    """
    if np.isnan(day):
        return []
    return table.loc[table["return_high"].lt(table["days"] * day), "title"].tolist()
