"""The evidence tables: which columns each may have, of which kind, and what they mean.

One source of truth for checking, templates, the data dictionary and the simulator.
Every table is optional; every column is optional unless ``required``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "boolean", "date", "datetime"]

LEVELS = ("senior_leadership", "department_head", "team_lead", "front_line")
SOURCES = (
    "one_to_one",
    "group_work",
    "observation",
    "resource",
    "customer_feedback",
    "customer_experience",
)


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, meaning and the values it may take.

    ``required`` means the column must be there *and* filled in every row.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """One evidence table. ``key`` columns together are unique; ``personal`` marks registers of people."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    personal: bool = False
    collect: str = ""

    def column(self, name: str) -> Column:
        """Return the column called ``name``; ``KeyError`` where there is none.

        >>> TABLES["targets"].column("target").kind
        'number'
        """
        return {column.name: column for column in self.columns}[name]

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there, in order."""
        return tuple(column.name for column in self.columns if column.required)


def _c(name: str, kind: Kind, meaning: str, **more: object) -> Column:
    return Column(name, kind, meaning, **more)  # type: ignore[arg-type]


_SITE = _c("site", "text", "Site or organisation")
_TEAM = _c("team", "text", "Team")
_CONTRACT = _c("contract", "text", "Contract, by its id in the params file")
_DEPARTMENT = _c("department", "text", "Department")
_LEVEL = _c("level", "text", "Level in the organisation", allowed=LEVELS)

_TABLES = (
    Table(
        "contacts",
        "One contact with a customer",
        (
            _c("contact_id", "text", "Identifier of the contact", required=True),
            _c("at", "datetime", "When it began", required=True),
            _SITE,
            _TEAM,
            _c("agent", "text", "Who handled it, by id in the stakeholder register"),
            _CONTRACT,
            _c("channel", "text", "Channel, such as phone or chat"),
            _c("reason", "text", "Reason for the contact"),
            _c(
                "readiness",
                "text",
                "Readiness of the customer",
                allowed=("ready", "nearly_ready", "not_ready"),
            ),
            _c("handle_seconds", "number", "Time spent on it", minimum=0, unit="seconds"),
            _c("resolved", "boolean", "Resolved at the first contact"),
            _c("csat", "number", "Customer's score for it", minimum=1, maximum=5),
        ),
        key=("contact_id",),
        collect="Export one row a contact from the telephony or case system for the last two years.",
    ),
    Table(
        "kpis",
        "Measures already counted, one row a period, measure and unit",
        (
            _c("period", "date", "First day of the period", required=True),
            _c("measure", "text", "Measure, by its id in the params file", required=True),
            _SITE,
            _TEAM,
            _CONTRACT,
            _c("numerator", "number", "What is counted"),
            _c("denominator", "number", "Out of how many", minimum=0),
            _c("value", "number", "The figure itself, where it is no ratio of counts"),
        ),
        key=("period", "measure", "site", "team", "contract"),
        collect="Ask for the monthly contract report behind the headline figures, by site.",
    ),
    Table(
        "targets",
        "Targets and the date from which each is in force",
        (
            _c("measure", "text", "Measure, by its id in the params file", required=True),
            _SITE,
            _CONTRACT,
            _c("valid_from", "date", "First day it is in force", required=True),
            _c("target", "number", "The target, in the measure's unit", required=True),
        ),
        key=("measure", "site", "contract", "valid_from"),
        collect="Take the targets and their dates from the contract and its variations.",
    ),
    Table(
        "resources",
        "What was put in: people, money, systems, by period and site",
        (
            _c("period", "date", "First day of the period", required=True),
            _SITE,
            _TEAM,
            _CONTRACT,
            _c("fte", "number", "Staff in post", minimum=0, unit="full-time equivalents"),
            _c("cost", "number", "Cost of delivery", minimum=0, unit="currency"),
            _c("revenue", "number", "Revenue earned", unit="currency"),
            _c("occupancy", "number", "Share of paid time on customers", minimum=0, maximum=1),
            _c("downtime_minutes", "number", "Minutes systems were down", minimum=0),
            _c("training_hours", "number", "Training hours a full-time equivalent", minimum=0),
        ),
        key=("period", "site", "team", "contract"),
        collect="Ask finance and workforce planning for staff in post, cost and revenue by month and site.",
    ),
    Table(
        "leads",
        "Leads handed from marketing to sales",
        (
            _c("lead_id", "text", "Identifier of the lead", required=True),
            _c("at", "datetime", "When it was handed over", required=True),
            _c("source", "text", "Campaign or channel it came from"),
            _SITE,
            _CONTRACT,
            _c("quality", "number", "Quality score given at hand-over", minimum=0, maximum=1),
            _c("material", "text", "Marketing material the customer had seen"),
            _c("converted", "boolean", "Became a customer"),
        ),
        key=("lead_id",),
        collect="Export leads with source, date and whether each converted.",
    ),
    Table(
        "journey",
        "Event log of customers through the service",
        (
            _c("customer", "text", "Customer, by pseudonymous id", required=True),
            _SITE,
            _CONTRACT,
            _c("activity", "text", "Step of the journey", required=True),
            _c("at", "datetime", "When it happened", required=True),
        ),
        collect="Export the case system's event log: customer, activity, time.",
    ),
    Table(
        "outcomes",
        "What customers achieved",
        (
            _c("customer", "text", "Customer, by pseudonymous id", required=True),
            _SITE,
            _CONTRACT,
            _c("outcome", "text", "Outcome, such as job_start", required=True),
            _c("at", "date", "When it was achieved", required=True),
            _c("value", "number", "What the contract pays for it", unit="currency"),
        ),
        collect="Export outcomes claimed under the contract, with date and value.",
    ),
    Table(
        "stakeholders",
        "Register of the people, or groups of people, who could be heard",
        (
            _c("stakeholder_id", "text", "Identifier of the person or group", required=True),
            _c("name", "text", "Name; may be left empty"),
            _c("department", "text", "Department", required=True),
            _c("level", "text", "Level", required=True, allowed=LEVELS),
            _SITE,
            _TEAM,
            _c("role", "text", "Job title"),
            _c("headcount", "integer", "People in the group; 1 for a person", minimum=1),
            _c("reports_to", "text", "Identifier of the manager"),
            _c("tenure_years", "number", "Years in post", minimum=0),
        ),
        key=("stakeholder_id",),
        personal=True,
        collect="Ask human resources for departments, levels, sites and headcounts; names are optional.",
    ),
    Table(
        "interviews",
        "Interviews and group sessions, planned and held",
        (
            _c("interview_id", "text", "Identifier", required=True),
            _c("kind", "text", "One-to-one or group", required=True, allowed=("one_to_one", "group")),
            _c("planned_at", "datetime", "When it is planned to begin"),
            _c("minutes", "integer", "Length", minimum=5, unit="minutes"),
            _SITE,
            _c("interviewer", "text", "Interviewer, by role"),
            _c(
                "status",
                "text",
                "How far it has come",
                required=True,
                allowed=("planned", "invited", "held", "noted", "coded", "did_not_attend"),
            ),
        ),
        key=("interview_id",),
        collect="Plan interviews with step 1.3 and keep the tracker up to date.",
    ),
    Table(
        "participants",
        "Who took part in which interview, and what was agreed with them",
        (
            _c("interview_id", "text", "Interview", required=True),
            _c("stakeholder_id", "text", "Person or group", required=True),
            _c("on_record", "boolean", "Spoke on the record", required=True),
            _c(
                "attribution",
                "text",
                "How a quote may be attributed",
                required=True,
                allowed=("role", "broad", "none"),
            ),
        ),
        key=("interview_id", "stakeholder_id"),
        personal=True,
        collect="Record consent and attribution at the start of each interview.",
    ),
    Table(
        "observations",
        "What was seen on site",
        (
            _c("observation_id", "text", "Identifier", required=True),
            _c("at", "datetime", "When"),
            _SITE,
            _CONTRACT,
            _c("activity", "text", "What was going on"),
            _c("seen", "text", "What was seen", required=True),
            _c("inferred", "text", "What is inferred from it"),
        ),
        key=("observation_id",),
        collect="Watch the work for half a day at each site with the observation form of step 1.3.",
    ),
    Table(
        "walkthroughs",
        "The journey walked as a customer, step by step",
        (
            _c("walkthrough_id", "text", "Identifier of the walk", required=True),
            _c("step_order", "integer", "Order of the step", required=True, minimum=1),
            _SITE,
            _CONTRACT,
            _c("step", "text", "Step of the journey", required=True),
            _c("meets", "text", "What the customer meets"),
            _c("minutes", "number", "Time it takes", minimum=0, unit="minutes"),
            _c("feeling", "integer", "How it feels", minimum=-2, maximum=2),
            _c("problem", "text", "What goes wrong"),
        ),
        key=("walkthrough_id", "step_order"),
        collect="Walk the journey as a customer would, with the walk-through form of step 1.3.",
    ),
    Table(
        "remarks",
        "What people said, one row a remark",
        (
            _c("remark_id", "text", "Identifier", required=True),
            _c("source", "text", "Kind of source", required=True, allowed=SOURCES),
            _c("interview_id", "text", "Interview it was said in"),
            _c("stakeholder_id", "text", "Who said it, or the group"),
            _DEPARTMENT,
            _LEVEL,
            _SITE,
            _CONTRACT,
            _c("question", "text", "Question asked, by id in the question bank"),
            _c(
                "about",
                "text",
                "Whether it is about purpose, outcome or result",
                allowed=("purpose", "outcome", "result"),
            ),
            _c("on_record", "boolean", "Said on the record; empty counts as no"),
            _c("said_on", "date", "When"),
            _c("text", "text", "The words", required=True),
        ),
        key=("remark_id",),
        personal=True,
        collect="Hold the interviews planned in step 1.3 and import the notes.",
    ),
    Table(
        "customer_feedback",
        "What customers wrote or said",
        (
            _c("feedback_id", "text", "Identifier", required=True),
            _c("at", "date", "When"),
            _SITE,
            _CONTRACT,
            _c("contact_id", "text", "Contact it is about"),
            _c("question", "text", "Question asked"),
            _c("score", "number", "Score given"),
            _c("text", "text", "The words", required=True),
        ),
        key=("feedback_id",),
        personal=True,
        collect="Export survey comments and complaints with date and site.",
    ),
    Table(
        "perceptions",
        "Answers to the partnering survey",
        (
            _c("respondent_id", "text", "Respondent, pseudonymous", required=True),
            _c(
                "group",
                "text",
                "Side of the we/they line",
                required=True,
                allowed=("front_line", "support", "management"),
            ),
            _DEPARTMENT,
            _SITE,
            _c("statement", "text", "Statement, by id in the survey", required=True),
            _c("answer", "integer", "1 strongly disagree to 5 strongly agree", required=True, minimum=1, maximum=5),
        ),
        key=("respondent_id", "statement"),
        collect="Send the partnering survey of step 2.3 to all staff; at least five answers a group are needed.",
    ),
    Table(
        "competencies",
        "Leaders' competencies: needed and assessed, 1 to 5",
        (
            _c("stakeholder_id", "text", "Leader", required=True),
            _c("competency", "text", "Competency", required=True),
            _c("needed", "number", "Level the role needs", required=True, minimum=1, maximum=5),
            _c("self_rating", "number", "Own assessment", minimum=1, maximum=5),
            _c("manager_rating", "number", "Manager's assessment", minimum=1, maximum=5),
            _c("team_rating", "number", "Mean of the team's answers", minimum=1, maximum=5),
            _c("team_raters", "integer", "How many of the team answered", minimum=0),
        ),
        key=("stakeholder_id", "competency"),
        personal=True,
        collect="Ask each leader, their manager and their team to rate the competencies of the role.",
    ),
    Table(
        "leaders",
        "Facts about leaders that a rating does not hold",
        (
            _c("stakeholder_id", "text", "Leader", required=True),
            _c("desire_to_lead", "number", "Own answer: I want to lead people", minimum=1, maximum=5),
            _c("team_answer", "number", "Team's answer: they want to lead us", minimum=1, maximum=5),
            _c(
                "promoted_on",
                "text",
                "What the promotion rested on",
                allowed=("results_in_last_role", "length_of_service", "leadership_assessment", "vacancy"),
            ),
            _c("measured_on", "text", "What they are judged by", allowed=("results", "tasks", "both")),
            _c("years_to_retirement", "number", "Years until retirement", minimum=0),
            _c("successor_ready", "boolean", "A successor is ready"),
        ),
        key=("stakeholder_id",),
        personal=True,
        collect="Ask human resources for promotion basis, succession and retirement dates.",
    ),
    Table(
        "goals",
        "Goals on file",
        (
            _c("goal_id", "text", "Identifier", required=True),
            _c("owner", "text", "Whose goal, by stakeholder id"),
            _DEPARTMENT,
            _LEVEL,
            _c("text", "text", "The goal as written", required=True),
            _c("measure", "text", "Measure it moves, by id"),
            _c("target", "number", "Level to reach"),
            _c("due", "date", "By when"),
        ),
        key=("goal_id",),
        personal=True,
        collect="Collect the goals on file for a sample of people at each level.",
    ),
    Table(
        "feedback_given",
        "Feedback that managers gave",
        (
            _c("feedback_id", "text", "Identifier", required=True),
            _c("at", "date", "When it was given", required=True),
            _c("giver", "text", "Manager, by stakeholder id"),
            _c("receiver", "text", "Receiver, by stakeholder id"),
            _c("kind", "text", "Praise or correction", allowed=("praise", "correction")),
            _c("specific", "boolean", "Named an act and its effect"),
            _c("days_after", "integer", "Days between the act and the feedback", minimum=0),
        ),
        key=("feedback_id",),
        personal=True,
        collect="Sample one-to-one notes or coaching records of the last quarter.",
    ),
    Table(
        "annotations",
        "Local knowledge with a date",
        (
            _c("annotation_id", "text", "Identifier", required=True),
            _c("at", "date", "Date of the event", required=True),
            _c("measure", "text", "Measure it bears on, by id"),
            _SITE,
            _c("text", "text", "What happened", required=True),
            _c(
                "effect",
                "text",
                "Explains points, or the process changed and limits begin anew",
                required=True,
                allowed=("explains", "process_changed"),
            ),
            _c("role", "text", "Who said so, by role"),
        ),
        key=("annotation_id",),
        collect="Walk through the charts with department heads and write down what happened when.",
    ),
    Table(
        "scope",
        "The agreed scope: questions, timetable, days and costs, assumptions, data requests",
        (
            _c("item_id", "text", "Identifier", required=True),
            _c(
                "kind",
                "text",
                "Kind of item",
                required=True,
                allowed=("question_in", "question_out", "milestone", "budget", "assumption", "data_request", "agreement"),
            ),
            _c("text", "text", "What it says", required=True),
            _c("role", "text", "Whose it is, by role"),
            _c("due", "date", "By when"),
            _c("days_budgeted", "number", "Days budgeted", minimum=0),
            _c("days_used", "number", "Days used so far", minimum=0),
            _c("cost_budgeted", "number", "Cost budgeted", minimum=0, unit="currency"),
            _c("cost_used", "number", "Cost so far", minimum=0, unit="currency"),
            _c("status", "text", "Status", allowed=("open", "done", "agreed", "dropped")),
        ),
        key=("item_id",),
        collect="Agree the scope with the client's sponsor and write it down item by item.",
    ),
    Table(
        "opinions",
        "What was decided about each initial opinion",
        (
            _c("opinion_id", "text", "Finding id of the opinion", required=True),
            _c("status", "text", "Decision", required=True, allowed=("confirmed", "revised", "withdrawn")),
            _c("role", "text", "Who decided, by role", required=True),
            _c("reason", "text", "Why", required=True),
            _c("words", "text", "The opinion as revised"),
            _c("decided_on", "date", "When"),
            _c("fingerprint", "text", "Fingerprint of the figures it was agreed on"),
        ),
        key=("opinion_id",),
        collect="Share each opinion with department heads and record what they say.",
    ),
    Table(
        "codings",
        "Remarks coded to the codebook",
        (
            _c("remark_id", "text", "Remark or customer feedback", required=True),
            _c("code", "text", "Code, by id in the codebook", required=True),
            _c("coder", "text", "Who coded, by role", required=True),
            _c("stance", "text", "Stance", allowed=("concern", "strength", "suggestion")),
            _c("prompting", "text", "How it came up", allowed=("spontaneous", "prompted", "asked")),
            _c("memo", "text", "Note by the coder"),
        ),
        key=("remark_id", "code", "coder"),
        collect="Code the remarks in step 1.4.",
    ),
    Table(
        "quotes",
        "Quotes considered for publication, as redacted",
        (
            _c("remark_id", "text", "Remark or customer feedback", required=True),
            _c("words", "text", "The words as they may appear", required=True),
            _c("status", "text", "Decision", required=True, allowed=("approved", "refused")),
            _c("role", "text", "Who decided, by role", required=True),
            _c("decided_on", "date", "When"),
        ),
        key=("remark_id",),
        collect="Approve quotes in the review screen.",
    ),
    Table(
        "decisions",
        "Decisions on findings: status, edited words, agreement and dissent",
        (
            _c("finding_id", "text", "Finding", required=True),
            _c(
                "decision",
                "text",
                "What was decided",
                required=True,
                allowed=("draft", "fact_checked", "agreed", "proposed", "amended", "overruled", "words"),
            ),
            _c("role", "text", "Who decided, by role", required=True),
            _c("reason", "text", "Why"),
            _c("words", "text", "The words as edited"),
            _c("dissent", "text", "Who disagreed, and why"),
            _c("decided_on", "date", "When"),
            _c("fingerprint", "text", "Fingerprint of the figures it was decided on"),
        ),
        collect="Record decisions on findings as they are made.",
    ),
    Table(
        "actions",
        "Actions agreed",
        (
            _c("action_id", "text", "Identifier", required=True),
            _c("recommendation", "text", "Finding id of the recommendation"),
            _c("what", "text", "What will be done", required=True),
            _c("owner", "text", "Owner, by role"),
            _c("measure", "text", "Measure it moves, by id"),
            _SITE,
            _c("baseline", "number", "Level at the start"),
            _c("target", "number", "Level to reach"),
            _c("starts", "date", "Start"),
            _c("due", "date", "End"),
            _c("days", "number", "Effort", minimum=0, unit="days"),
            _c("cost", "number", "Cost", minimum=0, unit="currency"),
        ),
        key=("action_id",),
        collect="Agree actions with their owners in step 3.2.",
    ),
    Table(
        "progress",
        "How agreed actions are coming on",
        (
            _c("action_id", "text", "Action", required=True),
            _c("at", "date", "Date of the check", required=True),
            _c("percent_done", "number", "How much is done", minimum=0, maximum=100, unit="percent"),
            _c("note", "text", "What was said"),
            _c("benefit", "number", "Benefit realised so far", unit="currency"),
        ),
        key=("action_id", "at"),
        collect="Ask owners for progress before each check date.",
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
"""Every evidence table by name."""
