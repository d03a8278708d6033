"""What step 2.2 says and shows: findings, tables and titles made from its figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date, percent, plural

from . import journey_figures as figures
from .journey_findings import READINESS


def variants_blocks(table: pd.DataFrame, engagement: Engagement, most: int = 6) -> Block:
    """Return the most frequent paths of each contract (of the whole where there is one)."""
    if table.empty:
        return Words("There is no event log to read paths from.")
    names = {contract.id: contract.name for contract in engagement.contracts}
    contracts = [name for name in table["contract"].unique() if name] or [""]
    tables = []
    for name in contracts:
        rows = table[(table["contract"] == name) & (table["site"] == "")]
        needed = int((rows["share"].cumsum() < 0.8).sum()) + 1
        note = f"{plural(len(rows), 'path')} in all; {plural(needed, 'path')} cover 80% of customers."
        shown = rows.head(most).assign(
            variant=[path.replace("_", " ") for path in rows.head(most)["variant"]]
        )
        headings = {"variant": "Path", "cases": "Customers", "share": "Share"}
        caption = f"Most frequent paths{': ' + names.get(name, name) if name else ''}"
        tables.append(Table(shown, caption=caption, headings=headings, formats={"share": percent}, note=note))
    return Stack(*tables)


def drawn(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows to show: sites, contract by contract where there are several."""
    rows = table[(table["site"] != "")]
    several = rows["contract"].ne("").any()
    rows = rows[rows["contract"] != ""] if several else rows
    where = rows["site"] + (", " + rows["contract"].str.replace("_", " ") if several else "")
    return rows.assign(where=where).sort_values("index", ascending=False)


def consistency_title(rows: pd.DataFrame, engagement: Engagement) -> str:
    """Return the finding of the consistency chart."""
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Journeys are most alike at {first['where']} ({first['index']:.2f}) and least at "
        f"{last['where']} ({last['index']:.2f})"
    )


def skipped_table(judged: pd.DataFrame, engagement: Engagement) -> Block:
    """Return, by site, how many journeys conform and what departs from the contract."""
    groups = figures.on_the_way(judged)[lambda rows: rows["site"] != ""].groupby("site")
    table = pd.DataFrame({
        "customers": groups.size(), "conforms": groups["conforms"].mean(),
        "missing": groups["missing"].agg(lambda part: (part != "").mean()),
        "out_of_order": groups["out_of_order"].agg(lambda part: (part > 0).mean()),
        "repeated": groups["repeated"].agg(lambda part: (part > 0).mean()),
        "step": groups["missing"].agg(_most_skipped),
    }).reset_index().sort_values("conforms")  # fmt: skip
    headings = {
        "site": engagement.site_label.capitalize(),
        "customers": "Customers",
        "conforms": "As the contract asks",
    }
    headings |= {
        "missing": "A step skipped",
        "out_of_order": "Out of order",
        "repeated": "A step repeated",
        "step": "Most often skipped",
    }
    shares = dict.fromkeys(("conforms", "missing", "out_of_order", "repeated"), percent)
    caption = "Journeys of customers who got beyond the first step, against the contract"
    return Table(table, caption=caption, headings=headings,
                 formats=shares)  # fmt: skip


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


def flow_table(flow: pd.DataFrame) -> Block:
    """Return flow by month; the caseload only once it has had time to fill."""
    shown = flow.tail(24).assign(period=[date(at, "month") for at in flow.tail(24)["period"]])
    shown["caseload"] = shown["caseload"].astype("float64").where(shown["settled"])
    headings = {
        "period": "Month",
        "on_flow": "Came on",
        "off_flow": "Left",
        "throughput": "Finished",
        "caseload": "Caseload at the end",
    }
    note = (
        "The caseload is left out where the log is too young to hold everybody who was already a "
        "customer, and for the last "
    )
    note += "90 days, in which nobody can be seen yet to have fallen silent."
    return Table(shown, caption="Customers coming on, leaving and finishing", headings=headings, note=note)


def durations_table(table: pd.DataFrame) -> Block:
    """Return journey lengths by month of beginning, for months that can be compared."""
    rows = table[table["comparable"]].tail(12)
    if rows.empty:
        return Words("The log is too short for the length of journeys to be compared between months.")
    shown = rows.assign(period=[date(at, "month") for at in rows["period"]])
    left = int((~table["comparable"]).sum())
    note = f"{plural(left, 'later month')} left out: a log cut at its end shows only short journeys there."
    headings = {"period": "Began in", "customers": "Customers", "median": "Median days"}
    return Table(
        shown, caption="Days from the first event to the last", headings=headings, note=note if left else ""
    )


def readiness_table(table: pd.DataFrame) -> Block:
    """Return contact time by readiness."""
    shown = table.assign(readiness=table["readiness"].map(READINESS))
    headings = {
        "readiness": "Customer is",
        "contacts": "Contacts",
        "minutes": "Minutes a contact",
        "share": "Share of contact time",
    }
    return Table(
        shown,
        caption="Contact time by readiness of the customer",
        headings=headings,
        formats={"share": percent},
    )


def ramp_table(rows: list[dict[str, Any]]) -> Block:
    """Return what each remaining period must bring for each contract."""
    if not rows:
        return Words(
            "No contract has both an end date ahead and a target on a contract measure, so no "
            "ramp-up can be worked out."
        )
    frame = pd.DataFrame(rows).assign(until=[date(row["ends"]) for row in rows])
    headings = {
        "name": "Measure",
        "contract_name": "Contract",
        "now_text": "Now",
        "needed_text": "Needed from now on",
        "left": "Periods left",
        "until": "Until",
    }
    caption = "Level needed from today for the contract to be met by its end"
    return Table(
        frame,
        caption=caption,
        headings=headings,
        note="Now is the mean of the last three periods; volumes are taken to stay as they are.",
    )
