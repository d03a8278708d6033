"""The command itself killed: nothing of it stays behind, and the next run keeps what was finished."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from reviewkit.run import read_manifest
from reviewkit.run.status import standings
from tests.run import mini

from .conftest import Desk, warm_processes

WAIT = 120


def until(true: Callable[[], object]) -> None:
    """Wait until something is true; the test's own deadline is the limit."""
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def command(params: Path, runs: Path, temporary: Path) -> subprocess.Popen[str]:
    """``reviewkit run`` in a process of its own, its temporary files where the test can see them."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    line = [sys.executable, "-m", "reviewkit.cli", "run", str(params), "--runs", str(runs), "--jobs", "2"]
    return subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder of which the path is short enough for sockets."""
    folder = Path("/tmp") / f"t{os.getpid()}"
    folder.mkdir()
    yield folder
    for left in sorted(folder.rglob("*"), reverse=True):
        left.rmdir() if left.is_dir() else left.unlink()
    folder.rmdir()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_run_is_killed_and_started_again(tmp_path: Path, short: Path, number: signal.Signals) -> None:
    params, runs = mini.engagement(tmp_path, s42="sleeps"), tmp_path / "runs"
    process = command(params, runs, short)
    until(lambda: [*runs.glob("mini/*/notebooks/step2_leadership_summary.ipynb")])
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) > 2
    process.send_signal(number)
    process.communicate(timeout=WAIT)
    assert process.returncode == (-9 if number == signal.SIGKILL else 143)
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    until(lambda: not [*short.iterdir()])
    (standing,) = standings(runs)
    assert standing.state == "interrupted" and 12 <= standing.steps_done <= 15

    mini.put(tmp_path / "mini", "4.2", mini.HANDS_ON.format(number="4.2"))
    again = command(params, runs, short)
    again.communicate(timeout=WAIT)
    assert again.returncode == 0
    folder = (runs / "mini/latest").resolve()
    told = {record.number: record.status for record in read_manifest(folder).steps}
    assert told["4.2"] == "done" and list(told.values()).count("skipped") == standing.steps_done
    first = min(path for path in runs.glob("mini/2*"))
    assert read_manifest(first).status == "interrupted"
    assert [*short.iterdir()] == []


def test_forkserver_serves_again_after_it_was_killed(desk: Desk) -> None:
    (warm,) = warm_processes()
    warm.kill()
    desk.give("4.2", "print('anew')")
    assert desk.run().exit_status == 0
