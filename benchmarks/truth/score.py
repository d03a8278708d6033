"""Planted truths against promoted findings: found, missed, false. Pure functions, nothing is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

KINDS = ("opinion", "theme", "relationship", "cause", "gap", "journey", "partner", "leader", "person")
"""Kinds of findings that people act on, in the order of the steps that promote them."""


@dataclass(frozen=True)
class Planted:
    """A truth that a review should promote.

    ``what`` and ``where`` list what counts as it, ``way`` is the sign of a change (0: either),
    ``at`` the day it begins; empty where it has none.
    """

    kind: str
    what: tuple[str, ...]
    where: tuple[str, ...] = ("",)
    way: int = 0
    at: str = ""


@dataclass(frozen=True)
class Promoted:
    """A finding that a review promoted; ``holds`` where it is true of the engagement though not planted."""

    kind: str
    what: str
    where: str = ""
    way: int = 0
    at: str = ""
    holds: bool = False


@dataclass(frozen=True)
class Score:
    """What came of one engagement."""

    found: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    false: tuple[Promoted, ...]


def matches(truth: Planted, finding: Promoted, near: int) -> bool:
    """Return whether a finding says what was planted.

    Parameters
    ----------
    near : days by which the date of a finding may be off; asked only where both have one.

    Examples
    --------
    >>> fell = Planted("opinion", ("csat",), ("North",), -1, "2024-07-01")
    >>> matches(fell, Promoted("opinion", "csat", "North", -1, "2024-08-12"), 92)
    True
    >>> matches(fell, Promoted("opinion", "csat", "North", 1, "2024-08-12"), 92)
    False
    """
    if truth.kind != finding.kind or finding.what not in truth.what or finding.where not in truth.where:
        return False
    if truth.way and finding.way and truth.way != finding.way:
        return False
    if not (truth.at and finding.at):
        return True
    apart = dt.date.fromisoformat(truth.at) - dt.date.fromisoformat(finding.at)
    return abs(apart.days) <= near


def score(
    planted: Sequence[Planted], promoted: Sequence[Promoted], *, near: int, follows: Sequence[Planted] = ()
) -> Score:
    """Return which truths were found and missed, and which findings are of nothing that is there.

    Parameters
    ----------
    follows : what is true because of what was planted; neither found nor false.

    Examples
    --------
    >>> planted = [Planted("theme", ("recognition",))]
    >>> made = score(planted, [Promoted("theme", "recognition"), Promoted("theme", "morale")], near=92)
    >>> len(made.found), len(made.missed), [finding.what for finding in made.false]
    (1, 0, ['morale'])
    """
    seen = [any(matches(truth, finding, near) for finding in promoted) for truth in planted]
    known = [*planted, *follows]
    false = tuple(
        finding
        for finding in promoted
        if not finding.holds and not any(matches(truth, finding, near) for truth in known)
    )
    return Score(
        tuple(truth for truth, was in zip(planted, seen, strict=True) if was),
        tuple(truth for truth, was in zip(planted, seen, strict=True) if not was),
        false,
    )


def as_rows(parts: Iterable[Planted | Promoted]) -> list[dict[str, Any]]:
    """Return truths or findings as plain rows, to be kept as JSON."""
    return [asdict(part) for part in parts]


def planted_of(rows: Iterable[dict[str, Any]]) -> tuple[Planted, ...]:
    """Return truths from plain rows."""
    return tuple(Planted(**row | {"what": tuple(row["what"]), "where": tuple(row["where"])}) for row in rows)


def promoted_of(rows: Iterable[dict[str, Any]]) -> tuple[Promoted, ...]:
    """Return findings from plain rows."""
    return tuple(Promoted(**row) for row in rows)
