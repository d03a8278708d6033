"""The plan: individuals for managers alone, files for owners, and a page without any evidence of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from reviewkit.cli import app
from reviewkit.evidence.store import open_store
from reviewkit.model import Edition
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.action_plan.step import FILES, ActionPlan

VIEWS = ("bottom_line", "actions", "smart_check", "to_settle", "owners", "timeline", "climb", "leaders")
VIEWS += ("feedback_and_recognition",)
Html = Callable[[View, Edition], str]


@pytest.fixture(scope="module")
def params(tmp_path_factory: pytest.TempPathFactory, small: Callable[[Path], Path]) -> Path:
    """An engagement with one action agreed and two leaders assessed."""
    folder = tmp_path_factory.mktemp("planned")
    path = small(folder)
    action = "A1,Have IT sit on the floor one hour a week,Head of IT,2025-04-01,2025-09-30"
    action = f"action_id,what,owner,starts,due\n{action}\n"
    (folder / "data" / "actions.csv").write_text(action, encoding="utf-8")
    rated = "stakeholder_id,competency,needed,manager_rating\ns4,coaching,4,2\ns1,coaching,4,4\n"
    (folder / "data" / "competencies.csv").write_text(rated, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def step(params: Path) -> ActionPlan:
    opened = open_step("3.2", params)
    assert isinstance(opened, ActionPlan)
    return opened


@pytest.mark.parametrize("edition", ["team", "leadership", "managers"])
def test_page_every_view_renders_for_its_editions(step: ActionPlan, html: Html, edition: Edition) -> None:
    assert all(html(getattr(step, name)(), edition) for name in VIEWS)


def test_page_individuals_are_for_managers_alone(step: ActionPlan, html: Html) -> None:
    assert "Lee Marsh" in html(step.leaders(), "managers")
    assert "Lee Marsh" not in html(step.leaders(), "leadership")
    assert html(step.improvement_plans(), "leadership") == ""
    assert html(step.conversation(), "leadership") == "" != html(step.conversation(), "managers")


def test_page_leadership_sees_no_name(step: ActionPlan, html: Html, names: list[str]) -> None:
    shown = "".join(html(getattr(step, name)(), "leadership") for name in VIEWS)
    assert [name for name in names if name in shown] == []


def test_page_says_why_a_letter_fails(step: ActionPlan, html: Html) -> None:
    assert "no measure would show it" in html(step.smart_check(), "leadership")


def test_hands_on_writes_the_files_it_names(step: ActionPlan, capsys: pytest.CaptureFixture[str]) -> None:
    step.hands_on()
    assert "file: action_plan.xlsx\nfile: action_plan.ics\n" in capsys.readouterr().out
    folder = step.review.folder / "files"
    assert len(pd.read_excel(folder / "action_plan.xlsx", sheet_name="Actions", engine="calamine")) == len(
        step.tables["action_plan"]
    )
    assert (folder / "action_plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-30, "1 camp was due by 31 March 2025; the page Progress (4.1) says which are reached."),
        (
            30,
            "Reckoned from 31 March 2025, when the data end, the next camp is Base Camp, handle time at "
            "Brook House at 510 seconds, by ",
        ),
    ],
)
def test_answer_tells_a_camp_that_is_overdue_from_one_to_come(
    step: ActionPlan, monkeypatch: pytest.MonkeyPatch, days: int, said: str
) -> None:
    due = pd.Timestamp(step.review.engagement.data_as_of) + pd.Timedelta(days=days)
    camp = {
        "stage_name": "Base Camp",
        "name": "Handle time at Brook House",
        "level": 510.0,
        "unit": "seconds",
    }
    monkeypatch.setitem(step.tables, "ascent", pd.DataFrame([camp | {"passed": False, "due": due}]))
    assert any(sentence.startswith(said) for sentence in step.answer("team"))


def test_page_says_what_is_to_settle(step: ActionPlan, html: Html) -> None:
    shown = html(step.to_settle(), "leadership")
    assert "nobody with the role of" in shown and "Head of IT" in shown and "no cost yet" in shown


def test_plan_of_voices_alone_says_what_it_cannot_know(step: ActionPlan) -> None:
    assert any("no measured figures" in sentence for sentence in step.answer("team"))


def test_owners_report_comes_into_progress_by_the_command(
    step: ActionPlan, params: Path, tmp_path: Path
) -> None:
    (path,) = [one for one in step.write_files() if one.suffix == ".xlsx"]
    book = openpyxl.load_workbook(path)
    columns = {cell.value: cell.column for cell in book["Progress"][1]}
    for heading, value in {
        "Date of check": dt.date(2025, 5, 2),
        "Status": "Held up",
        "Percent done": 20,
    }.items():
        book["Progress"].cell(2, columns[heading]).value = value
    book.save(sent := tmp_path / "sent back.xlsx")
    first, again = (CliRunner().invoke(app, ["import", str(params), str(sent)]) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "1 row new or changed" in first.output and "there already" in again.output
    with open_store(step.review.engagement, params) as store:
        (row,) = store.frame("progress").to_dict("records")
    assert (row["action_id"], row["at"], row["percent_done"], row["note"]) == (
        "A1",
        "2025-05-02",
        "20",
        "Held up.",
    )


def test_owners_report_with_a_fault_changes_nothing(step: ActionPlan, params: Path, tmp_path: Path) -> None:
    (path,) = [one for one in step.write_files() if one.suffix == ".xlsx"]
    book = openpyxl.load_workbook(path)
    columns = {cell.value: cell.column for cell in book["Progress"][1]}
    book["Progress"].cell(2, columns["Percent done"]).value = 140
    book.save(sent := tmp_path / "wrong.xlsx")
    with open_store(step.review.engagement, params) as store:
        before = store.digest("progress")
        told = CliRunner().invoke(app, ["import", str(params), str(sent)])
        assert store.digest("progress") == before
    assert told.exit_code == 2
    assert "row 2, column Percent done: 140 is not from 0 to 100" in told.output


def test_files_are_those_the_table_of_steps_names(step: ActionPlan) -> None:
    assert sorted(FILES) == sorted(step.spec.files)
