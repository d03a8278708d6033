"""What is not in a series: periods left out, and periods without a row."""

from __future__ import annotations

from typing import Any

import pandas as pd

IMPOSSIBLE = "infinite, of a denominator below 0, or outside the measure's bounds"


def notes(frame: pd.DataFrame, *, unit: str = "unit") -> list[str]:
    """Say what :func:`series` left out, and which periods have no row.

    >>> frame = pd.DataFrame({"period": pd.to_datetime(["2025-01-01", "2025-03-01"]), "value": [1, 2]})
    >>> notes(frame)
    ['1 period is missing: 2025-02.']
    """
    said = []
    left_out, partial = frame.attrs.get("left_out", 0), frame.attrs.get("partial", "")
    if left_out:
        said.append(
            f"{left_out} {unit}-period{'s' if left_out > 1 else ''} with nothing to divide by left out."
        )
    impossible = frame.attrs.get("impossible", 0)
    if impossible:
        several = "s" if impossible > 1 else ""
        said.append(
            f"{impossible} {unit}-period{several} left out for a figure that cannot be: {IMPOSSIBLE}."
        )
    if partial:
        said.append(f"The period from {partial} is not complete and is left out.")
    gaps = [f"{gap:%Y-%m}" for gap in missing_periods(frame["period"])]
    if gaps:
        listed = ", ".join(gaps[:6]) + (" and others" if len(gaps) > 6 else "")
        said.append(f"{len(gaps)} period{'s are' if len(gaps) > 1 else ' is'} missing: {listed}.")
    return said


def missing_periods(period: pd.Series[Any]) -> list[pd.Timestamp]:
    """Return the months (or weeks) between first and last that have no row.

    >>> missing_periods(pd.Series(pd.to_datetime(["2025-01-01", "2025-03-01"])))
    [Timestamp('2025-02-01 00:00:00')]
    """
    dates = pd.DatetimeIndex(pd.to_datetime(period)).unique().sort_values()
    if len(dates) < 2:
        return []
    monthly = bool((dates.day == 1).all())
    every = pd.date_range(dates[0], dates[-1], freq="MS" if monthly else "7D")
    return list(every.difference(dates))
