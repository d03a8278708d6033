"""What is done again in customers' journeys, and how often customers change hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from reviewkit.disclosure.suppress import SUPPRESSED, suppress
from reviewkit.model import Finding
from reviewkit.performance import handover_pairs, handovers
from reviewkit.performance.journeys.rework import reworked_steps
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing, number, percent, plural

from .cases import Taken
from .findings import made_finding

if TYPE_CHECKING:
    import ibis

HOLDERS = {"site": "sites", "team": "teams", "agent": "people"}
"""Columns of a log that say who held the customer, and what they hold."""
_ASK = "The log does not say which {} held the customer: ask for it, to see hand-offs between them."


def handed(log: ibis.Table) -> dict[str, pd.DataFrame]:
    """Return, for each column that says who held the customer, each case's hand-offs; pairs in ``attrs``."""
    found = {}
    for name in HOLDERS:
        if name not in log.columns or not log[name].notnull().any().execute():
            continue
        found[name] = handovers(log, case="customer", holder=name, at="at")
        # Pairs of people are not shown to anybody.
        if name != "agent" and found[name]["handovers"].any():
            found[name].attrs["pairs"] = handover_pairs(log, case="customer", holder=name, at="at")
    return found


def rework_findings(journeys: Taken) -> list[Finding]:
    """Return how many journeys have a step done again, and which most."""
    rows = journeys.redone
    if rows.empty:
        return []
    again = rows["repeats"] > 0
    made: dict[str, Any] = {"share": float(again.mean()), "journeys": len(rows)}
    made |= {"self_loops": int(rows["self_loops"].sum()), "returns": int(rows["returns"].sum())}
    if not again.any():
        text = f"No step was done again in any of {len(rows):,} journeys that are over."
    else:
        most = reworked_steps(journeys.paths, rows["path"].to_numpy()).iloc[0]
        straight = percent(made["self_loops"] / (made["self_loops"] + made["returns"]))
        step = str(most["activity"]).replace("_", " ")
        text = f"A step was done again in {percent(made['share'])} of {len(rows):,} journeys, most often "
        text += f"{step}; {straight} of repeats came straight after, the others later on."
    return [made_finding("rework", "whole", text, made, len(rows))]


def handover_findings(held: dict[str, pd.DataFrame]) -> list[Finding]:
    """Return how many customers changed hands and came back, for each kind of holder there is."""
    found = []
    for name, table in held.items():
        moved = table[table["handovers"] > 0]
        if moved.empty:
            continue
        share, back = len(moved) / len(table), float((moved["ping_pong"] > 0).mean())
        times = number(moved["handovers"].mean(), "count", 1)
        text = f"{percent(share)} of customers changed {HOLDERS[name]}, {times} times each on average; "
        text += f"{percent(back)} of these went to and fro (from A to B and straight back to A)."
        made = {"share": share, "ping_pong": back, "customers": len(table)}
        found.append(made_finding("handovers", name, text, made, len(table)))
    return found


def rework_table(journeys: Taken, minimum: int) -> Block | None:
    """Return the steps done again, in how many journeys; few journeys are not shown."""
    table = reworked_steps(journeys.paths, journeys.over["path"].to_numpy())
    rows = table[(table["again"] >= minimum)].head(8)
    if rows.empty:
        return None
    shown = rows.assign(activity=[str(name).replace("_", " ") for name in rows["activity"]])
    headings = {"activity": "Step", "cases": "Journeys with it", "share": "Done again"}
    headings |= {"self_loops": "Times straight after", "returns": "Times later on"}
    caption = "Steps done again, in journeys that are over"
    return Table(shown, caption=caption, headings=headings, formats={"share": percent})


def handover_blocks(held: dict[str, pd.DataFrame], minimum: int) -> Block:
    """Return who hands over to whom, and what the log does not tell."""
    blocks: list[Block | None] = []
    for name, table in held.items():
        pairs = table.attrs.get("pairs")
        if pairs is None:
            if name != "agent":
                blocks.append(Words(f"No customer changed {HOLDERS[name]}."))
            continue
        shown = suppress(pairs, "cases", minimum=minimum, values=("times", "ping_pong"))
        shown = shown[~shown[SUPPRESSED]].head(10)
        headings = {
            "giver": "From",
            "taker": "To",
            "times": "Times",
            "cases": "Customers",
            "ping_pong": "Straight back",
        }
        caption = f"Hand-offs between {HOLDERS[name]}, most frequent first"
        left = len(pairs) - len(shown)
        note = f"{plural(left, 'further pair')} not shown: rare, or of fewer than {minimum} customers."
        blocks.append(Table(shown, caption=caption, headings=headings, note=note if left else ""))
    unknown = [{"team": "team", "agent": "person"}[name] for name in ("team", "agent") if name not in held]
    if unknown:
        blocks.append(Words(_ASK.format(listing(unknown, "or"))))
    return Stack(*blocks)
