"""Step 2.3 on a small engagement: clear gaps are called, few respondents are not shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.model import Edition
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.internal_partners import InternalPartners

Html = Callable[[View, Edition], str]
Small = Callable[[Path], Path]


@pytest.fixture(scope="module")
def step(small: Small, tmp_path_factory: pytest.TempPathFactory) -> InternalPartners:
    opened = open_step("2.3", small(tmp_path_factory.mktemp("small")))
    assert isinstance(opened, InternalPartners)
    return opened


def test_analyse_calls_the_one_gap_there_is(step: InternalPartners) -> None:
    assert [finding.subject for finding in step.findings] == ["key_2/front_line_and_management"]


def test_analyse_compares_no_side_of_fewer_than_five(step: InternalPartners) -> None:
    gaps = step.tables["partner_gaps"]
    assert set(gaps["group_a"]) | set(gaps["group_b"]) == {"front_line", "management"}


def test_six_keys_hide_a_small_side_and_what_would_give_it_away(step: InternalPartners, html: Html) -> None:
    cells = html(step.six_keys(), "team").split("</tr>")[1]
    assert "1.5" in cells and "3.0" not in cells and "4.5" not in cells


def test_departments_hide_what_subtraction_would_show(step: InternalPartners, html: Html) -> None:
    shown = html(step.departments(), "leadership")
    assert "Not shown: Finance and Sales" in shown and "4.5" not in shown


def test_without_a_survey_the_step_asks_for_one(tmp_path: Path, small: Small, html: Html) -> None:
    params = small(tmp_path)
    (tmp_path / "data" / "perceptions.csv").unlink()
    bare = open_step("2.3", params)
    assert isinstance(bare, InternalPartners)
    views = [bare.we_they_gaps(), bare.nine_signs(), bare.six_keys(), bare.expectations_and_support()]
    assert bare.findings == [] and all("partnering survey" in html(view, "leadership") for view in views)
