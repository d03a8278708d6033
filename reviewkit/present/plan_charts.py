"""Charts of the plan: the staged climb, who does what when."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from .chart import Chart
from .layout import text_width, wrapped
from .palette import COMMON, FILL, INK, MUTED, NEUTRAL, PAPER
from .svg import NARROW, drawing, figure, quiet
from .words import date, listing, number, sentence
from .xmr_charts import _time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE, SMALL = 10.5, 9.5
"""Sizes of letters: of a name above its drawing, of what stands beneath a bar."""
_LINE, _BAR, _BENEATH, _GAP = 13.0, 10.0, 14.0, 10.0
"""Heights in the timeline, in pixels: a line of a name, a bar, what stands beneath it, to the next name."""
STAGES = ("base_camp", "camp_2", "camp_3", "summit")
STAGE_NAMES = {"base_camp": "Base Camp", "camp_2": "Camp 2", "camp_3": "Camp 3", "summit": "Summit"}


def ascent_chart(
    ascent: pd.DataFrame, *, title: str, subtitle: str = "", source: str = "", alt: str = "", key: str
) -> Chart:
    """Draw the staged climb, one line a measure: how far each stage goes, by when, to which level.

    ``ascent`` has ``name, unit, stage, percent, level, due``, one row a measure and stage.
    """
    measures = [str(name) for name in pd.unique(ascent["name"])]
    with drawing():
        parts = [ascent[ascent["name"].astype("str") == name].sort_values("percent") for name in measures]
        names = [
            wrapped(_from(name, part), NARROW - 8, TITLE, bold=True)
            for name, part in zip(measures, parts, strict=True)
        ]
        drawn = figure(26 + 96 * len(measures) + 14 * sum(map(len, names)), NARROW)
        grid = drawn.subplots(len(measures), 1, sharex=True, squeeze=False).ravel()
        for axes, part, lines in zip(grid, parts, names, strict=True):
            quiet(axes, "")
            axes.set_title("\n".join(lines), loc="left", fontsize=TITLE, fontweight="bold", color=INK)
            _draw_climb(axes, part)
            axes.set_ylim(0, 165)
            axes.set_yticks([])
            axes.margins(x=0.21)
            _time_axis(axes, ascent["due"], most=5)
    summit = ascent[ascent["stage"] == "summit"]
    ends = [
        f"{row['name']} {number(row['level'], row['unit'])} by {date(row['due'])}"
        for row in summit.to_dict("records")
    ]
    message = alt or f"Chart of a climb in four stages. {sentence(title)} Summit: {listing(ends)}."
    return Chart(drawn, title, subtitle, source, message, _ascent_data(ascent), key)


def _draw_climb(axes: Axes, part: pd.DataFrame) -> None:
    """Draw one climb: its slope, a mark a stage, filled where it is passed, and each stage's name."""
    axes.fill_between(part["due"], 0, part["percent"], color=FILL, linewidth=0)
    axes.plot(part["due"], part["percent"], color=NEUTRAL, linewidth=1.8)
    done = _passed(part)
    for reached, form in ((part[done], NEUTRAL), (part[~done], PAPER)):
        axes.plot(
            reached["due"],
            reached["percent"],
            "o",
            color=form,
            markersize=7,
            markeredgecolor=NEUTRAL,
            markeredgewidth=1.6,
        )
    # The first label stands to the left, the last to the right, the others above: short climbs stay legible.
    last = len(part) - 1
    places = {0: (-8, 0, "right"), last: (8, 0, "left"), 1: (3, 7, "right")}
    for place, row in enumerate(part.to_dict("records")):
        x, y, side = places.get(place, (-20, 11, "left"))
        axes.annotate(
            _stage(row),
            (row["due"], row["percent"]),
            xytext=(x, y),
            ha=side,
            va="bottom" if y else "center",
            textcoords="offset points",
            fontsize=9.5,
            linespacing=1.15,
        )


def gantt(
    actions: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    source: str = "",
    alt: str = "",
    today: pd.Timestamp | None = None,
    key: str,
) -> Chart:
    """Draw when each action runs, in order of start; ``actions`` has ``what, owner, starts, due``.

    Where ``agreed`` is there, agreed actions are filled and drafts outlined. ``today`` is drawn as
    a dashed line.
    """
    dated = actions.dropna(subset=["starts", "due"]).sort_values(["starts", "due"]).reset_index(drop=True)
    names = [wrapped(str(what), NARROW - 8, TITLE) for what in dated["what"]]
    with drawing():
        height = sum(_LINE * len(lines) + _BAR + _BENEATH + _GAP for lines in names)
        drawn = figure(28 + max(height, _LINE), NARROW)
        axes = drawn.subplots()
        quiet(axes, "x")
        if len(dated):
            span = dated["due"].max() - dated["starts"].min()
            axes.set_xlim(dated["starts"].min() - span / 60, dated["due"].max() + span / 60)
        _draw_bars(axes, dated, names)
        if today is not None:
            from matplotlib.dates import date2num

            axes.axvline(float(date2num(today)), color=INK, linewidth=1.1, linestyle=(0, (4, 3)), zorder=0)
        axes.set_yticks([])
        axes.set_ylim(max(height, _LINE), 0)
        _time_axis(axes, dated["due"], most=5)
    span = f" From {date(dated['starts'].min())} to {date(dated['due'].max())}." if len(dated) else ""
    named = {"what": "Action", "owner": "Owner", "starts": "Starts", "due": "Due"}
    data = dated[[name for name in named if name in dated]].rename(columns=named)
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        alt or f"Timeline of {len(dated)} actions. {sentence(title)}{span}",
        data,
        key,
    )


def _draw_bars(axes: Axes, dated: pd.DataFrame, names: list[list[str]]) -> None:
    """Draw each action's name, below it its bar, filled where it is agreed, then owner and date due."""
    top = 0.0
    for row, lines in zip(dated.to_dict("records"), names, strict=True):
        axes.annotate(
            "\n".join(lines),
            (0, top + _LINE * len(lines) / 2),
            xycoords=axes.get_yaxis_transform(),
            va="center",
            fontsize=TITLE,
            linespacing=1.1,
            bbox=_GROUND,
        )
        top += _LINE * len(lines)
        days = max((row["due"] - row["starts"]).days, 1)
        axes.barh(
            top + _BAR / 2 + 1,
            days,
            left=row["starts"],
            height=_BAR,
            color=COMMON if row.get("agreed", True) else PAPER,
            edgecolor=MUTED,
            linewidth=1.1,
        )
        _beneath(axes, row, top + _BAR + _BENEATH / 2 + 2, dated["due"].max(), dated["starts"].min())
        top += _BAR + _BENEATH + _GAP


_GROUND = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}


def _beneath(axes: Axes, row: dict[Any, Any], y: float, last: pd.Timestamp, first: pd.Timestamp) -> None:
    """Write owner and date due beneath the bar: from its start, or up to its end where there is no room."""
    words = ", ".join(part for part in (_owner(row), f"due {date(row['due'], 'short')}") if part)
    wide = text_width(words, SMALL) / (NARROW - 20) * (last - first)
    late = row["starts"] + wide > last
    end = row["due"] if row["due"] - wide > first else last
    axes.annotate(
        words,
        (end if late else row["starts"], y),
        ha="right" if late else "left",
        va="center",
        fontsize=SMALL,
        color=MUTED,
        bbox=_GROUND,
    )


def _from(name: str, part: pd.DataFrame) -> str:
    """Return the measure's name with the level it starts from, where that is known."""
    row = part.iloc[0]
    if "baseline" not in part or pd.isna(row["baseline"]):
        return name
    return f"{name}, from {number(row['baseline'], str(row['unit']))}"


def _passed(part: pd.DataFrame) -> pd.Series[bool]:
    return part["passed"].astype(bool) if "passed" in part else pd.Series(False, index=part.index)


def _owner(row: dict[Any, Any]) -> str:
    return "" if pd.isna(row.get("owner")) else textwrap.shorten(str(row["owner"]), 34, placeholder="…")


def _stage(row: dict[Any, Any]) -> str:
    name = STAGE_NAMES.get(str(row["stage"]), str(row["stage"]))
    return f"{name}\n{number(row['level'], str(row['unit']), short=True)}"


def _ascent_data(ascent: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Measure": ascent["name"],
            "Stage": [STAGE_NAMES.get(str(stage), str(stage)) for stage in ascent["stage"]],
            _share(ascent): [number(percent, "percent", 0) for percent in ascent["percent"]],
            "Level": [number(row["level"], str(row["unit"])) for row in ascent.to_dict("records")],
            "By": [
                "passed at the start" if done else date(due)
                for done, due in zip(_passed(ascent), ascent["due"], strict=True)
            ],
        }
    )


def _share(ascent: pd.DataFrame) -> str:
    contract = "basis" in ascent and ascent["basis"].eq("contract").all()
    return "Share of the contract" if contract else "Share of the way"


__all__ = ["STAGES", "STAGE_NAMES", "ascent_chart", "gantt"]
