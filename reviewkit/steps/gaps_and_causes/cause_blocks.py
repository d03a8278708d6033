"""Tables and the map of causes: tested, open, and across departments."""

from __future__ import annotations

import pandas as pd

from reviewkit.model.words import inline
from reviewkit.present import charts
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.causal_maps import MapLinks
from reviewkit.present.view import Block
from reviewkit.present.words import listing

MOST_DRAWN = 12
"""Links on the map: as many as can be read; the table of tests has all."""
VERDICTS = ("supported", "contradicted", "inconclusive", "untested")


def tested_table(causes: pd.DataFrame) -> Block:
    """Return each tested cause of each gap, supported ones first: verdict, and what was compared.

    ``causes`` has the label of its gap in ``gap``.
    """
    rows = _alike(causes[causes["verdict"].ne("untested")])
    if rows.empty:
        takes = "it takes inputs by month and site (resources), leads or journeys"
        return Words(f"No candidate cause could be tested: {takes}.")
    order = rows["verdict"].map({name: place for place, name in enumerate(VERDICTS)})
    rows = rows.assign(order=order).sort_values("order", kind="stable")
    headings = {"gap": "Gap", "name": "Candidate cause", "verdict": "Verdict"}
    headings["statement"] = "What was compared"
    return Table(
        rows,
        caption="Candidate causes and the verdict of their tests",
        headings=headings,
        note="A supported cause goes with the gap; that it brings it about is for an experiment to show.",
        limit=40,
    )


def _alike(rows: pd.DataFrame) -> pd.DataFrame:
    """Put gaps together for which the same test says the same in the same words."""
    if rows.empty:
        return rows
    keys = ["measure", "cause", "verdict", "statement"]
    gaps = rows.groupby(keys, sort=False, dropna=False)["gap"].agg(
        lambda names: "; ".join(dict.fromkeys(names))
    )
    first = rows.drop_duplicates(keys).drop(columns="gap")
    return first.merge(gaps.rename("gap").reset_index(), on=keys)


def open_table(causes: pd.DataFrame) -> Block:
    """Return the causes nobody could test, or whose test settled nothing, and what would settle each."""
    rows = causes[causes["verdict"].isin(["untested", "inconclusive"])].drop_duplicates("cause")
    if rows.empty:
        return Words("Every candidate cause is settled for now.")
    headings = {"name": "Candidate cause", "verdict": "Verdict", "settle": "What would settle it"}
    return Table(rows, caption="What would settle the open causes", headings=headings)


def links_table(edges: pd.DataFrame) -> Block:
    """Return where a condition in one department goes with a measured gap in another."""
    rows = edges[edges["cross"] & edges["measured"]]
    if rows.empty:
        return Words("No candidate cause crosses from one department to another.")
    headings = {"department_from": "Arises in", "cause": "Condition", "department_to": "Shows in"}
    headings |= {"gap": "Gap", "verdict": "Verdict", "evidence": "Evidence"}
    return Table(rows, caption="Links across departments", headings=headings, row_header=False, limit=20)


def links_map(edges: pd.DataFrame) -> Block:
    """Return the map of conditions, the gaps they go with, and how sure each tested link is."""
    tested = edges[edges["verdict"].isin(["supported", "inconclusive"]) & edges["linked"]].head(MOST_DRAWN)
    if tested.empty:
        return Words("There is no tested link to draw.")
    held = tested[tested["verdict"].eq("supported")]
    pairs = list(zip(held["cause"].astype(str), held["gap"].astype(str), strict=True))
    links = listing([f"{inline(cause)} with {inline(gap)}" for cause, gap in pairs[:3]])
    told = "; ".join(f"{cause} goes with {gap}" for cause, gap in pairs) or "none"
    drawn = charts.causal_map(
        tested,
        title=f"Supported so far: {links}" if links else "No link is supported by a test so far",
        key="2.1-map",
        source="tests of step 2.1",
        alt=f"Map of conditions on the left and gaps on the right. Supported links: {told}.",
    )
    return Stack(drawn, MapLinks(tested))
