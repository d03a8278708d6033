"""A params file read and checked, with messages that name file, line and key."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from .brand import Brand
from .engagement import Attribution, Contract, Disclosure, Engagement, Measure
from .errors import InputError
from .plain import plain, shown
from .schedule import Schedule
from .source import Source
from .yamlfile import Place, read_yaml


def read_engagement(path: str | Path) -> Engagement:
    """Read and check one params file.

    Parameters
    ----------
    path : a YAML file such as ``params/contact_centre.yaml``.

    Raises
    ------
    InputError : the file is missing, is no YAML, or holds something unknown or wrong; the
        message names file, line and key.
    """
    path = Path(path)
    data, place = read_yaml(path)
    try:
        return Engagement.model_validate(data)
    except ValidationError as error:
        first, *others = _problems(error, path, place)
        if others:
            first.fix += f" {len(others)} more problem{'s' if len(others) > 1 else ''} in this file."
        raise first from None


def params_faults(path: str | Path) -> list[InputError]:
    """Return all that is wrong with a params file by itself; ``read_engagement`` tells the first.

    None where it can be read; one where it is no YAML.
    """
    path = Path(path)
    try:
        data, place = read_yaml(path)
        Engagement.model_validate(data)
    except ValidationError as error:
        return _problems(error, path, place)
    except InputError as error:
        return [error]
    return []


def _problems(error: ValidationError, path: Path, place: Place) -> list[InputError]:
    # A key that is not known is often the one that is missing, misspelt: such come first.
    details = sorted(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden")
    return [_problem(dict(detail), error, path, place) for detail in details]


def _problem(detail: dict[str, Any], error: ValidationError, path: Path, place: Place) -> InputError:
    location = detail["loc"] or _about(str(detail["msg"]))
    if detail["type"] == "extra_forbidden":
        problem, fix = "this key is not known", _near(str(location[-1]), _keys(error, location))
    elif detail["type"] == "missing":
        problem, fix = "this key is missing", "Add it."
    elif detail["type"] == "string_pattern_mismatch":
        secret = location[0] == "secrets"
        what, letters = ("environment variable", "capital") if secret else ("id", "lower-case")
        problem, fix = f"{shown(detail['input'])} is no {what}: use {letters} letters, digits and _", ""
    else:
        problem, fix = plain(detail)
    return InputError(
        problem, file=path, line=place(location), key=".".join(map(str, location)) or None, fix=fix
    )


def _about(message: str) -> tuple[str, ...]:
    """Name the key that a complaint about the whole file speaks of.

    >>> _about("Value error, two measures are called 'csat'")
    ('measures',)
    """
    singular = {key.removesuffix("s"): key for key in ("contracts", "sources", "databases", "measures")}
    words = (word.strip(",.'").removesuffix("s") for word in message.split())
    return next(((singular[word],) for word in words if word in singular), ())


def _keys(error: ValidationError, location: tuple[str | int, ...]) -> list[str]:
    """Names allowed where the unknown key stands."""
    model: type[BaseModel] = Engagement
    homes: dict[str, type[BaseModel]] = {
        "contracts": Contract,
        "measures": Measure,
        "sources": Source,
        "disclosure": Disclosure,
        "attribution": Attribution,
        "brand": Brand,
        "schedule": Schedule,
    }
    if len(location) > 1:
        model = homes.get(str(location[0]), Engagement)
    return list(model.model_fields)


def _near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean '{near[0]}'?" if near else f"Known keys: {', '.join(known)}."


def schema() -> dict[str, object]:
    """Return the JSON Schema of a params file, for editors.

    >>> schema()["additionalProperties"]
    False
    """
    result = Engagement.model_json_schema()
    result["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return result
