"""The joint display of step 1.5: topic, theme with reach and quote, chart with icons, relationship."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Edition
from reviewkit.model.words import inline
from reviewkit.present.blocks import Quote, Stack, Words
from reviewkit.present.display import display_of
from reviewkit.present.icons import with_words
from reviewkit.present.joint import Joint
from reviewkit.present.view import Block

from ..handed import handed
from ..leadership_summary.evidence import brief
from ..measure_charts import MeasureCharts
from ..review import Review

MOST_QUOTES = 2
SIDES = {"concern": ("concern", "suggestion"), "strength": ("strength",)}


def joint(
    row: Mapping[Any, Any],
    edition: Edition,
    review: Review,
    pictures: MeasureCharts,
    coded: pd.DataFrame,
    known: Collection[str] = (),
) -> Block | None:
    """Return one topic's row of the joint display; None where its measure has no chart.

    Parameters
    ----------
    row : a row of the matrix, with ``topic`` and ``words``.
    coded : one row a remark and code, from step 1.4.
    known : ids of the findings that the trail holds.
    """
    measure, site, contract = (str(row.get(name) or "") for name in ("measure", "site", "contract"))
    said, _, shown = str(row["reason"]).partition(". ")
    finding_id = f"1.5/verdict/{row['code']}/{measure}"
    picture = pictures.chart(
        measure,
        site,
        contract,
        title=brief(shown).split("; ")[0],
        key=f"1.5-{row['code']}-{measure}",
        notes=False,
    )
    if picture is None:
        return None
    return Joint(
        topic=f"{row['topic']}, beside {inline(str(row['measure_name']))}",
        relationship=str(row["words"]),
        meaning=str(row["meaning"]).partition(": ")[2] or str(row["meaning"]),
        voices=Stack(Words(f"{said}."), _quotes(row, edition, review, coded), Words(str(row["next_step"]))),
        numbers=Stack(_icons(review, measure, site, contract), picture),
        finding_id=finding_id if finding_id in known else "",
    )


def _icons(review: Review, measure: str, site: str, contract: str) -> Block | None:
    """Return what the measure does and how it stands to its target, as icon and words."""
    signals = handed(review, "1.1", "signals")
    keys = {"measure": measure, "site": site, "contract": contract}
    for name, value in keys.items():
        signals = signals[signals[name].fillna("").eq(value)]
    if signals.empty:
        return None
    row = signals.iloc[0]
    shown = display_of(review.engagement.measure(measure), review.engagement)
    tone, kept = str(row["variation"]), str(row["assurance"] or "")
    parts = [with_words(tone, shown.variation(tone), side=shown.side(tone))]
    if kept:
        better = shown.measure.direction != "decrease"
        parts.append(with_words(kept, shown.assurance(kept), higher_is_better=better))
    return Words(*parts)


def _quotes(row: Mapping[Any, Any], edition: Edition, review: Review, coded: pd.DataFrame) -> Block:
    """Return approved quotes on the topic that say what the row says, concern or strength."""
    sides = SIDES.get(str(row["stance"]), ("concern", "suggestion", "strength"))
    mine = coded[coded["code"].eq(row["code"]) & coded["stance"].isin(sides)]
    shown = review.quoting.quotes(review.evidence.frame("quotes"), mine, edition)
    shown = shown[shown["status"].eq("approved")].drop_duplicates("words").head(MOST_QUOTES)
    quotes = [Quote(str(one.words), str(one.attribution)) for one in shown.itertuples()]
    return Stack(*quotes) if quotes else Words("No quote on this has been approved for this edition.")
