"""How far two sides of the organisation differ: the chart, and every clear gap behind it."""

from __future__ import annotations

import pandas as pd

from reviewkit.content import load_statements
from reviewkit.model.words import plural
from reviewkit.present import charts
from reviewkit.present.blocks import Folded, Table, Words
from reviewkit.present.view import Block
from reviewkit.voices import partnering

from .blocks import SIDES, effects, numbered


def gap_chart(gaps: pd.DataFrame, most: int = 8) -> Block:
    """Return the widest differences between two sides with their intervals."""
    rows = gaps[["statement", "group_a", "group_b"]].to_dict("records")
    labels = [
        f"{numbered(row['statement'])}: {SIDES[row['group_a']].lower()} against "
        f"{SIDES[row['group_b']].lower()}"
        for row in rows
    ]
    return charts.dot_chart(
        gaps.assign(label=labels).head(most),
        "label",
        "difference",
        reference=0.0,
        reference_name="no difference",
        title="The statements on which two sides of the organisation differ most",
        subtitle="Difference of mean scores (5 is good), 95% intervals; left: the first side sees it worse",
        source="partnering survey",
        unit="score",
        key="we-they",
    )


def gap_table(gaps: pd.DataFrame, most: int = 12) -> Block:
    """Return the gaps that are clear with points, ordinal effect and what many looks make of it."""
    clear = gaps[gaps["we_they"].astype(bool)]
    if clear.empty:
        return Words(f"No gap is clear among {plural(len(gaps), 'comparison')}.")
    shown = clear.assign(
        text=clear["statement"].map(numbered) + ". " + clear["text"],
        **_who_agrees(clear),
        order=effects(clear),
    )
    headings = {"text": "Statement", "more": "Agrees more", "less": "Than"}
    headings |= {
        "points": "By, points of five (95% interval)",
        "order": "Cliff's delta (95% interval), size",
    }
    note = (
        f"{plural(len(gaps), 'comparison')} were looked at and are allowed for (Benjamini-Hochberg, 5%). "
        "Cliff's delta asks only how often one side's score is the higher, 5 being good, front line before "
        "support before management: −1 where every score of the first of the two is lower, 1 where every one "
        "is higher."
    )
    table = Table(shown, caption="Clear gaps between two sides", headings=headings, note=note, limit=most)
    return Folded(f"All {plural(len(clear), 'clear gap')} with their figures", table)


def _who_agrees(clear: pd.DataFrame) -> dict[str, list[str]]:
    """Say of each gap which side agrees more with the statement as asked, than which, and by how much."""
    bank = load_statements()
    bad = [bank[str(name)].reverse if str(name) in bank else False for name in clear["statement"]]
    told: dict[str, list[str]] = {"more": [], "less": [], "points": []}
    for row, turned in zip(clear.to_dict("records"), bad, strict=True):
        first = (row["difference"] > 0) != turned
        pair = (row["group_a"], row["group_b"]) if first else (row["group_b"], row["group_a"])
        told["more"].append(SIDES[pair[0]])
        told["less"].append(SIDES[pair[1]].lower())
        way = 1 if row["difference"] > 0 else -1
        ends = sorted(way * row[name] for name in ("lower", "upper"))
        told["points"].append(partnering.interval_words(way * row["difference"], ends[0], ends[1]))
    return told
