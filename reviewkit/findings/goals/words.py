"""The one place that judges the wording of a goal or action: letter by letter, with the words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..wording import amount
from .dates import DateWords
from .measure_names import Named
from .vocabulary import ACTS, COUNTED_AS, EMPTY_WORDS, VAGUE_ACTS, VAGUE_WORDS

Span = tuple[int, int]
PAST_DAYS = 365
"""A date this long before the data end is past."""
NO_ACT = "it does not say what is done"
NO_OBJECT = "it does not say to what it is done, concretely"
NO_FIGURE = "it has no figure that says what it counts"
NO_DATE = "it has no date"
_WORD = re.compile(r"[^\W\d_][\w'’]*")


@dataclass(frozen=True)
class Reading:
    """What a text says to one letter: ``None`` where nobody can judge; ``lacks`` says what is missing."""

    met: bool | None
    spans: tuple[Span, ...] = ()
    lacks: str = ""

    def words(self, text: str) -> str:
        """Return the words that carry the letter, exactly as they stand.

        >>> Reading(True, ((0, 5), (10, 14))).words("Raise the rate")
        'Raise … rate'
        """
        return " … ".join(text[start:end] for start, end in self.spans)


def read_specific(text: str, named: Sequence[Named] = (), dates: Sequence[DateWords] = ()) -> Reading:
    """Return whether a text names an act and something concrete that it is done to.

    An act that can be seen done (answer, agree, train) needs one concrete word after it; one
    that says little by itself (improve, support, reduce) a named measure, two concrete words,
    or one with a figure. Wide nouns (communication, quality, the team) are not concrete.

    Examples
    --------
    >>> from reviewkit.findings.goals.dates import dates_in
    >>> text = "Train new advisers on the billing screens by June"
    >>> read_specific(text, dates=dates_in(text, dt.date(2025, 1, 31))).words(text)
    'Train new advisers on the billing screens'
    >>> read_specific("Improve communication").lacks
    'it does not say to what it is done, concretely'
    """
    figures, named_days = _figures(text, dates), [(found.start, found.end) for found in dates]
    words = [found for found in _WORD.finditer(text) if not _within(found.start(), named_days)]
    act = next((found for found in words if _kind(found[0])), None)
    if act is None:
        return Reading(False, lacks=NO_ACT)
    after = [found for found in words if found.start() > act.start()]
    concrete = [found.span() for found in after if _concrete(found[0])]
    measures = [(span.start, span.end) for span in named if span.end > act.end()]
    enough = 1 if _kind(act[0]) == "act" else 2
    if not measures and len(concrete) + (bool(figures) and bool(concrete)) < enough:
        return Reading(False, lacks=NO_OBJECT)
    return Reading(True, _pieces([act.span(), *concrete, *measures], figures + named_days))


def read_measurable(text: str, named: Sequence[Named] = (), dates: Sequence[DateWords] = ()) -> Reading:
    """Return whether a text has a figure that says what it counts; dates are no figures.

    Examples
    --------
    >>> from reviewkit.findings.goals.dates import dates_in
    >>> text = "Raise it from 68 % to 74 % by 31 December 2025"
    >>> read_measurable(text, dates=dates_in(text, dt.date(2025, 1, 31))).words(text)
    '68 % … 74 %'
    >>> read_measurable("Be number 1").met
    False
    """
    found = _figures(text, dates)
    told = [span for span in found if not text[span[0] : span[1]].strip().replace(".", "").isdigit()]
    bare = [span for span in found if span not in told]
    counted = bool(named) or any(word.lower() in COUNTED_AS for word in _WORD.findall(text))
    kept = sorted(told + (bare if counted else []))
    return Reading(True, tuple(kept)) if kept else Reading(False, lacks=NO_FIGURE)


def read_relevant(named: Sequence[Named]) -> Reading:
    """Return whether words name a measure of the engagement or an outcome of the contract."""
    if named:
        return Reading(True, tuple((span.start, span.end) for span in named))
    return Reading(False, lacks="it names no measure of the engagement")


def read_time_bound(dates: Sequence[DateWords], as_of: dt.date) -> Reading:
    """Return whether words name a date that is not long past.

    >>> from reviewkit.findings.goals.dates import dates_in
    >>> read_time_bound(dates_in("by June 2023", dt.date(2025, 1, 31)), dt.date(2025, 1, 31)).lacks
    'its date, 30 June 2023, is long past'
    """
    if not dates:
        return Reading(False, lacks=NO_DATE)
    last = max(found.day for found in dates)
    lacks = past(last, as_of)
    return Reading(not lacks, () if lacks else tuple((found.start, found.end) for found in dates), lacks)


def past(day: dt.date, as_of: dt.date) -> str:
    """Return what is wrong with a date long past; empty where nothing is."""
    if (as_of - day).days <= PAST_DAYS:
        return ""
    return f"its date, {day.day} {day:%B %Y}, is long past"


def beyond_reach(target: float, held: float, direction: str, unit: str, decimals: int = 1) -> str:
    """Return why a level is not known to be achievable; empty where one as good was held.

    >>> beyond_reach(74, 76, "increase", "percent"), beyond_reach(450, 470, "decrease", "seconds", 0)
    ('', 'nobody has sustained less than 470 seconds for half a year')
    """
    less = direction == "decrease"
    if (held - target if less else target - held) <= 1e-9:
        return ""
    best = amount(held, unit, decimals)
    return f"nobody has sustained {'less' if less else 'more'} than {best} for half a year"


def asked_level(text: str, unit: str, dates: Sequence[DateWords] = ()) -> tuple[float, Span] | None:
    """Return the level a text asks for in the unit of its measure, and the words; a change is no level.

    >>> text = "Raise it from 68 % to 74 %"
    >>> asked_level(text, "percent")
    (74.0, (22, 26))
    >>> asked_level("Raise it by 5 points", "percent") is None
    True
    """
    for span in reversed(_figures(text, dates)):
        words = text[slice(*span)].lower()
        value = re.search(r"\d[\d,]*(?:\.\d+)?", words)
        fits = re.search(_FITS[unit], words) if unit in _FITS else None
        by = re.search(r"\bby\s+$", text[: span[0]], re.I)
        if value and fits and not by and "point" not in words:
            times = 60.0 if unit == "seconds" and "min" in words else 1.0
            return float(value[0].replace(",", "")) * times, span
    return None


_BARE = r"^\d[\d,.]*$"
_FITS: Mapping[str, str] = {
    "percent": r"%|per\s*cent",
    "seconds": r"sec|\ds$|min",
    "minutes": r"min",
    "days": r"day",
    "score": _BARE,
    "count": rf"{_BARE}|[a-z]",
    "money": rf"{_BARE}|[£$€]",
}
_WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty hundred zero"
_NUM = rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(_WORDS.split())})\b)"
_FIGURE = re.compile(
    rf"[£$€]\s*{_NUM}(?:\s*[km]\b)?"
    rf"|{_NUM}\s*(?:%|per\s*cent\b|percentage\s+points?\b|points?\b)"
    rf"|{_NUM}\s+(?:out\s+of|of|in)\s+(?:every\s+)?{_NUM}"
    rf"|{_NUM}(?:\s+or\s+more|\s+or\s+fewer)?\s+(?!(?:to|or|and|of|in|on|by|at|is|for|am|pm|from|per|a|the|with)\b)"
    r"(?:(?:working|calendar|business|new|more)\s+)?[^\W\d_][\w'’-]*"
    rf"|{_NUM}"
    r"|\bone\s+(?:\w+\s+){1,2}(?:a|per|each|every)\s+\w+"
    r"|\bby\s+(?:a\s+|one\s+)?(?:half|third|quarter)\b|\b(?:halve|halving|double|doubling|treble|twice|once)\b",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    r"\b(?:weeks?|months?|phases?|steps?|levels?|stages?|versions?|iso|sections?|rooms?|wards?|aisles?|numbers?"
    r"|no\.|years?|tiers?|bands?|grades?)\s+\d+(?:\s*,\s*\d+)*(?:\s*(?:and|to|or|-)\s*\d+)?\b"
    r"|\b24/7\b|\b\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)\b|\b\d{1,2}:\d\d\b",
    re.IGNORECASE,
)


def _figures(text: str, dates: Sequence[DateWords]) -> list[Span]:
    taken = [(found.start, found.end) for found in dates]
    taken += [found.span() for found in _NO_FIGURE.finditer(text)]
    masked = text
    for start, end in taken:
        masked = f"{masked[:start]}{';' * (end - start)}{masked[end:]}"
    return [found.span() for found in _FIGURE.finditer(masked)]


def _within(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _pieces(words: Sequence[Span], apart: Sequence[Span]) -> tuple[Span, ...]:
    """The words from the first to the last, in pieces where dates and figures stand between."""
    pieces: list[Span] = []
    for start, end in sorted(words):
        between = pieces and any(pieces[-1][1] <= cut[0] < start for cut in apart)
        if pieces and not between:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
        else:
            pieces.append((start, end))
    return tuple(pieces)


def _kind(word: str) -> str:
    """Whether a word is an act: ``act``, ``vague`` or ``""``."""
    forms = _forms(word.lower())
    return "vague" if forms & VAGUE_ACTS else "act" if forms & ACTS else ""


def _forms(word: str) -> set[str]:
    found = {word}
    for ending in ("ing", "ed", "es", "s", "d"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            found |= {stem, f"{stem}e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem}
    return found


def _concrete(word: str) -> bool:
    low = word.lower()
    if len(low) < 3 or low in EMPTY_WORDS or low in VAGUE_WORDS:
        return False
    return not (_forms(low) & VAGUE_ACTS)
