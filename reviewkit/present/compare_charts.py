"""Charts that compare: intervals, bars, and two views of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from .chart import Chart
from .display import Display, writer
from .palette import COMMON, IMPROVEMENT, MARKERS, MUTED, NEUTRAL, PAPER, TONES
from .rows import extremes, row_axes, shown_data, value_label
from .svg import drawing, value_axis
from .words import number, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FIGURES = ("Value", "Lower", "Upper")
_ALIASES = {"better": "improvement", "worse": "concern", "": "neutral"}


def dot_chart(
    frame: pd.DataFrame,
    label: str,
    value: str,
    lower: str = "lower",
    upper: str = "upper",
    reference: float | None = None,
    *,
    title: str,
    subtitle: str = "",
    source: str = "",
    unit: str = "count",
    decimals: int | None = None,
    display: Display | None = None,
    reference_name: str = "all together",
    tone: str = "",
    alt: str = "",
    key: str,
) -> Chart:
    """Draw one dot a row with its interval, in the frame's order; ``tone`` names a column of tones.

    Figures are written as those of a measure where its ``display`` is given, else by unit and decimals.
    """
    write = writer(display, unit, decimals)
    drawn, axes = row_axes(frame, label)
    with drawing():
        if reference is not None:
            _reference(axes, reference, f"{reference_name} {write(reference)}")
        for place, row in enumerate(frame.to_dict("records")):
            shape, colour = _look(str(row.get(tone, "")) if tone else "")
            _dot(axes, place, [row[value], row.get(lower), row.get(upper)], shape, colour)
            if pd.notna(row[value]):
                value_label(axes, write(row[value]), place, strong=shape != MARKERS["neutral"])
        _value_axis(axes, display, unit)
    message = alt or f"Dot chart with intervals. {sentence(title)} {extremes(frame, label, value, write)}"
    data = shown_data(frame, {label: "", value: "Value", lower: "Lower", upper: "Upper"})
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        message,
        data,
        key,
        keys=_meanings(frame, tone),
        formats=dict.fromkeys(_FIGURES, write),
    )


def bar_chart(
    frame: pd.DataFrame,
    label: str,
    value: str,
    *,
    title: str,
    subtitle: str = "",
    source: str = "",
    unit: str = "count",
    decimals: int | None = None,
    highlight: str = "",
    words: str = "",
    part: str = "",
    alt: str = "",
    key: str,
) -> Chart:
    """Draw one bar a row from zero, its figure at the end.

    ``highlight`` names a column of truths (drawn darker and hatched); ``words`` a column of text that
    is written at the bar's end instead of the figure (a band, say); ``part`` a column of how much of
    each bar is drawn darker.
    """
    drawn, axes = row_axes(frame, label, grid="")
    with drawing():
        for place, row in enumerate(frame.to_dict("records")):
            strong = bool(highlight and pd.notna(row[highlight]) and row[highlight])
            text = str(row[words]) if words else number(row[value], unit, decimals, short=True)
            _bar(axes, place, row[value], row[part] if part else None, text, strong=strong)
        axes.margins(x=0.16)
        axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
        axes.axvline(0, color=MUTED, linewidth=0.9)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
    shown = {label: "", (words or value): "Value"}
    ends = "" if words else f" {extremes(frame, label, value, writer(None, unit, decimals))}"
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        alt or f"Bar chart. {sentence(title)}{ends}",
        shown_data(frame, shown),
        key,
    )


def dumbbell(
    frame: pd.DataFrame,
    label: str,
    a: str,
    b: str,
    a_name: str,
    b_name: str,
    *,
    title: str,
    subtitle: str = "",
    source: str = "",
    unit: str = "count",
    decimals: int | None = None,
    alt: str = "",
    key: str,
) -> Chart:
    """Draw two values a row and the distance between them: a circle and a diamond."""
    drawn, axes = row_axes(frame, label)
    with drawing():
        for place, row in enumerate(frame.to_dict("records")):
            axes.plot([row[a], row[b]], [place, place], color=COMMON, linewidth=2.4, zorder=1)
        places = range(len(frame))
        axes.plot(frame[a], places, "o", color=NEUTRAL, markersize=8.5, markeredgecolor=PAPER)
        axes.plot(frame[b], places, "D", color=IMPROVEMENT, markersize=7.5, markeredgecolor=PAPER)
        _names_above(axes, frame, a, b, a_name, b_name)
        value_axis(axes.xaxis, unit)
    widest = frame.assign(_d=(frame[a] - frame[b]).abs()).nlargest(1, "_d") if len(frame) else frame
    far = f" Furthest apart: {widest[label].iloc[0]}." if len(widest) else ""
    data = shown_data(frame, {label: "", a: a_name, b: b_name})
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        alt or f"Dumbbell chart of {a_name} and {b_name}. {sentence(title)}{far}",
        data,
        key,
    )


def _look(tone: str) -> tuple[str, str]:
    tone = _ALIASES.get(tone, tone)
    return MARKERS.get(tone, "o"), TONES.get(tone, COMMON)


def _value_axis(axes: Axes, display: Display | None, unit: str) -> None:
    """Write the figures along the axis in the measure's unit and currency."""
    if display is None:
        value_axis(axes.xaxis, unit)
    else:
        value_axis(axes.xaxis, display.unit, currency=display.currency)


def _reference(axes: Axes, level: float, text: str) -> None:
    """Draw a dashed line at a level that all rows are held against, its name above."""
    axes.axvline(level, color=MUTED, linewidth=1, dashes=(4, 3))
    axes.annotate(
        text,
        (level, 1.0),
        xycoords=("data", "axes fraction"),
        ha="center",
        va="bottom",
        fontsize=9.5,
        color=MUTED,
    )


def _dot(axes: Axes, place: int, figures: Sequence[Any], shape: str, colour: str) -> None:
    """Draw a row's value and its interval: ``value, lower, upper``, each where it is known."""
    value, *ends = figures
    if pd.notna(ends).all():
        axes.plot(ends, [place, place], color=colour, linewidth=2.2, solid_capstyle="butt")
    if pd.notna(value):
        axes.plot([value], [place], shape, color=colour, markersize=8, markeredgecolor=PAPER)


def _bar(axes: Axes, place: int, value: float, part: float | None, text: str, *, strong: bool) -> None:
    """Draw a row's bar, the part of it that is told apart, and the text at its end."""
    size = 0.0 if pd.isna(value) else float(value)
    axes.barh(place, size, height=0.62, color=NEUTRAL if strong else COMMON, linewidth=0)
    if part is not None and pd.notna(part):
        axes.barh(place, float(part), height=0.62, color=NEUTRAL, linewidth=0)
    axes.annotate(
        text,
        (max(size, 0), place),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        fontsize=10,
        fontweight="bold" if strong else "normal",
    )


def _meanings(frame: pd.DataFrame, tone: str) -> dict[str, str]:
    """Return the shapes that occur and what they mean; none where rows are not told apart."""
    if not tone or tone not in frame:
        return {}
    found = {_ALIASES.get(str(text), str(text)) for text in frame[tone].fillna("")}
    words = {"improvement": "better", "concern": "worse", "neutral": "no difference shown"}
    keys = {name: text for name, text in words.items() if name in found}
    return keys if set(keys) - {"neutral"} else {}


def _names_above(axes: Axes, frame: pd.DataFrame, a: str, b: str, a_name: str, b_name: str) -> None:
    if frame.empty:
        return
    first = frame.iloc[0]
    a_right = first[a] >= first[b]
    for name, column, right in ((a_name, a, a_right), (b_name, b, not a_right)):
        axes.annotate(
            f"{'●' if column == a else '◆'} {name}",
            (first[column], -0.42),
            fontsize=10,
            fontweight="bold",
            ha="left" if right else "right",
            va="bottom",
            annotation_clip=False,
        )
    axes.set_ylim(len(frame) - 0.4, -1.15)
    axes.margins(x=0.12)
