"""Figures as a reader expects them in a sentence: units, change, dates, lists."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model.words import CURRENCIES, currency_mark, listing, money, plain, plural, sentence

MISSING = "–"
DECIMALS: Mapping[str, int] = {"percent": 1, "minutes": 1, "days": 1, "score": 2}
VARIATION: Mapping[str, str] = {
    "improvement": "improving",
    "concern": "worsening",
    "neutral_high": "higher than before",
    "neutral_low": "lower than before",
    "common_cause": "no significant change",
}
ASSURANCE: Mapping[str, str] = {
    "passes": "meets the target consistently",
    "fails": "misses the target consistently",
    "hit_or_miss": "meets the target only some of the time",
    "": "no target",
}
RULES: Mapping[str, str] = {
    "": "",
    "outside": "a point outside the limits",
    "trend": "seven or more points rising or falling without a break",
    "two_in_three": "two of three points close to a limit",
    "shift": "seven or more points on one side of the mean",
    "long_run": "a longer run on one side of the median than chance gives",
    "few_crossings": "fewer crossings of the median than chance gives",
}
"""What each rule of a process behaviour or run chart asks for."""
_UNITS: Mapping[str, tuple[str, str]] = {
    "seconds": ("second", "seconds"),
    "minutes": ("minute", "minutes"),
    "days": ("day", "days"),
}
_SHORT: Mapping[str, str] = {"seconds": "s", "minutes": "min", "days": "days"}


def missing(value: Any) -> bool:
    """Tell whether ``value`` is none, NaN, NaT or empty text.

    >>> missing(float("nan")), missing(""), missing(0)
    (True, True, False)
    """
    return value is None or bool(pd.isna(value)) or value == ""


def number(
    value: Any,
    unit: str = "count",
    decimals: int | None = None,
    *,
    currency: str = "GBP",
    short: bool = False,
) -> str:
    """Return a figure with its unit; a dash where it is missing.

    ``short`` is for tables and axes: "402 s" instead of "402 seconds".

    >>> number(61.234, "percent"), number(402.4, "seconds"), number(402.4, "seconds", short=True)
    ('61.2%', '402 seconds', '402 s')
    >>> number(1, "days", 0), number(1240000, "money"), number(-8300, "money"), number(None)
    ('1 day', '£1.24 million', '−£8,300', '–')
    """
    if missing(value):
        return MISSING
    value = float(value)
    if math.isinf(value):
        return MISSING
    if unit == "money":
        return money(value, currency)
    text = plain(value, DECIMALS.get(unit, 0) if decimals is None else decimals)
    if unit == "percent":
        return f"{text}%"
    if unit not in _UNITS:
        return text
    if short:
        return f"{text} {_SHORT[unit]}"
    return f"{text} {_UNITS[unit][0 if text in ('1', '−1') else 1]}"


def percent(share: Any) -> str:
    """Return a share of 0 to 1 as a percentage without decimals.

    >>> percent(0.456), percent(None)
    ('46%', '–')
    """
    return MISSING if missing(share) else number(share * 100, "percent", 0)


def money_range(low: Any, high: Any, currency: str = "GBP") -> str:
    """Return a range of money, never more precise than its ends.

    >>> money_range(40000, 95000), money_range(None, 95000), money_range(5000, 5000)
    ('£40,000 to £95,000', 'up to £95,000', '£5,000')
    """
    if missing(low) and missing(high):
        return "not worked out"
    if missing(low):
        return f"up to {money(float(high), currency)}"
    if missing(high) or money(float(low), currency) == money(float(high), currency):
        return money(float(low), currency)
    return f"{money(float(low), currency)} to {money(float(high), currency)}"


def change(value: Any, unit: str = "count", decimals: int | None = None, *, currency: str = "GBP") -> str:
    """Return a change in words; percentages change by percentage points.

    >>> change(-4.26, "percent"), change(12, "seconds"), change(0.0, "count")
    ('down 4.3 percentage points', 'up 12 seconds', 'unchanged')
    """
    if missing(value):
        return "change not known"
    size = number(abs(float(value)), unit, decimals, currency=currency)
    if not any(digit in size for digit in "123456789"):
        return "unchanged"
    if unit == "percent":
        size = f"{size[:-1]} percentage points"
    return f"{'up' if value > 0 else 'down'} {size}"


def better(value: Any, direction: str) -> str:
    """Say whether a change is for the better, given the direction of improvement.

    >>> better(3, "decrease"), better(3, "increase"), better(0, "increase"), better(2, "neutral")
    ('worse', 'better', 'unchanged', 'changed')
    """
    if missing(value) or value == 0:
        return "unchanged"
    if direction not in ("increase", "decrease"):
        return "changed"
    return "better" if (value > 0) == (direction == "increase") else "worse"


def date(value: Any, form: str = "day") -> str:
    """Return a date in words; ``form`` is ``day``, ``month`` or ``short``.

    >>> date("2025-03-04"), date("2025-03-04", "month"), date("2025-03-04", "short"), date(None)
    ('4 March 2025', 'March 2025', '4 Mar 2025', '–')
    """
    if missing(value):
        return MISSING
    at = value if isinstance(value, dt.date) else pd.Timestamp(value)
    if form == "month":
        return f"{at:%B %Y}"
    return f"{at.day} {at:%b %Y}" if form == "short" else f"{at.day} {at:%B %Y}"


def span(first: Any, last: Any) -> str:
    """Return a period in words.

    >>> span("2024-01-01", "2025-03-01"), span("2025-03-01", "2025-03-31")
    ('January 2024 to March 2025', 'March 2025')
    """
    start, end = date(first, "month"), date(last, "month")
    return start if start == end else f"{start} to {end}"


__all__ = [
    "ASSURANCE",
    "CURRENCIES",
    "MISSING",
    "RULES",
    "VARIATION",
    "better",
    "change",
    "currency_mark",
    "date",
    "listing",
    "missing",
    "money",
    "money_range",
    "number",
    "percent",
    "plain",
    "plural",
    "sentence",
    "span",
]
