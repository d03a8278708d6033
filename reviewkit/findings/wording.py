"""Figures and dates as words inside statements."""

from __future__ import annotations

import re

import pandas as pd

from reviewkit.model import Engagement, Measure
from reviewkit.model.words import AFTER, currency_mark, plain

PLURALS = frozenset(
    [
        "absences",
        "admissions",
        "appointments",
        "attendances",
        "calls",
        "cases",
        "complaints",
        "contacts",
        "customers",
        "days",
        "enquiries",
        "errors",
        "leads",
        "materials",
        "meetings",
        "orders",
        "outcomes",
        "people",
        "placements",
        "referrals",
        "resources",
        "sales",
        "starts",
        "systems",
        "tickets",
        "vacancies",
        "visits",
    ]
)
"""Nouns about which a sentence speaks in the plural; every other measure is singular."""


def amount(value: float, unit: str, decimals: int = 1, currency: str = "GBP") -> str:
    """Return a level of a measure with its unit; "unknown" where there is none.

    >>> amount(61.24, "percent"), amount(-1520.4, "money", 0), amount(4.25, "score", 2)
    ('61.2%', '−£1,520', '4.25')
    """
    if pd.isna(value):
        return "unknown"
    text = plain(value, decimals)
    if unit == "money":
        sign = "−" if text.startswith("−") else ""
        return f"{sign}{currency_mark(currency)}{text.removeprefix('−')}"
    return f"{text}{AFTER.get(unit, '')}"


def difference(value: float, unit: str, decimals: int = 1, currency: str = "GBP") -> str:
    """Return the size of a change, without its sign; percentages in percentage points.

    >>> difference(-8.8, "percent"), difference(12, "seconds", 0)
    ('8.8 percentage points', '12 seconds')
    """
    if unit == "percent" and not pd.isna(value):
        return f"{abs(value):,.{decimals}f} percentage points"
    return amount(abs(value), unit, decimals, currency)


def when(date: object, period: str = "month") -> str:
    """Return a period as words: a month, or the week beginning on a day.

    >>> when(pd.Timestamp("2025-03-03")), when(pd.Timestamp("2025-03-03"), "week")
    ('March 2025', 'the week of 3 March 2025')
    """
    day = pd.Timestamp(str(date))
    if pd.isna(day):
        return "an unknown date"
    return f"{day:%B %Y}" if period == "month" else f"the week of {day.day} {day:%B %Y}"


def day_words(day: object) -> str:
    """Return a date as words.

    >>> day_words("2025-09-05")
    '5 September 2025'
    """
    date = pd.Timestamp(str(day))
    return f"{date.day} {date:%B %Y}"


def place(site: object, contract: object = "", whole: str = "") -> str:
    """Return " at <site>" and " under <contract>" where they are given, else ``whole``.

    >>> place("Harbour View"), place("", "north"), place("")
    (' at Harbour View', ' under north', '')
    """
    parts = [f" at {site}" if filled(site) else "", f" under {contract}" if filled(contract) else ""]
    return "".join(parts) or whole


def agree(name: str, one: str, many: str) -> str:
    """Return the verb that goes with the name of a measure: singular unless it is about one of ``PLURALS``.

    >>> agree("Abandoned calls", "has", "have"), agree("Days to first meeting", "has", "have")
    ('have', 'have')
    >>> agree("Within four hours", "averages", "average"), agree("Referrals who start", "has", "have")
    ('averages', 'have')
    """
    head = re.split(r" (?:within|to|per|of|in|at|for|from|against|with|without|who|that|a) ", name)[0]
    return many if head.split()[-1].lower() in PLURALS else one


def filled(value: object) -> bool:
    """Return whether a text cell holds anything.

    >>> filled("x"), filled(""), filled(float("nan"))
    (True, False, False)
    """
    return isinstance(value, str) and bool(value.strip())


def measures_by_id(engagement: Engagement) -> dict[str, Measure]:
    """Return the engagement's measures by their ids."""
    return {measure.id: measure for measure in engagement.measures}
