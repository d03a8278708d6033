"""Dates along the foot of a chart, and the periods that have no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from reviewkit.performance import missing_periods

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def time_axis(axes: Axes, periods: pd.Series[Any], most: int = 5) -> None:
    """Write dates along the horizontal axis, years alone where that is enough."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    if not pd.api.types.is_datetime64_any_dtype(periods):
        return
    locator = AutoDateLocator(minticks=2, maxticks=most)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(
            locator,
            formats=["%Y", "%b %y", "%d %b", "%H:%M", "%H:%M", ""],
            show_offset=False,
            zero_formats=["", "%b %Y", "%d %b", "%d %b", "%H:%M", ""],
        )
    )


def with_gaps(points: pd.DataFrame) -> pd.DataFrame:
    """Return the points with an empty row for each period that is missing, so that lines break there.

    >>> points = pd.DataFrame({"period": pd.to_datetime(["2025-01-01", "2025-03-01"]), "value": [1.0, 2.0]})
    >>> with_gaps(points)["value"].isna().tolist()
    [False, True, False]
    """
    absent = _absent(points["period"])
    if not absent:
        return points
    empty = pd.DataFrame({"period": pd.Series(absent, dtype=points["period"].dtype)})
    joined = pd.concat([points, empty], ignore_index=True)
    return joined.sort_values("period", kind="stable").reset_index(drop=True)


def _absent(period: pd.Series[Any]) -> list[pd.Timestamp]:
    """Return the periods without a row; none where periods follow neither months nor weeks."""
    if not pd.api.types.is_datetime64_any_dtype(period) or len(period) < 2:
        return []
    dates = pd.DatetimeIndex(period)
    monthly = bool((dates.day == 1).all())
    first, last = dates.min(), dates.max()
    if not monthly and bool(((dates - first).days % 7 != 0).any()):
        return []
    months, weeks = 12 * (last.year - first.year) + last.month - first.month, (last - first).days // 7
    if len(dates) == 1 + (months if monthly else weeks):
        return []
    absent = missing_periods(period)
    # Fewer there than absent: counted by quarter, say.
    return absent if len(absent) < len(period) else []
