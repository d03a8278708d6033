"""What step 1.1 says about season: measures that follow the months of the year."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.findings.wording import agree
from reviewkit.model import Engagement, Evidence, Finding, Measure
from reviewkit.performance import seasonality
from reviewkit.performance.spc.season import STRONG
from reviewkit.present.words import number

RULE = "Stable seasonality: F test of the months' means, strong from 7 on (Lothian and Morry, 1978)"


def season_findings(panel: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return one finding a measure whose whole follows the months of the year strongly."""
    whole = panel[(panel["site"] == "") & (panel["contract"] == "")]
    table = seasonality(whole, by="measure") if len(whole) else pd.DataFrame({"strong": []})
    strong = {row["measure"]: row for row in table[table["strong"].astype(bool)].to_dict("records")}
    return [
        _finding(strong[measure.id], measure, engagement)
        for measure in engagement.measures
        if measure.id in strong
    ]


def _finding(row: Mapping[Any, Any], measure: Measure, engagement: Engagement) -> Finding:
    high, low = (calendar.month_name[int(row[name])] for name in ("highest", "lowest"))
    size = float(f"{row['swing']:.3g}") if abs(row["swing"]) >= 1_000 else float(row["swing"])
    swing = number(size, measure.unit, measure.decimals, currency=engagement.currency)
    swing = swing.replace("%", " percentage points") if measure.unit == "percent" else swing
    follows = f"{measure.name} {agree(measure.name, 'follows', 'follow')} the months of the year"
    text = f"{follows}: {high} lies {swing} above {low}, other things equal. "
    text += (
        "Its limits take the season out."
        if measure.season == "adjust"
        else "Its limits hold the season, so a special point may be no more than that; limits with the "
        "season taken out can be asked for."
    )
    f = "over 1,000" if row["f"] > 1000 else f"{row['f']:.1f}"
    evidence = Evidence(
        source=measure.table,
        rule=RULE,
        rows=int(row["years"]) * 12,
        query=f"{measure.name} by {engagement.cadence(measure)}; F {f}, {STRONG:.0f} is strong",
    )
    figures = {"f": float(min(row["f"], 1e6)), "swing": float(row["swing"]), "years": int(row["years"])}
    return Finding.of("1.1", "season", measure.id, statement=text, figures=figures, evidence=(evidence,))
