"""A notebook with its parameters set as papermill would set them: a copy beside the engagement's results."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reviewkit.model import InputError
from reviewkit.model.files import write_whole

PARAMETERS, INJECTED = "parameters", "injected-parameters"


def prepared(notebook: Path, target: Path, parameters: Mapping[str, str]) -> Path:
    """Return the working copy of a notebook with its parameters set, made where there is none.

    The parameters stand in a cell after the notebook's own, tagged as papermill does, so that a step
    opened by hand and one that is run on schedule read the same. A copy somebody worked in is kept as
    long as the notebook is the one it was made from; after that it is put aside, never overwritten.

    Parameters
    ----------
    notebook : the notebook as it was published. target : where the copy goes.
    parameters : names and values.

    Raises
    ------
    InputError : the notebook has no cell for parameters, or the copy cannot be written.
    """
    try:
        text = notebook.read_text(encoding="utf-8")
        made_from = hashlib.sha256(f"{text}{sorted(parameters.items())}".encode()).hexdigest()[:16]
        if _made_from(target) == made_from:
            return target
        copy = _with(json.loads(text), parameters, made_from, notebook)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file():
            target.rename(_aside(target))
        write_whole(target, json.dumps(copy, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        problem = f"the notebook cannot be opened here ({error.strerror or error})"
        raise InputError(
            problem, file=error.filename or target, fix="Check the rights of the folder."
        ) from None
    return target


def engagement_given(params: Path) -> str:
    """Return what the parameter ``engagement`` is set to: an id where ``params/`` holds it, else its path.

    >>> engagement_given(Path("/reviews/params/acme.yaml")), engagement_given(Path("/reviews/acme.yaml"))
    ('acme', '/reviews/acme.yaml')
    """
    return params.stem if params.parent.name == "params" and params.suffix == ".yaml" else str(params)


def _with(
    book: dict[str, Any], parameters: Mapping[str, str], made_from: str, notebook: Path
) -> dict[str, Any]:
    cells = book["cells"]
    place = next((n for n, cell in enumerate(cells) if PARAMETERS in cell["metadata"].get("tags", [])), None)
    if place is None:
        raise InputError("has no cell tagged 'parameters'", file=notebook)
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    lines = ["# Parameters\n", *(f"{name} = {json.dumps(value)}\n" for name, value in parameters.items())]
    lines[-1] = lines[-1].rstrip("\n")
    injected: dict[str, Any] = {"cell_type": "code", "execution_count": None, "id": "reviewkit-parameters"}
    injected |= {"metadata": {"tags": [INJECTED]}, "outputs": [], "source": lines}
    metadata = {**book["metadata"], "reviewkit": {"made_from": made_from}}
    return {**book, "metadata": metadata, "cells": [*cells[: place + 1], injected, *cells[place + 1 :]]}


def _made_from(target: Path) -> str:
    """What a copy was made from; empty where there is none, or it cannot be read."""
    try:
        book = json.loads(target.read_text(encoding="utf-8"))
        return str(book["metadata"]["reviewkit"]["made_from"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return ""


def _aside(target: Path) -> Path:
    places = (target.with_name(f"{target.stem} before {number}.ipynb") for number in range(1, 10_000))
    return next(place for place in places if not place.exists())
