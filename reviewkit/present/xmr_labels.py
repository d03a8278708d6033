"""Words in a process behaviour chart: what each line is, and the steps of the target."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .display import Display
from .layout import LINE, Box, apart, freest, text_width
from .palette import INK, MUTED
from .xmr_words import is_run, target_steps

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALL = 10.0
"""Size of labels, in pixels."""
Label = tuple[float, str, str, bool]
"""Where it belongs (in the value's scale), text, colour, bold."""


def end_labels(points: pd.DataFrame, display: Display) -> list[Label]:
    """Return what stands at the right-hand end: latest figure, mean or median, limits, target."""
    known = points.dropna(subset=["value"])
    if known.empty:
        return []
    last = known.iloc[-1]
    lines = (
        ("latest", last["value"], INK, True),
        ("median" if is_run(points) else "mean", last.get("mean"), MUTED, False),
        ("upper limit", last.get("upper"), MUTED, False),
        ("lower limit", last.get("lower"), MUTED, False),
        ("target", last.get("target"), INK, False),
        ("other sites", last.get("elsewhere"), MUTED, False),
    )
    return [
        (float(at), f"{text} {display.figure(at, short=True)}", colour, bold)
        for text, at, colour, bold in lines
        if at is not None and pd.notna(at)
    ]


def draw_end_labels(axes: Axes, labels: Sequence[Label], height: float) -> None:
    """Write the labels at the right-hand end, apart from one another, each led to by a fine line."""
    low, high = axes.get_ylim()
    scale = height / (high - low)
    pixel = 1 / float(axes.bbox.width)
    wanted = [(at - low) * scale for at, *_ in labels]
    lines: dict[str, list[tuple[float, float]]] = {}
    for (_, text, colour, bold), at, place in zip(
        labels, wanted, apart(wanted, LINE, 2, height - 2), strict=True
    ):
        bend = [(0.0, at), (5.0, at), (13.0, place), (np.nan, np.nan)]
        lines.setdefault(colour, []).extend((1 + x * pixel, y / height) for x, y in bend)
        axes.annotate(
            text,
            (1.0 + 17 * pixel, place / height),
            xycoords="axes fraction",
            va="center_baseline",
            fontsize=SMALL,
            color=colour,
            fontweight="bold" if bold else "normal",
            gid="end",
        )
    for colour, line in lines.items():
        x, y = zip(*line, strict=True)
        axes.plot(x, y, color=colour, linewidth=0.7, transform=axes.transAxes, clip_on=False)


def draw_target_steps(axes: Axes, points: pd.DataFrame, display: Display, marks: Sequence[Any] = ()) -> None:
    """Write each level of the target along its step, where least stands; the last stands at the end.

    ``marks`` are the dates of upright lines, which a label had better not cross.
    """
    steps = target_steps(points)
    if steps.empty:
        return
    within: Box = (axes.bbox.x0, axes.bbox.y0, axes.bbox.x1, axes.bbox.y1)
    taken = _dots(axes, points)
    for at in marks:
        x, _ = _pixel(axes, at, 0.0)
        taken.append((x - 1, within[1], x + 1, within[3]))
    ends = [*steps["period"].iloc[1:], points["period"].iloc[-1]]
    in_force = pd.notna(points["target"].iloc[-1])
    for row, end in list(zip(steps.to_dict("records"), ends, strict=True))[: -1 if in_force else None]:
        text = f"target {display.figure(row['target'], short=True)}"
        (x, y), wide = _pixel(axes, row["period"], row["target"]), text_width(text, SMALL)
        last = max(x + 2, min(_pixel(axes, end, 0.0)[0], within[2]) - wide - 2)
        lefts = [min(x + 2 + (last - x - 2) * part / 6, within[2] - wide - 2) for part in range(7)]
        boxes = [(left, y + off, left + wide, y + off + LINE) for left in lefts for off in (2, -LINE - 2)]
        best = freest(boxes, taken, within)
        # A label keeps others away more than a point does.
        taken += [best] * 20
        axes.annotate(
            text, (best[0], best[1] + 3), xycoords="figure pixels", fontsize=SMALL, color=INK, gid="step"
        )


def _pixel(axes: Axes, period: Any, value: float) -> tuple[float, float]:
    x = float(axes.convert_xunits(period))
    return tuple(float(part) for part in axes.transData.transform((x, value)))  # type: ignore[return-value]


def _dots(axes: Axes, points: pd.DataFrame) -> list[Box]:
    known = points.dropna(subset=["value"])
    if known.empty:
        return []
    at = axes.transData.transform(
        list(zip(axes.convert_xunits(known["period"]), known["value"], strict=True))
    )
    dots = [(x - 3, y - 3, x + 3, y + 3) for x, y in at.tolist()]
    # The line between two points, as steps of a few pixels.
    between = [
        (
            x0 + (x1 - x0) * part / 8 - 1,
            y0 + (y1 - y0) * part / 8 - 3,
            x0 + (x1 - x0) * part / 8 + 1,
            y0 + (y1 - y0) * part / 8 + 3,
        )
        for (x0, y0), (x1, y1) in pairwise(at.tolist())
        for part in range(1, 8)
    ]
    return dots + between
