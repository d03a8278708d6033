"""Names of columns compared: split into words, abbreviations written out, weighed by what they tell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

from rapidfuzz import fuzz

from reviewkit.model import TABLES, read_yaml

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NEAR = 86
_ALMOST = 0.97
"""Score of the same words in another order."""
_LESS_READABLE = 0.98
_OFTEN_ELSE = 0.9
_SOMETHING_ELSE = 0.4
_WEAK = "~"


@lru_cache
def content(name: str) -> dict[str, Any]:
    """Return one of this folder's YAML files."""
    with as_file(files("reviewkit").joinpath("evidence", "starting", f"{name}.yaml")) as path:
        return read_yaml(path)[0]


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, lower-case, abbreviations written out.

    >>> words("CustRef_No."), words("Avg AHT (secs)")
    (('customer', 'reference', 'number'), ('average', 'handle', 'time', 'seconds'))
    """
    plain = unicodedata.normalize("NFKD", name.replace("%", " percent ")).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z]+|\d+", _CAMEL.sub(" ", plain).lower().replace("'", "")) or [name.lower()]
    known: dict[str, str] = content("synonyms")["abbreviations"]
    found = [word for part in parts for word in known.get(part, part).split()]
    return tuple(dict.fromkeys(found))


@lru_cache
def phrases(table: str, column: str) -> dict[tuple[str, ...], bool]:
    """Return the names by which a column of ours is known, as words, and whether each means nothing else."""
    data = content("synonyms")
    own: dict[str, Any] = data["tables"].get(table, {})
    known = [*own.get(column, []), *([] if column in own else data["shared"].get(column, []))]
    found = {words(column): f"{_WEAK}{column}" not in known}
    for phrase in map(str, known):
        found.setdefault(words(phrase.removeprefix(_WEAK)), not phrase.startswith(_WEAK))
    if TABLES[table].key == (column,) and column.endswith("_id"):
        found.setdefault(("id",), False)
    return found


@lru_cache
def _unwanted(table: str, column: str) -> frozenset[str]:
    data = content("synonyms")["not"]
    return frozenset(data.get(f"{table}.{column}", data.get(column, [])))


@lru_cache(maxsize=65536)
def name_score(theirs: str, table: str, column: str) -> float:
    """Return from 0 to 1 how well a client's name fits a column of ours; 1 is a name we know.

    >>> name_score("Call ID", "contacts", "contact_id")
    1.0
    >>> name_score("Shoe size", "contacts", "contact_id") < 0.4
    True
    """
    given = _bare(words(theirs))
    best, phrase = max(
        (_alike(given, _bare(phrase)) * (1.0 if clear else _OFTEN_ELSE), phrase)
        for phrase, clear in phrases(table, column).items()
    )
    if _unwanted(table, column) & (set(words(theirs)) - set(phrase)):
        best *= _SOMETHING_ELSE
    # Of a name and a code for the same thing, the name is what people read.
    return best * _LESS_READABLE if column == "site" and given[-1] in ("code", "id") else best


def table_hint(label: str, table: str) -> float:
    """Return from 0 to 1 how well the name of a file or sheet fits a table.

    >>> table_hint("Call log 2025.xlsx", "contacts") > table_hint("Call log 2025.xlsx", "leads")
    True
    """
    given = words(label)
    known: list[str] = content("synonyms")["files"].get(table, [])
    return max((_covered(words(phrase), given) for phrase in (table, *known)), default=0.0)


def telling(name: str) -> str:
    """Return the words of a name that tell something, in one text.

    >>> telling("Abandoned calls (%)")
    'abandoned calls'
    """
    return " ".join(_bare(words(name)))


def _bare(given: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out words that name a unit or nothing, unless nothing else is left."""
    empty = _fillers()
    return tuple(word for word in given if word not in empty) or given


@lru_cache
def _fillers() -> frozenset[str]:
    return frozenset(content("synonyms")["fillers"])


@lru_cache
def _weight(word: str) -> float:
    return 0.4 if word in content("synonyms")["generic"] else 1.0


@lru_cache(maxsize=65536)
def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Share of the words that both have, by weight; words a letter or two apart count as one."""
    if one == other:
        return 1.0
    if set(one) == set(other):
        return _ALMOST
    both = _met(one, other) + _met(other, one)
    every = sum(map(_weight, one)) + sum(map(_weight, other))
    joined = fuzz.ratio("".join(one), "".join(other)) / 100
    return max(0.9 * both / every, 0.88 * joined if joined >= 0.85 else 0.0)


def _met(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return sum(_weight(word) for word in one if any(_near(word, known) for known in other))


@lru_cache(maxsize=65536)
def _near(word: str, known: str) -> bool:
    """Whether two words are one, perhaps mistyped. Contact and contract are two."""
    if word == known:
        return True
    if min(len(word), len(known)) <= 3 or fuzz.ratio(word, known) < _NEAR:
        return False
    return word.startswith(known) or known.startswith(word) or not {word, known} <= _vocabulary()


@lru_cache
def _vocabulary() -> frozenset[str]:
    """Every word that stands in a name we know."""
    data = content("synonyms")
    homes = [data["shared"], *data["tables"].values()]
    names = [name for home in homes for column, names in home.items() for name in (column, *names)]
    return frozenset(word for name in names for word in words(str(name)))


def _covered(phrase: tuple[str, ...], given: tuple[str, ...]) -> float:
    return sum(any(_near(word, found) for found in given) for word in phrase) / len(phrase)
