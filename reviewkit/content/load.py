"""Loaders: each reads one YAML file of this package once and checks it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from reviewkit.model import InputError, read_yaml
from reviewkit.model.plain import plain

from .models import (
    ActionArea,
    Camp,
    Cause,
    Code,
    Codebook,
    Competency,
    Form,
    Heading,
    Intervention,
    Stage,
    Statement,
)

T = TypeVar("T", bound=BaseModel)
Reader = Callable[[], dict[str, Any]]


@lru_cache
def load_codebook(path: Path | None = None) -> Codebook:
    """Return the package's codebook, or one of the engagement's own.

    Raises
    ------
    InputError : an own codebook is missing something; the message names file, line and key.

    >>> load_codebook().codes["morale"].heading
    'leadership_and_information'
    """
    return read_codebook(path)


def read_codebook(path: Path | None = None) -> Codebook:
    """Return what :func:`load_codebook` does, read again each time: for a file that may have changed."""
    data = read_yaml(path)[0] if path else _data("codebook")
    file = path or "codebook.yaml"
    headings = _entries(Heading, data, "headings", file)
    codes = _entries(Code, data, "codes", file)
    names: dict[str, str] = {}
    for position, code in enumerate(codes.values()):
        if code.heading not in headings:
            raise _problem(file, ("codes", position, "heading"), *_no_heading(code, headings, codes))
        twin = names.setdefault(code.name.casefold(), code.id)
        if twin != code.id:
            problem = f"'{code.name}' is the name of '{twin}' as well"
            raise _problem(file, ("codes", position, "name"), problem, "Give each code its own name.")
    return Codebook(headings=headings, codes=codes, version=_version(data, file))


def _no_heading(code: Code, headings: dict[str, Heading], codes: dict[str, Code]) -> tuple[str, str]:
    fix = f"Headings are {', '.join(headings)}."
    if code.heading == code.id:
        return f"'{code.id}' stands beneath itself", fix
    if code.heading in codes:
        return f"'{code.heading}' is a code, and codes stand beneath headings", fix
    return f"'{code.heading}' is no heading", fix


def _version(data: dict[str, Any], file: Path | str) -> int:
    version = data.get("version", 1)
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise _problem(file, ("version",), "the version is no whole number from 1", "Write version: 1.")
    return version


@lru_cache
def load_causes() -> dict[str, Cause]:
    """Return the likely causes by id.

    >>> load_causes()["staffing"].needs
    ('resources',)
    """
    return _entries(Cause, _data("causes"), "causes", "causes.yaml")


@lru_cache
def load_interventions() -> dict[str, Intervention]:
    """Return the interventions by id, those to stop doing among them.

    >>> any(entry.stop for entry in load_interventions().values())
    True
    """
    return _entries(Intervention, _data("interventions"), "interventions", "interventions.yaml")


@lru_cache
def load_statements() -> dict[str, Statement]:
    """Return the statements of the partnering survey by id.

    >>> load_statements()["sign_1"].reverse
    True
    """
    return _entries(Statement, _data("statements"), "statements", "statements.yaml")


@lru_cache
def load_competencies() -> dict[str, Competency]:
    """Return the leadership competencies by id.

    >>> load_competencies()["empathy"].kind
    'talent'
    """
    return _entries(Competency, _data("competencies"), "competencies", "competencies.yaml")


@lru_cache
def load_glossary() -> dict[str, str]:
    """Return terms and the icons' names with their meaning in plain words.

    >>> "common cause" in load_glossary()
    True
    """
    return _texts("glossary", "terms")


@lru_cache
def load_action_areas() -> dict[str, ActionArea]:
    """Return the areas of action by id.

    >>> load_action_areas()["testing"].name
    'Testing'
    """
    return _entries(ActionArea, _data("plan"), "action_areas", "plan.yaml")


@lru_cache
def load_ascent() -> dict[str, Camp]:
    """Return the four stages of the ascent by id, lowest first.

    >>> [camp.percent for camp in load_ascent().values()]
    [24.0, 55.0, 85.0, 100.0]
    """
    return _entries(Camp, _data("plan"), "ascent", "plan.yaml")


@lru_cache
def load_forms() -> dict[str, Form]:
    """Return the printable forms by id: ``observation`` and ``walkthrough``.

    >>> sorted(load_forms())
    ['observation', 'walkthrough']
    """
    return _entries(Form, _data("forms"), "forms", "forms.yaml")


@lru_cache
def improvement_conversation() -> tuple[Stage, ...]:
    """Return the stages of a conversation about a person's improvement, in order.

    >>> improvement_conversation()[0].title
    'Prepare'
    """
    return tuple(_entries(Stage, _data("plan"), "conversation", "plan.yaml").values())


@lru_cache
def _data(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


def _texts(name: str, key: str) -> dict[str, str]:
    return {str(term): " ".join(str(words).split()) for term, words in _data(name)[key].items()}


def _entries(model: type[T], data: dict[str, Any], key: str, file: Path | str) -> dict[str, T]:
    entries: dict[str, T] = {}
    if not isinstance(data.get(key), list):
        raise _problem(file, (key,), "this list is missing", f"Add '{key}:' with a list of entries.")
    for position, raw in enumerate(data[key]):
        try:
            entry = model.model_validate(raw)
        except ValidationError as error:
            problem, fix = plain(dict(error.errors(include_url=False)[0]))
            place = (key, position, *error.errors(include_url=False)[0]["loc"])
            raise _problem(file, place, problem, fix) from None
        name = str(getattr(entry, "id"))  # noqa: B009 - every entry model has an id
        if name in entries:
            raise _problem(
                file, (key, position, "id"), f"'{name}' is used twice", "Give each entry its own id."
            )
        entries[name] = entry
    return entries


def _problem(file: Path | str, location: tuple[str | int, ...], problem: str, fix: str = "") -> InputError:
    key = ".".join(str(part) for part in location)
    return InputError(problem, file=file, line=_line(file, location), key=key, fix=fix)


def _line(file: Path | str, location: tuple[str | int, ...]) -> int | None:
    if isinstance(file, Path):
        return read_yaml(file)[1](location)
    with as_file(files(__package__).joinpath(file)) as path:
        return read_yaml(path)[1](location)
