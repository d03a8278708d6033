"""Process behaviour (XmR) charts and run charts of one series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from reviewkit.performance import bare

from .chart import Chart
from .display import Display
from .layout import LINE, margins, text_width
from .svg import NARROW, drawing, figure, quiet, value_axis
from .time_axis import time_axis
from .xmr_labels import SMALL, draw_end_labels, draw_target_steps, end_labels
from .xmr_marks import Mark, draw_marks, lane_count, marks_of
from .xmr_series import draw_gaps, draw_series, value_limits
from .xmr_words import FIGURES, data_of, description, remarks, shapes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_time_axis = time_axis
"""The name by which other charts know it."""
PLOT, FOOT = 190, 24
"""Height of the plot itself and of the dates below it, in pixels."""
LEAD = 18
"""Length of the lines that lead to the labels at the end, in pixels."""


def xmr_chart(
    points: pd.DataFrame,
    display: Display,
    *,
    title: str,
    subtitle: str = "",
    source: str = "",
    annotations: pd.DataFrame | None = None,
    key: str,
) -> Chart:
    """Draw one series with mean, limits and target; special points differ in shape and colour.

    Parameters
    ----------
    points : one row a point in time order: ``period``, ``value``, ``mean``, ``lower``, ``upper``,
        ``signal``; where there, ``phase`` breaks the limits, ``rebased`` says why, ``target`` is drawn
        as steps, ``chart`` is ``run`` where ``mean`` holds a median without limits, and ``seasonal``
        is true where limits follow the time of year.
    display : what the measure is called, its unit, decimals and words, as tables show it too.
    title : the finding.
    annotations : local knowledge, ``at`` (or ``from``) and ``text``: numbered lines, told below.

    Examples
    --------
    >>> from reviewkit.model import Measure
    >>> from reviewkit.performance import xmr
    >>> wait = Measure(id="w", name="Wait", unit="days", direction="decrease", table="kpis",
    ...                numerator="sum(value)", decimals=0)
    >>> months = pd.date_range("2024-01-01", periods=14, freq="MS")
    >>> frame = pd.DataFrame({"period": months, "value": [5, 6, 5, 4, 6, 5, 4, 5, 6, 5, 4, 5, 6, 20]})
    >>> chart = xmr_chart(xmr(frame, direction="decrease"), Display(wait), title="It jumped", key="w")
    >>> "worsening (higher), February 2025, a point outside the limits." in chart.alt
    True
    """
    points = bare(points.reset_index(drop=True))
    marks = marks_of(points, annotations, display)
    with drawing():
        drawn = _drawn(points, display, marks)
    told = tuple(mark.text for mark in marks)
    marked = "; ".join(f"{number}: {text}" for number, text in enumerate(told, start=1))
    return Chart(
        drawn,
        title=title,
        subtitle=" ".join(part for part in (subtitle, remarks(points, display)) if part),
        source=source,
        alt=description(points, display, title, f"Marked: {marked}." if marked else ""),
        data=data_of(points, display),
        key=key,
        notes=told,
        opens="end",
        keys=shapes_of(points, display),
        formats=dict.fromkeys(FIGURES, lambda value: display.figure(value, short=True)),
    )


def _drawn(points: pd.DataFrame, display: Display, marks: list[Mark]) -> Figure:
    """Return the drawing; every margin is as wide as the words that stand in it."""
    labels = end_labels(points, display)
    drawn = figure(PLOT + FOOT, NARROW, layout=None)
    axes = drawn.add_axes((0, 0, 1, 1))
    quiet(axes)
    draw_series(axes, points, _size(points))
    draw_gaps(axes, points)
    axes.set_ylim(*value_limits(points))
    _room(axes, points)
    time_axis(axes, points["period"])
    # Dates stand clear of a figure at the very foot of the other axis.
    axes.tick_params(axis="x", pad=6)
    value_axis(axes.yaxis, display.unit, currency=display.currency)
    widths = [LEAD + text_width(text, SMALL, bold=bold) for _, text, _, bold in labels]
    left, right = margins(axes, NARROW, max(widths, default=0.0))
    wide = NARROW - left - right
    places = [left + wide * _share(axes, mark.at) for mark in marks]
    height = PLOT + FOOT + 8 + lane_count(places) * LINE
    drawn.set_size_inches(NARROW / 72, height / 72)
    axes.set_position((left / NARROW, FOOT / height, wide / NARROW, PLOT / height))
    draw_marks(axes, marks, places)
    draw_end_labels(axes, labels, PLOT)
    draw_target_steps(axes, points, display, [mark.at for mark in marks])
    return drawn


def _size(points: pd.DataFrame) -> float:
    """Return the size of a marker: smaller where points stand close."""
    return min(5.2, max(3.2, 500 / max(len(points), 1)))


def _room(axes: Axes, points: pd.DataFrame) -> None:
    """Leave room of a point's width at both ends."""
    if len(points):
        low, high = axes.convert_xunits(points["period"].iloc[[0, -1]])
        edge = max((float(high) - float(low)) * 0.015, 0.5)
        axes.set_xlim(float(low) - edge, float(high) + edge)


def _share(axes: Axes, at: Any) -> float:
    low, high = axes.get_xlim()
    return (float(axes.convert_xunits(at)) - low) / (high - low)
