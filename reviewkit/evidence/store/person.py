"""Somebody to be forgotten, and finding where a text names them. Pure rules; matching is plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewkit.model import InputError

NAME_REMOVED = "[name]"
_SHORTEST = 3


def _list(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ORDINARY = _list("von van der den del dos das des ter ten mrs miss prof professor doctor sir dame lord lady")
# Names that are words as well: these count only where they begin with a capital.
_WORDS = _list(
    """
    art baker banks bell best bill black bond brook brown chase cook day dean drew early faith field
    frank grace grant gray green grey hall hill hope house hunt jack joy king lane long love mark may
    miles noble page park pat power price rand ray read reed rich rob rose rush sharp short small stone
    street sue swift wells white will wood woods young
    """
)
_BETWEEN = r"[\s._,’'-]+"


@dataclass(frozen=True)
class Person:
    """Somebody in the register, by id and by every name they had there.

    ``others`` are the names of everybody else, of sites and the like: what they share with the
    person is not taken from them.
    ``alone`` are the interviews in which nobody else spoke.
    """

    id: str = ""
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()

    def spans(self, text: str, *, parts: bool = True, strict: bool = False) -> list[tuple[int, int]]:
        """Return where a text (in Unicode's composed form) names the person, from left to right.

        Parameters
        ----------
        parts : whether a part of the name counts, and the id among words.
        strict : whether parts count only where they begin with a capital.

        Examples
        --------
        >>> ann = Person("P7", ("Ann-Marie O'Dowd",), others=("Eve Marie",))
        >>> found = "Ask marie or Eve Marie; ann marie o'dowd knows, p7 too."
        >>> [found[start:end] for start, end in ann.spans(found)]
        ['marie', "ann marie o'dowd", 'p7']
        """
        if not self._may_be_in(text):
            return []
        pattern = self._pattern if parts else self._whole
        found = []
        for match in pattern.finditer(_folded(text)):
            kind = match.lastgroup
            capital = text[match.start()].isupper()
            word = match.group().lower() in _WORDS
            if kind != "other" and (kind != "part" or capital or not (strict or word)):
                found.append(match.span())
        return found

    def removed(self, text: str, put: str = NAME_REMOVED, *, parts: bool = True) -> tuple[str, int]:
        """Return a text without the person, and how often they were named.

        >>> Person("P7", ("Ann O'Dowd",)).removed("Ann's team and ANN said so.")
        ("[name]'s team and [name] said so.", 2)
        """
        composed = unicodedata.normalize("NFC", text)
        found = self.spans(composed, parts=parts)
        if not found:
            return text, 0
        for start, end in reversed(found):
            composed = composed[:start] + put + composed[end:]
        return composed, len(found)

    def is_named_in(self, text: str) -> bool:
        """Whether a text of a file names the person; parts of the name begin with a capital."""
        return bool(self.spans(unicodedata.normalize("NFC", text), strict=True))

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return _compiled([("name", map(_words_of, self.names))])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Of somebody outside the register only the name as given is known to be theirs.
        mine = {part for name in self.names for part in _parts(name)} if self.id else set()
        shared = [name for name in self.others if mine & set(_parts(name))]
        kinds = [
            ("name", list(map(_words_of, self.names))),
            ("other", list(map(_words_of, shared))),
            ("id", [re.escape(self.id)] if _tells(self.id) else []),
            ("part", [re.escape(part) for part in mine]),
        ]
        return _compiled(kinds)

    @cached_property
    def _hints(self) -> tuple[str, ...]:
        parts = {part for name in self.names for part in _split(name)}
        return tuple({*parts, *([self.id.casefold()] if _tells(self.id) else [])})

    def _may_be_in(self, text: str) -> bool:
        lower = _folded(text).lower()
        return any(hint in lower for hint in self._hints)


def find_person(given: str, register: Iterable[Mapping[str, str]]) -> Person:
    """Return the person of an id, or of a name, as the register has them.

    Parameters
    ----------
    register : rows of ``stakeholders`` as text, of any time.

    Returns
    -------
    A person without an id where nobody in the register is called so: they may be named all the same.

    Raises
    ------
    InputError : several people have the name, or it is that of a group.

    Examples
    --------
    >>> register = [{"stakeholder_id": "P1", "name": "Ann Lee"}, {"stakeholder_id": "P2", "name": "Bo Lee"}]
    >>> find_person("ann lee", register)
    Person(id='P1', names=('Ann Lee',), others=('Bo Lee',), alone=frozenset())
    """
    rows = [{name: value.strip() for name, value in row.items()} for row in register]
    ids = {row["stakeholder_id"] for row in rows if row["stakeholder_id"] == given.strip()}
    ids = ids or {row["stakeholder_id"] for row in rows if _same(row.get("name", ""), given)}
    if len(ids) > 1:
        known = ", ".join(sorted(ids))
        raise InputError("several people in the register have that name", fix=f"Give the id: {known}.")
    if not ids:
        return Person(names=(" ".join(given.split()),), others=_names(rows, [given]))
    mine = [row for row in rows if row["stakeholder_id"] in ids]
    places = [{name: text for name, text in row.items() if name != "name"} for row in mine]
    if any(row.get("headcount", "") not in ("", "1", "1.0") for row in mine):
        raise InputError("that is a group in the register, not a person", fix="Give a person's id or name.")
    names = tuple(dict.fromkeys(row["name"] for row in mine if row.get("name")))
    return Person(ids.pop(), names, _names([*(row for row in rows if row not in mine), *places], names))


def _names(rows: Iterable[Mapping[str, str]], but: Iterable[str]) -> tuple[str, ...]:
    gone = list(but)
    found = (row.get(name, "") for row in rows for name in ("name", "site", "team", "department"))
    return tuple(dict.fromkeys(n for n in found if n and not any(_same(n, other) for other in gone)))


def _same(one: str, other: str) -> bool:
    return bool(one) and _split(one) == _split(other)


def _split(name: str) -> list[str]:
    composed = unicodedata.normalize("NFC", name)
    return [part for part in re.split(r"[\s._-]+", _folded(composed).lower()) if part]


def _parts(name: str) -> list[str]:
    """The parts of a name that may stand for it: three letters or more, no title, no particle."""
    found = (part.strip(",") for part in _split(name))
    return [part for part in found if len(part) >= _SHORTEST and part not in _ORDINARY]


def _words_of(name: str) -> str:
    return _BETWEEN.join(map(re.escape, _split(name)))


def _tells(identifier: str) -> bool:
    """Whether an id among words is surely that id: it has a letter and a digit."""
    return bool(re.search(r"\d", identifier) and re.search(r"[^\W\d_]", identifier))


def _compiled(kinds: Iterable[tuple[str, Iterable[str]]]) -> re.Pattern[str]:
    """A pattern of whole words, the longest first, that tells which kind was found."""
    groups = []
    for kind, patterns in kinds:
        longest_first = sorted({each for each in patterns if each}, key=len, reverse=True)
        if longest_first:
            groups.append(rf"(?P<{kind}>{'|'.join(longest_first)})")
    # An underscore parts words: names stand in file names and addresses, too.
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups) or '(?!)'})(?![^\W_])", re.IGNORECASE)


def _folded(composed: str) -> str:
    """The text without accents, letter for letter as long as it was."""
    return composed if composed.isascii() else "".join(_bare(composed))


def _bare(composed: str) -> Iterator[str]:
    for letter in composed:
        first = unicodedata.normalize("NFD", letter)[0]
        yield "'" if first == "’" else first
