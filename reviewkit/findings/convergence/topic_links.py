"""Which measures speak to which topic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from reviewkit.model import Measure


class Codes(Protocol):
    """A codebook, or anything that maps ids of codes to names, headings and linked measures."""

    @property
    def codes(self) -> dict[str, Any]:
        """Codes by id."""
        ...


def linked_codes(name: str, measure: Measure | None, codebook: Codes) -> list[str]:
    """Return the codes that a measure speaks to: those the engagement names, else the codebook's.

    The codebook's links are wide; they serve measures for which nobody said what they speak to.
    """
    if measure is not None and measure.codes:
        return list(measure.codes)
    return [code for code, entry in codebook.codes.items() if name in entry.measures]


def topic_pairs(
    codebook: Codes, voices: Collection[str], data: Collection[str], known: Mapping[str, Measure]
) -> list[tuple[str, str]]:
    """Return topics with each measure linked to them, topics with none, and measures with no topic.

    ``voices`` are the codes raised, ``data`` the measures with a signal or target, ``known``
    the engagement's measures by id.

    >>> from types import SimpleNamespace
    >>> book = SimpleNamespace(codes={"morale": SimpleNamespace(measures=("absence",))})
    >>> topic_pairs(book, ["morale"], ["absence", "csat"], {})
    [('morale', 'absence'), ('', 'csat')]
    """
    links: dict[str, list[str]] = {code: [] for code in [*codebook.codes, *voices]}
    for name in data:
        for code in linked_codes(name, known.get(name), codebook):
            links.setdefault(code, []).append(name)
    pairs = [(code, name) for code, names in links.items() for name in (names or [""])]
    linked = {name for _, name in pairs}
    return _spoken_for(pairs, voices) + [("", name) for name in data if name not in linked]


def _spoken_for(pairs: list[tuple[str, str]], voices: Collection[str]) -> list[tuple[str, str]]:
    """Leave out unraised codes of a measure that some raised code speaks for.

    A signal nobody raised is named once, under the first code it belongs to, not under all.
    """
    raised = {name for code, name in pairs if code in voices and name}
    kept, seen = [], set()
    for code, name in pairs:
        if code in voices:
            kept.append((code, name))
        elif name and name not in raised and name not in seen:
            seen.add(name)
            kept.append((code, name))
    return kept
