"""What step 2.2 shows of flow: the chart, and tables made from its figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.present.blocks import Folded, Stack, Table, Words
from reviewkit.present.flow_charts import flow_chart
from reviewkit.present.view import Block
from reviewkit.present.words import date, number, percent, plural, span

from .flow_figures import LONG, YEAR, FlowFigures
from .flow_findings import READINESS, about, caseload_title


def flow_blocks(flow: FlowFigures) -> Block:
    """Return caseload and flow as a chart, by unit, and checked against one another."""
    months = flow.months
    chart = flow_chart(
        months,
        title=caseload_title(months),
        subtitle=f"Customers, {span(months['period'].iloc[0], months['period'].iloc[-1])}. The caseload is "
        "left out where the log is too young to hold everybody, and for the last 90 days: nobody can yet be "
        "seen to have fallen silent in them, so that those who left are too few.",
        source="journey",
        key="journey-flow",
    )
    left = int(flow.parts.attrs.get("left_out", 0))
    note = f"{plural(left, 'event')} without customer, activity or time, or later than the data, left out."
    return Stack(chart, Words(*_check(flow), note if left else ""), units_table(flow, flow.engagement))


def _check(flow: FlowFigures) -> list[str]:
    found = flow.check
    if not found:
        return []
    rows = flow.months
    last = rows.loc[rows["settled"].astype(bool), "period"].iloc[-1]
    text = (
        f"A check, {span(rows['period'].iloc[0], last)}: {found['rate'] * 365.25 / 12:,.0f} a month who stay "
        f"{found['days']:,.0f} days on average make a caseload of about {about(found['expected'])} "
        f"(Little's law); {found['caseload']:,} are on at its end"
    )
    if found["agrees"]:
        return [f"{text}, so the figures agree."]
    return [f"{text}. They do not agree: the rate changed, or first or last events are missing."]


def units_table(flow: FlowFigures, engagement: Engagement) -> Block | None:
    """Return flow a month and caseload of the whole, each contract and each site."""
    if flow.stays.empty:
        return None
    headings = {"where": "Where", "on_flow": "Came on", "off_flow": "Left", "throughput": "Finished"}
    headings["caseload"] = "Caseload at the end"
    table = Table(
        _where(flow.stays, engagement),
        caption="Customers a month, by contract and site",
        headings=headings,
        formats=dict.fromkeys(("on_flow", "off_flow", "throughput"), lambda value: number(value, "count", 1)),
        note=f"Means of the last twelve months that can be read{_last_read(flow)}.",
    )
    return Folded("Customers a month, by contract and site", table)


def _last_read(flow: FlowFigures) -> str:
    read = flow.months.loc[flow.months["settled"].astype(bool), "period"].tail(YEAR)
    return f", {span(read.iloc[0], read.iloc[-1])}" if len(read) else ""


def _where(rows: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    names = {contract.id: contract.name for contract in engagement.contracts}
    contracts = [names.get(name, name) for name in rows["contract"]]
    where = [site or contract or "All" for site, contract in zip(rows["site"], contracts, strict=True)]
    return rows.assign(where=where)


def stay_table(flow: FlowFigures, engagement: Engagement, fewest: int = 10) -> Block | None:
    """Return the time in service of each unit, beside what closed cases alone would show."""
    if flow.stays.empty:
        return None
    rows = _where(flow.stays, engagement)
    small = rows["customers"] < fewest
    rows = rows[~small]
    rows = rows.assign(
        half=[_half(row) for row in rows.to_dict("records")],
        still=[_still(row) for row in rows.to_dict("records")],
    )
    headings = {
        "where": "Where", "customers": "Customers", "open": "Still there", "q25": "A quarter gone after",
        "half": "Half gone after (95% interval)", "q75": "Three quarters gone after",
        "still": f"Stay beyond {LONG} days", "naive": "Half, of those who left alone",
    }  # fmt: skip
    shown = dict.fromkeys(("q25", "q75", "naive"), _days)
    later, hidden = int(flow.counts.attrs.get("later", 0)), int(small.sum())
    note = "Days, those still in service counted (Kaplan-Meier). The last column leaves them out and is too "
    note += "short where many stay."
    note += f" {plural(later, 'customer')} who came on in the last 90 days left out." if later else ""
    note += f" {plural(hidden, 'row')} on fewer than {fewest} customers left out." if hidden else ""
    return Table(rows, caption="Time in service", headings=headings, formats=shown, note=note)


def _days(value: Any) -> str:
    return "not yet known" if pd.isna(value) else f"{value:,.0f}"


def _half(row: dict[Any, Any]) -> str:
    if pd.isna(row["median_lower"]):
        return _days(row["median"])
    return f"{_days(row['median'])} ({row['median_lower']:,.0f} to {_days(row['median_upper'])})"


def _still(row: dict[Any, Any]) -> str:
    if pd.isna(row["still_lower"]):
        return percent(row["still_share"])
    return f"{percent(row['still_share'])} ({percent(row['still_lower'])} to {percent(row['still_upper'])})"


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


def readiness_table(table: pd.DataFrame, engagement: Engagement, period: str = "") -> Block:
    """Return contact time by readiness, for all and by contract; ``period`` says of when."""
    names = {contract.id: contract.name for contract in engagement.contracts}
    shown = table.assign(
        readiness=table["readiness"].map(READINESS),
        where=[names.get(name, name) or "All" for name in table["contract"]],
        interval=[_minutes(row) for row in table.to_dict("records")],
    )
    headings = {"where": "Contract", "readiness": "Customer is", "contacts": "Contacts"}
    headings |= {"minutes": "Minutes a contact", "interval": "95% interval", "share": "Share of contact time"}
    if not table["contract"].ne("").any():
        headings.pop("where")
    return Table(
        shown,
        caption=", ".join(filter(None, ("Contact time by readiness of the customer", period))),
        headings=headings,
        formats={"share": percent, "minutes": ".1f"},
        note="Contacts that do not say how ready the customer was, or of no length, are left out.",
    )


def _minutes(row: dict[Any, Any]) -> str:
    return "–" if pd.isna(row["lower"]) else f"{row['lower']:.1f} to {row['upper']:.1f}"


def ramp_table(rows: list[dict[str, Any]]) -> Block:
    """Return what each remaining period must bring for each contract, and what a later start takes."""
    if not rows:
        return Words(
            "No contract has both an end date ahead and a target on a contract measure, so no "
            "ramp-up can be worked out."
        )
    frame = pd.DataFrame(rows).assign(
        until=[f"{date(row['ends'], 'short')} ({plural(row['left'], row['cadence'])})" for row in rows]
    )
    headings = {
        "name": "Measure",
        "contract_name": "Contract",
        "now_text": "Now",
        "needed_text": "Needed from now on",
    }
    headings |= {f"in_{months}": f"From {plural(months, 'month')} on" for months in (1, 2, 3)}
    headings |= {"line": "Or rising evenly, to", "best": "Best sustained"}
    return Table(
        frame,
        caption="Level needed from today for the contract to be met by its end",
        headings={**headings, "until": "Until"},
        note="Now is the mean of the last three periods; volumes are taken to stay as they are. A later "
        "start must make up for what is missed until then. Sustained: the best mean of half a year without "
        "a break.",
    )


def activity_table(rows: list[dict[str, Any]]) -> Block:
    """Return the customers and contact hours that the outcomes needed take."""
    if not rows:
        return Words(
            "No contract measure that falls short counts what the journey ends with, so no level needed can "
            "be turned into customers coming on."
        )
    shown = pd.DataFrame([_activity_row(row) for row in rows])
    headings = {
        "name": "Measure", "contract": "Contract", "outcomes": "Outcomes needed", "conversion": "Get there",
        "now": "Come on now", "needed": "Must come on", "hours": "Contact hours", "last": "Starts until",
    }  # fmt: skip
    return Table(
        shown,
        caption="What that takes in activity, a period",
        headings=headings,
        note="Conversion and the time it takes are those of customers who had time to get there; ranges are "
        "the 95% interval of conversion alone. Contact hours are those recorded now for each customer who "
        "comes on, times the customers needed. Of those who start after the last date, more than half come "
        "too late.",
    )


def _activity_row(row: dict[str, Any]) -> dict[str, str]:
    known = pd.notna(row["needed"])
    hours = "–"
    if known and pd.notna(row["hours_each"]):
        low, high, now = (about(row[key] * row["hours_each"]) for key in ("low", "high", "on_flow"))
        hours = f"{low} to {high} ({now} now)"
    must = f"{about(row['needed'])} ({about(row['low'])} to {about(row['high'])})" if known else "none can"
    return {
        "name": row["name"],
        "contract": row["contract_name"],
        "outcomes": f"{about(row['outcomes'])} a {row['cadence']}",
        "conversion": f"{percent(row['share'])} ({percent(row['lower'])} to {percent(row['upper'])})",
        "now": about(row["on_flow"]),
        "needed": must,
        "hours": hours,
        "last": date(row["last_start"]),
    }
