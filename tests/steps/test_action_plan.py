"""The plan: individuals for managers alone, files for owners, and a page without any evidence of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.model import Edition
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.action_plan import FILES, ActionPlan

VIEWS = ("bottom_line", "actions", "smart_check", "owners", "timeline", "climb", "conversation", "leaders")
VIEWS += ("feedback_and_recognition",)
Html = Callable[[View, Edition], str]


@pytest.fixture(scope="module")
def step(tmp_path_factory: pytest.TempPathFactory, small: Callable[[Path], Path]) -> ActionPlan:
    folder = tmp_path_factory.mktemp("planned")
    path = small(folder)
    action = "A1,Have IT sit on the floor one hour a week,Head of IT,2025-04-01,2025-09-30"
    action = f"action_id,what,owner,starts,due\n{action}\n"
    (folder / "data" / "actions.csv").write_text(action, encoding="utf-8")
    rated = "stakeholder_id,competency,needed,manager_rating\ns4,coaching,4,2\ns1,coaching,4,4\n"
    (folder / "data" / "competencies.csv").write_text(rated, encoding="utf-8")
    opened = open_step("3.2", path)
    assert isinstance(opened, ActionPlan)
    return opened


@pytest.mark.parametrize("edition", ["team", "leadership", "managers"])
def test_page_every_view_renders_for_its_editions(step: ActionPlan, html: Html, edition: Edition) -> None:
    assert all(html(getattr(step, name)(), edition) for name in VIEWS)


def test_page_individuals_are_for_managers_alone(step: ActionPlan, html: Html) -> None:
    assert "Lee Marsh" in html(step.leaders(), "managers")
    assert "Lee Marsh" not in html(step.leaders(), "leadership")
    assert html(step.improvement_plans(), "leadership") == ""


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
        (-30, "The camp that is overdue longest is Base Camp, handle time at 510 seconds: it was due by "),
        (30, "The next camp is Base Camp, handle time at 510 seconds, by "),
    ],
)
def test_answer_tells_a_camp_that_is_overdue_from_one_to_come(
    step: ActionPlan, monkeypatch: pytest.MonkeyPatch, days: int, said: str
) -> None:
    due = pd.Timestamp(step.review.engagement.data_as_of) + pd.Timedelta(days=days)
    camp = {"stage_name": "Base Camp", "name": "Handle time", "level": 510.0, "unit": "seconds"}
    monkeypatch.setitem(step.tables, "ascent", pd.DataFrame([camp | {"passed": False, "due": due}]))
    assert step.answer("team")[-1].startswith(said)


def test_files_are_those_the_table_of_steps_names(step: ActionPlan) -> None:
    assert sorted(FILES) == sorted(step.spec.files)
