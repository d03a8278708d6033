"""Codes read from a codebook, with what lies above each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from . import elements
from .guids import guid_of
from .project import Code


def read_codes(codebook: Element | None) -> tuple[Code, ...]:
    """Return the codes beneath a ``CodeBook`` element, each after its parent, at any depth."""
    found: list[Code] = []
    above = elements.child(codebook, "Codes") if codebook is not None else None
    waiting = [(each, "") for each in reversed(list(elements.children(above, "Code")))]
    while waiting:
        element, parent = waiting.pop()
        name = " ".join(element.get("name", "").split())
        guid = elements.guid(element) or guid_of("code without guid", parent, name)
        codable = element.get("isCodable", "true").strip().lower() in ("true", "1")
        found.append(Code(guid, name, elements.words(element, "Description").strip(), parent, codable))
        waiting += [(each, guid) for each in reversed(list(elements.children(element, "Code")))]
    return tuple(found)


def top(code: Code, codes: Mapping[str, Code]) -> Code:
    """Return the code at the top of the branch that ``code`` is on; itself where nothing is above.

    >>> leaf, stem = Code("2", "Queues", parent="1"), Code("1", "Waiting")
    >>> top(leaf, {"1": stem, "2": leaf}).name
    'Waiting'
    """
    seen = {code.guid}
    while code.parent in codes and code.parent not in seen:
        seen.add(code.parent)
        code = codes[code.parent]
    return code


def parents(codes: Sequence[Code]) -> set[str]:
    """Return the guids of codes that have others beneath them."""
    return {code.parent for code in codes} - {""}
