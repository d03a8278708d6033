"""Exports that were kept back until the guesses stood."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from .exports import SITES, Export, moment


def _staff(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [
            "Employee No",
            "Full Name",
            "Directorate",
            "Position Title",
            "Mgmt Level",
            "Base",
            "Line Manager ID",
            "Length of Service (Yrs)",
            "Start Date",
            "FTE",
        ]
    ]
    for number in range(60):
        level = chance.choice(["Director", "Head of Department", "Team Leader", "Front line", "Front line"])
        rows.append(
            [
                f"E{number:04d}",
                f"Given{number} Family{number}",
                chance.choice(["Operations", "IT", "Finance"]),
                level + " post",
                level,
                chance.choice(SITES),
                f"E{chance.randrange(9):04d}",
                round(chance.uniform(0, 25), 1),
                "2015-03-02",
                1.0,
            ]
        )
    return rows


def _claims(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [
            "Claim No",
            "Client ID",
            "Lot",
            "Provider",
            "Claim Type",
            "Date Achieved",
            "Date Submitted",
            "Fee (£)",
            "Status",
        ]
    ]
    for number in range(70):
        at = moment(chance)
        rows.append(
            [
                f"CL{number}",
                f"{700000 + chance.randrange(40)}",
                chance.choice(["Lot 1", "Lot 2"]),
                chance.choice(SITES),
                chance.choice(["Job start", "13 weeks sustained", "26 weeks sustained"]),
                at.strftime("%d %b %Y"),
                (at + dt.timedelta(days=20)).strftime("%d %b %Y"),
                chance.choice([1200, 2300]),
                "Paid",
            ]
        )
    return rows


def _survey(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [
            "Response ID",
            "Submitted On",
            "Store",
            "Interaction ID",
            "Overall rating",
            "Any other comments?",
            "IP Address",
        ]
    ]
    for number in range(50):
        rows.append(
            [
                9000 + number,
                moment(chance).strftime("%Y-%m-%d"),
                chance.choice(SITES),
                f"C-{number}",
                chance.randrange(1, 6),
                chance.choice(
                    [
                        "Waited far too long on the phone",
                        "Kind and quick, thank you very much",
                        "Nobody rang me back",
                    ]
                )
                + f" {number}",
                "10.0.0.1",
            ]
        )
    return rows


def _tickets(chance: random.Random) -> list[list[Any]]:
    heading = [
        "Ticket ID",
        "Subject",
        "Status",
        "Priority",
        "Source",
        "Type",
        "Agent",
        "Group",
        "Created time",
        "Due by Time",
        "Resolved time",
        "Closed time",
        "Tags",
        "Survey results",
        "Customer Rating",
    ]
    rows: list[list[Any]] = [heading]
    for number in range(80):
        at = moment(chance)
        rows.append(
            [
                number + 1,
                f"Subject line number {number}",
                "Closed",
                chance.choice(["Low", "High"]),
                chance.choice(["Email", "Portal", "Phone"]),
                chance.choice(["Question", "Problem", "Refund"]),
                f"Agent {chance.randrange(8)}",
                chance.choice(["Tier 1", "Tier 2"]),
                *((at + dt.timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S") for hours in (0, 48, 5, 9)),
                "",
                chance.choice(["Happy", "Unhappy"]),
                chance.choice(["", 1, 3, 5]),
            ]
        )
    return rows


def _event_log(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [
        ["case:concept:name", "concept:name", "time:timestamp", "org:resource", "lifecycle:transition"]
    ]
    for case in range(30):
        at = moment(chance)
        for place, step in enumerate(("Register", "Check", "Decide", "Pay")):
            rows.append(
                [
                    f"case {case}",
                    step,
                    (at + dt.timedelta(hours=place * 7)).isoformat(),
                    f"R{chance.randrange(5)}",
                    "complete",
                ]
            )
    return rows


def _contract_targets(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [["KPI", "Contract", "Site", "Threshold", "Effective from", "Comment"]]
    for measure in ("Service level", "Abandonment", "First contact resolution"):
        for site in SITES:
            rows.append([measure, "Household", site, chance.randrange(60, 95), "01/04/2024", ""])
            rows.append([measure, "Household", site, chance.randrange(60, 95), "15/10/2024", "Variation 2"])
    return rows


def _genesys(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [
            "Conversation ID",
            "Conversation Start",
            "Conversation End",
            "Division",
            "Queue",
            "User Name",
            "Media Type",
            "Handle",
            "Wrap-up",
            "Disconnect Type",
            "Survey Score",
        ]
    ]
    for number in range(60):
        at = moment(chance)
        rows.append(
            [
                f"{number:08x}-aa",
                at.strftime("%Y-%m-%d %H:%M"),
                (at + dt.timedelta(minutes=8)).strftime("%Y-%m-%d %H:%M"),
                "Home",
                chance.choice(["Sales", "Service"]),
                f"user.{chance.randrange(20)}",
                chance.choice(["voice", "message"]),
                chance.randrange(100, 900),
                chance.choice(["Bill", "Meter", "Other"]),
                chance.choice(["Client", "Agent"]),
                chance.choice(["", 2, 4, 5]),
            ]
        )
    return rows


KEPT_BACK = (
    Export(
        "Staff list.xlsx",
        "stakeholders",
        {
            "stakeholder_id": "Employee No",
            "name": "Full Name",
            "department": "Directorate",
            "role": "Position Title",
            "level": "Mgmt Level",
            "site": "Base",
            "reports_to": "Line Manager ID",
            "tenure_years": "Length of Service (Yrs)",
        },
        _staff,
        sheet="Establishment",
    ),
    Export(
        "claims_2025.csv",
        "outcomes",
        {
            "customer": "Client ID",
            "contract": "Lot",
            "site": "Provider",
            "outcome": "Claim Type",
            "at": "Date Achieved",
            "value": "Fee (£)",
        },
        _claims,
        encoding="cp1252",
        dates="%d %b %Y",
    ),
    Export(
        "Survey export.csv",
        "customer_feedback",
        {
            "feedback_id": "Response ID",
            "at": "Submitted On",
            "site": "Store",
            "contact_id": "Interaction ID",
            "score": "Overall rating",
            "text": "Any other comments?",
        },
        _survey,
        encoding="utf-8-sig",
    ),
    Export(
        "tickets.csv",
        "contacts",
        {
            "contact_id": "Ticket ID",
            "at": "Created time",
            "channel": "Source",
            "reason": "Type",
            "agent": "Agent",
            "team": "Group",
            "csat": "Customer Rating",
        },
        _tickets,
    ),
    Export(
        "permit log.csv",
        "journey",
        {"customer": "case:concept:name", "activity": "concept:name", "at": "time:timestamp"},
        _event_log,
    ),
    Export(
        "Schedule 2 targets.csv",
        "targets",
        {
            "measure": "KPI",
            "contract": "Contract",
            "site": "Site",
            "target": "Threshold",
            "valid_from": "Effective from",
        },
        _contract_targets,
        above=(["Schedule 2: performance standards"],),
        dates="%d/%m/%Y",
    ),
    Export(
        "interactions_q1.csv",
        "contacts",
        {
            "contact_id": "Conversation ID",
            "at": "Conversation Start",
            "team": "Queue",
            "agent": "User Name",
            "channel": "Media Type",
            "handle_seconds": "Handle",
            "reason": "Wrap-up",
            "csat": "Survey Score",
        },
        _genesys,
        separator="|",
    ),
)
