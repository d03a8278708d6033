"""How far each action's measure has come on its climb, camp by camp."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from .chart import Chart
from .palette import COMMON, CONCERN, IMPROVEMENT, INK, MUTED, PAPER, RULE
from .svg import drawing, figure, quiet
from .words import listing, missing, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, ROW = 370, 92
"""Width of the drawing and height of an action, in pixels."""
LEFT, RIGHT = -48.0, 122.0
"""Ends of a track in per cent of the climb; what lies beyond is drawn at the end."""
_LETTER = 2.6
"""Width of a letter in per cent of the climb."""
_FORMS = {"improvement": ("D", IMPROVEMENT), "concern": ("^", CONCERN)}
Write = Callable[[Mapping[str, Any], float], str]


def camps_chart(
    actions: pd.DataFrame,
    camps: pd.DataFrame,
    write: Write,
    *,
    title: str,
    subtitle: str = "",
    source: str = "",
    key: str,
) -> Chart:
    """Draw one track an action, from its baseline over its camps to the summit, and where it stands.

    Parameters
    ----------
    actions : ``action_id, what, signal, baseline, before, level``; ``before`` is a ring, ``level`` a
        filled mark.
    camps : ``action_id, stage_name, percent, level``, one row an action and stage.
    write : a figure of an action in words, as in ``write(row, 61.2)``.
    """
    rows = [{str(name): value for name, value in row.items()} for row in actions.to_dict("records")]
    with drawing():
        drawn = figure(ROW * max(len(rows), 1), WIDTH)
        grid = drawn.subplots(max(len(rows), 1), 1, squeeze=False).ravel()
        for axes, row in zip(grid, rows, strict=False):
            _track(axes, row, camps[camps["action_id"].eq(row["action_id"])].sort_values("percent"), write)
    told = listing([_told(row, write) for row in rows])
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        f"Chart of {len(rows)} climbs from baseline to summit. {sentence(title)} {told}.",
        _data(rows, camps, write),
        key,
    )


def _track(axes: Axes, row: Mapping[str, Any], camps: pd.DataFrame, write: Write) -> None:
    summit = float(camps["level"].iloc[-1])
    height = summit - float(row["baseline"])

    def place(level: float) -> float:
        return min(max(100 * (level - row["baseline"]) / height, LEFT + 3), RIGHT - 3) if height else 0.0

    quiet(axes, "")
    axes.spines["bottom"].set_visible(False)
    name = textwrap.shorten(str(row["what"]), 48, placeholder="…")
    axes.set_title(name, loc="left", fontsize=11, fontweight="bold", color=INK, x=0.01)
    axes.plot([0, 100], [0, 0], color=RULE, linewidth=5, solid_capstyle="butt")
    labels = [(0.0, write(row, row["baseline"]), "center")]
    for at, (camp, side) in enumerate(zip(camps.to_dict("records"), _SIDES, strict=False), start=1):
        x = place(camp["level"])
        axes.plot([x, x], [-0.13 * at, 0.13 * at], color=MUTED, linewidth=1.6)
        labels.append((x, write(row, camp["level"]), side))
    for x, text, side in _apart([labels[-1], *labels[:-1]]):
        _label(axes, x, -0.62, text, side, MUTED)
    if not missing(row["before"]):
        x = place(row["before"])
        axes.plot([x], [0], "o", color=MUTED, markerfacecolor=PAPER, markersize=8, markeredgewidth=1.6)
        _label(axes, x, 0.42, f"before {write(row, row['before'])}", _side(x), MUTED)
    if not missing(row["level"]):
        _stands(axes, row, place, write)
    axes.set_xlim(LEFT, RIGHT)
    axes.set_ylim(-1.35, 1.5)
    axes.set_xticks([])
    axes.set_yticks([])


_SIDES = ("center", "center", "right", "left")


def _apart(labels: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Leave out labels that would lie on one before them: all levels stand in the table behind the chart.

    >>> labels = [(100, "10 days", "left"), (0, "13 days", "center"), (6, "12 days", "center")]
    >>> [text for _, text, _ in _apart(labels)]
    ['10 days', '13 days']
    """
    kept: list[tuple[float, str, str]] = []
    taken: list[tuple[float, float]] = []
    for x, text, side in labels:
        wide = _LETTER * (len(text) + 1)
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[side]
        if all(left >= end or left + wide <= begin for begin, end in taken):
            taken.append((left, left + wide))
            kept.append((x, text, side))
    return kept


def _stands(axes: Axes, row: Mapping[str, Any], place: Callable[[float], float], write: Write) -> None:
    form, colour = _FORMS.get(str(row["signal"]), ("o", COMMON))
    x = place(row["level"])
    axes.plot([x], [0], form, color=colour, markersize=10, markeredgecolor=PAPER)
    _label(axes, x, 1.0, f"since {write(row, row['level'])}", _side(x), INK, bold=True)


def _side(x: float) -> str:
    return "left" if x < LEFT + 25 else "right" if x > RIGHT - 25 else "center"


def _label(axes: Axes, x: float, y: float, text: str, side: str, colour: str, *, bold: bool = False) -> None:
    axes.text(x, y, text, ha=side, va="center", fontsize=9.5, color=colour,
              fontweight="bold" if bold else "normal")  # fmt: skip


def _told(row: Mapping[str, Any], write: Write) -> str:
    if missing(row["level"]):
        return f"{row['what']} has too few figures yet"
    return f"{row['what']} from {write(row, row['before'])} before to {write(row, row['level'])} since"


def _data(rows: list[dict[str, Any]], camps: pd.DataFrame, write: Write) -> pd.DataFrame:
    data = []
    for row in rows:
        mine = camps[camps["action_id"].eq(row["action_id"])].sort_values("percent")
        stages = {str(camp["stage_name"]): write(row, camp["level"]) for camp in mine.to_dict("records")}
        levels = {"Baseline": row["baseline"], "Mean before": row["before"], "Mean since": row["level"]}
        told = {name: "–" if missing(level) else write(row, level) for name, level in levels.items()}
        data.append({"Action": row["what"], **told, **stages})
    return pd.DataFrame(data)
