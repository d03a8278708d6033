"""What to do first: recommendations by impact and effort, each with its name."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from .chart import Chart
from .palette import COMMON, IMPROVEMENT, NEUTRAL, PAPER, RULE
from .svg import drawing, figure, quiet
from .words import listing, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LETTERS = 84
"""Letters that fit across the drawing."""
GAP, MARGIN = 0.6, 0.8
"""Between two names in a cell, and above the first: in lines of text."""


def impact_effort(
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "Impact and effort, each judged from 1 to 5.",
    source: str = "",
    label: str = "title",
    alt: str = "",
    key: str,
) -> Chart:
    """Draw recommendations by effort and impact, each with its name beside it.

    Only the steps of both scales that occur are drawn. First ones are diamonds and bold, things to
    stop squares. ``frame`` has ``impact``, ``effort`` and a label; where there, ``first`` and ``stop``.
    """
    frame = frame.reset_index(drop=True)
    first, stop = (
        frame[name].fillna(False).astype(bool) if name in frame else pd.Series(False, index=frame.index)
        for name in ("first", "stop")
    )
    efforts = sorted({int(value) for value in frame["effort"]})
    impacts = sorted({int(value) for value in frame["impact"]})
    edges = _edges([int(frame["effort"].eq(effort).sum()) for effort in efforts])
    lines = _wrapped(frame, label, efforts, edges)
    cells = lines.map(len).add(GAP).groupby([frame["impact"], frame["effort"]]).sum()
    heights = cells.groupby(level=0).max().add(MARGIN).tolist()
    floors = [sum(heights[:place]) for place in range(len(heights) + 1)]
    with drawing():
        drawn = figure(56 + 11.5 * sum(heights))
        axes = drawn.subplots()
        quiet(axes, "")
        marked = frame.assign(lines=lines, first=first, stop=stop)
        for (effort, impact), part in marked.groupby(["effort", "impact"]):
            at = edges[efforts.index(int(str(effort)))]
            _cell(axes, part, at + 0.013, floors[impacts.index(int(str(impact))) + 1] - MARGIN)
        _grid(axes, (edges, efforts), (floors, impacts))
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        alt or _said(frame, first, title, label),
        _data(frame, first, stop, label),
        key,
        keys=_forms(first, stop),
    )


def _cell(axes: Axes, part: pd.DataFrame, at: float, top: float) -> None:
    """Draw the recommendations of one cell below each other, from ``top`` down."""
    for row in part.to_dict("records"):
        _named(axes, (at, top), row["lines"], bool(row["first"]), bool(row["stop"]))
        top -= len(row["lines"]) + GAP


def _wrapped(frame: pd.DataFrame, label: str, efforts: list[int], edges: list[float]) -> pd.Series:
    """Return each name in lines that fit its column."""
    wide = [max(14, int(LETTERS * (end - start)) - 3) for start, end in itertools.pairwise(edges)]
    room = frame["effort"].map(dict(zip(efforts, wide, strict=True)))
    lines = [
        textwrap.wrap(str(text), int(width), break_on_hyphens=False)
        for text, width in zip(frame[label], room, strict=True)
    ]
    return pd.Series(lines, index=frame.index)


def _said(frame: pd.DataFrame, first: pd.Series, title: str, label: str) -> str:
    chosen = [str(text) for text in frame.loc[first, label]]
    message = f"Chart of impact against effort for {len(frame)} recommendations. {sentence(title)}"
    return message + (f" First: {listing(chosen)}." if chosen else "")


def _data(frame: pd.DataFrame, first: pd.Series, stop: pd.Series, label: str) -> pd.DataFrame:
    data = frame.assign(First=first, Stop=stop)[[label, "impact", "effort", "First", "Stop"]]
    return data.rename(columns={label: "Recommendation", "impact": "Impact", "effort": "Effort"})


def _edges(counts: list[int]) -> list[float]:
    """Return where each column begins, 0 to 1, and the last ends: wider where more names stand in it."""
    weights = [max(count, 3) ** 0.5 for count in counts]
    return [sum(weights[:place]) / sum(weights) for place in range(len(weights) + 1)]


def _grid(axes: Axes, across: tuple[list[float], list[int]], up: tuple[list[float], list[int]]) -> None:
    """Draw faint lines between the steps of both scales, each given by its edges, and what each step is."""
    (edges, efforts), (floors, impacts) = across, up
    for edge in edges[1:-1]:
        axes.axvline(edge, color=RULE, linewidth=0.7)
    for floor in floors[1:-1]:
        axes.axhline(floor, color=RULE, linewidth=0.7)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, floors[-1] or 1.0)
    axes.set_xticks([sum(pair) / 2 for pair in itertools.pairwise(edges)], [str(one) for one in efforts])
    axes.set_yticks([sum(pair) / 2 for pair in itertools.pairwise(floors)], [str(one) for one in impacts])
    axes.set_xlabel("more effort →", loc="right")
    axes.set_ylabel("more impact →", loc="top")


def _named(axes: Axes, at: tuple[float, float], lines: list[str], first: bool, stop: bool) -> None:
    """Draw one recommendation with its name: a diamond where it comes first, a square where it is to stop."""
    form, colour = ("D", IMPROVEMENT) if first else ("s", NEUTRAL) if stop else ("o", COMMON)
    axes.plot([at[0]], [at[1]], form, color=colour, markersize=7, markeredgecolor=PAPER)
    axes.annotate(
        "\n".join(lines),
        at,
        xytext=(7, 5),
        textcoords="offset points",
        fontsize=8.5,
        va="top",
        linespacing=1.15,
        fontweight="bold" if first else "normal",
        annotation_clip=False,
    )


def _forms(first: pd.Series, stop: pd.Series) -> dict[str, str]:
    """Return the shapes that occur and what each means."""
    found = {"improvement": "comes first"} if first.any() else {}
    found |= {"neutral": "something to stop"} if stop.any() else {}
    return found | ({"common_cause": "can follow"} if (~first & ~stop).any() else {})


__all__ = ["impact_effort"]
