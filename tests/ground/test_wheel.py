"""What is installed from a wheel works without the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reviewkit import __version__
from reviewkit.model import STEPS


@pytest.fixture(scope="module")
def contents(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names of the files in a wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (wheel,) = folder.glob(f"reviewkit-{__version__}-*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_wheel_holds_every_notebook(contents: list[str]) -> None:
    shipped = {name for name in contents if name.endswith(".ipynb")}
    bench = {name for name in shipped if name.startswith("reviewkit/notebooks/workbench/")}
    assert shipped - bench == {f"reviewkit/notebooks/{spec.notebook}" for spec in STEPS}
    assert "reviewkit/notebooks/workbench/coding.ipynb" in bench


def test_wheel_holds_every_file_of_the_package(contents: list[str], root: Path) -> None:
    files = [path.relative_to(root) for path in (root / "reviewkit").rglob("*") if path.is_file()]
    wanted = {path.as_posix() for path in files if "__pycache__" not in path.parts}
    assert wanted - set(contents) == set()
    assert "reviewkit/py.typed" in wanted


def test_wheel_holds_the_schema_and_no_engagement(contents: list[str]) -> None:
    assert [name for name in contents if "/params/" in name] == ["reviewkit/params/engagement.schema.json"]
