"""A row of the store without a person. Pure rules, by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reviewkit.model import TABLES, Column

from .person import NAME_REMOVED, Person
from .values import Key, Values

WORDS_REMOVED = "[words removed]"
_PEOPLE = frozenset({"stakeholder_id", "reports_to", "agent", "owner", "giver", "receiver", "respondent_id"})
"""Columns that hold a person's id."""
_PROSE = frozenset(
    {"name", "text", "words", "reason", "dissent", "memo", "note", "role", "coder", "interviewer"}
    | {"owner", "seen", "inferred", "activity", "meets", "problem", "what"}
)
"""Columns in which people write; in others, such as sites and codes, a part of a name is no name."""
_IDENTIFYING = ("name", "role", "team", "reports_to", "tenure_years")
_LONG = 25  # letters from which words are told again when they stand elsewhere


@dataclass
class Redaction:
    """What to take out of a store: a person, under the id that stands in their place.

    ``remarks`` are the ids of what they said, ``said`` the words.
    """

    person: Person
    stand_in: str
    remarks: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)

    def row(self, table: str, values: Mapping[str, str]) -> Values:
        """Return a row without the person; ``places`` counts what was taken out."""
        new = {name: self._cell(table, name, text) for name, text in values.items()}
        if table == "stakeholders" and self._is_id(values.get("stakeholder_id", "")):
            new |= {name: "" for name in _IDENTIFYING if name in new}
        if table == "remarks" and values.get("remark_id") in self.remarks:
            new["text"] = WORDS_REMOVED
        if table == "quotes" and values.get("remark_id") in self.remarks:
            new |= {"words": WORDS_REMOVED, "status": "refused"}
        if table in ("codings", "resolutions") and values.get("remark_id") in self.remarks:
            new.pop("memo", None)
        new = {name: text for name, text in new.items() if text}
        changed = sum(new.get(name, "") != text for name, text in values.items())
        self.places[table] = self.places.get(table, 0) + changed
        return new

    def key(self, table: str, key: Key) -> Key:
        """Return a row's key without the person."""
        names = TABLES[table].key if table in TABLES else ()
        if len(names) != len(key):
            return key
        return tuple(self._cell(table, name, part) for name, part in zip(names, key, strict=True))

    def words(self, text: str) -> str:
        """Return words about a change (by whom, why, under which name) without the person."""
        return self._prose(text)

    def _cell(self, table: str, name: str, text: str) -> str:
        column = _column(table, name)
        if column is None or column.kind != "text" or column.allowed:
            return text
        if name in _PEOPLE and self._is_id(text):
            return self.stand_in
        if name in TABLES[table].key:
            return self.person.removed(text, self.stand_in, parts=name in _PROSE)[0]
        if table == "stakeholders" and name == "name":
            return text  # somebody else's: a shared name stays theirs
        if name in _PROSE:
            return self._prose(text)
        return self.person.removed(text, parts=False)[0]

    def _prose(self, text: str) -> str:
        for words in self.said:
            text = text.replace(words, WORDS_REMOVED)
        return self.person.removed(text, NAME_REMOVED)[0]

    def _is_id(self, text: str) -> bool:
        return bool(self.person.id) and text.strip() == self.person.id


def said_by(
    person: Person, rows: Iterable[tuple[str, Mapping[str, str]]]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the ids of what a person said, and those words that are long enough to be known again.

    Parameters
    ----------
    rows : table and values of every row there is or was.

    Examples
    --------
    >>> rows = [("remarks", {"remark_id": "R1", "stakeholder_id": "P1", "text": "No."}),
    ...         ("remarks", {"remark_id": "R2", "interview_id": "I1", "text": "The rota came far too late."})]
    >>> said_by(Person("P1", alone=frozenset({"I1"})), rows)[1]
    ('The rota came far too late.',)
    """
    rows = list(rows)
    remarks = [values for table, values in rows if table == "remarks" and _is_theirs(person, values)]
    ids = frozenset(values["remark_id"] for values in remarks)
    quotes = [
        v["words"] for table, v in rows if table == "quotes" and v.get("remark_id") in ids and "words" in v
    ]
    words = {text.strip() for text in (*(values.get("text", "") for values in remarks), *quotes)}
    return ids, tuple(sorted((text for text in words if len(text) >= _LONG), key=len, reverse=True))


def alone_in(person: str, participants: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """Return the interviews in which the person was the only one.

    >>> talks = [("I1", "P1"), ("I2", "P1"), ("I2", "P2")]
    >>> rows = [{"interview_id": interview, "stakeholder_id": who} for interview, who in talks]
    >>> sorted(alone_in("P1", rows))
    ['I1']
    """
    there: dict[str, set[str]] = {}
    for row in participants:
        there.setdefault(row["interview_id"], set()).add(row["stakeholder_id"])
    return frozenset(interview for interview, who in there.items() if who == {person})


def _is_theirs(person: Person, values: Mapping[str, str]) -> bool:
    who = values.get("stakeholder_id", "").strip()
    return who == person.id != "" or (not who and values.get("interview_id", "") in person.alone)


def _column(table: str, name: str) -> Column | None:
    if table not in TABLES:
        return None
    return next((column for column in TABLES[table].columns if column.name == name), None)
