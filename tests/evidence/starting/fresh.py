"""Exports written to mislead, after the guesses stood."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from .exports import SITES, Export, moment, rows


def _switchboard(chance: random.Random, number: int) -> list[Any]:
    at = moment(chance)
    seconds = chance.randrange(40, 900)
    return [
        *(number + 1, at.strftime("%d/%m/%Y"), at.strftime("%H:%M"), chance.choice(["East", "West"])),
        *(f"0:{seconds // 60:02d}:{seconds % 60:02d}", chance.choice(["Yes", "No"])),
        *(chance.choice(["Full time", "Part time"]), chance.choice(["Blue", "Red"]), "https://intranet/x"),
    ]


def _prospects(chance: random.Random, number: int) -> list[Any]:
    at = moment(chance)
    return [
        *(
            50_000_000 + number,
            f"Person {number}",
            at.strftime("%Y-%m-%d %H:%M"),
            chance.choice(["Paid search", "Organic"]),
        ),
        *(
            chance.choice(["Lead", "Customer"]),
            chance.randrange(0, 60),
            at.strftime("%Y-%m-%d"),
            chance.choice(SITES),
        ),
    ]


def _unit_month(chance: random.Random, number: int) -> list[Any]:
    return [
        *(
            f"2024-{1 + number // 4:02d}",
            f"Unit {number % 4}",
            chance.randrange(20, 90),
            round(chance.uniform(15, 80), 2),
        ),
        *(chance.randrange(60, 300), chance.randrange(0, 40), round(chance.uniform(0, 30), 1)),
    ]


def _requests(chance: random.Random, number: int) -> list[Any]:
    at = moment(chance)
    return [
        *(
            61_000_000 + number,
            at.strftime("%m/%d/%Y %I:%M:%S %p"),
            (at + dt.timedelta(days=2)).strftime("%m/%d/%Y %I:%M:%S %p"),
        ),
        *(
            chance.choice(["Highways", "Housing"]),
            chance.choice(["Noise", "Pothole", "Heating"]),
            "Loud music or party",
        ),
        *(
            chance.choice(["North ward", "South ward"]),
            chance.choice(["PHONE", "ONLINE"]),
            "The team attended and took action",
        ),
    ]


def _pathway(chance: random.Random, number: int) -> list[Any]:
    at = moment(chance) + dt.timedelta(days=number % 4)
    return [
        f"PX{number // 4:05d}",
        ("Arrival", "Triage", "Treatment", "Discharge")[number % 4],
        at.isoformat(),
        chance.choice("ABC"),
    ]


def _complaints(chance: random.Random, number: int) -> list[Any]:
    at = moment(chance)
    words = chance.choice(
        ["was rude to me when I rang", "lost my form twice this month", "never answered my letter"]
    )
    return [
        *(
            f"CMP/{number:04d}",
            at.strftime("%d-%b-%Y"),
            chance.choice(["Repairs", "Rents"]),
            f"The office {words}, {number}",
        ),
        *(
            chance.choice(["Upheld", "Not upheld"]),
            (at + dt.timedelta(days=9)).strftime("%d-%b-%Y"),
            chance.randrange(1, 30),
        ),
    ]


def _tidy(chance: random.Random, number: int) -> list[Any]:
    bottom = chance.randrange(200, 900)
    measure, month = ("svc_level", "abandon_rate")[number % 2], 1 + number // 8
    return [measure, f"2025-{month:02d}-01", SITES[number // 2 % 4], chance.randrange(1, bottom), bottom]


def _ratings(chance: random.Random, number: int) -> list[Any]:
    skill = ("Coaching", "Planning", "Feedback")[number % 3]
    marks = [round(chance.uniform(1, 5), 1) for _ in range(3)]
    return [f"L{number // 3:03d}", skill, chance.choice([3, 4, 5]), *marks, chance.randrange(3, 12)]


def _objectives(chance: random.Random, number: int) -> list[Any]:
    due = moment(chance).strftime("%d/%m/%Y")
    return [
        f"OBJ{number}",
        f"E{number % 9:03d}",
        chance.choice(["Sales", "Service"]),
        f"Answer every letter within {number} days",
        due,
        95,
    ]


def _pulse(chance: random.Random, number: int) -> list[Any]:
    group = chance.choice(["Front line", "Support", "Management"])
    return [
        f"R{number // 3:03d}",
        group,
        f"sign_{number % 3 + 1}",
        chance.randrange(1, 6),
        chance.choice(["IT", "Sales"]),
    ]


FRESH = (
    Export(
        "switchboard.csv",
        "contacts",
        {"contact_id": "Call Ref", "at": "Date", "site": "Office"},
        rows("Call Ref|Date|Time|Office|Duration|Resolved|Contract|Team Colour|Site", 60, _switchboard),
        dates="%d/%m/%Y",
    ),
    Export(
        "hub export.csv",
        "leads",
        {
            "lead_id": "Record ID",
            "at": "Create Date",
            "source": "Original Source",
            "quality": "Hub Score",
            "site": "Region",
        },
        rows(
            "Record ID|Full name|Create Date|Original Source|Lifecycle Stage|Hub Score|"
            "Became Customer Date|Region",
            60,
            _prospects,
        ),
    ),
    Export(
        "workforce pack.xlsx",
        "resources",
        {"period": "Reporting Month", "site": "Org Unit", "fte": "WTE", "cost": "Pay Bill (£k)"},
        rows(
            "Reporting Month|Org Unit|Headcount|WTE|Pay Bill (£k)|Agency spend (£k)|Turnover %",
            40,
            _unit_month,
        ),
        sheet="Table 2",
        above=(["Workforce pack"], []),
    ),
    Export(
        "service requests.csv",
        "contacts",
        {
            "contact_id": "Unique Key",
            "at": "Created Date",
            "team": "Agency",
            "reason": "Complaint Type",
            "site": "Area",
            "channel": "Open Channel Type",
        },
        rows(
            "Unique Key|Created Date|Closed Date|Agency|Complaint Type|Descriptor|Area|"
            "Open Channel Type|Resolution Description",
            80,
            _requests,
        ),
        dates="%m/%d/%Y %I:%M:%S %p",
    ),
    Export(
        "pathway.csv",
        "journey",
        {"customer": "PatientID", "activity": "EventDescription", "at": "EventDT"},
        rows("PatientID|EventDescription|EventDT|Ward", 120, _pathway),
    ),
    Export(
        "Complaints register.csv",
        "customer_feedback",
        {"feedback_id": "Complaint Ref", "at": "Date Received", "text": "Complaint Details"},
        rows(
            "Complaint Ref|Date Received|Service|Complaint Details|Outcome|Date Closed|Days to respond",
            50,
            _complaints,
        ),
        separator=";",
        dates="%d-%b-%Y",
    ),
    Export(
        "tidy.csv",
        "kpis",
        {
            "measure": "metric_name",
            "period": "month_start",
            "site": "site_name",
            "numerator": "num",
            "denominator": "den",
        },
        rows("metric_name|month_start|site_name|num|den", 48, _tidy),
    ),
    Export(
        "Leadership 360.csv",
        "competencies",
        {
            "stakeholder_id": "Leader ID",
            "competency": "Competency",
            "needed": "Required Level",
            "self_rating": "Self",
            "manager_rating": "Manager",
            "team_rating": "Team avg",
            "team_raters": "No. of raters",
        },
        rows("Leader ID|Competency|Required Level|Self|Manager|Team avg|No. of raters", 30, _ratings),
    ),
    Export(
        "objectives.csv",
        "goals",
        {
            "goal_id": "Objective Ref",
            "owner": "Employee ID",
            "department": "Business Unit",
            "text": "Objective",
            "due": "Due Date",
            "target": "Target",
        },
        rows("Objective Ref|Employee ID|Business Unit|Objective|Due Date|Target", 30, _objectives),
        dates="%d/%m/%Y",
    ),
    Export(
        "pulse survey.csv",
        "perceptions",
        {
            "respondent_id": "Resp ID",
            "group": "Staff Group",
            "statement": "Question",
            "answer": "Response",
            "department": "Directorate",
        },
        rows("Resp ID|Staff Group|Question|Response|Directorate", 60, _pulse),
        encoding="utf-16",
        separator="\t",
    ),
)
