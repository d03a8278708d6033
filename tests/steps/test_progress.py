"""Progress: a first run records baselines; later ones judge by signals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.model import Edition
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.progress import Progress

VIEWS = ("bottom_line", "state", "camps", "measures_since", "beside_others", "benefits", "what_to_stop")
VIEWS += ("what_is_late", "cannot_say", "check_dates")
MEASURE = """
measures:
  - id: csat
    name: Satisfaction
    unit: score
    direction: increase
    table: kpis
    numerator: mean(value)
    contract_kpi: true
"""
ACTION = """action_id,what,owner,measure,baseline,target,starts,due
A1,Tell customers what happens next,Head of Service,"""
Html = Callable[[View, Edition], str]


def opened(folder: Path, small: Callable[[Path], Path], starts: str, late: float = 4.0) -> Progress:
    """The small engagement with two years of a score that stood at 4.0 until July 2024."""
    path = small(folder)
    path.write_text(path.read_text(encoding="utf-8") + MEASURE, encoding="utf-8")
    months = pd.date_range("2023-04-01", periods=24, freq="MS")
    level = [4.0 + (0.1 if at % 2 else -0.1) + (late - 4.0) * (at > 14) for at in range(24)]
    kpis = pd.DataFrame({"period": months, "measure": "csat", "site": "North", "value": level})
    kpis.to_csv(folder / "data" / "kpis.csv", index=False)
    row = f"{ACTION}csat,4.0,4.6,{starts},2025-12-31\n"
    (folder / "data" / "actions.csv").write_text(row, encoding="utf-8")
    step = open_step("4.1", path)
    assert isinstance(step, Progress)
    return step


def agreed(step: Progress) -> str:
    table = step.tables["progress"]
    return str(table.loc[table["agreed"], "verdict"].iloc[0])


def test_first_run_records_baselines_and_the_next_check(
    tmp_path: Path, small: Callable[[Path], Path]
) -> None:
    step = opened(tmp_path, small, "2025-04-01")
    assert agreed(step) == "baseline"
    assert step.answer("leadership")[0].startswith("This is the first run")


def test_later_run_finds_an_improvement_after_the_start(
    tmp_path: Path, small: Callable[[Path], Path]
) -> None:
    step = opened(tmp_path, small, "2024-07-01", late=4.6)
    assert agreed(step) == "working"
    assert not step.is_first
    said = step.answer("leadership")
    assert said[0] == "How they stand: the measure has improved by a signal since the start (1)."
    assert "1 of " in said[1] and " is agreed; no report for two months (1)." in said[1]


def test_later_run_without_a_change_finds_no_signal(tmp_path: Path, small: Callable[[Path], Path]) -> None:
    assert agreed(opened(tmp_path, small, "2024-07-01")) == "no_signal"


@pytest.mark.parametrize("edition", ["team", "leadership"])
def test_page_every_view_renders(
    tmp_path: Path, small: Callable[[Path], Path], html: Html, edition: Edition
) -> None:
    step = opened(tmp_path, small, "2024-07-01", late=4.6)
    assert all(html(getattr(step, name)(), edition) for name in VIEWS)


def test_page_shows_the_story_of_an_action_that_goes_with_a_change(
    tmp_path: Path, small: Callable[[Path], Path], html: Html
) -> None:
    step = opened(tmp_path, small, "2024-07-01", late=4.6)
    assert "Limits come from the 15 figures just before the start" in html(
        step.measures_since(), "leadership"
    )
    assert "There is no site to compare with".lower() in html(step.beside_others(), "leadership").lower()
    assert "not in the register" in html(step.cannot_say(), "leadership")
