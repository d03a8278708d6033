"""Units by size and rate inside their limits."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from .chart import Chart
from .palette import COMMON, CONCERN, MUTED, PAPER
from .rows import shown_data
from .svg import drawing, figure, quiet, value_axis
from .words import sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def funnel_chart(
    frame: pd.DataFrame,
    *,
    label: str = "site",
    value: str = "rate",
    denominator: str = "denominator",
    outlier: str = "outlier",
    title: str,
    subtitle: str = "",
    source: str = "",
    unit: str = "percent",
    decimals: int | None = None,
    most_labels: int = 6,
    alt: str = "",
    key: str,
) -> Chart:
    """Draw units by size and rate inside their 95 % and 99.8 % limits; outliers are named.

    ``frame`` has one row a unit with ``lower95, upper95, lower998, upper998`` in the value's scale.
    """
    ordered = frame.sort_values(denominator)
    out = ordered[ordered[outlier].fillna(False).astype(bool)]
    with drawing():
        drawn = figure(270)
        axes = drawn.subplots()
        quiet(axes)
        _limits(axes, ordered, denominator)
        axes.plot(
            ordered[denominator], ordered[value], "o", color=COMMON, markersize=4.5, markeredgecolor=PAPER
        )
        axes.plot(out[denominator], out[value], "^", color=CONCERN, markersize=7.5, markeredgecolor=PAPER)
        far = out.assign(_far=(out[value] - ordered[value].median()).abs()).nlargest(most_labels, "_far")
        for row in far.to_dict("records"):
            axes.annotate(
                textwrap.shorten(str(row[label]), 26, placeholder="…"),
                (row[denominator], row[value]),
                xytext=(6, 4),
                textcoords="offset points",
                fontsize=9.5,
            )
        value_axis(axes.yaxis, unit)
        value_axis(axes.xaxis, "count", 4)
        axes.set_xlabel("Size (what the rate is counted out of)", fontsize=9.5, loc="left")
    message = (
        alt or f"Funnel chart of {len(frame)} units. {sentence(title)} {len(out)} lie outside the limits."
    )
    data = shown_data(
        ordered,
        {
            label: "",
            denominator: "Size",
            value: "Rate",
            "lower998": "Lower 99.8 %",
            "upper998": "Upper 99.8 %",
            outlier: "Outside",
        },
    )
    return Chart(drawn, title, subtitle, source, message, data, key)


def _limits(axes: Axes, ordered: pd.DataFrame, denominator: str) -> None:
    """Draw the limits: 99.8 % as lines, 95 % dashed."""
    for name, width in (("998", 1.0), ("95", 0.7)):
        for side in ("lower", "upper"):
            axes.plot(
                ordered[denominator],
                ordered[f"{side}{name}"],
                color=MUTED,
                linewidth=width,
                dashes=(2, 2) if name == "95" else (None, None),
            )
