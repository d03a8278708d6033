"""A codebook to REFI-QDA and back: to its XML, and to the YAML of an engagement's own codebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import yaml

from reviewkit.content import Codebook
from reviewkit.model import InputError, slug

from .codes import parents, top
from .guids import guid_of
from .markup import clean
from .project import Code

_USE, _NOT = "Use when: ", "Not when: "


def add_codes(parent: Element, codebook: Codebook) -> None:
    """Add ``Codes`` to an element: each heading, under which nothing is coded, with its codes beneath."""
    above = SubElement(parent, "Codes")
    for heading in codebook.headings.values():
        branch = _code(above, "heading", heading.id, heading.name, heading.definition)
        for code in codebook.codes.values():
            if code.heading == heading.id:
                lines = [code.definition, f"{_USE}{code.use_when}", f"{_NOT}{code.not_when}"]
                _code(branch, "code", code.id, code.name, "\n".join(lines))


def _code(parent: Element, kind: str, id: str, name: str, description: str) -> Element:
    codable = "true" if kind == "code" else "false"
    attributes = {"guid": guid_of(kind, id), "name": clean(name), "isCodable": codable}
    element = SubElement(parent, "Code", attributes)
    SubElement(element, "Description").text = clean(description)
    return element


def codebook_yaml(codes: Sequence[Code]) -> str:
    """Return codes as the YAML of an engagement's own codebook, to be named in its params file.

    What stands at the top of a branch becomes a heading, everything beneath it a code; what stands alone
    comes under a heading "Other". A code's cue phrases are its name: add what people say.

    Parameters
    ----------
    codes : as :func:`reviewkit.evidence.refi.read_codebook` returns them.

    Raises
    ------
    InputError : there is no code among them.

    Examples
    --------
    >>> print(codebook_yaml([Code("1", "Care", "How people are cared for.", codable=False),
    ...                      Code("2", "Waiting", parent="1")]).partition("headings")[2])
    :
    - id: care
      name: Care
      definition: How people are cared for.
    codes:
    - id: waiting
      name: Waiting
      heading: care
      definition: Waiting
      use_when: Somebody speaks of it.
      not_when: Another code says it better.
      cues:
      - waiting
      strengths: []
    """
    above, by_guid = parents(codes), {code.guid: code for code in codes}
    headings: dict[str, dict[str, Any]] = {}
    entries: dict[str, dict[str, Any]] = {}
    names: dict[str, str] = {}
    for code in codes:
        stem = top(code, by_guid)
        if stem is code and code.guid not in above:
            heading = names.setdefault("", _fresh("other", headings))
            headings.setdefault(heading, _heading(heading, "Other", "What no other heading holds."))
        elif stem is code:
            heading = names[code.guid] = _fresh(_id(code.name), headings)
            headings[heading] = _heading(heading, _name(code.name), _parts(code)[0])
        else:
            heading = names[stem.guid]
        # A heading that can be coded itself is a code as well.
        if code.codable or code.guid not in above:
            id = _fresh(_id(code.name), entries)
            entries[id] = _entry(id, code, heading)
    if not entries:
        raise InputError("there is no code that anything can be coded with")
    used = {entry["heading"] for entry in entries.values()}
    data = {
        "headings": [each for id, each in headings.items() if id in used],
        "codes": list(entries.values()),
    }
    return _PREFACE + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


_PREFACE = "# Made from a REFI-QDA codebook. Add cue phrases in people's own words.\n"


def _heading(id: str, name: str, definition: str) -> dict[str, Any]:
    return {"id": id, "name": name, "definition": definition}


def _entry(id: str, code: Code, heading: str) -> dict[str, Any]:
    definition, use_when, not_when = _parts(code)
    return {
        "id": id,
        "name": _name(code.name),
        "heading": heading,
        "definition": definition,
        "use_when": use_when,
        "not_when": not_when,
        "cues": [_name(code.name).lower()],
        "strengths": [],
    }


def _parts(code: Code) -> tuple[str, str, str]:
    """Split a description into definition, when to use the code, and when not."""
    lines = code.description.split("\n")
    use = next((line.removeprefix(_USE) for line in lines if line.startswith(_USE)), "")
    never = next((line.removeprefix(_NOT) for line in lines if line.startswith(_NOT)), "")
    rest = " ".join(" ".join(line for line in lines if not line.startswith((_USE, _NOT))).split())
    return (
        rest if len(rest) >= 2 else _name(code.name),
        use if len(use) >= 2 else "Somebody speaks of it.",
        never if len(never) >= 2 else "Another code says it better.",
    )


def _name(name: str) -> str:
    """Return a name of two letters or more, as codebooks ask for."""
    return name if len(name) >= 2 else f"Code {name}".strip()


def _id(name: str) -> str:
    found = re.sub(r"[^a-z0-9]+", "_", slug(name)).strip("_")[:50]
    return found if re.match(r"[a-z]", found) else f"code_{found}".strip("_")


def _fresh(id: str, taken: dict[str, dict[str, Any]]) -> str:
    """Return an id that nothing has yet: the one asked for, or with a number behind it."""
    number = 1
    while (found := id if number == 1 else f"{id}_{number}") in taken:
        number += 1
    return found
