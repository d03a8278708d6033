"""Dates as people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMBERS = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-]((?:19|20)\d\d)\b")
_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


def as_date(text: str, *, day_first: bool | None = None) -> str:
    """Return a date as 2026-03-04; empty where it is none, or could be two.

    >>> as_date("4th March 2026"), as_date("2026-03-04T09:30"), as_date("03/04/2026"), as_date("24/03/2026")
    ('2026-03-04', '2026-03-04', '', '2026-03-24')
    """
    text = text.strip()
    if found := in_name(text[:10]):
        return found
    if numbers := _NUMBERS.match(text):
        one, two, year = (int(part) for part in numbers.groups())
        if day_first is None and max(one, two) <= 12 and one != two:
            return ""
        first = one > 12 or (two <= 12 and day_first is not False)
        return _iso(year, two if first else one, one if first else two)
    said = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,|\bof\b|^\w+day\b", " ", text, flags=re.IGNORECASE)
    for form in _WORDS:
        with suppress(ValueError):
            return dt.datetime.strptime(" ".join(said.split()), form).date().isoformat()
    return ""


def in_name(name: str) -> str:
    """Return the date in a file's name, such as ``2026-03-04`` or ``20260304``; empty where there is none.

    >>> in_name("Interview 2026-03-04 site B"), in_name("call_20260304_1"), in_name("room 2026")
    ('2026-03-04', '2026-03-04', '')
    """
    for year, month, day in _ISO.findall(name):
        if found := _iso(int(year), int(month), int(day)):
            return found
    return ""


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether dates such as 13/04/2026 in a column put the day first; None where nothing tells.

    >>> day_first(["03/04/2026", "13/04/2026"]), day_first(["03/04/2026"])
    (True, None)
    """
    found = [match for text in texts if (match := _NUMBERS.match(text.strip()))]
    days = any(int(match[1]) > 12 for match in found)
    months = any(int(match[2]) > 12 for match in found)
    return None if days == months else days


def _iso(year: int, month: int, day: int) -> str:
    with suppress(ValueError):
        return dt.date(year, month, day).isoformat()
    return ""
