"""Numbers that seem to be in another unit than their column's."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import TABLES, Engagement

from .suspicion import Suspicion, Tables

ENOUGH = 20
USUAL_SECONDS = (30, 4 * 3600)
"""Usual handle times lie between half a minute and four hours, calls and meetings alike."""
USUAL_YEARS = 60
FACTORS = {60: "minutes and seconds", 1000: "seconds and milliseconds", 100: "shares and percentages"}
SPREAD = 1.5


def wrong_scale(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find columns of which the usual value is out of all reason for their unit.

    Handle time with a median under 30 seconds (minutes?) or over 4 hours (milliseconds?); how much is
    done never above 1 (shares?); years in post above 60 (months?).
    """
    found = []
    times = _numbers(tables, "contacts", "handle_seconds")
    if len(times) >= ENOUGH and not USUAL_SECONDS[0] <= times.median() <= USUAL_SECONDS[1]:
        slow = times.median() > USUAL_SECONDS[1]
        unit = "milliseconds" if slow else "minutes"
        words = f"half of {len(times):,} contacts took {times.median():g} seconds or less"
        found.append(_scale("contacts", "handle_seconds", words, unit, times))
    done = _numbers(tables, "progress", "percent_done")
    done = done[done > 0]
    if len(done) >= 3 and done.max() <= 1:
        words = f"none of {len(done):,} checks is above {done.max():g} percent"
        found.append(_scale("progress", "percent_done", words, "share", done))
    years = _numbers(tables, "stakeholders", "tenure_years")
    if (long := years[years > USUAL_YEARS]).size:
        words = f"{len(long):,} of {len(years):,} people are over {USUAL_YEARS} years in post"
        found.append(_scale("stakeholders", "tenure_years", words, "months", long))
    return found


def mixed_scales(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find sites of which the usual value is 60, 100 or 1,000 times, or a part, of the others'.

    Medians are compared with the median of the sites' medians; within a factor of 1.5 of 60, 100 or
    1,000 counts. Counts (numerators and denominators) differ with the size of a site and are left out.
    """
    found = []
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.kind != "number" or column.name not in (
                "handle_seconds",
                "occupancy",
                "value",
                "minutes",
            ):
                continue
            if name == "outcomes" or "site" not in frame:
                continue
            for _, part in frame.groupby("measure") if "measure" in frame else [("", frame)]:
                found += _mixed(name, column.name, part, engagement)
    return found


def _mixed(name: str, column: str, frame: pd.DataFrame, engagement: Engagement) -> list[Suspicion]:
    values = frame[frame[column] > 0].groupby("site")[column]
    medians = values.median()[values.size() >= 3]
    if len(medians) < 3:
        return []
    usual = float(medians.median())
    for site, median in medians.items():
        ratio = max(median / usual, usual / median)
        for factor, units in FACTORS.items():
            if factor / SPREAD <= ratio <= factor * SPREAD:
                rows = frame.index[(frame["site"] == site) & frame[column].notna()]
                return [
                    Suspicion(
                        "mixed_units",
                        name,
                        f"'{site}' usually has {median:g}, other {engagement.site_labels} about {usual:g}",
                        f"its figures may be in another unit ({units})",
                        "Ask for its unit, and convert its rows before they are read.",
                        column=column,
                        count=len(rows),
                        row=int(rows[0]),
                    )
                ]
    return []


def _numbers(tables: Tables, table: str, column: str) -> pd.Series:
    return tables[table][column].dropna() if table in tables else pd.Series([], dtype="float64")


def _scale(table: str, column: str, words: str, unit: str, rows: pd.Series) -> Suspicion:
    read = {"handle_seconds": "minutes", "percent_done": "share"}.get(column)
    fix = "Convert them before they are read."
    if read == unit:
        fix = f"If so, write 'units: {{{column}: {unit}}}' under this source in the params file."
    means = f"the figures may be {'shares' if unit == 'share' else unit}"
    return Suspicion(
        "wrong_scale", table, words, means, fix, column=column, count=len(rows), row=int(rows.index[0])
    )
