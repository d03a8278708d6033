"""What a REFI-QDA project holds, as far as it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class User:
    """Somebody who coded. The name is that person's own: it stays out of tables and messages."""

    guid: str
    name: str


@dataclass(frozen=True)
class Code:
    """A code; ``parent`` is the guid of the code above it, ``""`` where there is none."""

    guid: str
    name: str
    description: str = ""
    parent: str = ""
    codable: bool = True


@dataclass(frozen=True)
class Source:
    """A text that was coded; ``text`` is None where the project only points at it."""

    guid: str
    name: str
    kind: str
    text: str | None


@dataclass(frozen=True)
class Selection:
    """A passage: ``start`` and ``end`` count code points of the source's text, ``end`` is not in it.

    Both are None where a passage has words but no place, as one marked on a page of a PDF.
    ``words`` is ``""`` where the text is missing.
    """

    guid: str
    source: str
    start: int | None
    end: int | None
    words: str
    name: str = ""
    memo: str = ""


@dataclass(frozen=True)
class Coding:
    """A code given to a passage, by a user (``""`` where the project does not say)."""

    guid: str
    selection: str
    code: str
    user: str = ""
    at: dt.datetime | None = None
    memo: str = ""


@dataclass(frozen=True)
class Note:
    """A memo of the project; ``text`` is ``""`` where it is missing.

    ``attached`` says whether a passage or a coding refers to it, whose ``memo`` then holds it.
    """

    guid: str
    name: str
    text: str
    attached: bool = False


@dataclass(frozen=True)
class Case:
    """Sources, or passages, that belong together, and what is known of them, by variable."""

    guid: str
    name: str
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Project:
    """A project as read.

    ``left_out`` counts what was there and could not be read, ``allowances`` what was read in a way of its
    own; both in words fit to be shown.
    """

    name: str
    origin: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    sources: tuple[Source, ...] = ()
    selections: tuple[Selection, ...] = ()
    codings: tuple[Coding, ...] = ()
    notes: tuple[Note, ...] = ()
    cases: tuple[Case, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    allowances: Mapping[str, int] = field(default_factory=dict)
