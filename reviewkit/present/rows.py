"""What charts with one row a thing share: labelled rows, the figures behind them, their ends."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from .palette import INK, RULE
from .svg import NARROW, drawing, figure, quiet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 25
"""Height of a row with one label, in pixels."""


def row_axes(frame: pd.DataFrame, label: str, grid: str = "x") -> tuple[Figure, Axes]:
    """Return a figure with one labelled row a row of the frame, the first on top."""
    labels = [textwrap.fill(str(text), 24, max_lines=3, placeholder="…") for text in frame[label]]
    lines = sum(1 + 0.55 * text.count("\n") for text in labels)
    with drawing():
        drawn = figure(48 + ROW * max(lines, 1), NARROW)
        axes = drawn.subplots()
        quiet(axes, grid)
        axes.set_yticks(range(len(labels)), labels)
        axes.tick_params(axis="y", labelcolor=INK)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.spines["bottom"].set_color(RULE)
    return drawn, axes


def extremes(frame: pd.DataFrame, label: str, value: str, write: Callable[[Any], str]) -> str:
    """Say which rows are lowest and highest."""
    known = frame.dropna(subset=[value])
    if known.empty:
        return "No values."
    ordered = known.sort_values(value, kind="stable")
    ends = [f"{row[label]} {write(row[value])}" for row in ordered.iloc[[0, -1]].to_dict("records")]
    return f"Lowest {ends[0]}, highest {ends[1]}."


def shown_data(frame: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    """Return the columns named in ``headings`` under those headings, for the table behind a chart."""
    names = {
        name: text or name.replace("_", " ").capitalize() for name, text in headings.items() if name in frame
    }
    return frame[list(names)].rename(columns=names)


def value_label(axes: Axes, text: str, place: int, *, strong: bool) -> None:
    """Write a row's figure at its right-hand end, where no line crosses it."""
    axes.annotate(
        text,
        (1.0, place),
        xycoords=("axes fraction", "data"),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=10,
        fontweight="bold" if strong else "normal",
        gid="end",
    )
