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

_USE, _NOT, _EXAMPLE = "Use when: ", "Not when: ", "Example: "


def add_codes(parent: Element, codebook: Codebook) -> None:
    """Add ``Codes`` to an element: each heading, under which nothing is coded, with its codes beneath."""
    above = SubElement(parent, "Codes")
    for heading in codebook.headings.values():
        branch = _code(above, "heading", heading.id, heading.name, heading.definition)
        for code in codebook.codes.values():
            if code.heading == heading.id:
                lines = [code.definition, f"{_USE}{code.use_when}", f"{_NOT}{code.not_when}"]
                lines += [f"{_EXAMPLE}{code.example}"] if code.example else []
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
    called: set[str] = set()
    for code in codes:
        stem = top(code, by_guid)
        if stem is code and code.guid not in above:
            heading = names.setdefault("", _fresh("other", headings))
            headings.setdefault(heading, _heading(heading, "Other", "What no other heading holds."))
        elif stem is code:
            heading = names[code.guid] = _fresh(_id(code.name), headings)
            headings[heading] = _heading(
                heading, _name(code.name), said_of(code)["definition"] or _name(code.name)
            )
        else:
            heading = names[stem.guid]
        # A heading that can be coded itself is a code as well.
        if code.codable or code.guid not in above:
            id = _fresh(_id(code.name), entries)
            entries[id] = _entry(id, code, heading)
            entries[id]["name"] = _own_name(_name(code.name), called)
    if not entries:
        raise InputError("there is no code that anything can be coded with")
    used = {entry["heading"] for entry in entries.values()}
    data = {
        "headings": [each for id, each in headings.items() if id in used],
        "codes": list(entries.values()),
    }
    return _PREFACE + as_yaml(data)


class _Dumper(yaml.SafeDumper):
    """Quotes what begins as a number does: readers differ in what they take for one."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if re.match(r"[-+.~\d]", text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _quoted)


def as_yaml(data: dict[str, Any]) -> str:
    """Return a codebook's data as YAML in which every text reads back as a text.

    >>> as_yaml({"name": "1e5"})
    'name: "1e5"\\n'
    """
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


_PREFACE = "# Made from a REFI-QDA codebook. Add cue phrases in people's own words.\n"


def _heading(id: str, name: str, definition: str) -> dict[str, Any]:
    return {"id": id, "name": name, "definition": definition}


def _entry(id: str, code: Code, heading: str) -> dict[str, Any]:
    words = said_of(code)
    entry: dict[str, Any] = {
        "id": id,
        "name": _name(code.name),
        "heading": heading,
        "definition": words["definition"] or _name(code.name),
        "use_when": words["use_when"] or "Somebody speaks of it.",
        "not_when": words["not_when"] or "Another code says it better.",
    }
    if words["example"]:
        entry["example"] = words["example"]
    return entry | {"cues": [_name(code.name).lower()], "strengths": []}


def said_of(code: Code) -> dict[str, str]:
    """Return what a code's description says: definition, when to use it, when not, an example.

    A part that the description does not have, or that is a single letter, is empty.

    >>> said_of(Code("1", "Queues", "Waits.\\nUse when: Somebody waits."))
    {'definition': 'Waits.', 'use_when': 'Somebody waits.', 'not_when': '', 'example': ''}
    """
    lines = code.description.split("\n")
    marks = {"use_when": _USE, "not_when": _NOT, "example": _EXAMPLE}
    found = {
        name: next((line.removeprefix(mark) for line in lines if line.startswith(mark)), "")
        for name, mark in marks.items()
    }
    rest = [line for line in lines if not line.startswith(tuple(marks.values()))]
    found = {"definition": " ".join(" ".join(rest).split())} | found
    return {name: text if len(text) >= 2 else "" for name, text in found.items()}


def _name(name: str) -> str:
    """Return a name of two letters or more, as codebooks ask for."""
    return name if len(name) >= 2 else f"Code {name}".strip()


def _id(name: str) -> str:
    found = re.sub(r"[^a-z0-9]+", "_", slug(name)).strip("_")[:50]
    return found if re.match(r"[a-z]", found) else f"code_{found}".strip("_")


def _own_name(name: str, called: set[str]) -> str:
    """Return a name that no other code has: the one given, or with a number behind it."""
    number, own = 1, name
    while own.casefold() in called:
        number += 1
        own = f"{name} ({number})"
    called.add(own.casefold())
    return own


def _fresh(id: str, taken: dict[str, dict[str, Any]]) -> str:
    """Return an id that nothing has yet: the one asked for, or with a number behind it."""
    number = 1
    while (found := id if number == 1 else f"{id}_{number}") in taken:
        number += 1
    return found
