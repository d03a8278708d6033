"""The summary's joint display: what people say beside the charts that speak to it."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Edition, Finding
from reviewkit.model.words import inline
from reviewkit.present import charts
from reviewkit.present.blocks import Beside, Bullets, Quote, Stack, Words
from reviewkit.present.joint import Joint
from reviewkit.present.view import Block
from reviewkit.present.words import listing, sentence
from reviewkit.voices import leading

from ..measure_charts import MeasureCharts
from .choice import Row, pairs
from .evidence import Earlier, brief, noun_of, without_money
from .quotes import Topic, of_page
from .tested import follows

RELATIONSHIPS = {
    "agreement": "people and data agree",
    "partial": "people and data agree in part",
    "dissonance": "people and data disagree",
    "silence_in_voices": "the data speak, people do not",
    "silence_in_data": "people speak, the data do not",
}


def joint_display(earlier: Earlier, edition: Edition) -> Block:
    """Return themes with quotes beside the charts that speak to them; either alone where that is all."""
    if not earlier.has_voices:
        return _numbers_alone(earlier)
    quotes = page_quotes(earlier, edition)
    if not earlier.has_numbers:
        return _voices_alone(earlier, edition, quotes)
    pictures = earlier.pictures
    made = [_pair(row, earlier, pictures, quotes.get(_topic(row), [])) for row in pairs(earlier)]
    shown = [pair for pair in made if pair is not None]
    nothing = Words("No topic has both a voice and a measure yet.") if not shown else None
    return Stack(*shown, nothing, _silences(earlier.convergence))


def page_quotes(earlier: Earlier, edition: Edition) -> dict[Topic, list[Quote]]:
    """Return all quotes of the page by topic, chosen together so that none comes twice."""
    if edition not in earlier.quotes:
        earlier.quotes[edition] = _chosen(earlier, edition)
    return earlier.quotes[edition]


def _chosen(earlier: Earlier, edition: Edition) -> dict[Topic, list[Quote]]:
    if earlier.has_numbers:
        return of_page(earlier, edition, [_topic(row) for row in pairs(earlier)])
    rows = [(leading(earlier.themes, stance), stance) for stance in ("concern", "strength")]
    return of_page(earlier, edition, [(str(row["code"].iloc[0]), stance) for row, stance in rows if len(row)])


def _topic(row: Row) -> Topic:
    return str(row["code"]), str(row.get("stance") or "")


def _pair(row: Row, earlier: Earlier, pictures: MeasureCharts, words: list[Quote]) -> Block | None:
    measure, site, contract = (str(row.get(name) or "") for name in ("measure", "site", "contract"))
    said, _, shown = str(row["reason"]).partition(". ")
    chart = pictures.chart(
        measure, site, contract, title=_chart_title(row, earlier, shown), key=f"4.2-{row['code']}", notes=True
    )
    if chart is None:
        return None
    found = earlier.convergence_id(row)
    told = found.startswith("1.5/") and found in earlier.told
    step = None if told else Words(sentence(follows(row, earlier)))
    none = None if words else Words("No quote on this has been approved for this edition.")
    return Joint(
        topic=f"{row['name']}, beside {inline(str(row['measure_name']))}",
        relationship=RELATIONSHIPS[str(row["relationship"])],
        meaning=str(row["meaning"]).partition(": ")[2] or str(row["meaning"]),
        voices=Stack(Words(sentence(said)), *words, none, step),
        numbers=chart,
        finding_id=found,
    )


def _chart_title(row: Row, earlier: Earlier, otherwise: str) -> str:
    parts = [str(row.get(name) or "") for name in ("measure", "site", "contract")]
    for finding in earlier.opinions:
        figures = [str(finding.figures.get(name) or "") for name in ("measure", "site", "contract")]
        if figures == parts:
            return without_money(finding.statement)
    return brief(otherwise).split("; ")[0] or str(row["measure_name"])


def _numbers_alone(earlier: Earlier) -> Block:
    pictures, drawn = earlier.pictures, list[Block]()
    for finding in _whole_first(earlier)[:2]:
        measure, site, contract = (
            str(finding.figures.get(name) or "") for name in ("measure", "site", "contract")
        )
        title = without_money(finding.statement)
        chart = pictures.chart(
            measure, site, contract, title=title, key=f"4.2-{measure}-{site or contract or 'all'}"
        )
        if chart is not None:
            drawn.append(chart)
    ask = Words(
        "Nobody has been heard yet, so the charts stand alone. Ask those closest to these measures first."
    )
    return Stack(ask, Beside(drawn[0], drawn[1]) if len(drawn) == 2 else Stack(*drawn))


def _whole_first(earlier: Earlier) -> list[Finding]:
    """Return the opinion on the whole of the most important measure, then the others in their order."""
    groups = list(earlier.by_measure.values())
    first = groups[0][:1] if groups else []
    return first + [finding for finding in earlier.opinions if finding not in first]


def _voices_alone(earlier: Earlier, edition: Edition, quotes: dict[Topic, list[Quote]]) -> Block:
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
        noun = noun_of(str(rows["kind"].iloc[0]), earlier.review.engagement)
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
        columns.append(Stack(chart, *quotes.get((str(rows["code"].iloc[0]), stance), [])))
    lead = Words("There is no measure to set beside what people say. Each topic waits for a number.")
    return Stack(lead, Beside(columns[0], columns[1]) if len(columns) == 2 else Stack(*columns))


def _silences(table: pd.DataFrame) -> Block | None:
    lines = []
    alone = table[table["relationship"].eq("silence_in_data") & table["stance"].ne("strength")]
    unsaid = table[table["relationship"].eq("silence_in_voices")]
    if len(alone):
        lines.append(f"Concerns that no number shows: {listing(alone['name'].map(inline), limit=4)}.")
    if len(unsaid):
        hardly = unsaid["raised_as"].eq("hardly_raised")
        for words, rows in (("nobody raised", unsaid[~hardly]), ("hardly anybody raised", unsaid[hardly])):
            names = rows["measure_name"].map(inline).drop_duplicates()
            lines += [f"Signals that {words}: {listing(names, limit=4)}."] if len(names) else []
    return Bullets(lines) if lines else None
