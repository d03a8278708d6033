"""The lines and points of a process behaviour chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .palette import COMMON, FILL, INK, MARKERS, MUTED, PAPER, TONES
from .time_axis import with_gaps

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = "x"
"""Marker, at the foot of the chart, of a period that has no figure."""


def draw_series(axes: Axes, points: pd.DataFrame, size: float = 5.0) -> None:
    """Draw limits, mean or median, target as steps, the line broken at gaps, and the points.

    Parameters
    ----------
    points : in time order; the line breaks where a value or a whole period is missing. ``elsewhere``,
        where there, is a comparison, dotted in grey.
    size : of a marker of common cause, in pixels; special ones are larger.
    """
    known = points[points["mean"].notna()] if "mean" in points else points.iloc[:0]
    phases = known["phase"] if "phase" in known else pd.Series(0, index=known.index)
    for _, part in known.groupby(phases, sort=False):
        _limits(axes, part)
    if "target" in points and points["target"].notna().any():
        turns = points[_turns(points["target"])]
        axes.step(turns["period"], turns["target"], where="post", color=INK, linewidth=1.5, dashes=(6, 3))
    if "elsewhere" in points:
        axes.plot(points["period"], points["elsewhere"], color=COMMON, linewidth=1.6, dashes=(1, 1.2))
    line = with_gaps(points)
    axes.plot(line["period"], line["value"], color=COMMON, linewidth=1.4)
    there = points[points["value"].notna()]
    for signal, part in there.groupby(there["signal"].fillna("common_cause"), sort=True):
        axes.plot(
            part["period"],
            part["value"],
            MARKERS.get(str(signal), "o"),
            color=TONES.get(str(signal), COMMON),
            markersize=size + (0 if signal == "common_cause" else 1.8),
            markeredgecolor=PAPER,
            markeredgewidth=0.5,
        )


def draw_gaps(axes: Axes, points: pd.DataFrame, size: float = 4.5) -> None:
    """Mark at the foot of the chart each period that has no figure."""
    gaps = gaps_of(points)
    if len(gaps):
        axes.plot(
            gaps,
            np.full(len(gaps), 0.025),
            GAP,
            color=MUTED,
            markersize=size,
            markeredgewidth=1.2,
            transform=axes.get_xaxis_transform(),
        )


def gaps_of(points: pd.DataFrame) -> pd.Series[Any]:
    """Return the periods that have no figure.

    >>> gaps_of(pd.DataFrame({"period": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-04-01"]),
    ...                       "value": [1.0, float("nan"), 2.0]})).dt.month.tolist()
    [2, 3]
    """
    line = with_gaps(points)
    return line.loc[line["value"].isna(), "period"]


def value_limits(points: pd.DataFrame) -> tuple[float, float]:
    """Return the lowest and highest figure to be drawn, with room around them.

    >>> value_limits(pd.DataFrame({"value": [10.0, 20.0], "target": [30.0, 30.0]}))
    (8.0, 32.0)
    """
    names = [name for name in ("value", "mean", "lower", "upper", "target", "elsewhere") if name in points]
    known = points[names].to_numpy(dtype="float64", na_value=np.nan)
    known = known[np.isfinite(known)]
    if not len(known):
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    room = 0.1 * (high - low) or max(abs(high) * 0.1, 1.0)
    return low - room, high + room


def _limits(axes: Axes, part: pd.DataFrame) -> None:
    """Draw mean and limits of one phase; where they are constant two points are enough."""
    names = [name for name in ("mean", "lower", "upper") if name in part]
    kept = np.logical_or.reduce([_turns(part[name]) for name in names])
    part = part[kept]
    if "lower" in part and part["lower"].notna().any():
        axes.fill_between(part["period"], part["lower"], part["upper"], color=FILL, linewidth=0)
        for edge in ("lower", "upper"):
            axes.plot(part["period"], part[edge], color=MUTED, linewidth=0.8, dashes=(2, 3))
    axes.plot(part["period"], part["mean"], color=MUTED, linewidth=1.0)


def _turns(column: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which entries a line needs: the first and last, and those that differ from a neighbour.

    >>> _turns(pd.Series([1.0, 1.0, 1.0, 2.0, 2.0])).tolist()
    [True, False, True, True, True]
    """
    values = column.to_numpy(dtype="float64", na_value=np.nan)
    new = np.ones(len(values) + 1, dtype=bool)
    same = (values[1:] == values[:-1]) | (np.isnan(values[1:]) & np.isnan(values[:-1]))
    new[1:-1] = ~same
    kept: np.ndarray[Any, np.dtype[np.bool_]] = new[:-1] | new[1:]
    return kept
