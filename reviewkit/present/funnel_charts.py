"""Units by size and rate inside their limits."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from .chart import Chart
from .display import Display, writer
from .layout import LINE, Box, apart, freest, margins, text_width
from .palette import COMMON, CONCERN, INK, MUTED, PAPER
from .rows import shown_data
from .svg import NARROW, drawing, figure, quiet, value_axis
from .words import listing, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLOT, FOOT, HEAD = 222, 40, 8
"""Height of the plot, of what stands below it, and of the room above, in pixels."""
SMALL = 10.0


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
    display: Display | None = None,
    most_labels: int = 6,
    alt: str = "",
    key: str,
) -> Chart:
    """Draw units by size and rate inside their 95 % and 99.8 % limits; outliers are named.

    Parameters
    ----------
    frame : one row a unit with ``lower95, upper95, lower998, upper998`` in the value's scale.
    display : how the measure is shown; ``unit`` and ``decimals`` where it is left out.
    """
    ordered = frame.sort_values(denominator)
    out = ordered[ordered[outlier].fillna(False).astype(bool)]
    far = out.assign(_far=(out[value] - ordered[value].median()).abs()).nlargest(most_labels, "_far")
    write = writer(display, unit, decimals)
    with drawing():
        drawn = figure(PLOT + FOOT + HEAD, NARROW, layout=None)
        axes = drawn.add_axes((0, 0, 1, 1))
        quiet(axes)
        _limits(axes, ordered, denominator)
        for rows, marker, colour, size in ((ordered, "o", COMMON, 4.5), (out, "^", CONCERN, 7.5)):
            axes.plot(
                rows[denominator], rows[value], marker, color=colour, markersize=size, markeredgecolor=PAPER
            )
        _place(axes, display, unit)
        _names(axes, far, ordered, (label, denominator, value))
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        alt or _alt(frame, out, far, (label, value), title, write),
        shown_data(ordered, {label: "", denominator: "Size", value: "Rate", **_COLUMNS, outlier: "Outside"}),
        key,
        keys=_KEYS if len(out) else {},
        formats=dict.fromkeys(("Rate", *_COLUMNS.values()), write),
    )


_COLUMNS = {"lower998": "Lower 99.8%", "upper998": "Upper 99.8%"}
_KEYS = {"concern": "outside the limits", "common_cause": "inside"}


def _place(axes: Axes, display: Display | None, unit: str) -> None:
    """Write the axes and give the plot the room that their words leave."""
    value_axis(axes.yaxis, display.unit if display else unit, currency=display.currency if display else "GBP")
    value_axis(axes.xaxis, "count", 4)
    axes.margins(x=0.04)
    axes.tick_params(axis="x", pad=6)
    left, right = margins(axes, NARROW, 60)
    height = PLOT + FOOT + HEAD
    axes.set_position((left / NARROW, FOOT / height, (NARROW - left - right) / NARROW, PLOT / height))
    axes.annotate(
        "Size (what the rate is counted out of)",
        (left / NARROW, 5 / height),
        xycoords="figure fraction",
        fontsize=SMALL,
        color=MUTED,
        gid="axis",
    )


def _limits(axes: Axes, ordered: pd.DataFrame, denominator: str) -> None:
    """Draw the limits: 99.8 % as lines, 95 % dashed; the upper ones are named at their end."""
    for name, width in (("998", 1.0), ("95", 0.7)):
        for side in ("lower", "upper"):
            axes.plot(
                ordered[denominator],
                ordered[f"{side}{name}"],
                color=MUTED,
                linewidth=width,
                dashes=(2, 2) if name == "95" else (None, None),
            )


def _names(axes: Axes, far: pd.DataFrame, ordered: pd.DataFrame, names: tuple[str, str, str]) -> None:
    """Write the outliers' names and those of the limits where they cover nothing."""
    label, denominator, value = names
    pixels = axes.transData.transform(ordered[[denominator, value]].to_numpy(dtype="float64"))
    taken: list[Box] = [(x - 4, y - 4, x + 4, y + 4) for x, y in pixels.tolist()]
    within: Box = (axes.bbox.x0, axes.bbox.y0, NARROW - 2.0, axes.bbox.y1 + HEAD)
    if len(ordered):
        ends = axes.transData.transform(
            [[ordered[denominator].iloc[-1], ordered[name].iloc[-1]] for name in ("upper95", "upper998")]
        ).tolist()
        places = apart([y for _, y in ends], LINE, within[1] + 6, within[3] - 6)
        for text, y in zip(("95% limit", "99.8% limit"), places, strict=True):
            x = ends[0][0] + 4
            box = (x, y - LINE / 2, x + text_width(text, SMALL), y + LINE / 2)
            taken += [_write(axes, text, box, MUTED)] * 20
    for row in far.to_dict("records"):
        text = textwrap.shorten(str(row[label]), 26, placeholder="…")
        wide = text_width(text, SMALL)
        x, y = axes.transData.transform((row[denominator], row[value])).tolist()
        lefts, offs = (x + 7, x - wide - 7, x - wide / 2), (-LINE / 2, 4, -LINE - 4, LINE + 2, -2 * LINE - 2)
        boxes = [(left, y + off, left + wide, y + off + LINE) for left in lefts for off in offs]
        taken += [_write(axes, text, freest(boxes, taken, within), INK)] * 20


def _write(axes: Axes, text: str, box: Box, colour: str) -> Box:
    axes.annotate(
        text, (box[0], box[1] + 3), xycoords="figure pixels", fontsize=SMALL, color=colour, gid="name"
    )
    return box


def _alt(
    frame: pd.DataFrame,
    out: pd.DataFrame,
    far: pd.DataFrame,
    names: tuple[str, str],
    title: str,
    write: Callable[[Any], str],
) -> str:
    label, value = names
    told = [f"{row[label]} {write(row[value])}" for row in far.to_dict("records")]
    more = f", furthest out {listing(told)}" if told else ""
    return (
        f"Funnel chart of {len(frame)} units with 95% and 99.8% limits. {sentence(title)} "
        f"{len(out)} lie outside the limits{more}."
    )
