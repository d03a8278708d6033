"""Many engagements: what is due runs once, a cluster gives the same, progress is told."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from reviewkit.model import InputError
from reviewkit.run import Report, run_engagements
from reviewkit.run.cluster import run_on_cluster
from reviewkit.run.home import Home
from reviewkit.run.manifest import read_manifest
from reviewkit.run.memory import PER_JOB, available, default_jobs, limit
from reviewkit.run.parts import PARTS
from tests.run import mini

from .conftest import Desk

EVERY_MINUTE = "schedule: '* * * * *'\n"
NEW_YEAR = "schedule: '0 0 1 1 *'\n"


def schedule(desk: Desk, line: str, name: str = "mini") -> None:
    with desk.params(name).open("a") as file:
        file.write(line)


def due(desk: Desk, *names: str) -> Report:
    return run_engagements([desk.params(name) for name in names], desk.runs, jobs=2, due=True)


def test_due_runs_what_never_ran_by_its_schedule_and_leaves_the_rest(desk: Desk) -> None:
    schedule(desk, NEW_YEAR)
    desk.give("1.3", "print('anew')")
    desk.give("1.3", "print('anew')", name="other")
    report = due(desk, "mini", "other")
    assert list(report.pages) == ["mini"] and report.not_due == ["other"] and report.exit_status == 0
    kept = Home(desk.runs, "mini").last_firing()
    assert kept is not None and (kept.month, kept.day, kept.hour) == (1, 1, 0)


def test_due_never_runs_twice_for_one_firing(desk: Desk) -> None:
    schedule(desk, NEW_YEAR)
    first = due(desk, "mini")
    desk.give("1.3", "print('anew')")
    second = due(desk, "mini")
    assert "mini" in (first.pages | first.unchanged) and second.not_due == ["mini"]
    assert second.exit_status == 0


def test_due_catches_up_once_after_downtime(desk: Desk) -> None:
    schedule(desk, EVERY_MINUTE)
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=40)
    Home(desk.runs, "mini").ran_for(long_ago)
    desk.give("1.3", "print('anew')")
    before = len([*desk.runs.glob("mini/2*")])
    due(desk, "mini")
    assert len([*desk.runs.glob("mini/2*")]) == before + 1
    kept = Home(desk.runs, "mini").last_firing()
    assert kept is not None and dt.datetime.now(dt.UTC) - kept < dt.timedelta(minutes=10)


def test_due_failure_is_not_tried_again_for_the_same_firing(desk: Desk) -> None:
    schedule(desk, NEW_YEAR)
    desk.give("4.2", "raises")
    assert due(desk, "mini").exit_status == 1
    assert due(desk, "mini").not_due == ["mini"]


def test_due_leaves_alone_what_is_running(desk: Desk) -> None:
    schedule(desk, NEW_YEAR)
    home = Home(desk.runs, "mini")
    home.lock()
    try:
        report = due(desk, "mini")
    finally:
        home.unlock()
    assert report.not_due == ["mini"] and report.exit_status == 0


def test_progress_is_told_to_the_end(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    desk.give("4.2", "raises")
    paths = [desk.params("mini"), desk.params("other")]
    run_engagements(paths, desk.runs, jobs=2, tell=lambda _, done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1] == (2 * len(PARTS), 2 * len(PARTS))


def test_refused_engagement_is_logged_where_there_are_results(desk: Desk) -> None:
    desk.params().write_text("id: mini\nname: [")
    report = desk.run("mini", "other")
    assert report.exit_status == 2 and list(report.unchanged) == ["other"]
    lines = [json.loads(line) for line in (desk.runs / "log.jsonl").read_text().splitlines()]
    assert [line["engagement"] for line in lines if line["event"] == "run_refused"] == ["mini"]


def test_refused_engagement_is_on_the_list_without_values_until_it_is_mended(
    desk: Desk, tmp_path: Path
) -> None:
    new, kpis = mini.engagement(desk.folder, "new"), desk.folder / "new/data/kpis.csv"
    whole = kpis.read_text()
    kpis.write_text(whole.replace("2025-01-01,csat", "Priya Shah,csat"))
    broken = desk.folder / "broken.yaml"
    broken.write_text("id: [")
    report = run_engagements([new, broken, desk.params()], desk.runs, jobs=2)
    assert (
        report.exit_status == 2 and "Priya Shah" in report.refused[1] and list(report.unchanged) == ["mini"]
    )
    page = (desk.runs / "index.html").read_text()
    assert "2 never published" in page and "row 2, column period: …" in page and "broken.yaml, line 2" in page
    assert "Priya" not in page and "Priya" not in "".join(
        one.read_text() for one in desk.runs.glob(".refused/*")
    )
    kpis.write_text(whole)
    broken.unlink()
    assert list(run_engagements([new], desk.runs, jobs=2).pages) == ["new"]
    page = (desk.runs / "index.html").read_text()
    assert "never published" not in page and "3 engagements" in page


def test_refused_engagement_that_is_as_before_again_is_told_no_more(desk: Desk) -> None:
    params = desk.params()
    whole = params.read_text()
    params.write_text(whole.replace("client:", "clint:"))
    assert desk.run().exit_status == 2
    assert "a later try was refused" in (desk.runs / "index.html").read_text()
    params.write_text(whole)
    assert list(desk.run().unchanged) == ["mini"]
    assert "a later try was refused" not in (desk.runs / "index.html").read_text()


def test_default_jobs_fit_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_jobs() >= 1 and limit(default_jobs()) >= 2 * 2**30 and available() > 0
    monkeypatch.setattr("reviewkit.run.memory.available", lambda: PER_JOB + 1)
    assert default_jobs() == 1


@pytest.mark.slow
def test_cluster_gives_the_same_results(tmp_path: Path) -> None:
    names = ("one", "two")
    params = [mini.engagement(tmp_path, name) for name in names]
    params.append(mini.engagement(tmp_path, "broken", s42="raises"))
    here = run_engagements(params, tmp_path / "here", jobs=2)
    there = run_on_cluster(params, tmp_path / "there", cluster="local", jobs=2)
    assert sorted(there.pages) == sorted(here.pages) == sorted(names)
    assert there.failed.keys() == here.failed.keys() == {"broken"}
    for name in names:
        one, other = (read_manifest(tmp_path / where / name / "latest") for where in ("here", "there"))
        assert {step.number: step.made_from for step in one.steps} == {
            step.number: step.made_from for step in other.steps
        }
        assert set(one.pages) == set(other.pages)
    assert (tmp_path / "there/index.html").is_file()


def test_cluster_that_is_not_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewkit.run.cluster._ANSWER_SECONDS", 1)
    with pytest.raises(
        InputError, match=r"no cluster answers at tcp://127\.0\.0\.1:9\. Start one with `dask scheduler`"
    ):
        run_on_cluster([desk.params()], desk.runs, cluster="tcp://127.0.0.1:9")


def test_cluster_without_dask(desk: Desk) -> None:
    code = (
        "import sys; sys.modules['distributed'] = None; from pathlib import Path\n"
        "from reviewkit.run.cluster import run_on_cluster\n"
        f"run_on_cluster([Path({str(desk.params())!r})], Path('runs'), cluster='local')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "InputError: --cluster needs Dask. pip install 'reviewkit[dask]'." in done.stderr
