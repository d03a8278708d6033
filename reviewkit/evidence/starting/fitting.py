"""How well a column's values fit a column of ours, and what makes them fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from reviewkit.model import Column, Table

from .dates import read_date
from .names import content, words
from .values import Profile

TRUE, FALSE = {"true", "yes", "y", "1", "t"}, {"false", "no", "n", "0", "f"}
SECONDS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_NEAR = 92
_UNNAMED_UNIT = 0.85
_USUAL_SECONDS = (20.0, 7200.0)
"""A contact usually takes between these, as the middle of many."""


@dataclass(frozen=True)
class Fit:
    """How well values fit, from 0 (cannot be) to 1, with what they need and what is to be asked.

    ``values`` maps theirs to ours; ``unit`` is theirs; ``question`` is for a person to answer.
    """

    score: float
    values: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    question: str = ""


def fit(column: Column, table: Table, theirs: str, found: Profile) -> Fit:
    """Judge whether the values of the client's column ``theirs`` can be those of ``column``."""
    if found.filled == 0:
        return Fit(0.3, question="it is empty")
    gaps = 1.0 if not column.required or found.filled == 1 else 0.5
    if column.kind in ("date", "datetime"):
        judged = _dates(column, found)
    elif column.kind in ("number", "integer"):
        judged = _numbers(column, theirs, found)
    elif column.kind == "boolean":
        judged = _closed(column, table, found, ("true", "false"))
    elif column.allowed:
        judged = _closed(column, table, found, column.allowed)
    else:
        judged = _text(column, table, found)
    if gaps < 1 and judged.score and not judged.question:
        share = f"{1 - found.filled:.0%}" if found.filled < 0.995 else "some"
        judged = Fit(judged.score * gaps, judged.values, judged.unit, f"{share} of its cells are empty")
    return judged


def _dates(column: Column, found: Profile) -> Fit:
    if found.dated is None:
        return Fit(0.0)
    if found.dated.zoned:
        return Fit(0.6, question="its times carry a zone; ask for local times without one")
    if column.kind == "date" and found.dated.timed:
        return Fit(0.5, question="it holds times of day, and a date is wanted")
    if not found.dated.certain:
        first = "the day" if found.dated.forms[0].startswith("%d") else "the month"
        return Fit(0.9, question=f"no date is later than the 12th: is it {first} that comes first?")
    if column.name == "period" and not begins_periods(found):
        return Fit(0.8, question="not every date is the first day of a month or week")
    return Fit(1.0)


def begins_periods(found: Profile) -> bool:
    """Whether every date is the first day of a month, or all are the same day of the week."""
    form = found.dated.forms[0] if found.dated and found.dated.forms else None
    days = [day for value in found.few if (day := read_date(value, form))]
    return not found.few or all(day.day == 1 for day in days) or len({day.weekday() for day in days}) == 1


def _numbers(column: Column, theirs: str, found: Profile) -> Fit:
    if found.clock >= 0.9:
        return Fit(0.3, question="it is written as hours:minutes:seconds; ask for seconds")
    if found.numeric < 0.95:
        return Fit(0.0 if found.numeric < 0.5 else 0.2, question="not all of it is numbers")
    if column.kind == "integer" and found.whole < 1:
        return Fit(0.2, question="not all of it is whole numbers")
    judged = (
        _duration(theirs, found) if column.unit in ("seconds", "minutes") else _share(column, theirs, found)
    )
    if judged.score == 1 and found.plain < 1 and judged.unit != "percent":
        return Fit(0.5, question="it holds signs such as £ or %; ask for plain numbers")
    return judged


def _duration(theirs: str, found: Profile) -> Fit:
    named = next((unit for unit in SECONDS if unit in words(theirs)), "")
    middle = found.middle
    low, high = _USUAL_SECONDS
    if found.low < 0:
        return Fit(0.2, question="some of it is negative")
    if named:
        seconds = middle * SECONDS[named]
        return Fit(1.0 if low <= seconds <= high * 4 else 0.7, unit=named)
    if middle < 60 and found.whole < 0.5:
        return Fit(0.8, unit="minutes", question="are these minutes? They look too small for seconds")
    if not low <= middle <= high:
        return Fit(0.6, question="are these seconds?")
    return Fit(_UNNAMED_UNIT)


def _share(column: Column, theirs: str, found: Profile) -> Fit:
    low, high = column.minimum, column.maximum
    if (low, high) == (0, 1):
        if found.percent_sign or "percent" in words(theirs):
            return Fit(1.0 if found.high <= 100 else 0.2, unit="percent" if found.high > 1 else "")
        if 1 < found.high <= 100 and found.low >= 0:
            return Fit(0.75, unit="percent", question="is it out of 100?")
    outside = (low is not None and found.low < low) or (high is not None and found.high > high)
    if outside:
        scale = (
            f"from {low:g}" + (f" to {high:g}" if high is not None else "")
            if low is not None
            else f"to {high:g}"
        )
        return Fit(0.2, question=f"it goes from {found.low:g} to {found.high:g}, and must be {scale}")
    return Fit(1.0)


def _closed(column: Column, table: Table, found: Profile, allowed: tuple[str, ...]) -> Fit:
    """Map each of the client's values to one of ours; those nobody can map are a question.

    Of tables about people no value is shown: it may be a name.
    """
    if not found.few:
        return Fit(0.0)
    mapped = {value: match for value in found.few if (match := ours(value, allowed))}
    share = len(mapped) / len(found.few)
    if column.kind == "boolean":
        needed = {theirs: own for theirs, own in mapped.items() if theirs.lower() not in TRUE | FALSE}
    else:
        needed = {theirs: own for theirs, own in mapped.items() if theirs != own}
    pairs = tuple(sorted(needed.items()))
    if share < 1:
        missing = [value for value in found.few if value not in mapped]
        shown = ", ".join(f"'{value}'" for value in missing[:6]) + (" ..." if len(missing) > 6 else "")
        if table.personal:
            shown = f"{len(missing)} of its {len(found.few)} different values"
        return Fit(0.3 * share + (0.2 if mapped else 0.0), pairs, question=f"what are {shown}?")
    strange = column.kind == "boolean" and pairs
    return Fit(0.9 if strange else 1.0, pairs)


@lru_cache(maxsize=4096)
def ours(value: str, allowed: tuple[str, ...]) -> str:
    """Return which of the allowed values a client's value is; empty where that is not sure.

    >>> ours("Team Leader", ("senior_leadership", "team_lead")), ours("Purple", ("ready", "not_ready"))
    ('team_lead', '')
    """
    given = " ".join(words(value)) or value.strip().lower()
    known: dict[str, list[str]] = content("synonyms")["values"]
    scored = sorted(
        ((max(_like(value, given, phrase) for phrase in (own, *known.get(own, []))), own) for own in allowed),
        reverse=True,
    )
    best, second = scored[0], scored[1] if len(scored) > 1 else (0.0, "")
    return best[1] if best[0] >= _NEAR and best[0] > second[0] + 3 else ""


def _like(value: str, given: str, phrase: str) -> float:
    if value.strip().lower() == str(phrase).lower():
        return 100.0
    known = " ".join(words(str(phrase)))
    # Short words differ by a letter and mean the opposite.
    if min(len(known), len(given)) < 5:
        return 99.0 if known == given and known.isalpha() else 0.0
    return min(float(fuzz.ratio(known, given)), 99.0)


def _text(column: Column, table: Table, found: Profile) -> Fit:
    if column.name in ("text", "seen", "what", "words"):
        return Fit(1.0 if found.words >= 3 else 0.4)
    dated = found.dated is not None and found.numeric < 0.95
    if dated or found.clock >= 0.9 or _something_else(column.name, found):
        return Fit(0.2)
    if table.key == (column.name,):
        return Fit(1.0) if found.unique == 1 else Fit(0.35, question="it is not different in every row")
    if _names_a_thing(column.name):
        return Fit(1.0 if found.words <= 4 else 0.4)
    if found.words > 6:
        return Fit(0.2)
    # Groups repeat themselves: what is different in every row is no site, channel or reason.
    if found.unique > 0.9 and found.cells >= 20:
        return Fit(0.3)
    return Fit(0.6 if found.numeric > 0.95 and found.whole < 1 else 1.0)


def _something_else(name: str, found: Profile) -> bool:
    """Whether the values are yes and no, links, or known to be of another kind."""
    few = [" ".join(words(value)) for value in found.few]
    never: dict[str, list[str]] = content("synonyms")["never"]
    links = any(value.startswith(("http:", "https:", "www.")) for value in found.few)
    answers = bool(few) and all(value.lower() in TRUE | FALSE for value in found.few) and found.numeric == 0
    return links or answers or bool(set(few) & set(never.get(name, [])))


def _names_a_thing(name: str) -> bool:
    return name.endswith("_id") or name in (
        "customer",
        "agent",
        "name",
        "owner",
        "giver",
        "receiver",
        "reports_to",
    )
