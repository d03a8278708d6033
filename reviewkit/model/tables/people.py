"""Schemas of how people lead, what their goals are and what they are told."""

from __future__ import annotations

from .schema import DEPARTMENT, LEVEL, Column, Table

PEOPLE = (
    Table(
        "competencies",
        "Leaders' competencies: needed and assessed, 1 to 5",
        (
            Column("stakeholder_id", "text", "Leader", required=True),
            Column("competency", "text", "Competency", required=True),
            Column("needed", "number", "Need of the role; of its level where empty", minimum=1, maximum=5),
            Column("self_rating", "number", "Own assessment", minimum=1, maximum=5),
            Column("manager_rating", "number", "Manager's assessment", minimum=1, maximum=5),
            Column("team_rating", "number", "Mean of the team's answers", minimum=1, maximum=5),
            Column("team_raters", "integer", "How many of the team answered", minimum=0),
        ),
        key=("stakeholder_id", "competency"),
        personal=True,
        collect="Ask each leader, their manager and their team to rate the competencies of the role.",
    ),
    Table(
        "leaders",
        "Facts about leaders that a rating does not hold",
        (
            Column("stakeholder_id", "text", "Leader", required=True),
            Column("desire_to_lead", "number", "Own answer: I want to lead people", minimum=1, maximum=5),
            Column("team_answer", "number", "Team's answer: they want to lead us", minimum=1, maximum=5),
            Column("team_raters", "integer", "How many of the team gave that answer", minimum=0),
            Column(
                "promoted_on",
                "text",
                "What the promotion rested on",
                allowed=("results_in_last_role", "length_of_service", "leadership_assessment", "vacancy"),
            ),
            Column("measured_on", "text", "What they are judged by", allowed=("results", "tasks", "both")),
            Column("years_to_retirement", "number", "Years until retirement", minimum=0),
            Column("successor_ready", "boolean", "A successor is ready"),
        ),
        key=("stakeholder_id",),
        personal=True,
        collect="Ask human resources for promotion basis, succession and retirement dates.",
    ),
    Table(
        "goals",
        "Goals on file",
        (
            Column("goal_id", "text", "Identifier", required=True),
            Column("owner", "text", "Whose goal, by stakeholder id"),
            DEPARTMENT,
            LEVEL,
            Column("text", "text", "The goal as written", required=True),
            Column("measure", "text", "Measure it moves, by id"),
            Column("target", "number", "Level to reach"),
            Column("due", "date", "By when"),
        ),
        key=("goal_id",),
        personal=True,
        collect="Collect the goals on file for a sample of people at each level.",
    ),
    Table(
        "feedback_given",
        "Feedback that managers gave",
        (
            Column("feedback_id", "text", "Identifier", required=True),
            Column("at", "date", "When it was given", required=True),
            Column("giver", "text", "Manager, by stakeholder id"),
            Column("receiver", "text", "Receiver, by stakeholder id"),
            Column("kind", "text", "Praise or correction", allowed=("praise", "correction")),
            Column("specific", "boolean", "Named an act and its effect"),
            Column("days_after", "integer", "Days between the act and the feedback", minimum=0),
            Column("text", "text", "What was said, in short"),
        ),
        key=("feedback_id",),
        personal=True,
        collect="Sample one-to-one notes or coaching records of the last quarter.",
    ),
)
