"""Small denominators: rates that can only jump."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewkit.model import Engagement
from reviewkit.model.words import listing

from ..journeys.interval import Z
from .trap import Looked, Trap, percent

SMALL = 30
"""Cases below which a percentage is to be read with care."""
TOO_SMALL = 10
"""Cases below which a percentage says nothing: one case more moves it by ten percentage points or more."""


def small_denominators(looked: Looked) -> Trap | None:
    """Find sites and contracts whose percentages rest, in half of their periods or more, on few cases.

    How far chance alone moves such a point is ``1.96 * sqrt(p (1 - p) / n)`` at the usual ``n``, or
    ``1.96 * sqrt(count) / n`` where the count can pass ``n``; the widest is told.
    """
    rows = _rates(looked.panel, looked.engagement)
    if rows.empty:
        return None
    keys = ["measure", "site", "contract"]
    usual = rows.groupby(keys)["denominator"].transform("median")
    of_small = rows[usual < SMALL]
    points = of_small[of_small["denominator"] < SMALL]
    if points.empty:
        return None
    none = int((points["denominator"] < TOO_SMALL).sum())
    name, swing = _widest(of_small)
    titles = [looked.engagement.measure(each).name for each in points["measure"].unique()]
    return Trap(
        "small",
        looked.engagement.measure(name).table,
        f"{len(points):,} of {len(rows):,} points of percentages by {looked.engagement.site_label} or "
        f"contract, {percent(len(points) / len(rows))}, stand on fewer than {SMALL} cases "
        f"({listing(titles, limit=4)})",
        f"highs and lows look like change, though chance alone moves a point of "
        f"{looked.engagement.measure(name).name} by up to {swing:.0f} percentage points",
        f"Read them over several periods together; the {none:,} on fewer than {TOO_SMALL} cases say nothing"
        if none
        else "Read them over several periods together",
        len(points),
        len(rows),
        {"too_small": float(none), "swing": swing},
        f"Half of a series' points on fewer than {SMALL} cases",
    )


def _rates(panel: pd.DataFrame | None, engagement: Engagement) -> pd.DataFrame:
    names = [m.id for m in engagement.measures if m.unit == "percent" and m.denominator]
    if panel is None or panel.empty:
        return pd.DataFrame(columns=["measure"])
    part = (panel["site"] != "") | (panel["contract"] != "")
    return panel[part & panel["measure"].isin(names) & (panel["denominator"] > 0)]


def _widest(rows: pd.DataFrame) -> tuple[str, float]:
    """Return the measure that chance moves most, and by how many percentage points."""
    grouped = rows.groupby("measure")
    usual, sums = grouped["denominator"].median(), grouped[["numerator", "denominator"]].sum()
    share = sums["numerator"] / sums["denominator"]
    over = (rows["numerator"] > rows["denominator"]).groupby(rows["measure"]).any()
    variance = np.where(over, share, share * (1 - share)) / usual
    swing = pd.Series(100 * Z * np.sqrt(variance.astype("float64")), index=usual.index)
    return str(swing.idxmax()), float(swing.max())
