"""Periods that are missing between the first and the last."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import TABLES, Engagement

from .calendar import EVENTS, Cadence, named, sizes
from .suspicion import Suspicion, Tables, some

USUAL_EVENTS = 10
"""Events a period that a unit must usually have, before none at all is a gap: by Poisson's law ten are
expected and none seen once in 22,000 periods."""


def gaps(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find periods without a figure, by site, between a series' first period and its last.

    Single events count as missing only where the site usually has ten or more a period.
    """
    found = []
    for name, frame in tables.items():
        sized = sizes(name, frame, engagement)
        if sized:
            found += _gaps_of(name, *sized, engagement)
    return found


def _gaps_of(name: str, sized: pd.DataFrame, cadence: Cadence, engagement: Engagement) -> list[Suspicion]:
    missing: dict[str, set[int]] = {}
    rows: dict[str, int] = {}
    for (_, site), part in sized.groupby(["series", "site"]):
        if name in EVENTS and part["size"].median() < USUAL_EVENTS:
            continue
        periods = part["period"].astype(int)
        absent = set(range(periods.min(), periods.max() + 1)) - set(periods)
        if absent:
            missing[str(site)] = missing.get(str(site), set()) | absent
            before = part[periods < min(absent)].sort_values("period")
            rows[str(site)] = int(before["row"].iloc[-1])
    if not missing:
        return []
    count = sum(map(len, missing.values()))
    examples = [
        f"{_site(site)}{some([named(period, cadence) for period in sorted(absent)], 2)}"
        for site, absent in sorted(missing.items(), key=lambda pair: -len(pair[1]))
    ]
    sites = sized["site"].nunique()
    where = f"{len(missing)} of {sites} {engagement.site_labels}" if sites > 1 else "The table"
    what = f"{count} {cadence}{'s are' if count > 1 else ' is'} missing between first and last"
    return [
        Suspicion(
            "gap",
            name,
            f"{where}: {what} ({some(examples)})",
            "figures of neighbouring periods are set side by side as if nothing lay between",
            "Ask for these periods, or say in the annotations why there are none.",
            column=_date_column(name),
            count=count,
            row=next(iter(rows.values())),
        )
    ]


def _site(site: str) -> str:
    return f"'{site}' " if site else ""


def _date_column(name: str) -> str:
    return next(column.name for column in TABLES[name].columns if column.kind in ("date", "datetime"))
