"""A source as it will be written: columns, form of dates, values and units, and what is to be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewkit.model import Column

from .dates import read_date
from .fitting import SECONDS
from .matching import Guess, Match


@dataclass(frozen=True)
class Entry:
    """A source as it will be written, and why it is so.

    ``live`` is False where it could not be read as it stands, or another file is that table already;
    it is then written as a comment. ``questions`` are for a person.
    """

    guess: Guess
    matches: tuple[Match, ...]
    live: bool
    dates: str | None = None
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    questions: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Name of the table."""
        return self.guess.table.name

    @property
    def columns(self) -> tuple[str, ...]:
        """Our columns that were found."""
        return tuple(match.column.name for match in self.matches)


def entry_of(one: Guess, taken: set[str]) -> Entry:
    """Return a guess as a source; ``taken`` are the tables that other files are."""
    dates, matches, questions = _date_form(one)
    kept, units = [], {}
    for match in matches:
        name, unit = match.column.name, match.fit.unit
        if unit in ("", match.column.unit):
            kept.append(match)
        elif convertible(match.column, unit):
            kept.append(match)
            units[name] = unit
        else:
            questions.append(f"{name}: '{match.theirs}' is in {unit}, and cannot be turned into ours")
    values = {match.column.name: dict(match.fit.values) for match in kept if match.fit.values}
    live = not one.missing and one.table.name not in taken
    found = {match.column.name for match in kept}
    asked = (*_hindrances(one, found, taken), *questions, *_doubts(one, found))
    return Entry(one, tuple(kept), live, dates, values, units, asked)


def _hindrances(one: Guess, found: set[str], taken: set[str]) -> Iterator[str]:
    """What keeps a source from being read as it stands."""
    if one.missing:
        yield f"no column was found for {', '.join(one.missing)}, without which it cannot be read"
    if one.table.name in taken:
        yield f"another file is {one.table.name} already; join them into one"
    if one.table.name == "kpis" and not found & {"numerator", "value"}:
        yield "neither a figure nor its numerator was found"


def _doubts(one: Guess, found: set[str]) -> Iterator[str]:
    # A figure is not missed where its numerator and denominator are there.
    whole = {"value"} if {"numerator", "denominator"} <= found else set()
    yield from (f"{name}: {doubt}" for name, doubt in one.doubts.items() if name not in whole)


def convertible(column: Column, unit: str) -> bool:
    """Whether numbers in the client's unit can be turned into the column's."""
    if column.unit in SECONDS:
        return unit in SECONDS
    return column.unit in ("share", "percent") and unit in ("share", "percent")


def _date_form(one: Guess) -> tuple[str | None, list[Match], list[str]]:
    """Return how the source's dates are written, and the columns left when others write them otherwise."""
    forms = {}
    for match in one.matches:
        dated = one.grid.profiles[match.theirs].dated
        if match.column.kind in ("date", "datetime") and dated and dated.forms:
            forms[match.column.name] = dated.forms[0]
    if not forms:
        return None, list(one.matches), []
    main = next((forms[name] for name in one.table.required if name in forms), next(iter(forms.values())))
    other = {name for name, form in forms.items() if form != main}
    questions = [f"{name}: its dates are written unlike the others ({forms[name]})" for name in sorted(other)]
    return main, [match for match in one.matches if match.column.name not in other], questions


def few(entry: Entry, column: str) -> list[str]:
    """Return the client's different values of a column of ours, where they are few."""
    theirs = next((match.theirs for match in entry.matches if match.column.name == column), None)
    return sorted(entry.guess.grid.profiles[theirs].few) if theirs else []


def days(entry: Entry, column: str) -> list[dt.date]:
    """Return the different days in a column of ours."""
    theirs = next((match.theirs for match in entry.matches if match.column.name == column), None)
    if theirs is None:
        return []
    dated = entry.guess.grid.profiles[theirs].dated
    form = dated.forms[0] if dated and dated.forms else None
    different = dict.fromkeys(entry.guess.grid.values(theirs))
    return [found.date() for value in different if (found := read_date(value, form))]
