"""Schemas of what was measured: contacts, counts, targets, resources, leads, journeys, outcomes."""

from __future__ import annotations

from .schema import CONTRACT, SITE, TEAM, Column, Table

MEASURED = (
    Table(
        "contacts",
        "One contact with a customer",
        (
            Column("contact_id", "text", "Identifier of the contact", required=True),
            Column("at", "datetime", "When it began", required=True),
            SITE,
            TEAM,
            Column("agent", "text", "Who handled it, by id in the stakeholder register"),
            CONTRACT,
            Column("channel", "text", "Channel, such as phone or chat"),
            Column("reason", "text", "Reason for the contact"),
            Column(
                "readiness",
                "text",
                "Readiness of the customer",
                allowed=("ready", "nearly_ready", "not_ready"),
            ),
            Column("handle_seconds", "number", "Time spent on it", minimum=0, unit="seconds"),
            Column("resolved", "boolean", "Resolved at the first contact"),
            Column("csat", "number", "Customer's score for it", minimum=1, maximum=5),
        ),
        key=("contact_id",),
        collect="Export one row a contact from the telephony or case system for the last two years.",
    ),
    Table(
        "kpis",
        "Measures already counted, one row a period, measure and unit",
        (
            Column("period", "date", "First day of the period", required=True),
            Column("measure", "text", "Measure, by its id in the params file", required=True),
            SITE,
            TEAM,
            CONTRACT,
            Column("numerator", "number", "What is counted"),
            Column("denominator", "number", "Out of how many", minimum=0),
            Column("value", "number", "The figure itself, where it is no ratio of counts"),
        ),
        key=("period", "measure", "site", "team", "contract"),
        collect="Ask for the monthly contract report behind the headline figures, by site.",
    ),
    Table(
        "targets",
        "Targets and the date from which each is in force",
        (
            Column("measure", "text", "Measure, by its id in the params file", required=True),
            SITE,
            CONTRACT,
            Column("valid_from", "date", "First day it is in force", required=True),
            Column("target", "number", "The target, in the measure's unit", required=True),
        ),
        key=("measure", "site", "contract", "valid_from"),
        collect="Take the targets and their dates from the contract and its variations.",
    ),
    Table(
        "resources",
        "What was put in: people, money, systems, by period and site",
        (
            Column("period", "date", "First day of the period", required=True),
            SITE,
            TEAM,
            CONTRACT,
            Column("fte", "number", "Staff in post", minimum=0, unit="full-time equivalents"),
            Column("cost", "number", "Cost of delivery", minimum=0, unit="currency"),
            Column("revenue", "number", "Revenue earned", unit="currency"),
            Column(
                "occupancy", "number", "Share of paid time on customers", minimum=0, maximum=1, unit="share"
            ),
            Column("downtime_minutes", "number", "Minutes systems were down", minimum=0, unit="minutes"),
            Column("training_hours", "number", "Training hours a full-time equivalent", minimum=0),
        ),
        key=("period", "site", "team", "contract"),
        collect="Ask finance and workforce planning for staff in post, cost and revenue by month and site.",
    ),
    Table(
        "leads",
        "Leads handed from marketing to sales",
        (
            Column("lead_id", "text", "Identifier of the lead", required=True),
            Column("at", "datetime", "When it was handed over", required=True),
            Column("source", "text", "Campaign or channel it came from"),
            SITE,
            CONTRACT,
            Column(
                "quality", "number", "Quality score given at hand-over", minimum=0, maximum=1, unit="share"
            ),
            Column("material", "text", "Marketing material the customer had seen"),
            Column("converted", "boolean", "Became a customer"),
        ),
        key=("lead_id",),
        collect="Export leads with source, date and whether each converted.",
    ),
    Table(
        "journey",
        "Event log of customers through the service",
        (
            Column("customer", "text", "Customer, by pseudonymous id", required=True),
            SITE,
            CONTRACT,
            Column("activity", "text", "Step of the journey", required=True),
            Column("at", "datetime", "When it happened", required=True),
            Column("team", "text", "Team that did it"),
            Column("agent", "text", "Who did it, by id"),
        ),
        collect="Export the case system's event log: customer, activity, time; and who did it, team and id.",
    ),
    Table(
        "outcomes",
        "What customers achieved",
        (
            Column("customer", "text", "Customer, by pseudonymous id", required=True),
            SITE,
            CONTRACT,
            Column("outcome", "text", "Outcome, such as job_start", required=True),
            Column("at", "date", "When it was achieved", required=True),
            Column("value", "number", "What the contract pays for it", unit="currency"),
        ),
        collect="Export outcomes claimed under the contract, with date and value.",
    ),
)
