"""pyproject.toml is the one list of dependencies; the other files agree with it."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

# Packages that conda-forge calls something else.
CONDA_NAMES = {
    "ibis-duckdb": "ibis-framework",
    "playwright-python": "playwright",
    "python-duckdb": "duckdb",
}
CONDA_ITSELF = {"pip", "python"}
FIXED_BY_OWNER = (
    "ipywidgets",
    "jupyterlab",
    "matplotlib",
    "nbconvert",
    "nbval",
    "pandas",
    "papermill",
    "pytest",
    "seaborn",
)


def listed(root: Path, *extras: str) -> dict[str, Requirement]:
    """Requirements of pyproject.toml by name."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [
        *project["dependencies"],
        *(text for x in extras for text in project["optional-dependencies"][x]),
    ]
    return {canonicalize_name(made.name): made for made in map(Requirement, texts)}


def in_conda(root: Path) -> dict[str, Requirement]:
    """Requirements of environment.yml by their name in pyproject.toml."""
    data = YAML(typ="safe").load((root / "environment.yml").read_text(encoding="utf-8"))
    texts = [text for text in data["dependencies"] if isinstance(text, str)]
    texts += [text for item in data["dependencies"] if isinstance(item, dict) for text in item["pip"]]
    made = [Requirement(text) for text in texts]
    return {canonicalize_name(CONDA_NAMES.get(one.name, one.name)): one for one in made}


def pinned(root: Path) -> dict[str, Version]:
    """Versions of constraints.txt by name."""
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(name): Version(v) for name, v in (line.split("==") for line in lines)}


def test_environment_names_the_same_packages(root: Path) -> None:
    assert set(in_conda(root)) - CONDA_ITSELF == set(listed(root, "test"))


def test_environment_has_the_same_bounds(root: Path) -> None:
    conda = in_conda(root)
    wrong = [n for n, one in listed(root, "test").items() if one.specifier != conda[n].specifier]
    assert wrong == []


def test_environment_has_the_same_python(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert in_conda(root)["python"].specifier == Requirement(f"python{project['requires-python']}").specifier


@pytest.mark.parametrize("name", FIXED_BY_OWNER)
def test_dependency_fixed_by_the_owner_is_listed(root: Path, name: str) -> None:
    assert name in listed(root, "test")


def test_constraints_pin_every_dependency_within_its_bounds(root: Path) -> None:
    pins = pinned(root)
    needed = listed(root, "test", "dev")
    assert set(needed) <= set(pins)
    assert [name for name, one in needed.items() if pins[name] not in one.specifier] == []


def test_constraints_are_sorted_names_and_versions_alone(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line)] == []


def imported(root: Path) -> set[str]:
    """Packages that the library imports, by the name they are installed under."""
    modules = {"ibis": "ibis-framework", "sklearn": "scikit-learn", "ruamel": "ruamel-yaml", "yaml": "pyyaml"}
    modules |= {"dateutil": "python-dateutil", "IPython": "ipython", "bs4": "beautifulsoup4", "zmq": "pyzmq"}
    modules |= {"docx": "python-docx", "webvtt": "webvtt-py", "pptx": "python-pptx", "PIL": "pillow"}
    found = set()
    for path in (root / "reviewkit").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"^\s*(?:import (\w+)|from (\w+)[\w.]* import)", code, re.M))
    outside = {name for pair in found for name in pair} - set(sys.stdlib_module_names) - {"", "reviewkit"}
    return {canonicalize_name(modules.get(name, name)) for name in outside}


def test_every_import_is_a_dependency(root: Path) -> None:
    assert imported(root) - set(listed(root, "dask", "postgres", "spark")) == set()


def test_every_dependency_is_imported(root: Path) -> None:
    assert set(listed(root)) - imported(root) == set()
