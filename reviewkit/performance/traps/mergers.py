"""Mergers: a site grows because another ended, and its figures before and after are not alike."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model.words import listing, plural

from ..measures.panel import site_events
from .trap import Looked, Trap, month, percent, volumes

WINDOW = 3
"""Periods before and after that are compared, as in :func:`reviewkit.performance.site_events`."""


def mergers(looked: Looked) -> Trap | None:
    """Find sites that grew by a quarter or began as another ended, and say what the growth was not.

    Of the largest the growth alone is set beside that of the sites together: work that moved is no growth.
    """
    panel = looked.panel
    if panel is None or panel.empty:
        return None
    grew = site_events(panel).query("kind == 'grew'")
    if grew.empty:
        return None
    wide = volumes(panel)
    groups = list(grew.groupby(["at", "other"], sort=True))
    rows = pd.DataFrame([_row(wide, at, str(other), part["site"].tolist()) for (at, other), part in groups])
    rows = rows.sort_values("after", ascending=False, kind="stable")
    top, label = rows.iloc[0], looked.engagement.site_label
    named = [
        f"{listing(row['sites'], limit=3)} when {listing(row['ended'], limit=3)} ended ({month(row['at'])})"
        for row in rows.to_dict("records")
    ]
    alone = "begins from nothing" if pd.isna(top["alone"]) else f"grows by {percent(top['alone'])}"
    both = float(top["together"])
    moved = (
        f"{'grew' if both >= 0 else 'shrank'} by {percent(abs(both))}"
        if abs(both) >= 0.02
        else "hardly changed"
    )
    who = "it and those that ended" if len(top["sites"]) == 1 else "those named and those that ended"
    return Trap(
        "mergers",
        "measures over time",
        f"{plural(len(grew), label)} may have taken over work: {listing(named, limit=5)}",
        f"{top['largest']} {alone}, though {who} together {moved}",
        "Figures before and after are not alike: compare such sites together, and mark the date as a change",
        len(grew),
        wide.shape[1],
        {"alone": float(top["alone"]), "together": both},
        "A quarter larger, or begun, within three periods of another's end",
    )


def _row(wide: pd.DataFrame, at: Any, other: str, sites: list[str]) -> dict[str, Any]:
    """Return how the largest of the sites that grew did so alone, and all with those that ended."""
    place = int(wide.index.get_indexer(pd.Index([at]))[0])
    before, after = wide.iloc[max(place - WINDOW, 0) : place], wide.iloc[place : place + WINDOW]
    ended = [name for name in other.split(", ") if name in wide]
    had, now = before.mean(), after.mean()
    largest = str(now[sites].idxmax())
    gone, whole = float(had[[*ended, *sites]].sum()), float(now[sites].sum())
    return {
        "at": at, "ended": ended, "sites": sites, "largest": largest, "after": whole,
        "alone": float(now[largest] / had[largest] - 1) if had[largest] else float("nan"),
        "together": whole / gone - 1 if gone else float("nan"),
    }  # fmt: skip
