"""A decision as a row of its evidence table, refused in words where something is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reviewkit.findings.convergence.overruled import PREFIX as VERDICT
from reviewkit.model import InputError
from reviewkit.plan.decided import DECISIONS
from reviewkit.plan.decided import PREFIX as RECOMMENDATION

from .item import SORTS, Choice, Decided, Item, Kind

CAUSE = "2.1/cause/"
STATUSES = ("draft", "fact_checked", "agreed")


@dataclass(frozen=True)
class Given:
    """What somebody filled in."""

    value: str = ""
    role: str = ""
    reason: str = ""
    words: str = ""
    dissent: str = ""
    on: dt.date | None = None


def table_of(kind: Kind) -> str:
    """Return the evidence table that holds decisions of a sort."""
    return "opinions" if kind == "opinion" else "decisions"


def row_of(item: Item, given: Given, names: Iterable[str], today: dt.date) -> dict[str, str]:
    """Return the row that records a decision, with the fingerprint of the figures and what was seen.

    Parameters
    ----------
    names : of people in the register, who are no roles.

    Raises
    ------
    InputError : something is missing, or the date lies ahead.
    """
    on = given.on or today
    _checked(item, given, names, on, today)
    row = {
        "role": given.role.strip(),
        "reason": given.reason.strip(),
        "words": given.words.strip(),
        "decided_on": on.isoformat(),
        "fingerprint": item.fingerprint,
        "seen": item.seen,
    }
    if item.kind == "opinion":
        words = row["words"] if given.value == "revised" else ""
        return {"opinion_id": item.id, "status": given.value, **row, "words": words}
    if item.kind == "verdict":
        row |= {"decision": "overruled", "verdict": given.value, "words": ""}
    elif item.kind == "words":
        row |= {"decision": "words"}
    else:
        amended = item.kind == "recommendation" and given.value == "amended"
        row |= {"decision": given.value, "dissent": given.dissent.strip()}
        row["words"] = row["words"] if amended else ""
    return {"finding_id": item.id, **row}


def decided_in(rows: Iterable[Mapping[Any, Any]], kind: Kind) -> dict[str, list[Decided]]:
    """Return the decisions of one sort, by what they are about, the latest last.

    Parameters
    ----------
    rows : of the table that :func:`table_of` names, in the order they were put.
    """
    found: dict[str, list[Decided]] = {}
    dated = sorted(rows, key=lambda row: _text(row.get("decided_on")))
    for row in dated:
        name = _text(row.get("opinion_id" if kind == "opinion" else "finding_id"))
        value = _value(row, name, kind)
        if value is not None:
            found.setdefault(name, []).append(_decided(row, value))
    return found


def choice(kind: Kind, value: str) -> Choice | None:
    """Return a way to decide; None where a sort has no such."""
    if kind not in SORTS:
        return None
    return next((one for one in SORTS[kind].choices if one.value == value), None)


def _checked(item: Item, given: Given, names: Iterable[str], on: dt.date, today: dt.date) -> None:
    chosen = choice(item.kind, given.value)
    if item.gone and item.kind != "words":
        raise InputError(
            "the figures no longer give rise to this", fix="Undo, or leave the decision as it is."
        )
    if item.kind != "words" and chosen is None:
        raise InputError("nothing is chosen", fix="Choose what is decided.")
    if not given.role.strip():
        raise InputError("it is not said who decides", fix="Fill in the role.")
    if given.role.strip().casefold() in {name.strip().casefold() for name in names if name.strip()}:
        raise InputError("that is a person's name", fix="Write the role: pages name roles, never people.")
    if chosen is not None and chosen.reason and not given.reason.strip():
        raise InputError("it is not said why", fix="Fill in the reason.")
    if chosen is not None and chosen.words and not given.words.strip():
        raise InputError("the new words are missing", fix="Write what it is to say.")
    if on > today:
        raise InputError("the date lies ahead", fix="Give the day on which it was decided.")


def _value(row: Mapping[Any, Any], name: str, kind: Kind) -> str | None:
    """How a row decides on something of a sort; None where it is of another."""
    if kind == "opinion":
        return _text(row.get("status"))
    decision = _text(row.get("decision"))
    fits = {
        "verdict": name.startswith(VERDICT) and decision == "overruled",
        "cause": name.startswith(CAUSE) and decision in ("agreed", "overruled", "draft"),
        "recommendation": name.startswith(RECOMMENDATION) and decision in DECISIONS,
        "finding": not name.startswith(RECOMMENDATION) and decision in STATUSES,
        "words": decision == "words",
    }[kind]
    if not fits:
        return None
    return _text(row.get("verdict")) if kind == "verdict" else decision


def _decided(row: Mapping[Any, Any], value: str) -> Decided:
    texts = {
        name: _text(row.get(name)) for name in ("role", "reason", "words", "dissent", "fingerprint", "seen")
    }
    return Decided(value, on=_text(row.get("decided_on"))[:10], **texts)


def _text(value: Any) -> str:
    return "" if value is None or str(value) in ("nan", "NaT", "<NA>", "None") else str(value)
