"""``reviewkit status`` and ``reviewkit doctor``: one line a matter, and an exit status fit for alerts."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reviewkit.cli import app
from reviewkit.run.home import Home
from reviewkit.run.manifest import Manifest, StepRecord
from reviewkit.run.warm import server

NOW = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def run(runs: Path, name: str, status: str, *, days: int = 0, failures: tuple[str, ...] = ()) -> Path:
    """Write the record of a run of an engagement, and make it the latest where it was published."""
    home = Home(runs, name)
    home.make()
    folder = home.new_run(NOW + dt.timedelta(days=days))
    Manifest(
        engagement=name,
        name=name,
        run=folder.name,
        simulated=True,
        data_as_of=NOW.date(),
        started=NOW,
        finished=NOW,
        status=status,
        failures=list(failures),
        steps=[StepRecord(number="1.1", status="done")],
    ).write(folder)
    if status == "published":
        home.point_latest(folder)
    return folder


def test_status_of_what_went_well(tmp_path: Path) -> None:
    run(tmp_path, "acme", "published")
    result = call("status", "--runs", tmp_path)
    assert result.exit_code == 0
    line = "acme  published    20260302T060000  1 of 16 steps   02 Mar 2026 06:00"
    assert result.stdout.splitlines() == [line]


def test_status_names_step_cell_and_reason_and_what_is_shown(tmp_path: Path) -> None:
    run(tmp_path, "acme", "published")
    run(tmp_path, "acme", "failed", days=7, failures=("step 1.1, cell 3: KeyError: 'site'",))
    result = call("status", "--runs", tmp_path)
    assert result.exit_code == 1
    assert "failed" in result.stdout and "  step 1.1, cell 3: KeyError: 'site'" in result.stdout
    assert "pages shown are those of 20260302T060000" in result.stdout


def test_status_tells_a_run_that_goes_on_from_one_that_ended_without_a_word(tmp_path: Path) -> None:
    run(tmp_path, "acme", "running")
    assert "interrupted" in call("status", "--runs", tmp_path).stdout
    home = Home(tmp_path, "acme")
    home.lock()
    result = call("status", "--runs", tmp_path)
    home.unlock()
    assert "running" in result.stdout and result.exit_code == 0


def test_status_for_programs(tmp_path: Path) -> None:
    run(tmp_path, "acme", "failed", failures=("step 1.1: out of memory",))
    result = call("status", "--runs", tmp_path, "--json")
    (one,) = json.loads(result.stdout)
    assert (one["engagement"], one["state"], one["failures"]) == (
        "acme",
        "failed",
        ["step 1.1: out of memory"],
    )
    assert result.exit_code == 1


def test_status_without_results(tmp_path: Path) -> None:
    result = call("status", "--runs", tmp_path / "nowhere")
    assert result.exit_code == 2 and "there are no results here" in result.stderr


def test_doctor_finds_nothing_wrong_here(tmp_path: Path) -> None:
    result = call("doctor", "--runs", tmp_path)
    assert result.exit_code == 0, result.stdout
    assert "warm kernels: a process can be forked, with one thread" in result.stdout
    assert "PROBLEM" not in result.stdout


def test_doctor_names_a_damaged_record(tmp_path: Path) -> None:
    (run(tmp_path, "acme", "published") / "manifest.json").write_text('{"engagement": "ac')
    result = call("doctor", "--runs", tmp_path)
    assert result.exit_code == 1
    assert "PROBLEM acme: damaged:" in result.stdout and "Run the engagement again" in result.stdout


def test_doctor_says_that_kernels_start_slowly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "can_fork", lambda: False)
    result = call("doctor", "--runs", tmp_path)
    assert "this system cannot fork: kernels start in the normal way, slowly" in result.stdout


def test_publish_of_a_damaged_run(tmp_path: Path) -> None:
    folder = run(tmp_path, "acme", "published")
    (folder / "manifest.json").write_text("{")
    result = call("publish", folder)
    assert result.exit_code == 2 and "the record of this run is damaged" in result.stderr
