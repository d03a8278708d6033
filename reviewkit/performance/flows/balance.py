"""Whether counts of customers agree with one another: Little's law."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .stay import mean_stay

AGREES = 0.2
"""How far the caseload may lie from rate times time before it is said to disagree."""


def caseload_check(flow: pd.DataFrame, counts: pd.DataFrame) -> dict[str, Any] | None:
    """Return the caseload beside what the rate of coming on and the time in service make of it.

    Where customers come on at a steady rate, as many are on as come in a day times the days they stay
    (Little 1961, A proof for the queuing formula L = lambda W). Of a log that began empty ``T`` days ago it
    is the mean stay within the first ``T`` days. A disagreement points to a rate that changed, or to
    missing first or last events.

    Parameters
    ----------
    flow : as :func:`reviewkit.performance.flow` returns it, of one unit.
    counts : as :func:`reviewkit.performance.duration_counts` returns them, of the same unit.

    Returns
    -------
    ``caseload`` (the last that can be read), ``expected, rate`` (customers a day), ``days`` (mean stay),
    ``ratio``, ``agrees``; none where no caseload can be read.

    Examples
    --------
    >>> months = pd.date_range("2025-01-01", periods=3, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "on_flow": [31, 28, 31], "caseload": [10, 10, 10],
    ...                      "settled": True})
    >>> counts = pd.DataFrame({"days": [10], "closed": [True], "customers": [90]})
    >>> caseload_check(flow, counts)["expected"]
    10.0
    """
    rows = flow[flow["settled"].astype(bool)] if len(flow) else flow
    if rows.empty or counts.empty:
        return None
    until = rows["period"].iloc[-1] + pd.offsets.MonthEnd(1)
    seen = flow[flow["period"] <= until]
    days = int((until - seen["period"].iloc[0]).days) + 1
    rate, stay = float(seen["on_flow"].sum()) / days, mean_stay(counts, days)
    caseload, expected = int(rows["caseload"].iloc[-1]), rate * stay
    ratio = caseload / expected if expected else float("nan")
    return {
        "caseload": caseload, "expected": expected, "rate": rate, "days": stay, "ratio": ratio,
        "agrees": abs(ratio - 1) <= AGREES,
    }  # fmt: skip
