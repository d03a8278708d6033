"""What to do first: recommendations by impact and effort, each with its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from .chart import Chart
from .layout import wrapped
from .palette import COMMON, IMPROVEMENT, NEUTRAL, PAPER, RULE
from .svg import NARROW, drawing, figure, quiet
from .words import listing, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = 10.0
"""Size of a name's letters."""
COLUMN, GAP, MARGIN = 27.0, 8.0, 12.0
"""Width of a step of effort, between two names, and above and below those of a step of impact: in pixels."""
_LINE = 12.0
_FRAME = 34.0
"""Room that the steps of impact and their label take beside the plot."""


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
    """Draw recommendations by effort and impact, each with its name in its line.

    Only the steps of both scales that occur are drawn. First ones are diamonds and bold, things to
    stop squares. ``frame`` has ``impact``, ``effort`` and a label; where there, ``first`` and ``stop``.
    """
    frame = frame.reset_index(drop=True)
    first, stop = (
        frame[name].fillna(False).astype(bool) if name in frame else pd.Series(False, index=frame.index)
        for name in ("first", "stop")
    )
    efforts = sorted({int(value) for value in frame["effort"]})
    wide = NARROW - _FRAME
    room = wide - COLUMN * len(efforts) - GAP - 4
    lines = [
        wrapped(str(text), room, NAME, bold=bold) for text, bold in zip(frame[label], first, strict=True)
    ]
    marked = frame.assign(lines=pd.Series(lines, index=frame.index), first=first, stop=stop)
    with drawing():
        drawn = figure(44 + _height(marked), NARROW)
        axes = drawn.subplots()
        quiet(axes, "")
        axes.set_xlim(0, wide)
        _columns(axes, efforts)
        _bands(axes, marked, efforts)
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


def _height(frame: pd.DataFrame) -> float:
    """Return the height of all names with what stands between them, in pixels."""
    between = GAP * (len(frame) - frame["impact"].nunique()) + 2 * MARGIN * frame["impact"].nunique()
    return float(_LINE * frame["lines"].map(len).sum() + between)


def _columns(axes: Axes, efforts: list[int]) -> None:
    """Draw a faint line at the end of each step of effort, and what each is."""
    for place in range(1, len(efforts) + 1):
        axes.axvline(COLUMN * place, color=RULE, linewidth=0.7)
    axes.set_xticks([COLUMN * (place + 0.5) for place in range(len(efforts))], [str(one) for one in efforts])
    axes.set_xlabel("more effort →", loc="left")


def _bands(axes: Axes, frame: pd.DataFrame, efforts: list[int]) -> None:
    """Draw the steps of impact below each other, the highest on top, and in each its recommendations."""
    ticks: dict[float, str] = {}
    top = 0.0
    for impact in sorted(frame["impact"].unique(), reverse=True):
        part = frame[frame["impact"].eq(impact)].sort_values("effort", kind="stable")
        end = top + _height(part)
        ticks[(top + end) / 2] = str(int(impact))
        at = top + MARGIN
        for row in part.to_dict("records"):
            _named(axes, row, COLUMN * (efforts.index(int(row["effort"])) + 0.5), at, COLUMN * len(efforts))
            at += _LINE * len(row["lines"]) + GAP
        top = end
        axes.axhline(top, color=RULE, linewidth=0.7)
    axes.set_ylim(top, 0)
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.set_ylabel("more impact →", loc="top")


def _named(axes: Axes, row: Mapping[Any, Any], x: float, top: float, names: float) -> None:
    """Draw one recommendation and its name: a diamond where it comes first, a square where it is to stop."""
    form, colour = ("D", IMPROVEMENT) if row["first"] else ("s", NEUTRAL) if row["stop"] else ("o", COMMON)
    middle = top + _LINE * len(row["lines"]) / 2
    axes.plot([x, names], [middle, middle], color=RULE, linewidth=0.7)
    axes.plot([x], [middle], form, color=colour, markersize=7.5, markeredgecolor=PAPER)
    name = axes.annotate(
        "\n".join(row["lines"]),
        (names + GAP, middle),
        fontsize=NAME,
        va="center",
        linespacing=1.1,
        fontweight="bold" if row["first"] else "normal",
        annotation_clip=False,
    )
    name.set_in_layout(False)  # measured already


def _said(frame: pd.DataFrame, first: pd.Series, title: str, label: str) -> str:
    chosen = [str(text) for text in frame.loc[first, label]]
    message = f"Chart of impact against effort for {len(frame)} recommendations. {sentence(title)}"
    return message + (f" First: {listing(chosen)}." if chosen else "")


def _data(frame: pd.DataFrame, first: pd.Series, stop: pd.Series, label: str) -> pd.DataFrame:
    data = frame.assign(First=first, Stop=stop)[[label, "impact", "effort", "First", "Stop"]]
    return data.rename(columns={label: "Recommendation", "impact": "Impact", "effort": "Effort"})


def _forms(first: pd.Series, stop: pd.Series) -> dict[str, str]:
    """Return the shapes that occur and what each means."""
    found = {"improvement": "comes first"} if first.any() else {}
    found |= {"neutral": "something to stop"} if stop.any() else {}
    return found | ({"common_cause": "can follow"} if (~first & ~stop).any() else {})


__all__ = ["impact_effort"]
