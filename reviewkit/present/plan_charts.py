"""Charts of the plan: the staged climb, who does what when."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from .chart import Chart
from .palette import COMMON, FILL, INK, MUTED, NEUTRAL, PAPER
from .svg import drawing, figure, quiet
from .words import date, listing, number, sentence
from .xmr_charts import _time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LETTER = 0.018
"""Width of a letter beneath a bar, as a share of the plan's length."""
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
        drawn = figure(40 + 112 * len(measures))
        grid = drawn.subplots(len(measures), 1, sharex=True, squeeze=False).ravel()
        for axes, name in zip(grid, measures, strict=True):
            part = ascent[ascent["name"].astype("str") == name].sort_values("percent")
            quiet(axes, "")
            axes.set_title(_from(name, part), loc="left", fontsize=11, fontweight="bold", color=INK)
            _draw_climb(axes, part)
            axes.set_ylim(0, 165)
            axes.set_yticks([])
            axes.margins(x=0.16)
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
    for place, row in enumerate(part.to_dict("records")):
        beside = {0: (-8, "right"), last: (8, "left")}.get(place)
        axes.annotate(
            _stage(row),
            (row["due"], row["percent"]),
            xytext=(beside[0], 0) if beside else (0, 8),
            ha=beside[1] if beside else "center",
            va="center" if beside else "bottom",
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
    labels = [textwrap.fill(str(what), 30, max_lines=2, placeholder="…") for what in dated["what"]]
    with drawing():
        drawn = figure(40 + 38 * max(len(dated), 1))
        axes = drawn.subplots()
        quiet(axes, "x")
        _draw_bars(axes, dated)
        if today is not None:
            from matplotlib.dates import date2num

            axes.axvline(float(date2num(today)), color=INK, linewidth=1.1, linestyle=(0, (4, 3)), zorder=0)
        axes.set_yticks(range(len(dated)), labels)
        axes.tick_params(axis="y", labelcolor=INK, labelsize=9.5)
        axes.set_ylim(len(dated) - 0.4, -0.6)
        if len(dated):
            span = dated["due"].max() - dated["starts"].min()
            axes.set_xlim(dated["starts"].min() - span / 40, dated["due"].max() + span / 40)
        _time_axis(axes, dated["due"], most=6)
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


def _draw_bars(axes: Axes, dated: pd.DataFrame) -> None:
    """Draw a bar an action, filled where it is agreed, with owner and date due beneath it."""
    for place, row in enumerate(dated.to_dict("records")):
        days = max((row["due"] - row["starts"]).days, 1)
        filled = COMMON if row.get("agreed", True) else PAPER
        axes.barh(
            place - 0.17,
            days,
            left=row["starts"],
            height=0.26,
            color=filled,
            edgecolor=MUTED,
            linewidth=1.1,
        )
        _beneath(axes, row, place, dated["due"].max(), dated["starts"].min())


def _beneath(axes: Axes, row: dict[Any, Any], place: int, last: pd.Timestamp, first: pd.Timestamp) -> None:
    """Write owner and date due beneath the bar: from its start, or up to its end where there is no room."""
    words = ", ".join(part for part in (_owner(row), f"due {date(row['due'], 'short')}") if part)
    wide = LETTER * len(words) * (last - first)
    late = row["starts"] + wide > last
    end = row["due"] if row["due"] - wide > first else last
    axes.annotate(
        words,
        (end if late else row["starts"], place + 0.24),
        ha="right" if late else "left",
        va="center",
        fontsize=9.5,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
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
