"""Leaders, groups of leaders and counts of leaders in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.disclosure.bands import band, is_small
from reviewkit.model import Edition

LEVELS = {
    "senior_leadership": "senior leadership",
    "department_head": "department heads",
    "team_lead": "team leads",
    "front_line": "front line",
}
PERSONAL: tuple[Edition, ...] = ("team", "managers")
"""Editions that read about individuals, and so exact counts."""


def group_words(row: Mapping[Any, Any]) -> str:
    """Return a group of leaders by level, and by department where one is given.

    >>> group_words({"level": "team_lead", "department": "Sales"}), group_words({"level": "team_lead"})
    ('team leads in Sales', 'team leads')
    >>> group_words({"level": "team_lead", "department": "Sales", "leaders": 1})
    'one team lead in Sales'
    """
    level = LEVELS.get(str(row["level"]), str(row["level"]))
    if row.get("leaders") == 1:
        level = f"one {level.removesuffix('s')}"
    department = row.get("department")
    return f"{level} in {department}" if isinstance(department, str) and department else level


def leader_words(rows: pd.DataFrame, register: pd.DataFrame) -> list[str]:
    """Return for each row the leader's name (else role, else id) with department and site.

    Personal: for the team and managers alone.
    """
    known = register.drop_duplicates("stakeholder_id")
    titles = known["name"].fillna(known["role"]).fillna(known["stakeholder_id"])
    names = dict(zip(known["stakeholder_id"], titles, strict=True))
    told = []
    for row in rows.to_dict("records"):
        parts = (names.get(row["stakeholder_id"], row["stakeholder_id"]), row["department"], row["site"])
        told.append(", ".join(part for part in parts if isinstance(part, str) and part))
    return told


def many(gate: Discloser, n: int, total: int, edition: Edition) -> str:
    """Return "n of total" leaders as an edition may see it; a band where n, or the rest, is small."""
    if edition in PERSONAL:
        return f"{n} of {total}"
    least = gate.disclosure.minimum_pool
    return band(n, total) if is_small(n, total, minimum=least) or total - n < least else f"{n} of {total}"


def banded(gate: Discloser, counts: Sequence[int], total: int, edition: Edition) -> list[str]:
    """Return counts that add up to a total: all in bands where one is small.

    An exact count beside a band would give the band away by subtraction.

    >>> from reviewkit.model import Disclosure
    >>> gate = Discloser(Disclosure(), pd.DataFrame(columns=["name"]))
    >>> banded(gate, [20, 3], 23, "leadership"), banded(gate, [12, 11], 23, "leadership")
    (['most', 'a few'], ['12 of 23', '11 of 23'])
    """
    if edition in PERSONAL:
        return [f"{n} of {total}" for n in counts]
    least = gate.disclosure.minimum_pool
    small = any(n and is_small(n, total, minimum=least) for n in counts) or 0 < total - sum(counts) < least
    return [band(n, total) if small else f"{n} of {total}" for n in counts]


def some_leaders(gate: Discloser, n: int, total: int, edition: Edition) -> str:
    """Return the beginning of a sentence: "A few leaders are", "No leader is"."""
    words = many(gate, n, total, edition) if n else "no"
    return f"{words[0].upper()}{words[1:]} {'leader is' if words in ('one', 'no') else 'leaders are'}"
