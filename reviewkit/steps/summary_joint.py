"""The summary's joint display: what people say beside the charts that speak to it."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Edition
from reviewkit.present import charts
from reviewkit.present.blocks import Beside, Bullets, Quote, Stack, Words
from reviewkit.present.joint import Joint
from reviewkit.present.view import Block
from reviewkit.present.words import listing, sentence
from reviewkit.voices import leading

from .measure_charts import MeasureCharts
from .summary_evidence import Earlier, brief

RELATIONSHIPS = {
    "agreement": "people and data agree",
    "partial": "people and data agree in part",
    "dissonance": "people and data disagree",
    "silence_in_voices": "the data speak, people do not",
    "silence_in_data": "people speak, the data do not",
}
MOST_PAIRS = 3
MOST_QUOTES = 2


def joint_display(earlier: Earlier, edition: Edition) -> Block:
    """Return themes with quotes beside the charts that speak to them; either alone where that is all."""
    if not earlier.has_voices:
        return _numbers_alone(earlier)
    if not earlier.has_numbers:
        return _voices_alone(earlier, edition)
    pictures = MeasureCharts(earlier.review)
    pairs = [_pair(row, earlier, pictures, edition) for row in _pairs(earlier.convergence)]
    shown = [pair for pair in pairs if pair is not None]
    nothing = Words("No topic has both a voice and a measure yet.") if not shown else None
    return Stack(*shown, nothing, _silences(earlier.convergence))


def quotes(
    earlier: Earlier, code: str, edition: Edition, stance: str, most: int = MOST_QUOTES
) -> list[Quote]:
    """Return approved quotes that take a stance on a topic, as far as the edition may read them."""
    coded = earlier.review.table("1.4", "coded_remarks")
    if coded.empty:
        return []
    mine = coded[coded["code"].eq(code)]
    if stance in ("concern", "strength"):
        mine = mine[mine["stance"].eq("strength") == (stance == "strength")]
    shown = earlier.review.discloser.quotes(earlier.review.evidence.frame("quotes"), mine, edition)
    shown = shown[shown["status"].eq("approved")].head(most)
    return [Quote(str(row.words), str(row.attribution)) for row in shown.itertuples()]


def _pairs(table: pd.DataFrame) -> list[dict[str, object]]:
    order = {"agreement": 0, "dissonance": 1, "partial": 2}
    rows = table[table["relationship"].isin(list(order)) & table["measure"].ne("")]
    rows = rows.assign(order=rows["relationship"].map(order)).sort_values(
        ["order", "share"], ascending=[True, False], kind="stable"
    )
    rows = rows.drop_duplicates(["measure", "site", "contract"]).head(MOST_PAIRS)
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _pair(
    row: dict[str, object], earlier: Earlier, pictures: MeasureCharts, edition: Edition
) -> Block | None:
    measure, site, contract = (str(row.get(name) or "") for name in ("measure", "site", "contract"))
    said, _, shown = str(row["reason"]).partition(". ")
    chart = pictures.chart(
        measure, site, contract, title=_chart_title(row, earlier, shown), key=f"4.2-{row['code']}", notes=True
    )
    if chart is None:
        return None
    words = quotes(earlier, str(row["code"]), edition, str(row.get("stance") or ""))
    none = None if words else Words("No quote on this has been approved for this edition.")
    return Joint(
        topic=f"{row['name']}, beside {str(row['measure_name'])[:1].lower()}{str(row['measure_name'])[1:]}",
        relationship=RELATIONSHIPS[str(row["relationship"])],
        meaning=str(row["meaning"]).partition(": ")[2] or str(row["meaning"]),
        voices=Stack(Words(sentence(said)), *words, none, Words(sentence(str(row["next_step"])))),
        numbers=chart,
        finding_id=earlier.convergence_id(row),
    )


def _chart_title(row: dict[str, object], earlier: Earlier, otherwise: str) -> str:
    parts = [str(row.get(name) or "") for name in ("measure", "site", "contract")]
    for finding in earlier.opinions:
        figures = [str(finding.figures.get(name) or "") for name in ("measure", "site", "contract")]
        if figures == parts:
            return brief(finding.statement).split(", ")[0]
    return brief(otherwise).split("; ")[0] or str(row["measure_name"])


def _numbers_alone(earlier: Earlier) -> Block:
    pictures, drawn = MeasureCharts(earlier.review), list[Block]()
    for finding in earlier.opinions[:2]:
        measure, site, contract = (
            str(finding.figures.get(name) or "") for name in ("measure", "site", "contract")
        )
        title = brief(finding.statement).split(", ")[0]
        chart = pictures.chart(
            measure, site, contract, title=title, key=f"4.2-{measure}-{site or contract or 'all'}"
        )
        if chart is not None:
            drawn.append(chart)
    ask = Words(
        "Nobody has been heard yet, so the charts stand alone. Ask those closest to these measures first."
    )
    return Stack(ask, Beside(drawn[0], drawn[1]) if len(drawn) == 2 else Stack(*drawn))


def _voices_alone(earlier: Earlier, edition: Edition) -> Block:
    columns = []
    for stance, title in (("concern", "Most raised as a concern"), ("strength", "Most named as a strength")):
        rows = leading(earlier.themes, stance).head(5)
        if rows.empty:
            continue
        gate = earlier.review.discloser
        told = [
            gate.count(int(n), int(of), edition)
            for n, of in zip(rows["units"], rows["units_total"], strict=True)
        ]
        noun = "interviews" if rows["kind"].iloc[0] == "interview" else "customers’ comments"
        chart = charts.bar_chart(
            rows.assign(words=told),
            "name",
            "share",
            words="words",
            key=f"4.2-{stance}",
            title=f"{title}: {str(rows['name'].iloc[0]).lower()}",
            subtitle=f"Share of {noun} that raise each topic.",
            source="Coded remarks",
            alt=f"Bar chart. {title}: {listing(rows['name'])}.",
        )
        columns.append(Stack(chart, *quotes(earlier, str(rows["code"].iloc[0]), edition, stance)))
    lead = Words("There is no measure to set beside what people say. Each topic waits for a number.")
    return Stack(lead, Beside(columns[0], columns[1]) if len(columns) == 2 else Stack(*columns))


def _silences(table: pd.DataFrame) -> Block | None:
    lines = []
    alone = table[table["relationship"].eq("silence_in_data") & table["stance"].ne("strength")]
    unsaid = table[table["relationship"].eq("silence_in_voices")]
    if len(alone):
        lines.append(f"Concerns that no number shows: {listing(alone['name'].str.lower(), limit=4)}.")
    if len(unsaid):
        unraised = unsaid["measure_name"].str.lower().drop_duplicates()
        lines.append(f"Signals that nobody raised: {listing(unraised, limit=4)}.")
    return Bullets(lines) if lines else None
