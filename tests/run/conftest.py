"""A published run of a small engagement, made once and copied for each test that spoils something."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from reviewkit.run import Limits, Manifest, Report, read_manifest, run_engagements
from tests.run import mini


@dataclass(frozen=True)
class Desk:
    """Two engagements side by side and the folder of their results."""

    folder: Path

    @property
    def runs(self) -> Path:
        return self.folder / "runs"

    def params(self, name: str = "mini") -> Path:
        return self.folder / name / f"{name}.yaml"

    def give(self, number: str, what: str, name: str = "mini") -> None:
        """Give a step another notebook."""
        mini.put(self.folder / name, number, what)

    def run(self, *names: str, limits: Limits | None = None, jobs: int = 2, force: bool = False) -> Report:
        paths = [self.params(name) for name in names or ("mini",)]
        return run_engagements(paths, self.runs, jobs=jobs, limits=limits, force=force)

    def newest(self, name: str = "mini") -> Path:
        return max(path.parent for path in (self.runs / name).glob("2*/manifest.json"))

    def latest(self, name: str = "mini") -> Path:
        return (self.runs / name / "latest").resolve()

    def manifest(self, name: str = "mini") -> Manifest:
        return read_manifest(self.newest(name))


@pytest.fixture(scope="session")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    paths = [mini.engagement(folder, name) for name in ("mini", "other")]
    report = run_engagements(paths, folder / "runs", jobs=2)
    assert report.exit_status == 0, report
    return folder


@pytest.fixture
def desk(_published: Path, tmp_path: Path) -> Desk:
    """Engagements ``mini`` and ``other``, both published; unchanged steps are not run again."""
    shutil.copytree(_published, tmp_path / "desk", symlinks=True)
    return Desk(tmp_path / "desk")


def warm_processes() -> list[psutil.Process]:
    """What kernels are forked from, in this process."""
    running = [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]
    return [one for one in running if "forkserver" in " ".join(one.cmdline())]


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Whatever a test did, no process of it is left but the one that others are forked from."""
    yield
    warm = warm_processes()
    _, alive = psutil.wait_procs([one for each in warm for one in each.children(recursive=True)], timeout=5)
    assert not alive, alive
