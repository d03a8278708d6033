"""How dates are written, decided by evidence; where there is none, a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

_DATES = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"),
    *("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y"),
    *("%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%y", "%d.%m.%y"),
    *("%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%d-%b-%y", "%d %b %y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y"),
    *("%a, %d %b %Y", "%a %d %b %Y", "%a %d/%m/%Y", "%a %b %d %Y"),
    *("%b-%y", "%b %y", "%B-%y", "%b-%Y", "%b %Y", "%B %Y", "%B-%Y", "%m/%Y", "%Y-%m", "%Y/%m"),
)
_TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M")
_PARTS = {
    "%Y": r"(?:19|20)\d\d",
    "%y": r"\d\d",
    "%m": r"(?:0?[1-9]|1[0-2])",
    "%d": r"(?:0?[1-9]|[12]\d|3[01])",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]{3,9}",
    "%a": r"[A-Za-z]{3}",
    "%H": r"\d{1,2}",
    "%I": r"\d{1,2}",
    "%M": r"\d\d",
    "%S": r"\d\d",
    "%p": r"[AaPp][Mm]",
}
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?")
_ENOUGH = 0.95


def _shape(form: str) -> re.Pattern[str]:
    pieces = re.split(r"(%[A-Za-z])", form)
    return re.compile("".join(_PARTS.get(piece, re.escape(piece)) for piece in pieces))


_SHAPES = {day + time: _shape(day + time) for time in _TIMES for day in _DATES}


@dataclass(frozen=True)
class DateForm:
    """How a column's dates are written: the ways that fit, best first; ``iso`` needs no mention.

    ``zoned`` says that times come with their zone.
    """

    forms: tuple[str, ...]
    iso: bool
    timed: bool
    zoned: bool = False

    @property
    def certain(self) -> bool:
        """Whether only one way fits."""
        return self.iso or len(self.forms) == 1

    def beginning(self, first: str) -> DateForm:
        """Return the same with the forms that begin with ``first``, such as ``%d``, where there are any."""
        kept = tuple(form for form in self.forms if form.startswith(first))
        return replace(self, forms=kept or self.forms)


def date_form(values: Sequence[str]) -> DateForm | None:
    """Return how the values are written as dates; None where they are none.

    Examples
    --------
    >>> date_form(["03/04/2025", "14/04/2025"]).forms
    ('%d/%m/%Y',)
    >>> date_form(["03/04/2025", "04/04/2025"]).forms
    ('%d/%m/%Y', '%m/%d/%Y')
    >>> date_form(["North", "South"]) is None
    True
    """
    if not values:
        return None
    read = [match for value in values if (match := _ISO.fullmatch(value))]
    if len(read) >= _ENOUGH * len(values):
        timed, zoned = any(_has_time(value) for value in values), any(match["zone"] for match in read)
        return DateForm((), True, timed, zoned)
    fitting = [form for form, shape in _SHAPES.items() if _fits(values, form, shape)]
    if not fitting:
        return None
    likely = sorted(fitting, key=lambda form: _likely(values, form), reverse=True)
    # '%b' reads what '%B' reads where every month's name is short, as May is.
    likely = [form for form in likely if not ("%B" in form and form.replace("%B", "%b") in likely)]
    return DateForm(tuple(likely), False, "%H" in likely[0] or "%I" in likely[0])


def read_date(value: str, form: str | None) -> datetime | None:
    """Return a value as a date by a form, or by ISO 8601 without one; None where it is none.

    >>> read_date("14/03/2025", "%d/%m/%Y").date().isoformat()
    '2025-03-14'
    """
    try:
        return datetime.strptime(value.strip(), form) if form else datetime.fromisoformat(value.strip())
    except ValueError:
        return None


def _has_time(value: str) -> bool:
    return len(value) > 10 and not value[11:].startswith("00:00")


def _share(truths: Iterable[bool]) -> float:
    found = list(truths)
    return sum(found) / len(found)


def _fits(values: Sequence[str], form: str, shape: re.Pattern[str]) -> bool:
    # A few values settle most forms; only what is left is read in full.
    if not any(shape.fullmatch(value) for value in values[:5]):
        return False
    return (
        _share(shape.fullmatch(value) is not None and read_date(value, form) is not None for value in values)
        >= _ENOUGH
    )


def _likely(values: Sequence[str], form: str) -> tuple[int, int, int, int]:
    """Evidence for one of several forms: every value reads, all first days of months, rows in order."""
    read = [date for value in values if (date := read_date(value, form))]
    firsts = len({date.day for date in read}) == 1 and read[0].day == 1 and len(read) > 1
    days = [date.date() for date in read]
    ordered = days == sorted(days) or days == sorted(days, reverse=True)
    return (len(read), int(firsts), int(ordered), int(form.startswith(("%d", "%b"))))
