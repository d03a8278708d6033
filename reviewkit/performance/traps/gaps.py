"""Missing periods: neighbours in a series that are not neighbours in time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.evidence.suspicions.calendar import EVENTS
from reviewkit.evidence.suspicions.gaps import USUAL_EVENTS
from reviewkit.model import Engagement
from reviewkit.model.words import listing, plural

from ..changes.points import adds_up
from ..measures.missing import missing_periods
from .trap import Looked, Trap, percent


def gaps(looked: Looked) -> Trap | None:
    """Find periods without a figure between the first and the last of a site's series.

    Of measures counted from single events, only those of sites with ten or more a period are looked at, as
    ``reviewkit check`` does: none at all may be chance below that.
    """
    panel = looked.panel
    if panel is None or panel.empty:
        return None
    sites = panel[panel["site"] != ""]
    if sites.empty:
        return None
    grouped = sites.groupby(["measure", "site"])
    missing = grouped["period"].agg(lambda part: len(missing_periods(part)))
    usual = grouped["denominator"].median().fillna(grouped["numerator"].median())
    rare = missing.index.get_level_values("measure").isin(_of_events(looked.engagement))
    kept = missing[(missing > 0) & ~(rare & (usual < USUAL_EVENTS).to_numpy())]
    if kept.empty:
        return None
    points = grouped["period"].nunique()
    names, count = list(dict.fromkeys(kept.index.get_level_values("site"))), int(kept.sum())
    label = looked.engagement.site_label
    believe, made = _believed(kept, points, looked.engagement)
    return Trap(
        "gaps",
        "measures over time",
        f"{plural(count, 'point is', 'points are')} missing between the first and last of {len(kept)} of "
        f"{plural(len(missing), 'series', 'series')} by {label}, at {listing(names, limit=4)}",
        believe,
        "Ask for them, or note why there are none",
        count,
        count + int(points.sum()),
        {"series": float(len(kept)), **made},
        "No figure between a series' first period and its last",
    )


def _believed(
    kept: pd.Series[Any], points: pd.Series[Any], engagement: Engagement
) -> tuple[str, dict[str, float]]:
    """Say what the gaps make believe, and how far a sum over the worst series is off."""
    text = "figures from either side of a gap are read as neighbours, in runs and in moving ranges"
    sums = [measure.id for measure in engagement.measures if adds_up(measure)]
    of_sums = kept[kept.index.get_level_values("measure").isin(sums)]
    if of_sums.empty:
        return text, {}
    share = of_sums / (of_sums + points.loc[of_sums.index])
    name, site = share.sort_values(ascending=False, kind="stable").index[0]
    worst = float(share.max())
    told = (
        f"{text}; {engagement.measure(str(name)).name} at {site} adds up to about {percent(worst)} too little"
    )
    return told, {"worst_share": worst}


def _of_events(engagement: Engagement) -> list[str]:
    return [measure.id for measure in engagement.measures if measure.table in EVENTS]
