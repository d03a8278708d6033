"""Step 1.4 on a small engagement: themes, quotes, and nothing that gives anybody away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.model import Edition
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.interviews_and_themes import InterviewsAndThemes

VIEWS = """
bottom_line sources reading concerns recurs stands_out works_well by_department by_level by_site by_source
together
purpose_outcome_result saturation agreement priority_issues not_raised quotes quote_reasons
candidate_codes to_review
"""
Html = Callable[[View, Edition], str]
Small = Callable[[Path], Path]


@pytest.fixture(scope="module")
def step(small: Small, tmp_path_factory: pytest.TempPathFactory) -> InterviewsAndThemes:
    opened = open_step("1.4", small(tmp_path_factory.mktemp("small")))
    assert isinstance(opened, InterviewsAndThemes)
    return opened


def page(step: InterviewsAndThemes, edition: Edition, html: Html) -> str:
    shown: list[View] = [getattr(step, name)() for name in VIEWS.split()]
    return "".join(html(view, edition) for view in shown)


def test_analyse_counts_interviews_and_departments(step: InterviewsAndThemes) -> None:
    theme = step.tables["themes"].set_index("code").loc["systems_and_it"]
    assert (theme["units"], theme["units_total"], theme["departments"], theme["spontaneous"]) == (3, 4, 2, 3)


def test_findings_follow_back_to_remarks(step: InterviewsAndThemes) -> None:
    finding = next(found for found in step.findings if found.id == "1.4/theme/systems_and_it")
    assert finding.evidence[0].remarks == ("r1", "r2", "r3")


def test_bottom_line_gives_the_team_numbers_and_leadership_a_band(
    step: InterviewsAndThemes, html: Html
) -> None:
    team, leadership = (html(step.bottom_line(), edition) for edition in ("team", "leadership"))
    assert "3 of 4 interviews" in team and "most interviews" in leadership and "3 of 4" not in leadership


def test_quotes_show_leadership_only_what_a_large_pool_could_have_said(
    step: InterviewsAndThemes, html: Html
) -> None:
    shown = html(step.quotes(), "leadership")
    assert "front line, Service" in shown and "approved words" not in shown


def test_page_for_leadership_gives_nobody_away(
    step: InterviewsAndThemes, names: list[str], ids: list[str], html: Html
) -> None:
    shown = page(step, "leadership", html)
    secrets = [*names, "unapproved", "secret", *(f">{name}<" for name in ids)]
    assert [secret for secret in secrets if secret in shown] == []


def test_page_for_the_team_renders_every_view(step: InterviewsAndThemes, html: Html) -> None:
    assert all(html(getattr(step, name)(), "team") for name in VIEWS.split())


def test_hands_on_writes_tables_that_others_read_back(
    step: InterviewsAndThemes, capsys: pytest.CaptureFixture[str]
) -> None:
    step.hands_on()
    assert step.review.table("1.4", "coded_remarks")["remark_id"].tolist() == ["r1", "r2", "r3", "r4"]
    assert "findings of kind theme: 1" in capsys.readouterr().out


def test_without_evidence_the_step_says_what_to_collect(tmp_path: Path, small: Small, html: Html) -> None:
    params = small(tmp_path)
    for name in ("remarks", "codings", "quotes"):
        (tmp_path / "data" / f"{name}.csv").unlink()
    bare = open_step("1.4", params)
    assert bare.tables == {} and "import the notes" in html(bare.bottom_line(), "team")
    assert [name for name in VIEWS.split() if html(getattr(bare, name)(), "leadership")] == ["bottom_line"]


def test_with_customers_alone_every_view_still_speaks(tmp_path: Path, small: Small, html: Html) -> None:
    params = small(tmp_path)
    for table in (tmp_path / "data").glob("*.csv"):
        table.unlink()
    text = "feedback_id,text\n" + "".join(f"f{n},The staff were kind\n" for n in range(6))
    (tmp_path / "data" / "customer_feedback.csv").write_text(text, encoding="utf-8")
    only = open_step("1.4", params)
    assert "6 of 6 customers" in html(only.bottom_line(), "team")
    assert [name for name in VIEWS.split() if not html(getattr(only, name)(), "team")] == []
