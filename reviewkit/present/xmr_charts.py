"""Process behaviour (XmR) charts: one series, several small ones, and one the size of a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from reviewkit.performance import bare

from .chart import Chart
from .palette import COMMON, FILL, INK, MARKERS, MUTED, PAPER, TONES
from .svg import drawing, figure, quiet, value_axis
from .words import VARIATION, date, number, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DATA_HEADINGS = {
    "value": "Value",
    "mean": "Mean",
    "lower": "Lower limit",
    "upper": "Upper limit",
    "target": "Target",
    "signal": "Reading",
    "rule": "Rule",
}


def xmr_chart(
    points: pd.DataFrame,
    *,
    name: str,
    unit: str = "count",
    title: str,
    subtitle: str = "",
    source: str = "",
    annotations: pd.DataFrame | None = None,
    key: str,
    decimals: int | None = None,
) -> Chart:
    """Draw one series with its mean, limits and target; special points differ in shape and colour.

    Parameters
    ----------
    points : one row a point in time order: ``period``, ``value``, ``mean``, ``lower``, ``upper``,
        ``signal``; where there, ``phase`` breaks the limits and ``target`` is drawn as a step.
    annotations : local knowledge, ``at`` (or ``from``) and ``text``: drawn as numbered lines.
    """
    points = bare(points.reset_index(drop=True))
    with drawing():
        drawn = figure(250)
        axes = drawn.subplots()
        quiet(axes)
        _series(axes, points)
        _edge_labels(axes, points, unit, decimals)
        notes = _annotate(axes, points, annotations)
        _time_axis(axes, points["period"])
        value_axis(axes.yaxis, unit)
    return Chart(
        drawn,
        title=title,
        subtitle=" ".join(part for part in (subtitle, notes) if part),
        source=source,
        alt=_alt(points, name, unit, decimals, title),
        data=_data(points),
        key=key,
    )


def small_multiples(
    points: pd.DataFrame,
    *,
    by: str,
    unit: str = "count",
    title: str,
    subtitle: str = "",
    source: str = "",
    key: str,
    columns: int = 2,
    decimals: int | None = None,
) -> Chart:
    """Draw one small XmR chart for each value of ``by``, all on the same scales."""
    points = bare(points.reset_index(drop=True))
    names = [str(name) for name in pd.unique(points[by])]
    rows = -(-len(names) // columns)
    with drawing():
        drawn = figure(30 + 118 * rows)
        grid = drawn.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for axes, name in zip(grid, names, strict=False):
            part = points[points[by].astype(str) == name].reset_index(drop=True)
            quiet(axes)
            _series(axes, part, size=3.2)
            axes.set_title(name, loc="left", fontsize=11, color=INK, fontweight="bold")
            _time_axis(axes, points["period"], most=2)
            value_axis(axes.yaxis, unit, 4)
        for axes in grid[len(names) :]:
            axes.set_axis_off()
    marked = [name for name in names if _special(points[points[by].astype(str) == name])]
    alt = f"{len(names)} small process behaviour charts on one scale. {sentence(title)}" + (
        f" Special points in {', '.join(marked)}." if marked else " No special points."
    )
    return Chart(drawn, title, subtitle, source, alt, _data(points, by), key)


def sparkline(values: list[float], *, key: str, alt: str = "", tone: str = "common_cause") -> Markup:
    """Return a line the size of a word, its last point marked by what it means."""
    known = [(place, value) for place, value in enumerate(values) if not pd.isna(value)]
    if len(known) < 2:
        return Markup("")
    low, high = min(v for _, v in known), max(v for _, v in known)
    scale = (high - low) or 1.0
    last = max(1, known[-1][0])
    dots = [(2 + 92 * place / last, 20 - 16 * (value - low) / scale) for place, value in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
    colour = f"rk-{tone if tone in TONES else 'common_cause'}"
    return Markup(
        '<svg class="rk-spark" role="img" aria-label="{}" viewBox="0 0 100 24">'
        '<polyline points="{}"></polyline><circle class="{}" cx="{:.1f}" cy="{:.1f}" r="3.2"></circle></svg>'
    ).format(alt or "recent course", line, colour, *dots[-1])


def _series(axes: Axes, points: pd.DataFrame, size: float = 4.6) -> None:
    at = points["period"]
    phases = points["phase"] if "phase" in points else pd.Series(0, index=points.index)
    for _, part in points.groupby(phases, sort=False):
        if part["lower"].notna().any():
            axes.fill_between(part["period"], part["lower"], part["upper"], color=FILL, linewidth=0)
            for edge in ("lower", "upper"):
                axes.plot(part["period"], part[edge], color=MUTED, linewidth=0.8, dashes=(2, 3))
        axes.plot(part["period"], part["mean"], color=MUTED, linewidth=1.0)
    if "target" in points and points["target"].notna().any():
        axes.step(at, points["target"], where="post", color=INK, linewidth=1.4, dashes=(6, 3))
    axes.plot(at, points["value"], color=COMMON, linewidth=1.3)
    for signal, part in points.groupby(points["signal"].fillna("common_cause"), sort=True):
        axes.plot(
            part["period"],
            part["value"],
            MARKERS.get(str(signal), "o"),
            color=TONES.get(str(signal), COMMON),
            markersize=size + (0 if signal == "common_cause" else 1.4),
            markeredgecolor=PAPER,
            markeredgewidth=0.5,
        )


def _edge_labels(axes: Axes, points: pd.DataFrame, unit: str, decimals: int | None) -> None:
    """Write what each line is at its right-hand end, kept apart from one another."""
    last = points.iloc[-1]
    labels = [
        ("mean", last.get("mean"), MUTED),
        ("limit", last.get("upper"), MUTED),
        ("limit", last.get("lower"), MUTED),
    ]
    target = points["target"].dropna() if "target" in points else pd.Series(dtype="float64")
    if len(target):
        labels.append(("target", target.iloc[-1], INK))
    known = sorted(((float(y), text, colour) for text, y, colour in labels if y is not None and pd.notna(y)))
    axes.margins(x=0.02, y=0.1)
    low, high = axes.get_ylim()
    step, floor = (high - low) * 0.075, -float("inf")
    for y, text, colour in known:
        floor = max(y, floor + step)
        axes.annotate(
            f"{text} {number(y, unit, decimals, short=True)}",
            (1.01, floor),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=9.5,
            color=colour,
            fontweight="bold" if text == "target" else "normal",
        )


def _annotate(axes: Axes, points: pd.DataFrame, annotations: pd.DataFrame | None) -> str:
    """Mark dated local knowledge with numbered lines; return what the numbers stand for."""
    if annotations is None or annotations.empty or "text" not in annotations:
        return ""
    at = next((name for name in ("at", "from", "starts") if name in annotations), None)
    if at is None:
        return ""
    dated = annotations[annotations[at].between(points["period"].min(), points["period"].max())].sort_values(
        at
    )
    notes = []
    for place, row in enumerate(dated.to_dict("records"), start=1):
        axes.axvline(row[at], color=INK, linewidth=0.9, dashes=(1, 2))
        axes.annotate(
            str(place),
            (row[at], 1.0),
            xycoords=("data", "axes fraction"),
            ha="center",
            va="bottom",
            fontsize=9.5,
            fontweight="bold",
        )
        notes.append(f"{place}: {date(row[at], 'short')}, {row['text']}".rstrip("."))
    return f"Marked: {'; '.join(notes)}." if notes else ""


def _time_axis(axes: Axes, periods: pd.Series[Any], most: int = 5) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    if not pd.api.types.is_datetime64_any_dtype(periods):
        return
    locator = AutoDateLocator(minticks=2, maxticks=most)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(
            locator,
            formats=["%Y", "%b %y", "%d %b", "%H:%M", "%H:%M", ""],
            show_offset=False,
            zero_formats=["", "%b %Y", "%d %b", "%d %b", "%H:%M", ""],
        )
    )


def _special(points: pd.DataFrame) -> bool:
    return bool((points["signal"].fillna("common_cause") != "common_cause").any())


def _alt(points: pd.DataFrame, name: str, unit: str, decimals: int | None, title: str) -> str:
    known = points.dropna(subset=["value"])
    if known.empty:
        return f"Process behaviour chart of {name}: no values."
    last, first = known.iloc[-1], known.iloc[0]
    special = int((known["signal"].fillna("common_cause") != "common_cause").sum())
    reading = VARIATION.get(str(last["signal"]), "no significant change")
    return (
        f"Process behaviour chart of {name}. {sentence(title)} {len(known)} points "
        f"from {date(first['period'], 'month')} "
        f"to {date(last['period'], 'month')}; latest {number(last['value'], unit, decimals)}, {reading}; "
        f"{special} special {'point' if special == 1 else 'points'}."
    )


def _data(points: pd.DataFrame, by: str = "") -> pd.DataFrame:
    headings = {name: text for name, text in DATA_HEADINGS.items() if name in points}
    lead = {by: by.replace("_", " ").capitalize()} if by else {}
    data = points[[*lead, "period", *headings]].rename(columns={**lead, "period": "Period", **headings})
    if pd.api.types.is_datetime64_any_dtype(data["Period"]):
        data["Period"] = [date(at, "short") for at in data["Period"]]
    if "Reading" in data:
        data["Reading"] = [VARIATION.get(str(signal), str(signal)) for signal in data["Reading"]]
    if "Rule" in data:
        data["Rule"] = data["Rule"].astype("str").str.replace("_", " ")
    return data
