"""A params file read and checked, with messages that name file, line and key."""

from __future__ import annotations

import difflib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from .engagement import Attribution, Contract, Disclosure, Engagement, Measure, Source
from .errors import InputError
from .schedule import Schedule
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
        raise _first_problem(error, path, place) from None


def _first_problem(error: ValidationError, path: Path, place: Place) -> InputError:
    # A key that is not known is often the one that is missing, misspelt: name it first.
    detail = min(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden")
    location = detail["loc"]
    fix = ""
    problem = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        problem, fix = "this key is not known", _near(str(location[-1]), _keys(error, location))
    elif detail["type"] == "missing":
        problem, fix = "this key is missing", "Add it."
    elif detail["type"] == "string_pattern_mismatch":
        secret = location[0] == "secrets"
        what, letters = ("environment variable", "capital") if secret else ("id", "lower-case")
        problem = f"'{detail['input']}' is no {what}: use {letters} letters, digits and _"
    others = error.error_count() - 1
    if others:
        fix = f"{fix} {others} more problem{'s' if others > 1 else ''} in this file."
    return InputError(problem, file=path, line=place(location), key=".".join(map(str, location)), fix=fix)


def _keys(error: ValidationError, location: tuple[str | int, ...]) -> list[str]:
    """Names allowed where the unknown key stands."""
    model: type[BaseModel] = Engagement
    homes: dict[str, type[BaseModel]] = {
        "contracts": Contract,
        "measures": Measure,
        "sources": Source,
        "disclosure": Disclosure,
        "attribution": Attribution,
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
