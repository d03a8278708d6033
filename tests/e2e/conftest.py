"""One real run, made once: contact_centre whole, with a broken engagement beside it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.postgres import postgres, postgres_server  # noqa: F401 - fixtures are found by name

from .hostile import engagement as hostile


@dataclass(frozen=True)
class Ran:
    """What the command printed, and where its results are."""

    status: int
    out: str
    err: str
    runs: Path

    @property
    def latest(self) -> Path:
        return self.runs / "contact_centre" / "latest"

    def page(self, edition: str, name: str = "index.html") -> str:
        return (self.latest / "site" / edition / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def ran(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """``reviewkit run`` on contact_centre and on a params file with an unknown key."""
    folder = tmp_path_factory.mktemp("e2e")
    broken = folder / "broken.yaml"
    text = (root / "params/patient_voice.yaml").read_text(encoding="utf-8")
    broken.write_text(text.replace("client:", "clint:"), encoding="utf-8")
    command = [sys.executable, "-m", "reviewkit.cli", "run", str(broken), "params/contact_centre.yaml"]
    done = subprocess.run(
        [*command, "--runs", str(folder / "runs")], cwd=root, capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr, folder / "runs")


@pytest.fixture(scope="session")
def rest(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """``reviewkit run`` on the three other samples and on the engagement full of hostile text."""
    folder = tmp_path_factory.mktemp("rest")
    made = hostile.write(root, folder / "hostile", hostile.strings(root / "tests/e2e/hostile"))
    samples = [f"params/{name}.yaml" for name in ("employment_services", "emergency_care", "patient_voice")]
    command = [sys.executable, "-m", "reviewkit.cli", "run", *samples, str(made)]
    done = subprocess.run(
        [*command, "--runs", str(folder / "runs")], cwd=root, capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr, folder / "runs")
