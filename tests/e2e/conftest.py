"""One real run, made once: contact_centre whole, with a broken engagement beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

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


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Ran]) -> Ran:
    """Make a run by the first of the test workers that asks; the others wait for it and read it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{shared}.lock"):
        kept = shared / "ran.json"
        if not kept.is_file():
            shared.mkdir()
            made = make(shared)
            kept.write_text(json.dumps([made.status, made.out, made.err]))
        status, out, err = json.loads(kept.read_text())
    return Ran(status, out, err, shared / "runs")


@pytest.fixture(scope="session")
def ran(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """``reviewkit run`` on contact_centre and on a params file with an unknown key."""

    def make(folder: Path) -> Ran:
        broken = folder / "broken.yaml"
        text = (root / "params/patient_voice.yaml").read_text(encoding="utf-8")
        broken.write_text(text.replace("client:", "clint:"), encoding="utf-8")
        return command(root, folder / "runs", broken, "params/contact_centre.yaml")

    return once(tmp_path_factory, "one", make)


@pytest.fixture(scope="session")
def rest(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """``reviewkit run`` on the three other samples and on the engagement full of hostile text."""

    def make(folder: Path) -> Ran:
        made = hostile.write(root, folder / "hostile", hostile.strings(root / "tests/e2e/hostile"))
        samples = [
            f"params/{name}.yaml" for name in ("employment_services", "emergency_care", "patient_voice")
        ]
        return command(root, folder / "runs", *samples, made)

    return once(tmp_path_factory, "rest", make)


def command(root: Path, runs: Path, *params: str | Path) -> Ran:
    line = [sys.executable, "-m", "reviewkit.cli", "run", *map(str, params), "--runs", str(runs)]
    done = subprocess.run(line, cwd=root, capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr, runs)
