"""Exports that were looked at while the guesses were built."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from .exports import SITES, Export, moment


def _telephony(chance: random.Random) -> list[list[Any]]:
    heading = [
        "Call ID",
        "Start Date/Time",
        "End Date/Time",
        "Media Type",
        "Site",
        "Skill Group",
        "Agent Login",
        "Caller No",
        "Ring (s)",
        "Talk Time (s)",
        "Hold (s)",
        "ACW (s)",
        "AHT (s)",
        "Wrap-Up Code",
        "FCR?",
        "CSAT Score",
        "Recording",
    ]
    rows: list[list[Any]] = [heading]
    for number in range(120):
        at = moment(chance)
        talk, hold, after = chance.randrange(60, 600), chance.randrange(0, 90), chance.randrange(10, 120)
        rows.append(
            [
                f"C-{880000 + number}",
                at.strftime("%d/%m/%Y %H:%M:%S"),
                (at + dt.timedelta(seconds=talk + hold)).strftime("%d/%m/%Y %H:%M:%S"),
                chance.choice(["Voice", "Chat"]),
                chance.choice(SITES),
                chance.choice(["Billing", "Moves", "Faults"]),
                f"ag{chance.randrange(30):03d}",
                f"0113{chance.randrange(10**6):06d}",
                chance.randrange(3, 40),
                talk,
                hold,
                after,
                talk + hold + after,
                chance.choice(["Bill query", "Move home", "Complaint", "Refund"]),
                chance.choice(["Y", "N"]),
                chance.choice(["", "1", "2", "3", "4", "5"]),
                f"rec{number}.wav",
            ]
        )
    return rows


def _crm(chance: random.Random) -> list[list[Any]]:
    heading = [
        "Lead ID",
        "First Name",
        "Company",
        "Lead Source",
        "Created Date",
        "Last Modified",
        "Lead Owner",
        "Branch",
        "Lead Score (%)",
        "Lead Status",
        "Converted?",
        "Converted Date",
        "Asset Downloaded",
    ]
    rows: list[list[Any]] = [heading]
    for number in range(90):
        at = moment(chance)
        won = chance.random() < 0.3
        rows.append(
            [
                f"00Q{number:06d}",
                f"Person {number}",
                f"Company {number}",
                chance.choice(["Web", "Trade show", "Referral"]),
                at.strftime("%m/%d/%Y %I:%M %p"),
                (at + dt.timedelta(days=4)).strftime("%m/%d/%Y %I:%M %p"),
                f"owner{chance.randrange(9)}",
                chance.choice(SITES),
                chance.randrange(5, 100),
                chance.choice(["Open", "Working", "Qualified"]),
                "Won" if won else "Lost",
                (at + dt.timedelta(days=30)).strftime("%m/%d/%Y") if won else "",
                chance.choice(["Price list", "Guide", ""]),
            ]
        )
    return rows


def _service_desk(chance: random.Random) -> list[list[Any]]:
    heading = [
        "number",
        "opened_at",
        "closed_at",
        "short_description",
        "contact_type",
        "category",
        "assignment_group",
        "assigned_to",
        "location",
        "priority",
        "state",
        "u_time_worked_mins",
        "u_first_time_fix",
        "u_satisfaction",
    ]
    rows: list[list[Any]] = [heading]
    for number in range(100):
        at = moment(chance)
        rows.append(
            [
                f"INC{10000 + number}",
                at.isoformat(" "),
                (at + dt.timedelta(hours=9)).isoformat(" "),
                chance.choice(
                    ["Printer will not print again", "Cannot log in to the system", "Laptop is slow today"]
                ),
                chance.choice(["phone", "self-service", "email"]),
                chance.choice(["Hardware", "Access", "Software"]),
                chance.choice(["Desk A", "Desk B"]),
                f"tech{chance.randrange(12)}",
                chance.choice(SITES),
                chance.choice(["3 - Moderate", "4 - Low"]),
                "Closed",
                round(chance.uniform(3, 45), 1),
                chance.choice(["true", "false"]),
                chance.choice([1, 2, 3, 4, 5]),
            ]
        )
    return rows


def _monthly_counts(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [
        ["Period", "Org Code", "Organisation Name", "Indicator", "Numerator", "Denominator", "Percentage"]
    ]
    for month in ("Apr-24", "May-24", "Jun-24", "Jul-24", "Aug-24", "Sep-24"):
        for place, code in enumerate(("R0A", "RJ1", "RYJ", "RQM")):
            for indicator in ("Seen within 4 hours", "Left before being seen"):
                all_seen = chance.randrange(8000, 22000)
                met = int(all_seen * chance.uniform(0.7, 0.95))
                name = f"{SITES[place]} Hospitals Trust"
                rows.append(
                    [month, code, name, indicator, f"{met:,}", f"{all_seen:,}", f"{met / all_seen:.1%}"]
                )
    return rows


def _programme(chance: random.Random) -> list[list[Any]]:
    steps = ("Referral received", "First meeting", "Action plan agreed", "Job search", "Job start")
    rows: list[list[Any]] = [
        [
            "Participant Ref",
            "Date of Birth",
            "Programme",
            "Delivery Site",
            "Milestone",
            "Milestone Date",
            "Recorded By",
        ]
    ]
    for person in range(40):
        at = moment(chance, 200)
        contract, site = chance.choice(["Work Start", "Health Route"]), chance.choice(SITES)
        for place, step in enumerate(steps[: chance.randrange(2, 6)]):
            day = (at + dt.timedelta(days=place * 11)).strftime("%d.%m.%Y")
            rows.append(
                [f"P{5000 + person}", "17.05.1985", contract, site, step, day, f"user{chance.randrange(6)}"]
            )
    return rows


def _headcount(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [
            "Month",
            "Standort",
            "Cost Centre",
            "Headcount",
            "FTE in post",
            "Staff cost",
            "Income",
            "Training hrs per FTE",
            "Sick days",
        ]
    ]
    for month in range(1, 10):
        for place, site in enumerate(SITES):
            fte = f"{chance.uniform(20, 80):.1f}".replace(".", ",")
            cost = f"{chance.uniform(90_000, 200_000):.2f}".replace(".", ",")
            income = f"{chance.uniform(90_000, 250_000):.2f}".replace(".", ",")
            hours = f"{chance.uniform(0, 6):.2f}".replace(".", ",")
            rows.append(
                [
                    f"01.{month:02d}.2025",
                    site,
                    4000 + place,
                    chance.randrange(30, 90),
                    fte,
                    cost,
                    income,
                    hours,
                    chance.randrange(0, 60),
                ]
            )
    rows[0][1] = "Location"
    return rows


TUNED = (
    Export(
        "Call Detail Report Sept.csv",
        "contacts",
        {
            "contact_id": "Call ID",
            "at": "Start Date/Time",
            "channel": "Media Type",
            "site": "Site",
            "team": "Skill Group",
            "agent": "Agent Login",
            "handle_seconds": "AHT (s)",
            "reason": "Wrap-Up Code",
            "resolved": "FCR?",
            "csat": "CSAT Score",
        },
        _telephony,
        above=(["Call Detail Report"], ["Generated: 05/09/2025 08:12", "All sites"], []),
        below=(["Grand Total", "120 calls", *[""] * 15],),
        dates="%d/%m/%Y %H:%M:%S",
        units={"handle_seconds": "seconds"},
    ),
    Export(
        "CRM_leads_export.csv",
        "leads",
        {
            "lead_id": "Lead ID",
            "at": "Created Date",
            "source": "Lead Source",
            "site": "Branch",
            "quality": "Lead Score (%)",
            "converted": "Converted?",
            "material": "Asset Downloaded",
        },
        _crm,
        encoding="utf-16",
        separator="\t",
        dates="%m/%d/%Y %I:%M %p",
        units={"quality": "percent"},
    ),
    Export(
        "incident.csv",
        "contacts",
        {
            "contact_id": "number",
            "at": "opened_at",
            "channel": "contact_type",
            "reason": "category",
            "team": "assignment_group",
            "agent": "assigned_to",
            "site": "location",
            "handle_seconds": "u_time_worked_mins",
            "resolved": "u_first_time_fix",
            "csat": "u_satisfaction",
        },
        _service_desk,
        units={"handle_seconds": "minutes"},
    ),
    Export(
        "AE monthly.xlsx",
        "kpis",
        {
            "period": "Period",
            "measure": "Indicator",
            "site": "Organisation Name",
            "numerator": "Numerator",
            "denominator": "Denominator",
        },
        _monthly_counts,
        above=(["A&E attendances and performance"], ["Source: returns of providers"], []),
        sheet="Provider level",
        dates="%b-%y",
    ),
    Export(
        "participants milestones.csv",
        "journey",
        {
            "customer": "Participant Ref",
            "contract": "Programme",
            "site": "Delivery Site",
            "activity": "Milestone",
            "at": "Milestone Date",
        },
        _programme,
        separator=";",
        encoding="cp1252",
        dates="%d.%m.%Y",
    ),
    Export(
        "HR headcount and cost.csv",
        "resources",
        {
            "period": "Month",
            "site": "Location",
            "fte": "FTE in post",
            "cost": "Staff cost",
            "revenue": "Income",
            "training_hours": "Training hrs per FTE",
        },
        _headcount,
        above=(["Workforce and finance return"], ["Stand: 30.09.2025"]),
        below=(["Total", "", "", "2160", "1843,2", "4000123,55", "6001222,10", "", "900"],),
        separator=";",
        dates="%d.%m.%Y",
        decimal=",",
    ),
)
