"""Charts of step 4.1: climbs against camps, and each measure before and since its action began."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit import plan
from reviewkit.findings import bearing_on
from reviewkit.present import charts
from reviewkit.present.chart import Chart
from reviewkit.present.words import plural, span

from ..review import Review
from .blocks import Levels, first_sentence, named

KEYS = ["measure", "site", "contract"]
_SAID = {
    "improvement": "better by a signal since {} began",
    "concern": "worse by a signal since {} began",
    "none": "no signal since {} began",
}
EARLY = "too few figures since {} began to judge"
_SUBTITLE = (
    "Each line is a climb from the agreed baseline over Base Camp, Camp 2 and Camp 3 to the Summit. "
    "Ring: mean before the start. Filled: mean since. Diamond: better by a signal; triangle: "
    "worse; dot: neither."
)


def climbs_chart(table: pd.DataFrame, stages: pd.DataFrame, levels: Levels, source: str) -> Chart | None:
    """Return the chart of actions against their camps; ``None`` where no action has camps and figures.

    Parameters
    ----------
    table : rows of the table of progress. stages : table ``ascent`` of step 3.2.
    """
    if stages.empty:
        return None
    camps = table[["action_id", *KEYS]].merge(stages, on=KEYS)
    able = table[table["action_id"].isin(camps["action_id"]) & table["before"].notna()]
    if able.empty:
        return None
    stands, better = int(able["level"].notna().sum()), int(able["signal"].eq("improvement").sum())
    return charts.camps_chart(
        able.assign(what=[named(row) for row in able.to_dict("records")]),
        camps,
        lambda row, value: levels(row, value, short=True),
        title=_title(stands, better),
        subtitle=_SUBTITLE,
        source=source,
        key="climbs",
    )


def _title(stands: int, better: int) -> str:
    if not stands:
        return "No climb has figures enough since its start yet: the rings are where they begin"
    verb = "has" if better < 2 else "have"
    lead = f"{better or 'None'} of {plural(stands, 'climb')} with figures enough"
    return f"{lead} {verb} moved towards the summit by a signal"


def since_chart(row: Mapping[str, Any], series: pd.DataFrame, review: Review, *, key: str) -> Chart:
    """Return the chart of an action's measure: limits before the start carried on, other sites in grey.

    Parameters
    ----------
    row : of the table of progress, some points since the start. series : every measure over time.
    """
    engagement = review.engagement
    measure = engagement.measure(row["measure"])
    cadence = engagement.cadence(measure)
    mine = series[series["measure"].eq(row["measure"])]
    own = mine[mine["site"].eq(row["site"]) & mine["contract"].eq(row["contract"])]
    notes = bearing_on(row["measure"], row["site"], review.evidence.frame("annotations"))
    changed = [day for day, _ in plan.process_changes(notes, row["measure"], row["site"])]
    seen = row["seen_from"]
    points = plan.frozen_points(
        own[["period", "value"]], seen, measure.direction, cadence, changed
    ).reset_index(drop=True)
    points["target"] = float("nan")
    points.loc[points["period"] >= seen, "target"] = row["target"]
    others = [name for name in str(row["compared_with"]).split(", ") if name]
    grey = ""
    if others:
        elsewhere = mine[mine["site"].isin(others) & mine["contract"].eq("")]
        points["elsewhere"] = points["period"].map(elsewhere.groupby("period")["value"].mean())
        grey = f" Dotted in grey: mean of the {len(others)} {engagement.site_labels} where it had not begun."
    begun = pd.DataFrame(
        {"at": [row["starts"]], "text": [f"{row['action_id']} began: {first_sentence(row['what'])}"]}
    )
    where = row["site"] or row["contract"] or f"all {engagement.site_labels}"
    said = _SAID.get(row["signal"], EARLY).format(row["action_id"])
    dates = span(points["period"].min(), points["period"].max())
    return charts.xmr_chart(
        points,
        charts.display_of(measure, engagement),
        title=f"{measure.name}, {where}: {said}",
        subtitle=f"By {cadence}, {dates}. Limits come from the {int(row['points_before'])} figures just "
        f"before the start and are carried on.{grey}{_marks(row)}",
        source=f"{engagement.client}: {measure.table.replace('_', ' ')}",
        annotations=pd.concat([notes[["at", "text"]], begun]) if len(notes) else begun,
        key=key,
    )


def _marks(row: Mapping[str, Any]) -> str:
    """Say why marks since the start need be no signal: they are read as counted, the verdict is not."""
    if row["signal"] != "none" or not row["seasonal"]:
        return ""
    return " Marks are read as counted; the judgement takes the time of year out first."
