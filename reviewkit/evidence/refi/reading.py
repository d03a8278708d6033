"""A REFI-QDA project or codebook, read as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from reviewkit.model import InputError

from . import elements
from .codes import read_codes
from .guids import plain
from .package import Package
from .project import Case, Code, Project, User
from .sources import SourceReader

_NOT_KEPT = {"Links": "links", "Sets": "sets", "Graphs": "maps"}
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


def read_project(path: Path) -> Project:
    """Read a project: its users, codes, texts, passages, codings, memos and cases.

    Parameters
    ----------
    path : a ``.qdpx`` archive.

    Returns
    -------
    The project. What it holds and cannot be read (pictures, sound, films, texts that are not in the file)
    is counted in ``left_out``.

    Raises
    ------
    InputError : it is no project, damaged, or made to do harm.
    """
    package = Package(path)
    root = package.root()
    if elements.kind(root) == "CodeBook":
        raise InputError(
            "is a codebook and holds no remarks", file=path, fix="Read it with 'reviewkit refi codebook'."
        )
    if elements.kind(root) != "Project":
        raise _no_refi(path)
    reader = SourceReader(package, plain(root.get("creatingUserGUID")))
    for element in elements.within(root, "Notes"):
        reader.note(element)
    for element in elements.within(root, "Sources"):
        reader.read(element)
    codes = read_codes(elements.child(root, "CodeBook"))
    known = {code.guid for code in codes}
    codings = tuple(coding for coding in reader.codings.values() if coding.code in known)
    left_out = Counter(reader.left_out)
    left_out["codings by a code that the project lacks"] = len(reader.codings) - len(codings)
    for name, called in _NOT_KEPT.items():
        left_out[called] = len(elements.within(root, name))
    return Project(
        name=root.get("name", ""),
        origin=root.get("origin", ""),
        users=tuple(_users(root)),
        codes=codes,
        sources=tuple(reader.sources),
        selections=tuple(reader.selections.values()),
        codings=codings,
        notes=tuple(reader.notes.values()),
        cases=tuple(_cases(root)),
        left_out=dict(+left_out),
        allowances=dict(reader.allowances),
    )


def read_codebook(path: Path) -> list[Code]:
    """Read the codes of a codebook (``.qdc``) or of a project (``.qdpx``), each after its parent.

    Raises
    ------
    InputError : it is neither, damaged, made to do harm, or holds no code.
    """
    root = Package(path).root()
    if elements.kind(root) not in ("CodeBook", "Project"):
        raise _no_refi(path)
    codes = read_codes(root if elements.kind(root) == "CodeBook" else elements.child(root, "CodeBook"))
    if not codes:
        raise InputError("holds no code", file=path, fix="Export the codebook again.")
    return list(codes)


def _no_refi(path: Path) -> InputError:
    return InputError(
        "is XML but neither a REFI-QDA project nor a codebook",
        file=path,
        fix="Export the project as REFI-QDA (.qdpx).",
    )


def _users(root: Element) -> Iterator[User]:
    for each in elements.within(root, "Users"):
        yield User(elements.guid(each), each.get("name") or each.get("id") or "")


def _cases(root: Element) -> Iterator[Case]:
    """Yield the cases, and for values that stand at a source itself a case of that source."""
    names = {elements.guid(each): each.get("name", "") for each in elements.within(root, "Variables")}
    for each in elements.within(root, "Cases"):
        sources, selections = elements.targets(each, "SourceRef"), elements.targets(each, "SelectionRef")
        yield Case(elements.guid(each), each.get("name", ""), sources, selections, _values(each, names))
    for each in elements.within(root, "Sources"):
        if values := _values(each, names):
            yield Case(elements.guid(each), each.get("name", ""), (elements.guid(each),), (), values)


def _values(element: Element, names: dict[str, str]) -> dict[str, str]:
    found = {}
    for each in elements.children(element, "VariableValue"):
        text = next((child.text or "" for child in elements.children(each, *_VALUES)), "")
        for variable in elements.targets(each, "VariableRef"):
            if text.strip() and variable in names:
                found[names[variable]] = text.strip()
    return found
