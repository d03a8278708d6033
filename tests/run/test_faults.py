"""Whatever goes wrong with one engagement: it is reported, the last good site stays, the others finish."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from reviewkit.evidence import Loaded, write_snapshot
from reviewkit.model import Engagement, InputError, ReviewError
from reviewkit.run import Limits, Report, begin, read_manifest, run_engagements
from reviewkit.run.finish import publish_run
from reviewkit.run.home import Home
from reviewkit.run.status import standings
from tests.run import mini

from .conftest import Desk

pytestmark = pytest.mark.slow

SMALL = 2**31


def failed(desk: Desk, report: Report, reason: str, *, step: str = "4.2", cell: int | None = 3) -> None:
    """Check that everything that tells of a failure tells of this one, and that it stayed alone."""
    assert report.exit_status == 1 and list(report.failed) == ["mini"]
    assert any(reason in line and f"step {step}" in line for line in report.failed["mini"])
    manifest = desk.manifest()
    record = manifest.step(step)
    assert manifest.status == "failed" and record is not None and record.status == "failed"
    assert reason in record.reason and record.cell == cell
    logged = [json.loads(line) for line in (desk.newest() / "log.jsonl").read_text().splitlines()]
    told = next(line for line in logged if line["step"] == step)
    assert told["level"] == "error" and told["cell"] == cell and reason in told["reason"]
    shared = [json.loads(line) for line in (desk.runs / "log.jsonl").read_text().splitlines()]
    ended = [line for line in shared if line["event"] == "run_ended" and line["engagement"] == "mini"]
    assert ended[-1]["status"] == "failed" and not any(line["reason"] for line in shared)
    standing = next(one for one in standings(desk.runs) if one.engagement == "mini")
    assert standing.state == "failed" and any(reason in line for line in standing.failures)
    stays(desk)


def stays(desk: Desk) -> None:
    """Check that the last good site is still shown, whole, and nothing is half-written."""
    assert desk.latest() != desk.newest() and read_manifest(desk.latest()).status == "published"
    assert (desk.latest() / "site/leadership/index.html").is_file()
    assert not [path for path in desk.runs.rglob("*") if ".partial" in path.name or ".site-" in path.name]


def test_others_finish_when_one_fails(desk: Desk) -> None:
    desk.give("4.2", "raises")
    desk.give("1.3", "print('anew')", name="other")
    report = desk.run("mini", "other")
    failed(desk, report, "KeyError: 'site'")
    assert list(report.pages) == ["other"] and desk.latest("other") == desk.newest("other")


def test_kernel_killed_in_a_cell(desk: Desk) -> None:
    desk.give("4.2", "dies")
    failed(desk, desk.run(), "the kernel was killed (SIGKILL), perhaps because memory ran out")
    book = nbformat.read(desk.newest() / "notebooks/step2_leadership_summary.ipynb", 4)
    stopped = next(
        cell for cell in book.cells if cell.metadata.get("papermill", {}).get("status") == "failed"
    )
    assert stopped.outputs[-1].ename == "DeadKernel" and book.metadata.papermill.exception is True


def test_cell_takes_too_long(desk: Desk) -> None:
    desk.give("4.2", "sleeps")
    failed(desk, desk.run(limits=Limits(cell_seconds=1)), "the cell ran longer than 1 seconds")


def test_run_takes_too_long(desk: Desk) -> None:
    desk.give("4.2", "sleeps")
    report = desk.run(limits=Limits(run_seconds=3))
    failed(desk, report, "stopped: the run took longer than 3 seconds in all")
    book = nbformat.read(desk.newest() / "notebooks/step2_leadership_summary.ipynb", 4)
    assert book.cells[3].outputs[-1].ename == "Stopped" and book.metadata.papermill.exception is True


def test_memory_runs_out(desk: Desk) -> None:
    desk.give("4.2", "takes_all_memory")
    failed(desk, desk.run(limits=Limits(memory=SMALL)), "MemoryError")


def test_worker_is_lost(desk: Desk) -> None:
    desk.give("4.2", "kills_its_worker")
    failed(desk, desk.run(), "the process that ran it was killed (SIGKILL)")


def test_worker_that_is_lost_once_is_replaced(desk: Desk) -> None:
    desk.give("4.2", "kills_its_worker_once")
    report = desk.run()
    assert list(report.pages) == ["mini"] and report.exit_status == 0
    assert any(
        "4.2 was done a second time: the process that ran it was killed" in note
        for note in desk.manifest().notes
    )


def test_syntax_error(desk: Desk) -> None:
    desk.give("4.2", "syntax_error")
    failed(desk, desk.run(), "SyntaxError")


def test_damaged_notebook(desk: Desk) -> None:
    (desk.folder / "mini/notebooks/week4/step2_leadership_summary.ipynb").write_text('{"cells": [')
    failed(desk, desk.run(), "NotJSONError", cell=None)


def test_what_depends_on_a_failed_step_is_not_run(desk: Desk) -> None:
    desk.give("1.4", "raises")
    report = desk.run()
    failed(desk, report, "KeyError: 'site'", step="1.4")
    told = {record.number: record.status for record in desk.manifest().steps}
    assert told["2.3"] == told["4.2"] == "not_run" and told["2.2"] == "skipped"


def test_evidence_changes_during_the_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    kpis = desk.folder / "mini/data/kpis.csv"
    monkeypatch.setenv("EVIDENCE_FILE", str(kpis))
    before = kpis.read_text()
    with desk.params().open("a") as file:
        file.write("secrets: [EVIDENCE_FILE]\n")
    desk.give("1.1", "changes_evidence")
    report = desk.run()
    assert kpis.read_text() != before and report.exit_status == 0
    assert any("the evidence changed during this run" in note for note in desk.manifest().notes)
    again = desk.run()
    assert list(again.pages) == ["mini"], "what changed must be seen by the next run"


def test_evidence_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    params = mini.engagement(tmp_path)
    (tmp_path / "run").mkdir()
    shutil.copyfile(params, tmp_path / "run/engagement.yaml")

    def write_and_change(engagement: Engagement, params: Path, folder: Path) -> Loaded:
        loaded = write_snapshot(engagement, params, folder)
        with (params.parent / "data/kpis.csv").open("a") as file:
            file.write("2025-07-01,csat,4.4\n")
        return loaded

    monkeypatch.setattr(begin, "write_snapshot", write_and_change)
    with pytest.raises(InputError, match=r"'kpis' changed while it was read\. Run again"):
        begin.take_snapshot(params, tmp_path / "run")


def test_secret_that_is_not_set(desk: Desk) -> None:
    with desk.params().open("a") as file:
        file.write("secrets: [NOT_SET_ANYWHERE]\n")
    report = desk.run()
    assert report.exit_status == 2
    assert "mini.yaml, key secrets: the environment variable NOT_SET_ANYWHERE is not set" in report.refused[0]


def test_two_runs_of_one_engagement_at_once(desk: Desk) -> None:
    desk.give("1.3", "print('anew')", name="other")
    home = Home(desk.runs, "mini")
    home.lock()
    try:
        report = desk.run("mini", "other")
    finally:
        home.unlock()
    assert report.exit_status == 1 and list(report.pages) == ["other"]
    assert f"another run is going on (process {os.getpid()}" in report.failed["mini"][0]


def test_lock_left_behind_is_no_hindrance(desk: Desk) -> None:
    (desk.runs / "mini/.lock").write_text("")
    (desk.runs / "mini/.holder.json").write_text('{"process": 1, "host": "x", "since": "2020"}')
    assert desk.run(force=True).exit_status == 0


def test_clock_is_put_back(desk: Desk) -> None:
    ahead = desk.runs / "mini/29990101T000000"
    desk.latest().rename(ahead)
    (desk.runs / "mini/latest").unlink()
    (desk.runs / "mini/latest").symlink_to(ahead.name)
    desk.give("1.3", "print('anew')")
    assert desk.run().exit_status == 0
    assert desk.latest().name == "29990101T000000-001" == desk.newest().name
    assert any("clock" in note for note in desk.manifest().notes)


def test_run_folder_deleted_by_hand(desk: Desk) -> None:
    for path in sorted(desk.latest().rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    desk.latest().rmdir()
    standing = next(one for one in standings(desk.runs) if one.engagement == "mini")
    assert standing.state == "damaged" and "the run it points to is gone" in standing.failures[0]
    assert desk.run().exit_status == 0 and desk.latest() == desk.newest()


def test_manifest_cut_short(desk: Desk) -> None:
    manifest = desk.latest() / "manifest.json"
    manifest.write_text(manifest.read_text()[:500])
    standing = next(one for one in standings(desk.runs) if one.engagement == "mini")
    assert standing.state == "damaged" and "the record of this run is damaged" in standing.failures[0]
    assert desk.run().exit_status == 0 and desk.latest() == desk.newest()


@pytest.fixture
def volume(desk: Desk) -> Iterator[Path]:
    """A small volume of its own for results, with the published runs on it."""
    runs = desk.runs
    kept = runs.rename(desk.folder / "kept")
    runs.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", runs], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting a volume needs root, and leave to mount")
    try:
        subprocess.run(["cp", "-a", f"{kept}/.", runs], check=True)
        yield runs
    finally:
        subprocess.run(["umount", "-l", runs], check=True)


@pytest.mark.skipif(os.name != "posix", reason="mounts a volume")
def test_disk_is_full(desk: Desk, volume: Path) -> None:
    desk.give("4.2", "fills_the_disk")
    report = desk.run()
    assert report.exit_status == 1 and "No space left on device" in " ".join(report.failed["mini"])
    stays(desk)


@pytest.mark.skipif(os.name != "posix", reason="mounts a volume")
def test_folder_is_read_only(desk: Desk, volume: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", volume], check=True)
    report = desk.run(force=True)
    assert report.exit_status == 2 and "Read-only file system" in report.refused[0]
    assert "Name another folder with --runs." in report.refused[0]
    assert (desk.latest() / "site/leadership/index.html").is_file()


def test_params_changed_after_they_were_copied(desk: Desk, tmp_path: Path) -> None:
    """What the run shows and what it read the evidence by are one and the same file."""
    (tmp_path / "run").mkdir()
    shutil.copyfile(desk.params(), tmp_path / "run/engagement.yaml")
    with desk.params().open("a") as file:
        file.write("language: de\n")
    with pytest.raises(InputError, match="'params' changed while it was read"):
        begin.take_snapshot(desk.params().resolve(), tmp_path / "run")


def test_folder_of_own_notebooks_that_is_not_there(desk: Desk) -> None:
    text = desk.params().read_text()
    desk.params().write_text(text.replace("notebooks: notebooks", "notebooks: nowhere"))
    report = desk.run()
    assert report.exit_status == 2
    assert "key notebooks: 'nowhere' has no notebook of a step" in report.refused[0]


def test_copy_of_a_run_kept_by_hand_is_left_alone(desk: Desk) -> None:
    kept = desk.runs / "mini/before-the-meeting"
    shutil.copytree(desk.latest(), kept)
    desk.give("1.3", "print('anew')")
    assert desk.run().exit_status == 0 and kept.is_dir()
    assert desk.latest().name != kept.name


def test_latest_that_cannot_be_moved_is_a_failure(desk: Desk) -> None:
    (desk.runs / "mini/latest").unlink()
    (desk.runs / "mini/latest").mkdir()
    report = desk.run(force=True)
    assert report.exit_status == 1 and "latest: cannot be moved" in report.failed["mini"][0]
    assert desk.manifest().status == "failed"


def test_one_id_in_two_files_is_noted(desk: Desk) -> None:
    twin = desk.folder / "mini/twin.yaml"
    twin.write_text(desk.params().read_text().replace("client: Client of mini", "client: Another"))
    report = run_engagements([twin], desk.runs, jobs=2)
    assert any("the run before was of another params file" in note for note in report.warnings)


def test_site_cut_short_between_two_moves_is_put_back(desk: Desk) -> None:
    site = desk.latest() / "site"
    site.rename(desk.latest() / ".site-before")
    desk.give("4.2", "raises")
    assert desk.run().exit_status == 1
    assert (site / "leadership/index.html").is_file() and not (desk.latest() / ".site-before").exists()


def test_pages_are_not_built_again_without_the_evidence(desk: Desk) -> None:
    """The gate before the pages looks for words of the evidence: without it, it would pass everything."""
    (desk.latest() / "evidence/kpis.parquet").unlink()
    with pytest.raises(ReviewError, match="evidence is missing or was changed"):
        publish_run(desk.latest())
    assert (desk.latest() / "site/leadership/index.html").is_file()
    assert list(desk.run().pages) == ["mini"], "an engagement whose evidence is damaged is not unchanged"


def test_pages_of_a_failed_run_are_not_built(desk: Desk) -> None:
    desk.give("4.2", "raises")
    desk.run()
    with pytest.raises(ReviewError, match="this run is failed, not published"):
        publish_run(desk.newest())


def test_evidence_kept_too_long_is_told(desk: Desk) -> None:
    with desk.params().open("a", encoding="utf-8") as file:
        file.write("keep_until: 2020-01-31\n")
    assert any("was to be kept until 2020-01-31" in line for line in desk.run().warnings)
