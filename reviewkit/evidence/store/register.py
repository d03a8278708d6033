"""Who is to be forgotten, looked up in the register: in the client's files and in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.model import Engagement, sources_of

from .person import Person, find_person
from .redaction import alone_in
from .values import Values

if TYPE_CHECKING:
    from .store import Store


def person_called(given: str, engagement: Engagement, params: Path, store: Store | None) -> Person:
    """Return the person of an id, or of a name, with what tells their words apart from others'.

    Parameters
    ----------
    store : the engagement's evidence store; None where it has none.

    Raises
    ------
    InputError : several people have the name, it is that of a group, or a file that is the register
        cannot be read.
    """
    register = _rows("stakeholders", engagement, params, store)
    person = find_person(given, register)
    person = replace(person, others=(*person.others, engagement.client, engagement.name))
    if not person.id:
        return person
    return replace(person, alone=alone_in(person.id, _rows("participants", engagement, params, store)))


def _rows(table: str, engagement: Engagement, params: Path, store: Store | None) -> list[Mapping[str, str]]:
    """Every row of a table there is in files, and is or was in the store."""
    return [*_in_files(table, engagement, params), *(_ever(table, store) if store else [])]


def _in_files(table: str, engagement: Engagement, params: Path) -> list[Values]:
    source = sources_of(engagement, params).get(table)
    if source is None:
        return []
    from reviewkit.evidence.sources import read

    frame = read(table, source, engagement, params).frame.astype("str").fillna("")
    return [{str(name): str(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _ever(table: str, store: Store) -> list[Values]:
    return [change["after"] for change in store.changes(table) if change["after"]]
