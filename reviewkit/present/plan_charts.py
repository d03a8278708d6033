"""Charts of the plan: what to do first, the staged climb, who does what when."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from .chart import Chart
from .palette import COMMON, FILL, IMPROVEMENT, INK, NEUTRAL, PAPER
from .svg import drawing, figure, quiet
from .words import date, listing, number, sentence
from .xmr_charts import _time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STAGES = ("base_camp", "camp_2", "camp_3", "summit")
STAGE_NAMES = {"base_camp": "Base Camp", "camp_2": "Camp 2", "camp_3": "Camp 3", "summit": "Summit"}


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
    """Draw recommendations by effort and impact, numbered as in the data table; first ones are diamonds.

    ``frame`` has ``impact``, ``effort`` and a label; where there, ``first`` (true or false).
    """
    frame = frame.reset_index(drop=True)
    first = (
        frame["first"].fillna(False).astype(bool) if "first" in frame else pd.Series(False, index=frame.index)
    )
    with drawing():
        drawn = figure(300)
        axes = drawn.subplots()
        quiet(axes, "both")
        for at, part in frame.groupby(["effort", "impact"]):
            effort, impact = (float(str(place)) for place in at)
            for step, place in enumerate(part.index):
                at_point = (effort + 0.26 * (step % 3), impact - 0.3 * (step // 3))
                _numbered(axes, at_point, str(place + 1), bool(first[place]))
        for set_limits, set_ticks in ((axes.set_xlim, axes.set_xticks), (axes.set_ylim, axes.set_yticks)):
            set_limits(0.4, 5.9)
            set_ticks([1, 2, 3, 4, 5])
        axes.set_xlabel("more effort →", loc="right")
        axes.set_ylabel("more impact →", loc="top")
    chosen = [str(text) for text in frame.loc[first, label]]
    message = f"Chart of impact against effort for {len(frame)} recommendations. {sentence(title)}"
    data = frame.assign(No=range(1, len(frame) + 1), First=first)[["No", label, "impact", "effort", "First"]]
    data = data.rename(columns={label: "Recommendation", "impact": "Impact", "effort": "Effort"})
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        alt or (message + (f" First: {listing(chosen)}." if chosen else "")),
        data,
        key,
    )


def _numbered(axes: Axes, at: tuple[float, float], label: str, first: bool) -> None:
    """Draw one recommendation with its number: a diamond where it is one of the first."""
    form, colour, weight = ("D", IMPROVEMENT, "bold") if first else ("o", COMMON, "normal")
    axes.plot([at[0]], [at[1]], form, color=colour, markersize=9, markeredgecolor=PAPER)
    axes.annotate(label, at, xytext=(6, 3), textcoords="offset points", fontsize=10, fontweight=weight)


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
            axes.set_title(name, loc="left", fontsize=11, fontweight="bold", color=INK)
            axes.fill_between(part["due"], 0, part["percent"], color=FILL, linewidth=0)
            axes.plot(part["due"], part["percent"], color=NEUTRAL, linewidth=1.8)
            axes.plot(part["due"], part["percent"], "o", color=NEUTRAL, markersize=6, markeredgecolor=PAPER)
            for row in part.to_dict("records"):
                axes.annotate(
                    _stage(row),
                    (row["due"], row["percent"]),
                    xytext=(0, 7),
                    ha="center",
                    textcoords="offset points",
                    fontsize=9.5,
                    linespacing=1.15,
                )
            axes.set_ylim(0, 165)
            axes.set_yticks([])
            axes.margins(x=0.13)
            _time_axis(axes, ascent["due"], most=5)
    summit = ascent[ascent["stage"] == "summit"]
    ends = [
        f"{row['name']} {number(row['level'], row['unit'])} by {date(row['due'])}"
        for row in summit.to_dict("records")
    ]
    message = alt or f"Chart of a climb in four stages. {sentence(title)} Summit: {listing(ends)}."
    return Chart(drawn, title, subtitle, source, message, _ascent_data(ascent), key)


def gantt(
    actions: pd.DataFrame, *, title: str, subtitle: str = "", source: str = "", alt: str = "", key: str
) -> Chart:
    """Draw when each action runs, in order of start; ``actions`` has ``what, owner, starts, due``."""
    dated = actions.dropna(subset=["starts", "due"]).sort_values(["starts", "due"]).reset_index(drop=True)
    labels = [textwrap.fill(str(what), 30, max_lines=2, placeholder="…") for what in dated["what"]]
    with drawing():
        drawn = figure(40 + 34 * max(len(dated), 1))
        axes = drawn.subplots()
        quiet(axes, "x")
        for place, row in enumerate(dated.to_dict("records")):
            days = max((row["due"] - row["starts"]).days, 1)
            axes.barh(place, days, left=row["starts"], height=0.5, color=COMMON, linewidth=0)
            axes.annotate(
                _owner(row),
                (row["starts"], place),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=9.5,
            )
        axes.set_yticks(range(len(dated)), labels)
        axes.tick_params(axis="y", labelcolor=INK, labelsize=9.5)
        axes.set_ylim(len(dated) - 0.4, -0.6)
        _time_axis(axes, dated["due"], most=4)
    span = f" From {date(dated['starts'].min())} to {date(dated['due'].max())}." if len(dated) else ""
    data = dated[[name for name in ("what", "owner", "starts", "due") if name in dated]].rename(
        columns={"what": "Action", "owner": "Owner", "starts": "Starts", "due": "Due"}
    )
    return Chart(
        drawn,
        title,
        subtitle,
        source,
        alt or f"Timeline of {len(dated)} actions. {sentence(title)}{span}",
        data,
        key,
    )


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
            "Share of the way": [number(percent, "percent", 0) for percent in ascent["percent"]],
            "Level": [number(row["level"], str(row["unit"])) for row in ascent.to_dict("records")],
            "By": [date(due) for due in ascent["due"]],
        }
    )


__all__ = ["STAGES", "STAGE_NAMES", "ascent_chart", "gantt", "impact_effort"]
