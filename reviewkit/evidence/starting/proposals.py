"""Measures proposed from the tables that were found."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from reviewkit.model import Measure

from .names import content, telling, words

_LONGEST = 40
_SAME = 90
_SUSTAINED = frozenset({"sustained", "sustain", "weeks", "retained", "retention"})


@dataclass(frozen=True)
class Proposal:
    """A measure, and what a person is to make sure of."""

    measure: Measure
    check: str


def identifier(text: str, taken: Collection[str] = ()) -> str:
    """Return an id made of a name, different from those taken.

    >>> identifier("26-weeks sustained"), identifier("Service level", ["service_level"])
    ('n26_weeks_sustained', 'service_level_2')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "other"
    name = (plain if plain[0].isalpha() else f"n{plain}")[:_LONGEST].strip("_")
    made, number = name, 1
    while made in taken:
        number += 1
        made = f"{name[: _LONGEST - 3]}_{number}"
    return made


def standard(columns: Mapping[str, Collection[str]]) -> list[Proposal]:
    """Propose the usual measures whose columns were found.

    Parameters
    ----------
    columns : by table, our columns that were found.

    Examples
    --------
    >>> [each.measure.id for each in standard({"contacts": ["contact_id", "at", "csat"]})]
    ['contacts_handled', 'csat']
    """
    found = []
    for entry in content("measures")["measures"]:
        keys: dict[str, Any] = {key: value for key, value in entry.items() if key != "needs"}
        if entry["table"] in columns and set(entry["needs"]) <= set(columns[entry["table"]]):
            found.append(Proposal(Measure(**keys), ""))
    return found


def from_kpis(ids: Mapping[str, str], columns: Collection[str], shares: Mapping[str, bool]) -> list[Proposal]:
    """Propose a measure for each that the client has counted already.

    Parameters
    ----------
    ids : the client's name of each measure, and its id.
    columns : our columns of ``kpis`` that were found.
    shares : by the client's name, whether its numerators never pass their denominators.
    """
    return [_kpi(theirs, own, columns, shares.get(theirs, False)) for theirs, own in ids.items()]


def from_outcomes(ids: Mapping[str, str]) -> list[Proposal]:
    """Propose to count each outcome, by the client's name of it and an id."""
    found = []
    for theirs, own in ids.items():
        sustained = bool(_SUSTAINED & set(words(theirs)))
        measure = Measure(
            id=own,
            name=f"{'Sustained outcomes' if sustained else 'Outcomes'}: {' '.join(theirs.split())}",
            unit="count",
            direction="increase",
            table="outcomes",
            where=f"outcome = {quoted(theirs)}",
            numerator="count(*)",
            minimum_effect=1,
            decimals=0,
        )
        found.append(Proposal(measure, "a share of those who started says more, if 'kpis' holds one"))
    return found


def nearest(theirs: str, measures: Collection[Measure]) -> str:
    """Return the id of the measure that the client's name means; empty where none is like it.

    >>> nearest("First Contact Resolution %", [each.measure for each in standard({"contacts": ["resolved"]})])
    'first_contact_resolution'
    """
    given = telling(theirs)
    scored = [
        (max(fuzz.token_sort_ratio(given, telling(name)) for name in (one.name, one.id)), one.id)
        for one in measures
    ]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _SAME else ""


def quoted(text: str) -> str:
    """Return text as the grammar of measures writes it.

    >>> quoted("Children's wards")
    "'Children''s wards'"
    """
    return "'" + text.replace("'", "''") + "'"


def _kpi(theirs: str, own: str, columns: Collection[str], share: bool) -> Proposal:
    ratio = {"numerator", "denominator"} <= set(columns)
    less = bool(set(content("measures")["less_is_better"]) & set(words(theirs)))
    measure = Measure(
        id=own,
        name=" ".join(theirs.split()),
        unit="percent" if ratio and share else "count" if ratio or "numerator" in columns else "score",
        direction="decrease" if less else "increase",
        table="kpis",
        where=f"measure = '{own}'",
        numerator="sum(numerator)" if "numerator" in columns else "avg(value)",
        denominator="sum(denominator)" if ratio else None,
        minimum_effect=1,
    )
    return Proposal(measure, "please check unit and direction")
