"""Flow through a service: the caseload above, those who come on and leave below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from .chart import Chart
from .palette import COMMON, INK, MUTED, NEUTRAL
from .svg import NARROW, drawing, figure, quiet, value_axis
from .time_axis import time_axis
from .words import date, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADINGS = {
    "on_flow": "Came on",
    "off_flow": "Left",
    "throughput": "Of these finished",
    "caseload": "Caseload",
}


def flow_chart(
    months: pd.DataFrame, *, title: str, subtitle: str = "", source: str = "", alt: str = "", key: str
) -> Chart:
    """Draw the caseload as a line over bars of those who came on (up) and left (down), month by month.

    Two panels, each with an axis of its own. The caseload is drawn where it can be read.

    Parameters
    ----------
    months : ``period, on_flow, off_flow, throughput, caseload, settled``, in time order.
    """
    months = months.reset_index(drop=True)
    with drawing():
        drawn = figure(270, NARROW)
        line, bars = drawn.subplots(2, 1, sharex=True, height_ratios=[1, 1.25])
        for axes in (line, bars):
            quiet(axes)
            axes.margins(x=0.02)
        _caseload(line, months)
        _bars(bars, months)
        time_axis(bars, months["period"])
    return Chart(drawn, title, subtitle, source, alt or _alt(months, title), _data(months), key)


def _caseload(axes: Axes, months: pd.DataFrame) -> None:
    shown = months["caseload"].astype("float64").where(months["settled"].astype(bool))
    axes.plot(months["period"], shown, "o-", color=NEUTRAL, linewidth=1.8, markersize=3.5)
    axes.set_ylim(0, max(1.0, float(shown.max(skipna=True)) if shown.notna().any() else 1.0) * 1.25)
    _label(axes, "Caseload at the end of the month", 1.0)
    last = shown.last_valid_index()
    if last is not None:
        place = (months["period"][last], shown[last])
        axes.annotate(f"{shown[last]:,.0f}", place, xytext=(6, 0), textcoords="offset points", va="center")
    value_axis(axes.yaxis, "count", 3)


def _bars(axes: Axes, months: pd.DataFrame) -> None:
    from matplotlib.ticker import FuncFormatter

    wide = 22
    axes.bar(months["period"], months["on_flow"], width=wide, color=NEUTRAL, linewidth=0)
    known = _known(months)
    left = (months["period"][known], -months["off_flow"][known])
    axes.bar(*left, width=wide, color=COMMON, linewidth=0)
    axes.bar(months["period"][~known], -months["off_flow"][~known], width=wide, color="none", edgecolor=MUTED)
    axes.axhline(0, color=INK, linewidth=0.8)
    most = 1.3 * max(float(months[["on_flow", "off_flow"]].to_numpy().max()), 1.0)
    axes.set_ylim(-most, most)
    _label(axes, "Came on", 1.0)
    text = "Left" if known.all() else "Left (outlined: not all known yet)"
    # A little above the axis, which it would touch.
    axes.text(0, 0.02, text, transform=axes.transAxes, va="bottom", fontsize=10, color=MUTED)
    value_axis(axes.yaxis, "count", 4)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}"))


def _known(months: pd.DataFrame) -> pd.Series[bool]:
    """Whether it can be told who left: not after the last month of which the caseload can be read."""
    settled = months["settled"].astype(bool)
    return settled.iloc[::-1].cummax().iloc[::-1] if settled.any() else settled | True


def _label(axes: Axes, text: str, at: float) -> None:
    axes.annotate(text, (0, at), xycoords="axes fraction", va="bottom", fontsize=10, color=MUTED)


def _alt(months: pd.DataFrame, title: str) -> str:
    first, last = months["period"].iloc[0], months["period"].iloc[-1]
    return (
        f"Line of the caseload over bars of customers coming on and leaving. {sentence(title)} "
        f"{date(first, 'month')} to {date(last, 'month')}: {int(months['on_flow'].sum()):,} came on, "
        f"{int(months['off_flow'].sum()):,} left."
    )


def _data(months: pd.DataFrame) -> pd.DataFrame:
    shown = months.assign(period=[date(at, "month") for at in months["period"]])
    shown["caseload"] = shown["caseload"].astype("float64").where(shown["settled"].astype(bool))
    return shown[["period", *HEADINGS]].rename(columns={"period": "Month", **HEADINGS})
