"""Step 1.3 on a small engagement: holes are named, small groups are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure, Edition
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.interview_plan import InterviewPlan, blocks

Html = Callable[[View, Edition], str]
Small = Callable[[Path], Path]


@pytest.fixture(scope="module")
def step(small: Small, tmp_path_factory: pytest.TempPathFactory) -> InterviewPlan:
    opened = open_step("1.3", small(tmp_path_factory.mktemp("small")))
    assert isinstance(opened, InterviewPlan)
    return opened


def test_analyse_finds_the_department_nobody_speaks_for(step: InterviewPlan) -> None:
    assert [finding.subject for finding in step.findings] == ["sales/front_line/centre"]


def test_answer_tells_interviews_held_from_those_that_did_not_take_place(step: InterviewPlan) -> None:
    interviews = step.review.evidence.frame("interviews")
    said = step.answer("leadership")[0]
    missed = int(interviews["status"].eq("did_not_attend").sum())
    assert "still to come" in said and (f"{missed} did not take place" in said) == bool(missed)


def test_coverage_for_leadership_leaves_small_groups_out(step: InterviewPlan, html: Html) -> None:
    team, leadership = (html(step.coverage(), edition) for edition in ("team", "leadership"))
    assert "Finance" in team and "Finance" not in leadership and "Service" in leadership


def test_timetable_is_for_the_team(step: InterviewPlan, html: Html) -> None:
    assert "i1" in html(step.timetable(), "team") and html(step.timetable(), "leadership") == ""


def test_guide_ends_with_what_we_should_have_asked(step: InterviewPlan, html: Html) -> None:
    assert "What should I have asked" in html(step.guide("front_line"), "team").split("<tr>")[-1]


def test_forms_leave_room_to_write(step: InterviewPlan, html: Html) -> None:
    assert html(step.observation_form(), "team").count("<tr>") == 7


def test_proposal_fills_the_hole_for_the_team_alone(step: InterviewPlan, html: Html) -> None:
    assert "front line, Sales at Centre" in html(step.proposal(), "team")
    assert html(step.proposal(), "leadership") == html(step.group_rule(), "leadership") == ""


def test_files_hold_no_names_and_no_ids(step: InterviewPlan, names: list[str], ids: list[str]) -> None:
    made = {path.name: path.read_text(encoding="utf-8") for path in step.write_files()}
    assert sorted(made) == ["guides_and_forms.html", "interviews.ics"]
    assert not [word for text in made.values() for word in (*names, *ids) if f" {word}" in text]


def test_next_steps_have_nothing_to_say_once_all_is_coded(step: InterviewPlan, html: Html) -> None:
    assert "Every interview is coded" in html(step.next_steps(), "team")


def test_without_a_register_the_step_says_so_and_still_prints_guides(
    tmp_path: Path, small: Small, html: Html
) -> None:
    params = small(tmp_path)
    (tmp_path / "data" / "stakeholders.csv").unlink()
    bare = open_step("1.3", params)
    assert isinstance(bare, InterviewPlan)
    assert "human resources" in html(bare.bottom_line(), "team")
    assert html(bare.coverage(), "team") == "" and "What works well" in html(bare.guide("team_lead"), "team")


PEOPLE = [("Ops", "front_line", 30, 3), ("Ops", "team_lead", 6, 1), ("Planning", "front_line", 4, 0)]


def covered(rows: list[tuple[str, str, int, int]]) -> pd.DataFrame:
    """Coverage of departments by level: people, and interviews planned and held."""
    frame = pd.DataFrame(rows, columns=["department", "level", "headcount", "planned"])
    return frame.assign(site="", held=frame["planned"], hole=frame["planned"].eq(0))


@pytest.mark.parametrize(("heads", "told"), [(1, "Planning (5 people)"), (0, "")])
def test_a_department_that_nobody_speaks_for_is_named_though_its_groups_are_small(
    heads: int, told: str
) -> None:
    rows = [*PEOPLE, *[("Planning", "department_head", 1, 0)] * heads]
    gate = Discloser(Disclosure(), pd.DataFrame())
    said = blocks.unheard_departments(covered(rows), gate, ("department", "level"))
    assert said == (f"No interview is planned or held with anybody in {told}." if told else "")


def test_no_table_is_shown_that_has_no_row() -> None:
    gate = Discloser(Disclosure(), pd.DataFrame())
    shown = blocks.coverage_summaries(covered([("Ops", "front_line", 4, 1)]), gate, ("department", "level"))
    assert [block.html() for block in shown] == [
        "<p>No group has 5 people or more who may be counted here.</p>"
    ]


def test_where_nothing_is_to_come_the_answer_says_none(step: InterviewPlan) -> None:
    assert "none is still to come" in step.answer("leadership")[0]


def test_a_hole_is_not_worded_as_an_order(step: InterviewPlan) -> None:
    assert step.findings[0].statement.startswith(
        "No interview is planned or held with Sales at Centre, front"
    )
