"""Which sites an action's measure can be compared with: those where it has not begun."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.findings.wording import filled
from reviewkit.model import Measure
from reviewkit.model.words import listing

from .after import After
from .versus import CONTROLS, Versus, difference_in_differences


def compared(
    action: Mapping[str, Any],
    found: After,
    series: pd.DataFrame,
    plan: pd.DataFrame,
    measure: Measure | None,
    said: str = "",
) -> tuple[Versus | None, str]:
    """Return how much more the measure changed than at sites not begun; else why that is not known.

    Left out are sites with an agreed action of their own on the measure that has begun, sites that the words
    of such an action, of this one or of its last report (``said``) name, sites without figures to the end,
    and measures that add up over sites, whose changes grow with the size of a site.
    """
    if measure is None or found.signal in ("", "too_early"):
        return None, ""
    if not action["site"]:
        return None, "It begins everywhere at once: there is no site to compare with."
    if action["contract"]:
        return None, "Its measure is one contract's: there is no site to compare with."
    if measure.denominator is None and measure.unit in ("count", "money"):
        return None, "Its measure grows with the size of a site: sites are not compared."
    sites = series[series["measure"].eq(measure.id) & series["site"].ne("") & series["contract"].eq("")]
    own = sites[sites["site"].eq(action["site"])]
    window = sites[sites["period"].between(found.limits_from, own["period"].max())]
    controls = _not_begun(action, window, plan, said)
    result = difference_in_differences(window, [action["site"]], controls, action["starts"])
    if result is None:
        named = f" ({listing(controls)})" if controls else ""
        count = f"{len(controls)} site{'' if len(controls) == 1 else 's'}{named}"
        return None, f"Too little to compare with: {count} where it has not begun; {CONTROLS} are needed."
    return result, ""


def _not_begun(action: Mapping[str, Any], window: pd.DataFrame, plan: pd.DataFrame, said: str) -> list[str]:
    agreed = plan[plan["agreed"].astype(bool) & plan["measure"].eq(action["measure"])]
    under_way = agreed[agreed["starts"] <= window["period"].max()]
    begun = {*under_way["site"], action["site"]}
    # An action filed under one site may say that it is done at another too.
    words = " ".join([str(action["what"]), said, *under_way["what"].astype("str")]).lower()
    counts = window.dropna(subset=["value"]).groupby("site")["period"].nunique()
    full = counts[counts >= 0.8 * counts.get(action["site"], np.inf)]
    ends = window.groupby("site")["period"].max()
    return [
        str(site)
        for site in full.index
        if site not in begun and str(site).lower() not in words and ends[site] == window["period"].max()
    ]


def as_columns(found: Versus | None) -> dict[str, Any]:
    """Return the columns of the table of progress that tell the comparison."""
    if found is None:
        names = (
            "more",
            "more_low",
            "more_high",
            "change_elsewhere",
            "place",
            "drift",
            "drift_low",
            "drift_high",
        )
        return {"compared_with": ""} | dict.fromkeys(names, np.nan)
    return {
        "compared_with": ", ".join(found.sites),
        "more": found.more,
        "more_low": found.low,
        "more_high": found.high,
        "change_elsewhere": found.others,
        "place": float(found.place),
        "drift": found.drift,
        "drift_low": found.drift_low,
        "drift_high": found.drift_high,
    }


def last_words(report: pd.DataFrame) -> str:
    """Return what was said at the last check; ``""`` where nothing was."""
    notes = report.sort_values("at")["note"] if len(report) and "note" in report else pd.Series(dtype="str")
    return str(notes.iloc[-1]) if len(notes) and filled(notes.iloc[-1]) else ""
