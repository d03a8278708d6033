"""Extracts cut by the date on which cases ended, which makes late cases look short."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Engagement

from .suspicion import Suspicion, Tables

CASES = 50
LEAD_DAYS, LEAD_DURATIONS, SHORTER = 30, 3, 2


def cut_by_closing(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find event logs that hold cases closed within a window, whenever they began.

    Of the cases that began long before the window, such a log has only those that took long; so
    durations by the month of beginning fall, by selection alone (length-biased sampling). The mark:
    the earliest cases begin long before any case ends, by 30 days and by three usual durations (each
    by the 1st percentile), and cases of the first quarter take twice as long as those of the last.
    """
    frame = tables.get("journey")
    if frame is None or frame.empty:
        return []
    cases = frame.dropna(subset=["at"]).groupby("customer")["at"].agg(["min", "max"])
    if len(cases) < CASES:
        return []
    lasted = cases["max"] - cases["min"]
    hours = lasted.dt.total_seconds() / 3600
    wait: pd.Timedelta = cases["max"].quantile(0.01) - cases["min"].quantile(0.01)  # type: ignore[assignment]
    lead = wait.total_seconds() / 3600
    if lead < max(24 * LEAD_DAYS, LEAD_DURATIONS * float(hours.median())):
        return []
    early = float(hours[cases["min"] <= cases["min"].quantile(0.25)].median())
    late = float(hours[cases["min"] >= cases["min"].quantile(0.75)].median())
    if early < SHORTER * late:
        return []
    return [
        Suspicion(
            "cut_by_closing",
            "journey",
            f"nearly all of {len(cases):,} cases end after {cases['max'].quantile(0.01):%Y-%m-%d}, though "
            f"they begin from {cases['min'].min():%Y-%m-%d}; those that begin first take {_long(early)}, "
            f"those that begin last {_long(late)}",
            "the extract was cut by closing date: of early cases it holds only the long ones, and of late "
            "ones only the short, so that durations seem to improve",
            "Ask for all cases begun in a period, closed or not; until then show no duration by month begun.",
            column="at",
            count=len(cases),
            row=int(frame["at"].argmin()),
        )
    ]


def _long(hours: float) -> str:
    return f"{hours / 24:,.0f} days" if hours >= 72 else f"{hours:,.0f} hours"
