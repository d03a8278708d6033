"""Start-up: the first months of a new site or contract are not like its later ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Engagement
from reviewkit.model.words import AFTER, plain, plural

from ..changes.points import adds_up
from .trap import Looked, Trap, month

FIRST_DAYS, NEXT_DAYS = 182, 275
"""How much of a beginning counts as start-up, and how much after it is what it is compared with."""
LATE_DAYS = 62
"""A series that begins so long after the others has begun late."""
LEAST = 6
"""Points after the start-up that are needed to say what is usual."""
FAR = 5.0
"""Standard errors by which the start-up must differ from what came next."""
SIGMA = 1.128
"""Mean moving range of two points over the standard deviation (d2 for n = 2; Wheeler 1993)."""
KEYS = ["measure", "site", "contract"]


def start_up(looked: Looked) -> Trap | None:
    """Find sites and contracts that begin within the data and begin unlike what they became.

    A series that begins 62 days after the earliest, or of a contract that begins with the data, is set
    against the mean of those that were there before, so that season and what moved all of them is no
    start-up. Its first half year is compared with the next nine months by ``(early - later) / (sigma *
    sqrt(1/k + 1/n))``, sigma from the moving ranges of the differences within each part. It must pass 5, and
    the smallest change worth acting on. Sums are not looked at: they grow with a site. Of 1,000 simulated
    series of chance alone 1 passed 5, and 8 with an autocorrelation of 0.3.
    """
    panel = looked.panel
    if panel is None or panel.empty:
        return None
    levels = [measure.id for measure in looked.engagement.measures if not adds_up(measure)]
    part = (panel["site"] != "") | (panel["contract"] != "")
    units = panel[part & panel["measure"].isin(levels) & np.isfinite(panel["value"])]
    begun = units.groupby(KEYS)["period"].transform("min")
    new = begun >= panel["period"].min() + pd.Timedelta(days=LATE_DAYS)
    new |= _new_contract(units, looked.engagement, panel["period"].min())
    beside = ["measure", "period", units["site"].ne("").rename("of_site")]
    others = units[~new].groupby(beside)["value"].mean().rename("others").reset_index()
    young = units[new].assign(of_site=units["site"].ne("")).merge(others, on=["measure", "period", "of_site"])
    rows, looked_at = [], 0
    for key, series in young.groupby(KEYS, sort=True):
        row = _compared(series.sort_values("period"))
        looked_at += row is not None
        if row and abs(row["far"]) >= FAR and _worth(row, looked.engagement, str(key[0])):
            rows.append({"measure": str(key[0]), "unit": str(key[1] or key[2]), **row})
    return _told(pd.DataFrame(rows), looked_at, looked.engagement) if rows else None


def _new_contract(units: pd.DataFrame, engagement: Engagement, first: pd.Timestamp) -> pd.Series[bool]:
    """Whether a row is of a contract that began when the data begin, or later."""
    starts = {item.id: item.starts for item in engagement.contracts if item.starts}
    young = [name for name, at in starts.items() if pd.Timestamp(at) >= first - pd.Timedelta(days=31)]
    return units["contract"].isin(young)


def _compared(part: pd.DataFrame) -> dict[str, Any] | None:
    since = (part["period"] - part["period"].iloc[0]).dt.days
    early, later = since < FIRST_DAYS, (since >= FIRST_DAYS) & (since < FIRST_DAYS + NEXT_DAYS)
    if early.sum() < 2 or later.sum() < LEAST:
        return None
    apart = part["value"] - part["others"]
    # Ranges within each part: the step between them is what is asked about.
    ranges = pd.concat([apart[early].diff(), apart[later].diff()]).abs()
    sigma = float(ranges.mean()) / SIGMA
    gap = float(apart[early].mean() - apart[later].mean())
    error = sigma * float(np.sqrt(1 / early.sum() + 1 / later.sum()))
    far = gap / error if error else float(np.sign(gap)) * float("inf")
    made = {"early": float(part.loc[early, "value"].mean()), "later": float(part.loc[later, "value"].mean())}
    return {**made, "gap": gap, "far": far, "began": part["period"].iloc[0]}


def _worth(row: dict[str, Any], engagement: Engagement, name: str) -> bool:
    least = engagement.measure(name).minimum_effect or 0.0
    return bool(abs(row["gap"]) >= least and row["gap"] != 0)


def _told(rows: pd.DataFrame, looked_at: int, engagement: Engagement) -> Trap:
    rows = rows.assign(size=rows["far"].abs()).sort_values("size", ascending=False, kind="stable")
    row = rows.iloc[0]
    measure = engagement.measure(str(row["measure"]))
    decimals = measure.decimals if measure.decimals is not None else 1
    after = AFTER.get(measure.unit, "")
    early, later = (plain(float(row[key]), decimals) + after for key in ("early", "later"))
    return Trap(
        "start_up",
        measure.table,
        f"{plural(len(rows), 'series', 'series')} of {looked_at} that begin within the data "
        f"{'starts' if len(rows) == 1 else 'start'} unlike what came later, most of all {measure.name} at "
        f"{row['unit']} from {month(row['began'])}",
        f"it seems to go from {early} to {later}, when only its first half year is over",
        "Judge a new site or contract from its second half year on",
        len(rows),
        looked_at,
        {"early": float(row["early"]), "later": float(row["later"])},
        "First half year against the next nine months, others' mean taken off; 5 standard errors",
    )
