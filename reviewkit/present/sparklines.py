"""A line the size of a word: the course of a measure, its target, and its special points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from .palette import TONES
from .time_axis import with_gaps

WIDTH, HEIGHT, EDGE = 116.0, 28.0, 4.0
"""Size of the drawing and the room at its edges, in its own units."""
SHAPES = {
    "improvement": "m0 -{0}l{0} {0}l-{0} {0}l-{0} -{0}z",
    "concern": "m0 -{0}l{0} {1}h-{1}z",
    "neutral": "m-{0} -{0}h{1}v{1}h-{1}z",
    "common_cause": "m0 -{0}a{0} {0} 0 1 0 .01 0z",
}
"""What a point means -> its shape about it, as in the charts; a circle for the last point alone."""


def sparkline(points: pd.DataFrame, *, alt: str = "recent course") -> Markup:
    """Return the course of one series as a small drawing; nothing with fewer than two figures.

    Parameters
    ----------
    points : ``period`` and ``value`` in time order; where there, ``target`` is drawn as steps and
        special points of ``signal`` in their shape. The line breaks where a figure is missing.

    Examples
    --------
    >>> months = pd.date_range("2025-01-01", periods=3, freq="MS")
    >>> drawn = sparkline(pd.DataFrame({"period": months, "value": [1.0, 2.0, 4.0]}))
    >>> '<polyline points="4.0,24.0 ' in drawn
    True
    """
    points = with_gaps(points.reset_index(drop=True))
    values = points["value"].to_numpy(dtype="float64", na_value=np.nan)
    if np.isfinite(values).sum() < 2:
        return Markup("")
    target = _target(points)
    x = EDGE + (WIDTH - 2 * EDGE) * np.arange(len(values)) / (len(values) - 1)
    low, high = np.nanmin([values, target]), np.nanmax([values, target])
    y, level = (
        HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (part - low) / ((high - low) or 1.0)
        for part in (values, target)
    )
    drawn = [_steps(x, level), *_lines(x, y), *_marks(points, x, y)]
    return Markup('<svg class="rk-spark" role="img" aria-label="{}" viewBox="0 0 {:g} {:g}">{}</svg>').format(
        alt, WIDTH, HEIGHT, Markup("").join(drawn)
    )


def _target(points: pd.DataFrame) -> Any:
    if "target" not in points:
        return np.full(len(points), np.nan)
    # A period without a row stands under the target of the one before.
    return points["target"].ffill().to_numpy(dtype="float64", na_value=np.nan)


def _steps(x: Any, level: Any) -> Markup:
    """Return the target as one path of level lines, a step where it changes."""
    path, now = "", np.nan
    for place in np.flatnonzero(np.isfinite(level)):
        if np.isnan(now):
            path += f"M{x[place]:.1f} {level[place]:.1f}"
        elif level[place] != now:
            path += f"H{x[place]:.1f}V{level[place]:.1f}"
        now = level[place]
    return Markup('<path class="rk-goal" d="{}H{:.1f}"></path>').format(path, x[-1]) if path else Markup("")


def _lines(x: Any, y: Any) -> list[Markup]:
    """Return one line for each stretch without a gap."""
    there = np.isfinite(y)
    stretches = np.split(np.arange(len(y)), np.flatnonzero(np.diff(there.astype(int)) != 0) + 1)
    return [
        Markup('<polyline points="{}"></polyline>').format(
            " ".join(f"{x[place]:.1f},{y[place]:.1f}" for place in stretch)
        )
        for stretch in stretches
        if len(stretch) > 1 and there[stretch[0]]
    ]


def _marks(points: pd.DataFrame, x: Any, y: Any) -> list[Markup]:
    """Return the special points, one path a meaning, and the last point larger than the others."""
    signal = points["signal"].fillna("common_cause") if "signal" in points else pd.Series("", points.index)
    last = int(np.flatnonzero(np.isfinite(y))[-1])
    drawn = []
    for tone in TONES:
        special = tone != "common_cause"
        at = [int(n) for n in np.flatnonzero((signal == tone) & np.isfinite(y)) if special and n != last]
        path = "".join(f"M{x[n]:.1f} {y[n]:.1f}{_shape(tone, 1.9)}" for n in at)
        if tone == (signal.iloc[last] if signal.iloc[last] in TONES else "common_cause"):
            path += f"M{x[last]:.1f} {y[last]:.1f}{_shape(tone, 3.6)}"
        if path:
            drawn.append(Markup('<path class="rk-{}" d="{}"></path>').format(tone, path))
    return drawn


def _shape(tone: str, size: float) -> str:
    shape = SHAPES.get(tone, SHAPES["neutral"])
    # A square or a circle of the same width looks larger than a diamond.
    size = size if tone in ("improvement", "concern") else round(0.8 * size, 1)
    return shape.format(f"{size:g}", f"{2 * size:g}")
