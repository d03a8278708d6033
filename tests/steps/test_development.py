"""Step 2.5 on goals and feedback: what each edition may see, and what is said with half the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.model import Edition
from reviewkit.present.view import View
from reviewkit.steps.people_performance import PeoplePerformance
from reviewkit.steps.workbench import open_review

Html = Callable[[View, Edition], str]
SHARED = ("goals", "goals_alignment", "results_and_tasks", "feedback")
PERSONAL = ("goal_letters", "goals_to_rewrite", "feedback_by_giver", "word_due")


@pytest.fixture(scope="module")
def centre(root: Path) -> PeoplePerformance:
    return PeoplePerformance(open_review(root / "params" / "contact_centre.yaml"))


@pytest.mark.parametrize("name", SHARED + PERSONAL)
def test_leadership_reads_no_person_and_no_wording_of_a_goal(
    centre: PeoplePerformance, html: Html, name: str
) -> None:
    page = html(getattr(centre, name)(), "leadership")
    people = centre.development.stakeholders["stakeholder_id"]
    assert len(people) > 100
    assert not [person for person in people if person in page]
    assert not [text for text in centre.development.goals["text"] if text in page]


@pytest.mark.parametrize("name", PERSONAL)
def test_what_names_people_is_for_team_and_managers(centre: PeoplePerformance, html: Html, name: str) -> None:
    view = getattr(centre, name)()
    assert html(view, "team") == html(view, "managers") != ""
    assert html(view, "leadership") == ""


def test_leadership_sees_no_level_of_few_givers(centre: PeoplePerformance, html: Html) -> None:
    given = centre.development.given
    assert given.loc[given["giver_level"].eq("senior_leadership"), "giver"].nunique() < 5
    assert "Senior leadership" in html(centre.feedback(), "team")
    assert "Senior leadership" not in html(centre.feedback(), "leadership")


def test_small_counts_of_goals_are_bands_for_leadership(centre: PeoplePerformance, html: Html) -> None:
    page = html(centre.goals(), "leadership")
    assert ">a few<" in page
    assert ">a few<" not in html(centre.goals(), "team")


def test_no_exact_count_stands_beside_a_band(centre: PeoplePerformance, html: Html) -> None:
    """Rows and totals add up: one band beside exact counts could be worked out from them."""
    for view in (centre.goals(), centre.results_and_tasks()):
        table = html(view, "leadership").split("by level")[-1].split("<tbody>")[1].split("</tbody>")[0]
        assert "a few" in table
        assert not re.search(r">\d", table)


def test_findings_for_leadership_have_no_figures_of_few_people(centre: PeoplePerformance) -> None:
    few = [finding for finding in centre.findings if finding.id.startswith("2.5/feedback/")]
    for finding in few:
        if finding.figures.get("people", 99) < 5:
            assert "leadership" not in finding.audience


def test_each_edition_reads_a_statement_once(centre: PeoplePerformance, html: Html) -> None:
    page = html(centre.goals_alignment(), "team")
    assert page.count("match a goal of the owner") == 1


def test_letters_show_the_words_that_carry_them(centre: PeoplePerformance, html: Html) -> None:
    assert "“by 31 December 2025”" in html(centre.goal_letters(), "team")
    assert "cannot be judged" in html(centre.goal_letters(), "team")


def test_every_figure_of_the_letters_comes_from_the_goals(centre: PeoplePerformance) -> None:
    finding = next(one for one in centre.findings if one.id == "2.5/goals/smart")
    read = centre.development.goals
    assert finding.figures["goals"] == len(read)
    assert finding.figures["smart"] == int(read["smart"].sum())


GOALS = pd.DataFrame(
    {
        "goal_id": ["g1", "g2"],
        "owner": ["s1", "s4"],
        "department": "Service",
        "level": ["front_line", "team_lead"],
        "text": ["Improve communication.", "Answer 12 letters a day until June 2025."],
    }
)
FEEDBACK = pd.DataFrame(
    {
        "feedback_id": ["f1", "f2"],
        "at": ["2025-02-01", "2025-05-01"],
        "giver": "s4",
        "receiver": ["s1", "s2"],
        "kind": ["praise", "correction"],
        "specific": [True, False],
        "days_after": [1, 20],
    }
)


def opened(small: Callable[[Path], Path], folder: Path, **tables: pd.DataFrame) -> PeoplePerformance:
    params = small(folder)
    for name, frame in tables.items():
        frame.to_csv(folder / "data" / f"{name}.csv", index=False)
    return PeoplePerformance(open_review(params))


@pytest.mark.parametrize("edition", ["team", "leadership", "managers"])
def test_goals_alone_are_read_without_measures_targets_or_contacts(
    small: Callable[[Path], Path], tmp_path: Path, html: Html, edition: Edition
) -> None:
    step = opened(small, tmp_path, goals=GOALS)
    assert [finding.id for finding in step.findings][:1] == ["2.5/goals/smart"]
    for name in SHARED:
        assert html(getattr(step, name)(), edition)
    assert "No feedback is on file" in html(step.feedback(), edition)


def test_goals_of_few_people_are_hidden_from_leadership(
    small: Callable[[Path], Path], tmp_path: Path, html: Html
) -> None:
    step = opened(small, tmp_path, goals=GOALS, feedback_given=FEEDBACK)
    for name in ("goals", "goals_alignment", "results_and_tasks"):
        page = html(getattr(step, name)(), "leadership")
        assert "too few people" in page
        assert not any(figure in page for figure in ("1", "2"))
    assert not [
        one for one in step.findings if "leadership" in one.audience and one.kind in ("goals", "results")
    ]
    assert "Of 1 piece" not in html(step.feedback(), "leadership") + html(step.bottom_line(), "leadership")


def test_feedback_alone_is_read_and_what_lies_after_the_data_end_is_left_out_and_said(
    small: Callable[[Path], Path], tmp_path: Path, html: Html
) -> None:
    step = opened(small, tmp_path, feedback_given=FEEDBACK)
    page = html(step.feedback(), "team")
    assert "1 piece of feedback on file is too few to say" in page
    assert "left out: 1 piece" in page
    assert "No goals are on file" in html(step.goals(), "team")


def test_without_a_register_nobody_is_said_to_have_heard_nothing(
    small: Callable[[Path], Path], tmp_path: Path, html: Html
) -> None:
    params = small(tmp_path)
    (tmp_path / "data" / "stakeholders.csv").unlink()
    (tmp_path / "data" / "participants.csv").unlink()
    FEEDBACK.to_csv(tmp_path / "data" / "feedback_given.csv", index=False)
    step = PeoplePerformance(open_review(params))
    assert "2.5/feedback/cadence" not in [finding.id for finding in step.findings]
    page = html(step.feedback(), "team")
    assert "Receivers on file" in page
    assert "report to somebody" not in page
