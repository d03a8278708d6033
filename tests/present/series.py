"""Series of every kind that charts over time show, and what is needed to look at a drawing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from reviewkit.model import Measure
from reviewkit.performance import xmr
from reviewkit.present.charts import Display


def measure(**changes: Any) -> Measure:
    """A measure in per cent, more of which is better."""
    fields = {
        "id": "fcr",
        "name": "Resolved first time",
        "unit": "percent",
        "direction": "increase",
        "table": "contacts",
        "numerator": "sum(resolved)",
        "denominator": "count(resolved)",
        "contract_kpi": True,
    }
    return Measure.model_validate(fields | changes)


FCR = Display(measure(), cadence="week")
WAIT = Display(measure(id="wait", name="Waits of $5 to $9", unit="seconds", direction="decrease", decimals=0))


def points(n: int = 156) -> pd.DataFrame:
    """Weekly points whose last eight are of concern."""
    values = 70 + np.sin(np.arange(n))
    frame = pd.DataFrame({"period": pd.date_range("2022-01-03", periods=n, freq="W-MON"), "value": values})
    frame = frame.assign(
        mean=70.0, lower=67.0, upper=73.0, signal="common_cause", rule="", phase=0, target=72.0
    )
    frame.loc[frame.index[-8:], ["signal", "rule"]] = ["concern", "shift"]
    return frame


def changing(n: int = 36) -> pd.DataFrame:
    """Monthly points with two phases, three targets, special points, and three months without a figure."""
    noise = np.sin(np.arange(n) * 2.3) + np.cos(np.arange(n) * 1.1)
    frame = pd.DataFrame({"period": pd.date_range("2022-01-01", periods=n, freq="MS"), "value": 72 + noise})
    half = frame.index >= n * 2 // 3
    frame.loc[half, "value"] -= 6
    frame.loc[10, "value"] = 79.0
    frame["target"] = np.select([frame.index < n // 3, ~half], [70.0, 75.0], 78.0)
    frame.loc[[17, 18], "value"] = np.nan
    frame = frame.drop(index=n - 5)
    return xmr(frame, direction="increase", target="target", rebase=[frame["period"][n * 2 // 3]])


def run_chart(n: int = 9) -> pd.DataFrame:
    """Points too few for limits: a median, and a run above it."""
    frame = pd.DataFrame({"period": pd.date_range("2022-01-01", periods=n, freq="MS")})
    frame["value"] = [60.0 + step for step in range(n)]
    return frame.assign(
        chart="run", phase=0, mean=frame["value"].median(), lower=np.nan, upper=np.nan, target=70.0
    ).assign(
        signal=["common_cause"] * 4 + ["improvement"] * (n - 4),
        rule=[""] * 4 + ["long_run"] * (n - 4),
        assurance="",
    )


def seasonal(n: int = 48) -> pd.DataFrame:
    """Points whose mean and limits follow the time of year."""
    year = 4 * np.sin(np.arange(n) * np.pi / 6)
    frame = pd.DataFrame(
        {
            "period": pd.date_range("2022-01-01", periods=n, freq="MS"),
            "value": 88 + np.sin(np.arange(n) * 2.3),
        }
    )
    found = xmr(frame, direction="increase")
    moved = {name: found[name] + year for name in ("value", "mean", "lower", "upper")}
    return found.assign(**moved, seasonal=True, chart="xmr")


def texts(figure: Figure) -> list[tuple[str, str, tuple[float, float, float, float]]]:
    """Return every word that is seen in a drawing: its kind, the text, and its box in pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    found = []
    for artist in figure.findobj(Text):
        if not isinstance(artist, Text) or not artist.get_visible() or not artist.get_text().strip():
            continue
        box = artist.get_window_extent(renderer)
        inside = all(not axes.get_figure() or _in_view(artist, axes) for axes in figure.axes)
        if inside:
            found.append(
                (artist.get_gid() or "tick", artist.get_text(), tuple(float(v) for v in box.extents))
            )
    return found


def _in_view(artist: Text, axes: Any) -> bool:
    """Tell whether a tick's word belongs to a tick within the axes; other words always do."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if artist in (tick.label1, tick.label2):
                return artist.get_visible() and low <= tick.get_loc() <= high
    return True
