"""Changes of a codebook: rename, merge, split, move, retire, edit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reviewkit.content import Code, Codebook, Heading, Recoding
from reviewkit.model import InputError, slug

Kind = Literal["rename", "merge", "split", "move", "retire", "edit"]
SOMEBODY, ANOTHER = "Somebody speaks of it.", "Another code says it better."
"""When to use a code, and when not, until somebody says."""


@dataclass(frozen=True)
class Change:
    """One change: the codes it takes, what they become, and what else it says.

    ``remarks`` gives, for a split, the part to which the codings of a remark belong.
    """

    kind: Kind
    codes: tuple[str, ...]
    into: tuple[str, ...] = ()
    name: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Code, ...] = ()
    headings: tuple[Heading, ...] = ()


def rename(code: str, name: str) -> Change:
    """Give a code another name; its id, and so its codings, stay."""
    return Change("rename", (code,), name=" ".join(name.split()))


def merge(codes: Sequence[str], into: str) -> Change:
    """Put codes into another: their codings become its own, its cue phrases take theirs in."""
    return Change("merge", tuple(codes), (into,))


def move(code: str, heading: str) -> Change:
    """Put a code beneath another heading."""
    return Change("move", (code,), (heading,))


def retire(code: str) -> Change:
    """Take a code out of use: its codings stay, no new ones are made or suggested."""
    return Change("retire", (code,))


def edit(entries: Sequence[Code], headings: Sequence[Heading] = ()) -> Change:
    """Add codes and headings, or put other words in the place of those with the same id."""
    return Change(
        "edit", tuple(code.id for code in entries), entries=tuple(entries), headings=tuple(headings)
    )


def split(
    codebook: Codebook, code: str, names: Sequence[str], remarks: Mapping[str, str] | None = None
) -> Change:
    """Split a code into parts; a part is a new name, or the id or name of a code that is there.

    Codings of the remarks named go to their part. The others stay with the code, which is retired, until
    somebody says where they belong: split it again with those.

    Parameters
    ----------
    remarks : part (as named, or its id) by remark.

    Examples
    --------
    >>> from reviewkit.content import load_codebook
    >>> parts = split(load_codebook(), "morale", ["Stress", "Wish to leave"], {"R1": "Stress"})
    >>> parts.into, dict(parts.remarks)
    (('stress', 'wish_to_leave'), {'R1': 'stress'})
    """
    whole = known(codebook, code)
    there = {each.name.casefold(): id for id, each in codebook.codes.items()}
    parts: dict[str, str] = {}
    new: dict[str, Code] = {}
    for name in (" ".join(each.split()) for each in names):
        id = name if name in codebook.codes else there.get(name.casefold(), "")
        if not id:
            id = _fresh(name, codebook, new)
            new[id] = _part(whole, id, name)
        parts |= {name: id, id: id}
    told = {}
    for remark, part in (remarks or {}).items():
        if part not in parts:
            raise InputError(f"'{part}' is no part of the split", fix=f"Parts are {', '.join(names)}.")
        told[str(remark)] = parts[part]
    into = tuple(dict.fromkeys(parts.values()))
    return Change("split", (code,), into, remarks=told, entries=tuple(new.values()))


def known(codebook: Codebook, code: str) -> Code:
    """Return a code of the codebook.

    Raises
    ------
    InputError : there is none of that id; the nearest is named.
    """
    if code in codebook.codes:
        return codebook.codes[code]
    became = [each for each in codebook.recodings if each.code == code]
    if became:
        into = ", ".join(dict.fromkeys(each.to for each in became))
        raise InputError(f"'{code}' became {into} with version {became[-1].version}", fix="Name that.")
    import difflib

    near = difflib.get_close_matches(code, list(codebook.codes), n=1)
    fix = f"Did you mean '{near[0]}'?" if near else f"Codes are {', '.join(codebook.codes)}."
    raise InputError(f"'{code}' is no code of the codebook", fix=fix)


def used_ids(codebook: Codebook) -> set[str]:
    """Return every id that stands, or ever stood, for a code or heading."""
    return {*codebook.codes, *codebook.headings, *(each.code for each in codebook.recodings)}


def recodings_of(change: Change, version: int) -> tuple[Recoding, ...]:
    """Return what a change does to codings, each of them said once."""
    if change.kind == "merge":
        return tuple(Recoding(version=version, code=code, to=change.into[0]) for code in change.codes)
    if change.kind != "split":
        return ()
    by_part = {part: frozenset(r for r, to in change.remarks.items() if to == part) for part in change.into}
    code = change.codes[0]
    return tuple(
        Recoding(version=version, code=code, to=part, remarks=remarks)
        for part, remarks in by_part.items()
        if remarks
    )


def _part(whole: Code, id: str, name: str) -> Code:
    words = {"use_when": SOMEBODY, "not_when": ANOTHER, "definition": f"Part of {whole.name}: {name}."}
    cues = {"cues": (name.casefold(),), "strengths": (), "example": "", "retired": False}
    return whole.model_copy(update={"id": id, "name": name} | words | cues)


def _fresh(name: str, codebook: Codebook, new: Mapping[str, Code]) -> str:
    """An id made of a name that nothing has, or ever had."""
    if len(name) < 2:
        raise InputError(f"'{name}' is no name for a code", fix="Give two letters or more.")
    stem = re.sub(r"[^a-z0-9]+", "_", slug(name)).strip("_")[:50]
    stem = stem if re.match(r"[a-z]", stem) else f"code_{stem}".rstrip("_")
    taken, number, id = used_ids(codebook) | set(new), 1, stem
    while id in taken:
        number += 1
        id = f"{stem}_{number}"
    return id
