"""What importing notes again changes: what is new, corrected, gone, or there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from reviewkit.model import InputError

from .identity import KEYS, group_in, has_words, identifier, is_group
from .passages import plain_words
from .rows import Remarks, Row
from .sourced import Sourced

ALIKE = 80.0
"""Likeness from which a remark is another one corrected."""
_MOST_PAIRS = 250_000
_SAME_FILE = 0.25
"""Share of a file's earlier remarks that must be found again for it to be that file."""


@dataclass(frozen=True)
class Kept:
    """A row of the store: its values, its version, and whether an import wrote it last."""

    values: Row
    version: int
    imported: bool


@dataclass
class Held:
    """The rows of a table that the store holds, by id, and the ids that people took out of it."""

    rows: dict[str, Kept] = field(default_factory=dict)
    taken_out: set[str] = field(default_factory=set)


@dataclass
class Plan:
    """What an import does: rows to write and ids to remove, and counts to tell.

    ``edited`` counts rows that people changed in the store and that stay as they are;
    ``left_out`` those that people took out of it; ``sourced`` those that the file ``source``, from
    which the table is read, holds already.
    """

    key: str
    put: list[Row] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    new: int = 0
    corrected: int = 0
    already: int = 0
    elsewhere: int = 0
    sourced: int = 0
    source: str = ""
    edited: int = 0
    left_out: int = 0


def plan(made: Remarks, held: Held, path: Path, own_file: Sourced | None = None) -> Plan:
    """Return what importing a file's rows changes in the store.

    A remark that was corrected keeps its id, and with it its codings. Rows that people changed or
    took out stay so. Rows that came from another file already, at least half of the smaller of
    the two, are not added again: that file was renamed, copied, or is part of this one. Nor are
    those that the table's ``own_file`` holds.

    Raises
    ------
    InputError : another file of the same name was imported, whose remarks these are not.
    """
    key = KEYS[made.table]
    result = Plan(key)
    own = {name: kept for name, kept in held.rows.items() if group_in(name) == made.group}
    pairs = dict(_matched(made.rows, own, key))
    if own and len(pairs) < _SAME_FILE * min(len(own), len(made.rows)):
        raise InputError(
            "has the name of notes imported before and hardly any of their words",
            file=path,
            fix="Give it another name, or its interview with --interview.",
        )
    for at, name in pairs.items():
        _bring_up_to_date(made.rows[at], name, own[name], result)
    for name in own.keys() - set(pairs.values()):
        if own[name].imported:
            result.remove.append(name)
        else:
            result.edited += 1
    left = {at: row for at, row in enumerate(made.rows) if at not in pairs}
    for at in own_file.among(left) if own_file else ():
        del left[at]
        result.sourced, result.source = result.sourced + 1, own_file.label if own_file else ""
    for at in _not_elsewhere(left, made, held, result):
        _add(left[at], held, result)
    result.remove.sort()
    return result


def _matched(rows: Sequence[Row], own: Mapping[str, Kept], key: str) -> Iterator[tuple[int, str]]:
    """Pairs of a new row's place and the stored row it is: the surest signs first."""
    words = {name: plain_words(kept.values.get("text", "")) for name, kept in own.items()}
    by_id: dict[str, tuple[str, ...]] = {name: (name,) for name in own}
    signs: list[tuple[dict[str, tuple[str, ...]], list[tuple[str, ...]]]] = [
        ({name: (name, words[name]) for name in own}, [(row[key], plain_words(row["text"])) for row in rows]),
        (
            {name: (kept.values.get("question", ""), words[name]) for name, kept in own.items()},
            [(row.get("question", ""), plain_words(row["text"])) for row in rows],
        ),
        ({name: (words[name],) for name in own}, [(plain_words(row["text"]),) for row in rows]),
        (by_id, [(row[key],) for row in rows]),
    ]
    free, open_ = dict.fromkeys(own), dict.fromkeys(range(len(rows)))
    for stored, wanted in signs:
        places: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in free:
            places[stored[name]].append(name)
        for at in list(open_):
            if names := places[wanted[at]]:
                name = names.pop(0)
                del free[name], open_[at]
                yield at, name
    yield from _alike(rows, list(open_), words, list(free))


def _alike(
    rows: Sequence[Row], places: list[int], words: Mapping[str, str], names: list[str]
) -> Iterator[tuple[int, str]]:
    if len(places) * len(names) > _MOST_PAIRS:
        return
    scored = sorted(
        (-score, at, name)
        for at in places
        for name in names
        if (score := fuzz.ratio(plain_words(rows[at]["text"]), words[name], score_cutoff=ALIKE))
    )
    done: set[int | str] = set()
    for _, at, name in scored:
        if at not in done and name not in done:
            done |= {at, name}
            yield at, name


def _bring_up_to_date(row: Row, name: str, kept: Kept, result: Plan) -> None:
    # What the import does not know, such as what a remark is about, stays as people wrote it.
    # Nor does a file's own name take the place of the interview that it was found to be.
    known = {"interview_id": kept.values.get("interview_id", "")} if "interview_id" not in _told(row) else {}
    known = {column: value for column, value in known.items() if value}
    news = {**kept.values, **row, **known, result.key: name}
    wanted = {column: value for column, value in news.items() if value}
    if wanted == {column: value for column, value in kept.values.items() if value}:
        result.already += 1
    elif not kept.imported:
        result.edited += 1
    else:
        result.corrected += 1
        result.put.append(wanted)


def _not_elsewhere(left: Mapping[int, Row], made: Remarks, held: Held, result: Plan) -> list[int]:
    """The rows, by place, that no other file brought; one that did has what was empty filled in."""
    groups: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, kept in held.rows.items():
        if group_in(name) not in ("", made.group):
            groups[group_in(name)][_content(kept.values)].append(name)
    places = list(left)
    for group, known in groups.items():
        found: dict[int, str] = {}
        used: set[str] = set()
        for at in places:
            same = _same_elsewhere(left[at], made.names[at], group, known, held)
            if match := next((name for name in same if name not in used), None):
                found[at] = match
                used.add(match)
        if found and 2 * len(found) >= min(len(places), sum(map(len, known.values()))):
            for at, name in found.items():
                _fill(left[at], name, held.rows[name], result)
            places = [at for at in places if at not in found]
    return places


def _same_elsewhere(
    row: Row, name: str, group: str, known: Mapping[tuple[str, str], Sequence[str]], held: Held
) -> Iterator[str]:
    """The rows of another file that this one may be, the surest first."""
    named = identifier(group, name)
    if named in held.rows and has_words(name):
        yield named  # its words may have been redacted since
    yield from (each for each in known.get(_content(row), ()) if _agree(row, held.rows[each].values))


def _fill(row: Row, name: str, kept: Kept, result: Plan) -> None:
    """Fill in what is empty in a row of another file, and change nothing else of it."""
    before = {column: value for column, value in kept.values.items() if value}
    wanted = {**before, **_told(row), **_told(before), result.key: name}
    result.elsewhere += 1
    if kept.imported and wanted != before:
        result.put.append(wanted)


def _add(row: Row, held: Held, result: Plan) -> None:
    name = row[result.key]
    if name in held.taken_out:
        result.left_out += 1
        return
    while name in held.rows:  # the id went with a remark that was corrected
        name = identifier(group_in(name), name)
    result.new += 1
    result.put.append({**row, result.key: name})


def _content(row: Row) -> tuple[str, str]:
    return row.get("question", ""), plain_words(row.get("text", ""))


def _agree(one: Row, other: Row) -> bool:
    """Whether two rows say nothing different of where and when."""
    columns = ("interview_id", "stakeholder_id", "said_on", "at", "site", "contract", "contact_id", "score")
    mine, theirs = _told(one), _told(other)
    return all(mine[column] == theirs[column] for column in columns if column in mine and column in theirs)


def _told(row: Row) -> Row:
    """What a row says: all that is filled in, but for a conversation that is known by its file alone."""
    said = {column: value for column, value in row.items() if value}
    if is_group(said.get("interview_id", "")):
        del said["interview_id"]
    return said
