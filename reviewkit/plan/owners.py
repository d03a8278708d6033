"""Owners by role, held against the register of people."""

from __future__ import annotations

import pandas as pd

from reviewkit.findings.wording import filled


def known_roles(register: pd.DataFrame) -> frozenset[str]:
    """Return the roles that an owner may have, in small letters: alone, or with a site or department.

    >>> people = pd.DataFrame({"role": ["Site manager"], "site": ["Elm Court"], "department": ["Operations"]})
    >>> sorted(known_roles(people))
    ['site manager', 'site manager elm court', 'site manager operations']
    """
    found = set()
    for row in register.to_dict("records"):
        role = str(row.get("role", "")).strip().casefold() if filled(row.get("role")) else ""
        if role:
            places = (row.get(name) for name in ("site", "department"))
            found |= {role, *(f"{role} {str(place).casefold()}" for place in places if filled(place))}
    return frozenset(found)


def stranger(owner: object, roles: frozenset[str]) -> bool:
    """Return whether an owner is named and the register, where there is one, has nobody with that role.

    >>> stranger("Head of IT", frozenset({"head of it"})), stranger("Oracle", frozenset({"head of it"}))
    (False, True)
    >>> stranger("Oracle", frozenset()), stranger("", frozenset({"head of it"}))
    (False, False)
    """
    return bool(roles) and filled(owner) and str(owner).strip().casefold() not in roles


def nearest(owner: str, register: pd.DataFrame) -> str:
    """Return the register's role that is called almost as an owner is; "" where none is.

    >>> people = pd.DataFrame({"role": ["Director of delivery", "Planner"]})
    >>> nearest("delivery director", people), nearest("facilities manager", people)
    ('Director of delivery', '')
    """
    from rapidfuzz import fuzz, process, utils

    if register.empty:
        return ""
    roles = [str(role) for role in register["role"].dropna().unique()]
    score = fuzz.token_set_ratio
    found = process.extractOne(owner, roles, scorer=score, processor=utils.default_process, score_cutoff=90)
    return str(found[0]) if found else ""


def proposed(owner: str, register: pd.DataFrame) -> str:
    """Return whom a draft proposes as owner: the register's own name for the role where it has one."""
    return nearest(owner, register) if stranger(owner, known_roles(register)) else ""
