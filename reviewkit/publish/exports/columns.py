"""Columns that several exported tables have, and short ways to describe the others."""

from __future__ import annotations

from typing import TypeAlias

from reviewkit.model import LEVELS, SOURCES
from reviewkit.model.tables import Column

Columns: TypeAlias = tuple[Column, ...]

MEASURE_UNIT = "measure's unit"
"""Unit of a column whose rows are in the unit of their own measure."""
MONEY = "currency"
"""Unit of a column of money; the engagement's currency is told in its place."""
POINTS = "points of the scale"


def text(name: str, meaning: str, *allowed: str) -> Column:
    """Return a column of text."""
    return Column(name, "text", meaning, allowed=allowed)


def number(name: str, meaning: str, unit: str = "") -> Column:
    """Return a column of numbers."""
    return Column(name, "number", meaning, unit=unit)


def count(name: str, meaning: str, unit: str = "") -> Column:
    """Return a column of whole numbers."""
    return Column(name, "integer", meaning, unit=unit)


def yes(name: str, meaning: str) -> Column:
    """Return a column that is true or false."""
    return Column(name, "boolean", meaning)


def day(name: str, meaning: str) -> Column:
    """Return a column of dates."""
    return Column(name, "date", meaning)


MEASURE = text("measure", "Measure, by its id in the params file")
MEASURE_NAME = text("name", "Name of the measure")
UNIT = text("unit", "Unit of the measure")
DIRECTION = text("direction", "Which way of the measure is better", "increase", "decrease", "neutral")
SITE = text("site", "Site; empty where all sites are taken together")
CONTRACT = text("contract", "Contract, by its id in the params file; empty where all are taken together")
DEPARTMENT = text("department", "Department")
LEVEL = text("level", "Level in the organisation", *LEVELS)
SOURCE = text("source", "Kind of source", *SOURCES)
KIND_OF_SOURCE = text(
    "kind", "Whether an interview, a customer's comment or an observation is counted", "interview",
    "customer", "observation",
)  # fmt: skip
CODE = text("code", "Theme, by its code in the codebook")
CODE_NAME = text("name", "Name of the theme")
HEADING = text("heading", "Heading of the codebook that the theme stands under")
STANCE = text("stance", "Whether it is a concern, a strength or a suggestion; empty where not recorded",
              "concern", "strength", "suggestion")  # fmt: skip
FINGERPRINT = text("fingerprint", "Twelve digits that change exactly when the figures do")
GAP_IDS = text("gap_ids", "Gaps it acts on, by id, with commas between")
ACTION_ID = text("action_id", "Identifier of the action")
VERDICT_OF_CAUSE = text(
    "verdict", "How far tests bear out the cause it acts on; described where people's words alone do",
    "supported", "contradicted", "inconclusive", "untested", "described",
)  # fmt: skip

RAISED_IN = text("raised_in", "How many interviews or comments raise it; a band in words where few do")
IN_DEPARTMENTS = text("in_departments", "From how many departments; in words where few raise it")
UNPROMPTED = text("unprompted", "How many raise it without being asked; a band in words where few do")
SUPPRESSED = yes(
    "suppressed", "The figures are left out: too few stand behind them, or they would give others away"
)
