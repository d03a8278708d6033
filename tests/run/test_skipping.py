"""A step runs again exactly when something it depends on has changed, and the record says what."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reviewkit.evidence.store import open_store
from reviewkit.model import STEPS, read_engagement

from .conftest import Desk

pytestmark = pytest.mark.slow


def told(desk: Desk) -> dict[str, tuple[str, str]]:
    return {record.number: (record.status, record.reason) for record in desk.manifest().steps}


def ran(desk: Desk) -> set[str]:
    return {number for number, (status, _) in told(desk).items() if status == "done"}


def test_first_run_says_so(desk: Desk) -> None:
    assert set(told(desk).values()) == {("done", "it has not run before")}


def test_nothing_changed(desk: Desk) -> None:
    before = desk.newest()
    report = desk.run()
    assert list(report.unchanged) == ["mini"] and report.exit_status == 0 and desk.newest() == before
    assert report.unchanged["mini"].is_file()


def test_force_runs_everything(desk: Desk) -> None:
    before = desk.newest()
    assert desk.run(force=True).exit_status == 0
    assert desk.newest() > before and ran(desk) == {spec.number for spec in STEPS}


def test_notebook_changed(desk: Desk) -> None:
    desk.give("1.3", "print('anew')")
    desk.run()
    assert told(desk)["1.3"] == ("done", "its notebook changed")
    # It handed on nothing, where before it handed on an empty list.
    assert told(desk)["1.6"] == ("done", "results of step 1.3 changed")
    assert ran(desk) == {"1.3", "1.6"}
    assert told(desk)["1.1"][0] == "skipped" and "since run" in told(desk)["1.1"][1]


def test_same_results_stop_the_change(desk: Desk) -> None:
    path = desk.folder / "mini/notebooks/week1/step3_interview_plan.ipynb"
    path.write_text(path.read_text().replace("# Step 1.3", "# The plan"))
    desk.run()
    assert ran(desk) == {"1.3"}


def test_table_changed(desk: Desk) -> None:
    with (desk.folder / "mini/data/targets.csv").open("a") as file:
        file.write("csat,2025-02-01,4.3\n")
    desk.run()
    expected = {spec.number for spec in STEPS if "targets" in (*spec.needs, *spec.uses, *spec.reads)}
    assert ran(desk) == expected and 0 < len(expected) < len(STEPS)
    assert {told(desk)[number][1] for number in expected} == {"targets changed"}


def test_params_changed_but_not_for_comments_and_schedule(desk: Desk) -> None:
    with desk.params().open("a") as file:
        file.write("# a comment\nschedule: '0 6 * * 1'\n")
    desk.run()
    assert ran(desk) == set()
    text = desk.params().read_text()
    desk.params().write_text(text.replace("To answer calls", "To answer letters"))
    desk.run()
    assert {reason for _, reason in told(desk).values()} == {"the params file changed"}


@pytest.mark.parametrize("path", ["findings/1.1.jsonl", "notebooks/step1_performance_data.ipynb"])
def test_damaged_results_are_made_anew(desk: Desk, path: str) -> None:
    (desk.latest() / path).write_text("spoiled")
    desk.run()
    assert ran(desk) == {"1.1"} and "are damaged" in told(desk)["1.1"][1]


def test_page_changed_by_hand_is_made_anew(desk: Desk) -> None:
    page = desk.latest() / "site/leadership/index.html"
    before = page.read_text()
    page.write_text(before.replace("</main>", "Well done.</main>"))
    desk.run()
    assert ran(desk) == set()
    assert "Well done." not in (desk.latest() / "site/leadership/index.html").read_text()


def test_helper_beside_own_notebooks_changed(desk: Desk) -> None:
    (desk.folder / "mini/notebooks/helper.py").write_text("x = 1")
    desk.run()
    assert {reason for _, reason in told(desk).values()} == {"files beside its notebook changed"}


def test_own_notebooks_with_secrets_are_always_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "x")
    with desk.params().open("a") as file:
        file.write("secrets: [A_SECRET]\n")
    desk.run()
    before = desk.newest()
    assert list(desk.run().pages) == ["mini"] and desk.newest() > before
    assert all("is given secrets" in reason for _, reason in told(desk).values())


def test_unchanged_path_imports_neither_pandas_nor_papermill(desk: Desk) -> None:
    code = (
        "import sys; from pathlib import Path; from reviewkit.run import run_engagements;"
        f"report = run_engagements([Path({str(desk.params())!r})], Path({str(desk.runs)!r}));"
        "assert report.unchanged; print(sorted({'pandas', 'papermill', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_remark_put_into_the_store_runs_the_steps_that_read_remarks(desk: Desk) -> None:
    with open_store(read_engagement(desk.params()), desk.params()) as store:
        row = {"remark_id": "S1", "source": "one_to_one", "text": "The queue is long."}
        store.put("remarks", [row], by="analyst")
    desk.run()
    reasons = told(desk)
    assert reasons["1.4"] == ("done", "remarks came") and reasons["1.1"][0] == "skipped"
