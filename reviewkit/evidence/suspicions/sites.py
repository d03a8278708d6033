"""Sites that end, merge, begin late or change size between one period and the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewkit.model import Engagement

from .calendar import Cadence, named, sizes
from .suspicion import Suspicion, Tables, some

FEWEST = 3
"""Periods a site must have to be looked at."""
ENDS_BEFORE, STARTS_AFTER = 2, 3
"""Periods by which a site ends before the others, or starts after them."""
WINDOW = 6
"""Periods before and after a change that are compared. Where nothing changed, six that all lie above the six
before them come once in 924 places (the number of ways to choose 6 of 12)."""
JUMP, LEAST = 1.5, 30
"""How many times the size before, and the smallest size looked at."""
NEW_FOR_OLD = 1.5
"""A rise of as much as the ended site had, within this factor, is taken for its work."""

Rows = dict[tuple[str, int], int]
"""The row of a site and period, as an example."""


def ended(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find sites of which the figures end early, and where their work seems to have gone."""
    found = []
    for name, wide, cadence, rows in _wide(tables, engagement):
        last = _edge(wide, -1)
        gone = last[last <= wide.index.max() - ENDS_BEFORE].sort_values()
        if gone.empty or len(wide.columns) < 2:
            continue
        rises = {at: _rises(wide, int(at)) for at in gone.unique()}
        told = [
            f"'{site}' after {named(at, cadence)}{_taken_over(wide, gone, site, rises[at])}"
            for site, at in gone.items()
        ]
        found.append(
            Suspicion(
                "site_ends",
                name,
                f"{_of(len(gone), wide, engagement, 'end')} before the rest: {some(told, 6)}",
                "it may have closed or merged, or its later figures are missing; a site that takes over "
                "another's work is not comparable before and after",
                "Ask when it ended and who took over, and annotate that date with 'process_changed'.",
                column="site",
                count=len(gone),
                row=rows[gone.index[0], int(gone.iloc[0])],
            )
        )
    return found


def started_late(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find sites of which the figures begin later than the others'."""
    found = []
    for name, wide, cadence, rows in _wide(tables, engagement):
        begins = _edge(wide, 0)
        late = begins[begins >= wide.index.min() + STARTS_AFTER].sort_values()
        if late.empty or len(wide.columns) < 2:
            continue
        told = [f"'{site}' in {named(at, cadence)}" for site, at in late.items()]
        found.append(
            Suspicion(
                "site_starts_late",
                name,
                f"{_of(len(late), wide, engagement, 'begin')} later than the rest: {some(told)}",
                "the first months of a new site are seldom like those of an old one, or its earlier "
                "figures are missing",
                "Ask when it opened; annotate the end of its start-up with 'process_changed'.",
                column="site",
                count=len(late),
                row=rows[late.index[0], int(late.iloc[0])],
            )
        )
    return found


def changed_size(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find sites that are suddenly half as big again, or two thirds of what they were, and stay so."""
    found = []
    for name, wide, cadence, rows in _wide(tables, engagement):
        told: dict[str, str] = {}
        row = 0
        for site in wide.columns:
            step = _step(wide[site])
            if step:
                at, before, after = step
                row = row if told else rows[site, at]
                told[site] = f"'{site}' from about {before:,.0f} to {after:,.0f} in {named(at, cadence)}"
        if told:
            found.append(
                Suspicion(
                    "size_changes",
                    name,
                    f"{_of(len(told), wide, engagement, 'change')} size at a stroke and for good: "
                    f"{some(list(told.values()))}",
                    "it may have merged, split, or been counted in another way",
                    "Ask what happened, and annotate that date with 'process_changed'.",
                    column="site",
                    count=len(told),
                    row=row,
                )
            )
    return found


def _of(count: int, wide: pd.DataFrame, engagement: Engagement, does: str) -> str:
    verb = does if count > 1 else f"{does}s"
    return f"{count} of {len(wide.columns)} {engagement.site_labels} {verb}"


def _wide(tables: Tables, engagement: Engagement) -> list[tuple[str, pd.DataFrame, Cadence, Rows]]:
    """Sizes of each table with periods down and sites across; of counts, the series with most sites."""
    result = []
    for name, frame in tables.items():
        sized = sizes(name, frame, engagement) if name != "journey" else None
        if sized is None:
            continue
        part, cadence = sized
        part = part[part["site"] != ""]
        if part.empty:
            continue
        series = part.groupby("series")["site"].nunique().idxmax()
        part = part[part["series"] == series]
        seen = part.groupby("site")["period"].transform("nunique")
        part = part[seen >= min(FEWEST, part["period"].nunique())]  # a name that is hardly there is no site
        if part.empty:
            continue
        wide = part.pivot_table(index="period", columns="site", values="size", aggfunc="sum", min_count=1)
        wide = wide.reindex(range(int(wide.index.min()), int(wide.index.max()) + 1))
        result.append((name, wide.dropna(axis=1, how="all"), cadence, _rows(part)))
    return result


def _rows(part: pd.DataFrame) -> Rows:
    keys = zip(part["site"].tolist(), part["period"].astype(int).tolist(), strict=True)
    return dict(zip(keys, part["row"].tolist(), strict=True))


def _edge(wide: pd.DataFrame, place: int) -> pd.Series:
    """The first (0) or last (-1) period of each site."""
    return pd.Series({site: wide.index[wide[site].notna()][place] for site in wide.columns})


def _taken_over(wide: pd.DataFrame, gone: pd.Series, site: str, rises: pd.Series) -> str:
    """Say which other site grew by about as much as this one, or those that ended with it, had."""
    at = int(gone[site])
    together = [name for name, last in gone.items() if abs(int(last) - at) <= 1]
    best: tuple[float, str] | None = None
    for lost in ([site], together):
        had = float(wide[lost].loc[at - WINDOW + 1 : at].median().sum())
        for other, rise in rises.drop(together, errors="ignore").items():
            misfit = abs(float(np.log(rise / had))) if had >= LEAST else np.inf
            if misfit <= np.log(NEW_FOR_OLD):
                best = min(best or (misfit, str(other)), (misfit, str(other)))
    if not best:
        return ""
    new = wide[best[1]].loc[:at].isna().all()
    return f" (and '{best[1]}' {'begins with' if new else 'grows by'} about as much)"


def _rises(others: pd.DataFrame, at: int) -> pd.Series:
    """How much each site grew at once and for good after ``at``; those alone that did."""
    before, after = others.loc[at - WINDOW + 1 : at], others.loc[at + 1 : at + WINDOW]
    known = (before.count() >= WINDOW - 2) & (after.count() >= WINDOW // 2)
    up = after.median() - before.median()
    grown = known & (after.min() > before.max()) & (up >= 0.2 * before.median())
    # One that begins just then takes over all it has.
    begins = others.loc[:at].isna().all() & after.iloc[:2].notna().any() & (after.count() >= WINDOW // 2)
    return up.where(grown).fillna(after.median().where(begins & (before.shape[0] >= WINDOW))).dropna()


def _step(sizes: pd.Series) -> tuple[int, float, float] | None:
    """The sharpest change of size at one place, if it is great enough and every period agrees."""
    values, periods = sizes.to_numpy("float64"), sizes.index.to_numpy()
    periods, values = periods[~np.isnan(values)], values[~np.isnan(values)]
    if len(values) < 2 * WINDOW:
        return None
    windows = np.sort(np.lib.stride_tricks.sliding_window_view(values, WINDOW), axis=1)
    low, middle, high = (
        windows[:, 0],
        windows[:, WINDOW // 2 - 1 : WINDOW // 2 + 1].mean(axis=1),
        windows[:, -1],
    )
    before, after = middle[:-WINDOW], middle[WINDOW:]
    apart = (low[WINDOW:] > high[:-WINDOW]) | (high[WINDOW:] < low[:-WINDOW])
    big = np.minimum(before, after) >= LEAST
    ratio = np.maximum(after, before) / np.maximum(np.minimum(before, after), 1e-9)
    steps = np.flatnonzero(apart & big & (ratio >= JUMP))
    if not len(steps):
        return None
    # Several places may do: the one between the two periods that differ most.
    sharp = abs(
        np.log(np.maximum(values[steps + WINDOW], 1e-9) / np.maximum(values[steps + WINDOW - 1], 1e-9))
    )
    at = int(steps[sharp.argmax()])
    return int(periods[at + WINDOW]), float(before[at]), float(after[at])
