"""What was found in a client's files, put together: sources, contracts, measures, questions."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reviewkit.model import STEPS, TABLES, StepSpec

from .dates import read_date
from .entries import Entry, days, entry_of, few
from .matching import Guess
from .proposals import Proposal, from_kpis, from_outcomes, identifier, nearest, standard
from .values import to_number

_MOST_CONTRACTS = 12
_BY_MEASURE = ("targets", "goals", "actions", "annotations")
_MONEY = {"£": "GBP", "€": "EUR", "$": "USD"}


@dataclass(frozen=True)
class Draft:
    """An engagement as far as its files tell."""

    entries: tuple[Entry, ...]
    measures: tuple[Proposal, ...]
    contracts: dict[str, str]
    data_as_of: dt.date | None
    currency: str
    journey: tuple[str, ...]

    @property
    def tables(self) -> dict[str, Entry]:
        """Sources that can be read, by table."""
        return {entry.table: entry for entry in self.entries if entry.live}

    def steps(self) -> tuple[list[StepSpec], list[StepSpec]]:
        """Return the steps that have the evidence to conclude something, and those that have not."""
        there = set(self.tables)
        can = [step for step in STEPS if there & set(step.needs)]
        return can, [step for step in STEPS if step not in can]


def draft(guesses: Iterable[Guess]) -> Draft:
    """Put together what the guesses say.

    Where two files are the same table, the one that fits better is taken and the other is kept as a
    comment.
    """
    ranked = sorted(guesses, key=lambda one: (bool(one.missing), -one.score))
    entries: list[Entry] = []
    for one in ranked:
        entries.append(entry_of(one, taken={entry.table for entry in entries if entry.live}))
    order = list(TABLES)
    entries.sort(key=lambda entry: (order.index(entry.table), not entry.live))
    live = {entry.table: entry for entry in entries if entry.live}
    contracts = _contracts(live.values())
    measures = _measures(live)
    named = tuple(_with_ids(entry, contracts, measures) if entry.live else entry for entry in entries)
    return Draft(named, tuple(measures), contracts, _latest(live), _currency(live), _journey(live))


def _contracts(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the client's names of contracts and an id for each."""
    found: dict[str, str] = {}
    for entry in entries:
        for name in few(entry, "contract")[:_MOST_CONTRACTS]:
            if name not in found:
                found[name] = identifier(name, found.values())
    return found if len(found) <= _MOST_CONTRACTS else {}


def _measures(live: dict[str, Entry]) -> list[Proposal]:
    found = standard({table: entry.columns for table, entry in live.items()})
    taken = [each.measure.id for each in found]
    if "kpis" in live:
        ids = _ids(few(live["kpis"], "measure"), taken)
        found += from_kpis(ids, live["kpis"].columns, _shares(live["kpis"]))
    if "outcomes" in live:
        taken = [each.measure.id for each in found]
        found += from_outcomes(_ids(few(live["outcomes"], "outcome"), taken, "outcomes "))
    return found


def _ids(names: Iterable[str], taken: list[str], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found[name] = identifier(before + name, [*taken, *found.values()])
    return found


def _with_ids(entry: Entry, contracts: dict[str, str], measures: list[Proposal]) -> Entry:
    """Map the client's names of contracts and measures to ids."""
    known = [each.measure for each in measures]
    named = {}
    if entry.table == "kpis":
        counted = [one for one in known if one.table == "kpis"]
        named = dict(zip(few(entry, "measure"), (one.id for one in counted), strict=False))
    elif entry.table in _BY_MEASURE:
        named = {name: nearest(name, known) or identifier(name) for name in few(entry, "measure")}
    values = dict(entry.values)
    for column, pairs in (("measure", named), ("contract", contracts)):
        there = set(few(entry, column))
        wanted = {theirs: own for theirs, own in pairs.items() if theirs != own and theirs in there}
        if wanted:
            values[column] = wanted
    return replace(entry, values=values)


def _shares(entry: Entry) -> dict[str, bool]:
    """By measure, whether the numerator never passes the denominator."""
    grid, theirs = entry.guess.grid, {match.column.name: match.theirs for match in entry.matches}
    if not {"measure", "numerator", "denominator"} <= set(theirs):
        return {}
    decimal = grid.dialect.decimal if grid.dialect else "."
    shares: dict[str, bool] = {}
    cells = (grid.values(theirs[name]) for name in ("measure", "numerator", "denominator"))
    for name, top, bottom in zip(*cells, strict=True):
        above, below = to_number(top.strip(), decimal), to_number(bottom.strip(), decimal)
        if above is not None and below is not None:
            shares[name.strip()] = shares.get(name.strip(), True) and above <= below
    return shares


def _latest(live: dict[str, Entry]) -> dt.date | None:
    """Return the last day that the client's counts and events speak of."""
    found: list[dt.date] = []
    for table in ("contacts", "leads", "journey", "outcomes", "customer_feedback"):
        found += days(live[table], "at") if table in live else []
    for table in ("kpis", "resources"):
        for day in days(live[table], "period") if table in live else []:
            last = calendar.monthrange(day.year, day.month)[1]
            found.append(day.replace(day=last) if day.day == 1 else day)
    return max(found, default=None)


def _currency(live: dict[str, Entry]) -> str:
    names = " ".join(name for entry in live.values() for name in entry.guess.grid.headings)
    return next((code for sign, code in _MONEY.items() if sign in names or code in names), "")


def _journey(live: dict[str, Entry]) -> tuple[str, ...]:
    """Return the activities in the order in which customers usually come to them."""
    entry = live.get("journey")
    steps = few(entry, "activity") if entry else []
    if entry is None or not steps or len(steps) > 15:
        return ()
    theirs = {match.column.name: match.theirs for match in entry.matches}
    grid, dated = entry.guess.grid, entry.guess.grid.profiles[theirs["at"]].dated
    form = dated.forms[0] if dated and dated.forms else None
    walked: dict[str, list[tuple[dt.datetime, str]]] = {}
    cells = (grid.values(theirs[name]) for name in ("customer", "activity", "at"))
    for customer, activity, at in zip(*cells, strict=True):
        when = read_date(at, form)
        if when and activity.strip():
            walked.setdefault(customer, []).append((when.replace(tzinfo=None), activity.strip()))
    places: dict[str, list[int]] = {}
    for events in walked.values():
        for place, (_, activity) in enumerate(sorted(events, key=lambda event: event[0])):
            places.setdefault(activity, []).append(place)
    return tuple(sorted(places, key=lambda name: sum(places[name]) / len(places[name])))
