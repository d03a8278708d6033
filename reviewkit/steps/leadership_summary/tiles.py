"""The summary's key figures: three to five, their direction in words."""

from __future__ import annotations

import pandas as pd

from reviewkit.findings import total_cost
from reviewkit.model import Edition, Engagement
from reviewkit.present.blocks import Tile
from reviewkit.present.words import change, missing, money, number, plain, plural
from reviewkit.voices import leading

from .evidence import Earlier, noun_of

MOST_TILES = 5


def tiles(earlier: Earlier, engagement: Engagement, edition: Edition) -> list[Tile]:
    """Return three to five key figures with their direction in words."""
    made = [_measure_tile(row, earlier, engagement) for row in _key_measures(earlier)]
    made += _voice_tiles(earlier, edition)[: 1 if made else 4]
    made += _money_tiles(earlier, engagement)
    return made[:MOST_TILES]


def voices_counted(themes: pd.DataFrame) -> dict[str, int]:
    """Return how many interviews and customers' comments were read.

    >>> voices_counted(pd.DataFrame({"kind": ["interview"], "units_total": [14]}))
    {'interview': 14}
    """
    if themes.empty:
        return {}
    return {str(kind): int(total) for kind, total in themes.groupby("kind")["units_total"].max().items()}


def _key_measures(earlier: Earlier) -> list[dict[str, object]]:
    table = earlier.signals
    if table.empty:
        return []
    order = table.assign(
        kpi=table["contract_kpi"].fillna(False).astype(bool),
        moved=table["promoted"].fillna(False).astype(bool),
    ).sort_values(["kpi", "moved"], ascending=False, kind="stable")
    return [{str(name): value for name, value in row.items()} for row in order.head(3).to_dict("records")]


def _measure_tile(row: dict[str, object], earlier: Earlier, engagement: Engagement) -> Tile:
    measure = engagement.measure(str(row["measure"]))
    promoted = bool(row["promoted"])
    moved = change(row["effect"], measure.unit, measure.decimals, currency=engagement.currency)
    words = (
        f"{moved}, {'for the better' if row['variation'] == 'improvement' else 'for the worse'}"
        if promoted
        else ""
    )
    if promoted and row["variation"] not in ("improvement", "concern"):
        words = moved
    target = ""
    if not missing(row["target"]):
        target = (
            f"target {number(row['target'], measure.unit, measure.decimals, currency=engagement.currency)}"
        )
    ids = [f"1.1/opinion/{measure.id}", f"1.1/measure/{measure.id}"]
    finding = next((found for name in ids if (found := earlier.one(name)) is not None), None)
    return Tile(
        label=f"{measure.name}, latest {engagement.cadence(measure)}",
        value=number(row["latest"], measure.unit, measure.decimals, currency=engagement.currency, short=True),
        direction_words="; ".join(part for part in (words or "no lasting change", target) if part),
        tone=str(row["variation"]) if promoted else "common_cause",
        finding_id=finding.id if finding else "",
    )


def _voice_tiles(earlier: Earlier, edition: Edition) -> list[Tile]:
    if not earlier.has_voices:
        return []
    gate = earlier.review.discloser
    made = []
    for stance, label, kind in (
        ("concern", "Concern raised most, unprompted", "theme"),
        ("strength", "Strength named most, unprompted", "strength"),
    ):
        for row in leading(earlier.themes, stance).head(1).to_dict("records"):
            noun = noun_of(str(row["kind"]), earlier.review.engagement)
            count = gate.count(int(row["units"]), int(row["units_total"]), edition)
            shown = label.removesuffix(", unprompted") if pd.isna(row["spontaneous"]) else label
            made.append(Tile(shown, str(row["name"]), f"{count} {noun}", "", f"1.4/{kind}/{row['code']}"))
    for kind, total in voices_counted(earlier.themes).items():
        made.append(Tile("Heard", plain(total), noun_of(kind, earlier.review.engagement)))
    return made


def _money_tiles(earlier: Earlier, engagement: Engagement) -> list[Tile]:
    gaps = earlier.gaps
    if gaps.empty:
        return []
    total, apart = total_cost(gaps), gaps[gaps["cost_per_year"].notna() & gaps["overlaps"].eq("")]
    if not total:
        return []
    words = (
        f"a year, {plural(len(apart), 'gap')} that do not overlap" if len(apart) > 1 else "a year, one gap"
    )
    return [
        Tile(
            "Cost of gaps, about", money(total, engagement.currency), words, "", str(apart["gap_id"].iloc[0])
        )
    ]
