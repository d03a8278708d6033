"""A change put to a codebook: a new one comes back, one version on; nothing is changed in place."""

from __future__ import annotations

from collections.abc import Callable

from reviewkit.content import Code, Codebook
from reviewkit.model import InputError

from .change import Change, known, recodings_of, used_ids

Codes = dict[str, Code]


def changed(codebook: Codebook, change: Change) -> Codebook:
    """Return the codebook after a change, one version on.

    Codings follow with :func:`reviewkit.voices.codebooks.recoded`. The id of a code that was merged away
    is never given again, so a coding means the same whenever it was made.

    Raises
    ------
    InputError : the change names what is not there, or would put two codes under one name or id.

    Examples
    --------
    >>> from reviewkit.content import load_codebook
    >>> from .change import merge
    >>> after = changed(load_codebook(), merge(["morale"], "culture"))
    >>> "morale" in after.codes, after.version, after.recodings[0].to
    (False, 2, 'culture')
    """
    codes = _APPLY[change.kind](codebook, change)
    version = codebook.version + 1
    _names_differ(codes)
    if not any(not code.retired for code in codes.values()):
        raise InputError("no code would be left in use", fix="Keep at least one.")
    headings = codebook.headings | {heading.id: heading for heading in change.headings}
    moved = (*codebook.recodings, *recodings_of(change, version))
    return Codebook(headings=headings, codes=codes, version=version, recodings=moved)


def _rename(book: Codebook, change: Change) -> Codes:
    code = known(book, change.codes[0])
    if len(change.name) < 2:
        raise InputError("the new name is too short", fix="Give two letters or more.")
    return book.codes | {code.id: code.model_copy(update={"name": change.name})}


def _merge(book: Codebook, change: Change) -> Codes:
    target = _in_use(book, change.into[0])
    sources = [known(book, code) for code in change.codes]
    if not sources:
        raise InputError("no code to merge is named", fix=f"Name those that go into '{target.id}'.")
    if target.id in change.codes:
        raise InputError(f"'{target.id}' would be merged into itself", fix="Name another code to merge into.")
    if len(set(change.codes)) < len(sources):
        raise InputError("a code to merge is named twice", fix="Name each once.")
    gone = set(change.codes)
    codes = {id: code for id, code in book.codes.items() if id not in gone}
    codes[target.id] = _with(target, sources)
    return codes


def _with(target: Code, sources: list[Code]) -> Code:
    """The target with all that the sources speak to; sorted, so that the order of merging says nothing."""
    fields = ("cues", "strengths", "measures", "causes", "action_areas")
    union = {
        field: tuple(sorted({each for code in (target, *sources) for each in getattr(code, field)}))
        for field in fields
    }
    return target.model_copy(update=union)


def _split(book: Codebook, change: Change) -> Codes:
    code = known(book, change.codes[0])
    if len(set(change.into)) < 2:
        raise InputError(f"'{code.id}' would not be split", fix="Name two parts or more.")
    if code.id in change.into:
        raise InputError(f"'{code.id}' would be a part of itself", fix="Give the parts names of their own.")
    codes = book.codes | {code.id: code.model_copy(update={"retired": True})}
    codes |= _new(book, change)
    for part in change.into:
        _in_use(book.model_copy(update={"codes": codes}), part)
    return codes


def _move(book: Codebook, change: Change) -> Codes:
    code, heading = known(book, change.codes[0]), change.into[0]
    if heading not in book.headings:
        known_ones = ", ".join(book.headings)
        raise InputError(f"'{heading}' is no heading", fix=f"Headings are {known_ones}.")
    return book.codes | {code.id: code.model_copy(update={"heading": heading})}


def _retire(book: Codebook, change: Change) -> Codes:
    code = _in_use(book, change.codes[0])
    return book.codes | {code.id: code.model_copy(update={"retired": True})}


def _edit(book: Codebook, change: Change) -> Codes:
    new = {code.id: code for code in change.entries}
    headings = {*book.headings, *(heading.id for heading in change.headings)}
    for code in new.values():
        if code.id not in book.codes and code.id in used_ids(book):
            raise InputError(f"the id '{code.id}' was used before", fix="Give the code another id.")
        if code.heading not in headings:
            fix = f"Headings are {', '.join(sorted(headings))}."
            raise InputError(
                f"code '{code.id}' stands beneath '{code.heading}', which is no heading", fix=fix
            )
    return book.codes | new


def _new(book: Codebook, change: Change) -> Codes:
    new = {code.id: code for code in change.entries}
    if again := sorted(set(new) & used_ids(book)):
        raise InputError(f"the id '{again[0]}' was used before", fix="Give the part another name.")
    return new


def _in_use(book: Codebook, code: str) -> Code:
    found = known(book, code)
    if found.retired:
        raise InputError(f"'{code}' is retired", fix="Name a code that is in use.")
    return found


def _names_differ(codes: Codes) -> None:
    seen: dict[str, str] = {}
    for code in codes.values():
        twin = seen.setdefault(code.name.casefold(), code.id)
        if twin != code.id:
            fix = "Give another name, or merge the two."
            raise InputError(f"'{code.name}' would be the name of '{twin}' and of '{code.id}'", fix=fix)


_APPLY: dict[str, Callable[[Codebook, Change], Codes]] = {
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "move": _move,
    "retire": _retire,
    "edit": _edit,
}
