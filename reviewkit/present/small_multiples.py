"""Several small process behaviour charts on one scale."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit.performance import bare

from .chart import Chart
from .display import Display
from .layout import margins
from .palette import INK, MUTED
from .svg import drawing, figure, quiet, value_axis
from .time_axis import time_axis
from .words import listing, missing, sentence
from .xmr_series import draw_gaps, draw_series, value_limits
from .xmr_words import MEANINGS, remarks, shapes_of, signal_runs

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, PLOT, FOOT, HEAD = 236, 104, 24, 24
"""Size of one small chart, its dates and its name, in pixels."""


def small_multiples(
    points: pd.DataFrame,
    display: Display,
    *,
    by: str,
    title: str,
    subtitle: str = "",
    source: str = "",
    key: str,
) -> Chart:
    """Draw one small process behaviour chart for each value of ``by``, all on the same scales.

    They stand beside one another as far as the screen is wide. ``points`` are those of
    :func:`~reviewkit.present.xmr_charts.xmr_chart`, with a column ``by``.
    """
    points = bare(points.reset_index(drop=True))
    names = [str(name) for name in pd.unique(points[by])]
    parts = [points[points[by].astype("str") == name].reset_index(drop=True) for name in names]
    told = [_told(name, part, display) for name, part in zip(names, parts, strict=True)]
    with drawing():
        panels = [_panel(name, part, points, display) for name, part in zip(names, parts, strict=True)]
    shapes = {tone: words for part in parts for tone, words in shapes_of(part, display).items()}
    lead = f"{len(names)} small process behaviour charts of {display.name} on one scale."
    return Chart(
        panels[0] if panels else figure(PLOT),
        title,
        " ".join(text for text in (subtitle, _remarks(names, parts, display)) if text),
        source,
        " ".join([lead, sentence(title), *told]),
        _data(names, parts, display),
        key,
        keys={tone: shapes[tone] for tone in MEANINGS if tone in shapes},
        panels=tuple(zip(panels, (f"{display.name}, {text}" for text in told), strict=True)),
    )


_NOW = {"mean": "Centre now", "lower": "Lower limit now", "upper": "Upper limit now", "target": "Target now"}


def _data(names: list[str], parts: list[pd.DataFrame], display: Display) -> pd.DataFrame:
    """Return a row a period and a column a unit: the figure, and its reading where it is special.

    Limits and target of today stand above, once: in every row they would weigh more than the figures.
    """
    columns = {}
    for name, part in zip(names, parts, strict=True):
        last = part.dropna(subset=["value"]).tail(1)
        now = {text: last[key].iloc[0] for key, text in _NOW.items() if key in last and len(last)}
        texts = {text: display.figure(value) for text, value in now.items() if not missing(value)}
        for row in part.dropna(subset=["value"]).to_dict("records"):
            signal = str(row.get("signal", "common_cause"))
            reading = "" if signal == "common_cause" else f", {display.variation(signal)}"
            texts[display.when(row["period"])] = display.figure(row["value"]) + reading
        columns[name] = pd.Series(texts, dtype="str")
    dates = pd.concat([part["period"] for part in parts]).drop_duplicates().sort_values()
    rows = [*_NOW.values(), *dict.fromkeys(display.when(at) for at in dates)]
    table = pd.DataFrame(columns).reindex(rows).dropna(how="all")
    return table.fillna("–").rename_axis("Period").reset_index()


def _panel(name: str, part: pd.DataFrame, points: pd.DataFrame, display: Display) -> Figure:
    """Return one small chart, on the scales of all points."""
    drawn = figure(PLOT + FOOT + HEAD, WIDTH, layout=None)
    axes = drawn.add_axes((0, 0, 1, 1))
    quiet(axes)
    draw_series(axes, part, size=3.2)
    draw_gaps(axes, part, 3.6)
    axes.set_ylim(*value_limits(points))
    low, high = axes.convert_xunits(pd.Series([points["period"].min(), points["period"].max()]))
    edge = max((float(high) - float(low)) * 0.03, 0.5)
    axes.set_xlim(float(low) - edge, float(high) + edge)
    time_axis(axes, points["period"], most=3)
    axes.tick_params(axis="x", pad=6)
    value_axis(axes.yaxis, display.unit, 4, currency=display.currency)
    left, right = margins(axes, WIDTH)
    height = PLOT + FOOT + HEAD
    axes.set_position((left / WIDTH, FOOT / height, (WIDTH - left - right) / WIDTH, PLOT / height))
    short, at = textwrap.shorten(name, 22, placeholder="…"), 1 - 15 / height
    drawn.text(0.01, at, short, fontsize=11, color=INK, fontweight="bold", gid="name")
    known = part["value"].dropna()
    if len(known):
        latest = display.figure(known.iloc[-1], short=True)
        drawn.text(0.99, at, latest, fontsize=10.5, color=MUTED, ha="right", gid="latest")
    return drawn


def _remarks(names: list[str], parts: list[pd.DataFrame], display: Display) -> str:
    """Return what must be known to read the charts, each remark once with the charts it holds for."""
    told: dict[str, list[str]] = {}
    for name, part in zip(names, parts, strict=True):
        told.setdefault(remarks(part, display), []).append(name)
    return " ".join(
        text if len(about) == len(names) else f"{listing(about)}: {text[0].lower()}{text[1:]}"
        for text, about in told.items()
        if text
    )


def _told(name: str, part: pd.DataFrame, display: Display) -> str:
    """Say of one small chart its first and last figure and how it ends."""
    known = part.dropna(subset=["value"])
    if known.empty:
        return f"{name}: no values."
    first, last = known.iloc[0], known.iloc[-1]
    special = int(signal_runs(known)["n"].sum())
    return (
        f"{name}: {display.figure(first['value'])} in {display.when(first['period'])}, "
        f"{display.figure(last['value'])} in {display.when(last['period'])}, "
        f"{display.variation(str(last['signal'])) or 'no verdict'}, "
        f"{special or 'no'} special {'point' if special == 1 else 'points'}."
    )
