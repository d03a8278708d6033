"""Codes of a project matched to those of a codebook, by identifier and by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewkit.content import Codebook

from .guids import guid_of
from .project import Code

CUTOFF = 90.0
"""Likeness of two names, of 100, from which they are taken for one."""


@dataclass(frozen=True)
class Matches:
    """What became of a project's codes.

    ``ids`` gives our code by guid; ``near`` the pairs of names that are alike and not the same;
    ``unmatched`` the codes that ours know nothing of, and ``headings`` those named as a heading is,
    under which nothing can be coded.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    near: tuple[tuple[str, str], ...] = ()
    unmatched: tuple[Code, ...] = ()
    headings: tuple[Code, ...] = ()


def match_codes(codes: Sequence[Code], codebook: Codebook, *, cutoff: float = CUTOFF) -> Matches:
    """Match codes by the guid we write, then by id or name, then by the nearest name.

    A name such as ``Work::Morale`` is also tried by its last part.

    Parameters
    ----------
    codes : as read from a project.
    cutoff : likeness of names from which they count as one; 100 asks for the same letters.

    Examples
    --------
    >>> from reviewkit.content import load_codebook
    >>> found = match_codes([Code("A", "Morale"), Code("B", "Training gaps"), Code("C", "Parking")],
    ...                     load_codebook())
    >>> found.ids, found.near, [code.name for code in found.unmatched]
    ({'A': 'morale', 'B': 'training_gap'}, (('Training gaps', 'Training gap'),), ['Parking'])
    """
    names = {_plain(code.name): id for id, code in codebook.codes.items()}
    exact = {guid_of("code", id): id for id in codebook.codes}
    exact |= names | {_plain(id): id for id in codebook.codes}
    headings = {guid_of("heading", id) for id in codebook.headings}
    headings |= {_plain(name) for id, each in codebook.headings.items() for name in (id, each.name)}
    ids: dict[str, str] = {}
    near: list[tuple[str, str]] = []
    unmatched: list[Code] = []
    above: list[Code] = []
    for code in codes:
        keys = (code.guid, _plain(code.name), _plain(re.split(r"::|[\\>]", code.name)[-1]))
        found = next((exact[key] for key in keys if key in exact), None)
        if found is None and any(key in headings for key in keys[:2]):
            above.append(code)
            continue
        if found is None and (found := _nearest(keys[1], names, cutoff)) is not None:
            near.append((code.name, codebook.codes[found].name))
        if found is None:
            unmatched.append(code)
        else:
            ids[code.guid] = found
    return Matches(ids, tuple(near), tuple(unmatched), tuple(above))


def _nearest(name: str, names: Mapping[str, str], cutoff: float) -> str | None:
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, list(names), scorer=fuzz.ratio, score_cutoff=cutoff)
    return names[found[0]] if found else None


def _plain(name: str) -> str:
    """Return a name without case, accents and punctuation."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(each for each in folded if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", kept.replace("_", " ")))
