"""Every point of every series, with its limits and the target in force."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Engagement, Measure

from ..measures.panel import KEYS, bare
from ..measures.targets import with_targets
from ..spc.xmr import Direction, xmr


def chart_points(panel: pd.DataFrame, targets: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Return every point of every series with its limits, run rule, signal and target in force.

    Parameters
    ----------
    panel : ``measure, site, contract, period, numerator, denominator, value``.
    targets : the table of targets; may have no rows.
    engagement : gives the direction of each measure and how many first points fix the limits.

    Returns
    -------
    The panel's columns and those of :func:`reviewkit.performance.xmr`.
    """
    ways: tuple[Direction, ...] = ("increase", "decrease", "neutral")
    known = with_targets(bare(panel), targets, own_only=[m.id for m in engagement.measures if adds_up(m)])
    parts = []
    for way in ways:
        names = [measure.id for measure in engagement.measures if measure.direction == way]
        rows = known[known["measure"].isin(names)]
        if len(rows) or way == "neutral":
            parts.append(
                xmr(rows, by=KEYS, direction=way, target="target", baseline=engagement.baseline_points)
            )
    points = pd.concat([part for part in parts if len(part)] or parts[-1:], ignore_index=True)
    points.attrs = dict(parts[-1].attrs)
    return points


def adds_up(measure: Measure) -> bool:
    """Whether a figure of the whole is the sum of its sites' figures, so that targets do not pass down.

    >>> adds_up(Measure(id="a", name="A", unit="count", direction="increase", table="kpis",
    ...                 numerator="count(*)"))
    True
    """
    return measure.denominator is None and measure.unit in ("count", "money")
