"""Every package folder stands in the contract on who may import whom."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def contracts(root: Path) -> list[dict[str, Any]]:
    """The contracts of import-linter."""
    made: list[dict[str, Any]] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    return made


def layers(root: Path) -> set[str]:
    """Folders named in the row of layers."""
    row = next(contract for contract in contracts(root) if contract["type"] == "layers")
    return {name.strip() for layer in row["layers"] for name in layer.split("|")}


def folders(root: Path) -> set[str]:
    """Folders of the package."""
    return {path.parent.name for path in (root / "reviewkit").glob("*/__init__.py")}


def test_every_folder_is_in_the_row_of_layers(root: Path) -> None:
    assert folders(root) == layers(root) | {"simulate"}


def test_simulator_may_import_the_model_alone(root: Path) -> None:
    rule = next(contract for contract in contracts(root) if contract["type"] == "forbidden")
    forbidden = {name.removeprefix("reviewkit.") for name in rule["forbidden_modules"]}
    assert rule["source_modules"] == ["reviewkit.simulate"]
    assert forbidden == layers(root) - {"model"}
