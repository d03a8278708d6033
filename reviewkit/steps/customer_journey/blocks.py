"""What step 2.2 says and shows: findings, tables and titles made from its figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.disclosure.suppress import SUPPRESSED, suppress
from reviewkit.model import Engagement
from reviewkit.performance import wilson
from reviewkit.present.blocks import Folded, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import percent, plural

from . import figures as figures
from .cases import Taken

_MOST = 0.8 - 1e-9
"""A share of 80 %, whatever the last digit of a sum of shares."""
_SHARES = ("conforms", "similarity", "redone", "finished")


def variants_blocks(
    table: pd.DataFrame, engagement: Engagement, journeys: Taken, minimum: int, most: int = 6
) -> Block:
    """Return the most frequent paths of each contract (of the whole where there is one)."""
    if table.empty:
        return Words("There is no event log to read paths from.")
    names = {contract.id: contract.name for contract in engagement.contracts}
    contracts = [name for name in table["contract"].unique() if name] or [""]
    tables: list[Block] = []
    for name in contracts:
        rows = table[(table["contract"] == name) & (table["site"] == "")]
        needed = int((rows["share"].cumsum() < _MOST).sum()) + 1
        covers = "covers" if needed == 1 else "cover"
        told = f"{plural(len(rows), 'path')} in all, of which {needed} {covers} 80% of journeys"
        shown = rows[rows["cases"] >= minimum].head(most)
        shown = shown.assign(variant=[path.replace("_", " ") for path in shown["variant"]])
        headings = {"variant": "Path", "cases": "Journeys", "share": "Share"}
        caption = f"Most frequent paths{': ' + names.get(name, name) if name else ''}"
        paths: Block = Table(shown, caption=caption, headings=headings, formats={"share": percent})
        if shown.empty:
            paths = Words(f"Each path was taken by fewer than {minimum} customers, so none is shown.")
        tables.append(Folded(f"{names.get(name, name)}: {told}" if name else told, paths))
    return Stack(Words(left_out(journeys)), *tables)


def left_out(journeys: Taken) -> str:
    """Say how many journeys are read and how many left out, and why."""
    lead = f"{plural(len(journeys.over), 'journey')} that are over are read"
    if journeys.under_way:
        lead += f"; {journeys.under_way:,} still under way are left out, since they can only be cut short"
    return " ".join([f"{lead}.", *journeys.said])


def drawn(table: pd.DataFrame, minimum: int, engagement: Engagement) -> pd.DataFrame:
    """Return the rows to show: sites of enough customers, contract by contract where there are several."""
    rows = table[(table["site"] != "") & (table["cases"] >= minimum)]
    several = rows["contract"].ne("").any()
    rows = rows[rows["contract"] != ""] if several else rows
    names = {contract.id: contract.name for contract in engagement.contracts}
    where = rows["site"] + (", " + rows["contract"].replace(names) if several else "")
    return rows.assign(where=where).sort_values("index", ascending=False)


def portfolio_table(table: pd.DataFrame, engagement: Engagement, minimum: int) -> Block:
    """Return contracts, each with its sites: how far the journey is kept to, how varied, how long."""
    names = {contract.id: contract.name for contract in engagement.contracts}
    several = table["contract"].ne("").any()
    rows = table[table["contract"].ne("")] if several else table
    rows = suppress(rows, "cases", minimum=minimum, by="contract", values=("paths", "most", *_SHARES, "days"))
    hidden = int(rows[SUPPRESSED].sum())
    rows = rows[~rows[SUPPRESSED]].sort_values(["contract", "site"])
    where = [site or names.get(name, name) or "All together" for site, name in
             zip(rows["site"], rows["contract"], strict=True)]  # fmt: skip
    headings = {
        "where": "Contract and site" if several else "Site",
        "cases": "Journeys",
        "most": "Paths for 80%",
    }
    headings |= {"conforms": "As the contract asks", "similarity": "Closeness (0 to 1)"}
    headings |= {
        "redone": "A step done again",
        "finished": "Reached the end",
        "days": "Median days",
    }
    headings = {key: text for key, text in headings.items() if key == "where" or rows[key].notna().any()}
    if rows["redone"].eq(0).all():  # said above the next table
        headings.pop("redone", None)
    note = "Closeness: 1 where the path is the contract's as far as the customer got; each step left out, "
    note += "put in or swapped takes away from it. Days: first to last event, of those who reached the end."
    note += f" {plural(hidden, 'row')} of few customers not shown." if hidden else ""
    formats: dict[str, Any] = dict.fromkeys(("conforms", "redone", "finished"), percent)
    return Table(
        rows.assign(where=where),
        caption="Journeys by contract and site" if several else "Journeys by site",
        headings=headings,
        formats={**formats, "similarity": ".2f", "days": ".0f"},
        note=note,
    )


def consistency_title(rows: pd.DataFrame, engagement: Engagement) -> str:
    """Return the finding of the consistency chart."""
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Journeys are most alike at {first['where']} ({first['index']:.2f}) and least at "
        f"{last['where']} ({last['index']:.2f})"
    )


def skipped_table(judged: pd.DataFrame, engagement: Engagement, minimum: int) -> Block:
    """Return, by site, how many journeys conform and what departs from the contract."""
    groups = figures.on_the_way(judged)[lambda rows: rows["site"] != ""].groupby("site")
    table = pd.DataFrame({
        "customers": groups.size(), "conforms": groups["conforms"].mean(),
        "missing": groups["missing"].agg(lambda part: (part != "").mean()),
        "out_of_order": groups["out_of_order"].agg(lambda part: (part > 0).mean()),
        "repeated": groups["repeated"].agg(lambda part: (part > 0).mean()),
        "similarity": groups["similarity"].mean(), "step": groups["missing"].agg(_most_skipped),
    }).reset_index().sort_values("conforms")  # fmt: skip
    headings = {
        "site": engagement.site_label.capitalize(),
        "customers": "Customers",
        "conforms": "As the contract asks",
        "interval": "95% interval",
    }
    headings |= {
        "missing": "A step skipped",
        "out_of_order": "Out of order",
        "repeated": "A step repeated",
        "similarity": "Closeness (0 to 1)",
        "step": "Most often skipped",
    }
    shares = dict.fromkeys(("conforms", "missing", "out_of_order", "repeated"), percent)
    caption = "Journeys of customers who got beyond the first step, against the contract"
    low, high = wilson(table["conforms"], table["customers"])
    table["interval"] = [f"{percent(a)} to {percent(b)}" for a, b in zip(low, high, strict=True)]
    table = suppress(table, "customers", minimum=minimum)
    hidden = int(table[SUPPRESSED].sum())
    note = f"{plural(hidden, engagement.site_label)} of few customers not shown." if hidden else ""
    return Table(table[~table[SUPPRESSED]], caption=caption, headings=headings,
                 formats={**shares, "similarity": ".2f"}, note=note)  # fmt: skip


def _most_skipped(missing: pd.Series[Any]) -> str:
    steps = missing[missing != ""].str.split("; ").explode()
    return str(steps.mode().iloc[0]).replace("_", " ") if len(steps) else "none"


def beside_table(rows: pd.DataFrame, measure: str) -> Block:
    """Return journey, clarity, outcomes and attainment side by side."""
    shown = rows.sort_values("conformance", ascending=False)
    headings = {
        "where": "Where",
        "cases": "Customers",
        "conformance": "Follow the journey",
        "index": "Alike (0 to 1)",
    }
    headings |= {
        "stated_clarity": "Say it is clear",
        "outcome_rate": "With an outcome",
        "attainment": "Of contract",
    }
    shares = dict.fromkeys(("conformance", "stated_clarity", "outcome_rate", "attainment"), percent)
    headings = {key: text for key, text in headings.items() if shown[key].notna().any()}
    note = f"Of contract: {measure}, last twelve months." if measure and "attainment" in headings else ""
    return Table(
        shown,
        caption="Journey and outcome side by side",
        headings=headings,
        formats={**shares, "index": ".2f"},
        note=note,
    )


def walked(walkthroughs: pd.DataFrame) -> Block:
    """Return what was met when the journey was walked as a customer."""
    walks = walkthroughs.sort_values(["walkthrough_id", "step_order"])
    if walks.empty:
        return Words(
            "Nobody has walked the journey yet: print the form of step 1.3 and walk it at two sites."
        )
    low = int((walks["feeling"] < 0).sum())
    lead = f"{low or 'None'} of {plural(len(walks), 'step')} left the walker worse off than before."
    headings = {"site": "Site", "step": "Step", "meets": "What the customer meets", "minutes": "Minutes"}
    headings |= {"feeling": "How it feels (−2 to 2)", "problem": "What goes wrong"}
    shown = Table(walks, caption="The journey walked as a customer", headings=headings, limit=40)
    return Stack(Words(lead), shown)
