"""Dates in the words of a goal: which words say when, and which day they end on."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_LEAD = r"\b(?:(?:by|until|till|before|from|to|in|on|during|throughout|over|for|within|at|of)\s+)?"
_END = r"(?:the\s+)?(?:(?:end|start|beginning|middle)\s+of\s+|mid[-\s]|early\s+|late\s+)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SEASONS = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "winter": (2, 28)}
_SEASONS |= {"easter": (4, 30), "christmas": (12, 24)}
_RECURS = re.compile(
    r"\b(?:each|every|per(?!\s*cent)|any|always|on\s+average|daily|weekly|monthly)\b|(?:%|per\s*cent)\s+of\b",
    re.I,
)


class DateWords(NamedTuple):
    """Where in a text a date stands, and the last day it names."""

    start: int
    end: int
    day: dt.date


def dates_in(text: str, as_of: dt.date) -> list[DateWords]:
    """Return the dates a text names, in their order.

    Read are days, months, quarters, years, seasons, "year end" and spells such as "within six
    weeks". What has no year is the next such date on or after ``as_of``. "Within 20 seconds",
    "within 9 days of referral" and spells in a sentence that speaks of each case or of a share
    are standards and no dates; "every Monday" is a habit and no date.

    Examples
    --------
    >>> text = "Raise it from 68 % to 74 % by the end of November 2025."
    >>> [(text[a:b], str(day)) for a, b, day in dates_in(text, dt.date(2025, 1, 31))]
    [('by the end of November 2025', '2025-11-30')]
    >>> [str(found.day) for found in dates_in("Cut it by Q3, then within 6 weeks", dt.date(2025, 1, 31))]
    ['2025-09-30', '2025-03-14']
    >>> dates_in("Meet each customer within 9 days of referral", dt.date(2025, 1, 31))
    []
    """
    taken: list[DateWords] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < found.end and found.start < match.end() for found in taken):
                continue
            day = read(match, as_of)
            if day is not None:
                taken.append(DateWords(match.start(), match.end(), day))
    return sorted(taken)


def _day(match: re.Match[str], as_of: dt.date) -> dt.date | None:
    month = _month_number(match["month"])
    return _next(as_of, match["year"], month, int(match["day"]))


def _numbers(match: re.Match[str], _: dt.date) -> dt.date | None:
    month, day = int(match["month"]), int(match["day"])
    if month > 12:
        month, day = day, month
    return _date(int(match["year"]), month, day)


def _month(match: re.Match[str], as_of: dt.date) -> dt.date | None:
    words = match[0].lower()
    alone = match["year"] is None and words.strip() in ("may", "mar", "march", "to may", "to march")
    return None if alone else _next(as_of, match["year"], _month_number(match["month"]), 31)


def _quarter(match: re.Match[str], as_of: dt.date) -> dt.date | None:
    named = match["quarter"].lower()
    if named in ("this", "next"):
        month = (as_of.month - 1) // 3 * 3 + 3
        end = _next(dt.date(as_of.year, month, 1), None, month, 31)
        later = dt.date(as_of.year + (month == 12), (month + 3 - 1) % 12 + 1, 1)
        return end if named == "this" else _next(later, None, later.month, 31)
    quarter = int(named) if named.isdigit() else _ORDER[named]
    return _next(as_of, match["year"], 3 * quarter, 31)


def _year(match: re.Match[str], _: dt.date) -> dt.date | None:
    return _date(int(match["year"]) + (1 if match["split"] else 0), 12 if not match["split"] else 3, 31)


def _short_year(match: re.Match[str], _: dt.date) -> dt.date | None:
    return _date(2000 + int(match["short"]), 3, 31)


def _running(match: re.Match[str], as_of: dt.date) -> dt.date | None:
    unit = match["unit"].lower()
    days = {"week": 7, "fortnight": 14, "month": 31, "term": 120}.get(unit)
    if days is None:
        return _next(as_of, None, 12, 31)
    return as_of + dt.timedelta(days=days)


def _season(match: re.Match[str], as_of: dt.date) -> dt.date | None:
    month, day = _SEASONS[match["season"].lower()]
    return _next(as_of, match["year"], month, day)


def _weekday(match: re.Match[str], as_of: dt.date) -> dt.date | None:
    place = [name.lower() for name in calendar.day_name].index(match["weekday"].lower())
    return as_of + dt.timedelta(days=(place - as_of.weekday()) % 7)


def _spell(match: re.Match[str], as_of: dt.date) -> dt.date | None:
    sentence = re.split(r"[.;!?]\s", match.string[: match.start()])[-1]
    standard = match["next"] is None and _RECURS.search(sentence)
    if standard or re.match(r"\s+(?:of|after|from)\b", match.string[match.end() :], re.I):
        return None
    word = (match["number"] or "one").lower()
    return _after(as_of, _SMALL.index(word) + 1 if word in _SMALL else int(word), match["unit"].lower())


def _after(start: dt.date, number: int, unit: str) -> dt.date | None:
    if number > 1200:
        return None
    if unit.startswith(("month", "year")):
        months = start.month - 1 + number * (12 if unit.startswith("year") else 1)
        return _date(start.year + months // 12, months % 12 + 1, start.day)
    return start + dt.timedelta(days=number * (7 if unit.startswith("week") else 1))


def _next(as_of: dt.date, year: str | None, month: int, day: int) -> dt.date | None:
    """The date in its year, or the next such date on or after ``as_of``."""
    if year:
        return _date(int(year), month, day)
    this = _date(as_of.year, month, day)
    return this if this is None or this >= as_of else _date(as_of.year + 1, month, day)


def _date(year: int, month: int, day: int) -> dt.date | None:
    """The date; a day past the month's end is its last day, for a month is named by its last."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1900 <= year <= 2199):
        return None
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _rule(
    pattern: str, read: Callable[[re.Match[str], dt.date], dt.date | None]
) -> tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], dt.date | None]]:
    return re.compile(pattern, re.IGNORECASE), read


_NUMBER = rf"(?P<number>\d+|{'|'.join(_SMALL)})"
_RULES = [
    _rule(_LEAD + r"(?:the\s+)?(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", _numbers),
    _rule(_LEAD + r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b", _numbers),
    _rule(
        _LEAD + rf"(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+{_YEAR}\b)?",
        _day,
    ),
    _rule(_LEAD + rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR}\b)?", _day),
    _rule(_LEAD + rf"{_END}{_MONTH}\b(?:,?\s+{_YEAR}\b)?", _month),
    _rule(_LEAD + rf"{_END}Q(?P<quarter>[1-4])\b(?:\s+(?:of\s+)?{_YEAR}\b)?", _quarter),
    _rule(
        _LEAD + rf"{_END}(?:the\s+)?(?P<quarter>first|second|third|fourth|last|final|this|next)\s+quarter\b"
        rf"(?:\s+(?:of\s+)?{_YEAR}\b)?",
        _quarter,
    ),
    _rule(
        _LEAD + rf"{_END}(?:the\s+)?(?:this\s+|next\s+)?(?P<season>{'|'.join(_SEASONS)})\b(?:\s+{_YEAR}\b)?",
        _season,
    ),
    _rule(
        r"\b(?:by|in|before|until|till|from|during|throughout|for|of)\s+"
        + rf"{_END}{_YEAR}\b(?P<split>\s*[/–-]\s*\d\d\b)?",
        _year,
    ),
    _rule(_LEAD + rf"{_END}FY\s*(?:20)?(?P<short>\d\d)\b", _short_year),
    _rule(
        r"\b(?:(?:by|before|until|in|at)\s+)?(?:the\s+)?(?:end\s+of\s+(?:the|this|next)\s+|(?:this|next)\s+)"
        r"(?:financial\s+|fiscal\s+|calendar\s+|contract\s+|school\s+)?(?P<unit>year|month|week|term)\b",
        _running,
    ),
    _rule(_LEAD + r"(?:the\s+)?(?P<unit>year)(?:['’]s)?[-\s]end\b", _running),
    _rule(rf"\b(?:by|before|next|this)\s+(?:next\s+)?(?P<weekday>{'|'.join(calendar.day_name)})\b", _weekday),
    _rule(
        rf"\b(?:within|over|during|in|for)\s+(?:the\s+)?(?P<next>(?:next|coming|following)\s+)?{_NUMBER}\s+"
        r"(?:working\s+)?(?P<unit>days?|weeks?|months?|years?)\b(?:\s+from\s+now\b)?",
        _spell,
    ),
]
