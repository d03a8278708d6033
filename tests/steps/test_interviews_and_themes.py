"""Step 1.4 on a small engagement: themes, quotes, and nothing that gives anybody away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.model import Disclosure, Edition
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.interviews_and_themes import InterviewsAndThemes, where
from reviewkit.steps.interviews_and_themes import voices_blocks as blocks
from reviewkit.steps.interviews_and_themes.enough import firmness

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


def said_by(raised: dict[str, int], held: dict[str, int], by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Remarks and codes of one-to-ones, of which so many of each group raise lead quality."""
    rows = [
        (f"{group} {n}", group, n < raised.get(group, 0)) for group, many in held.items() for n in range(many)
    ]
    heard = pd.DataFrame(rows, columns=["unit_id", by, "raises"]).assign(kind="interview")
    coded = heard[heard["raises"]].assign(code="lead_quality", stance="concern")
    return coded, heard


def gate_of(people: dict[str, int], by: str) -> Discloser:
    register = pd.DataFrame({"headcount": list(people.values()), by: list(people)})
    return Discloser(
        Disclosure(), register.assign(**{name: "" for name in ("department", "level") if name != by})
    )


LEVELS = {"senior_leadership": 4, "department_head": 12, "team_lead": 18, "front_line": 118}


def test_a_small_group_left_out_does_not_follow_from_the_count_of_all() -> None:
    # 6 of 70 raise it; a few of the front line and one team lead would leave one or more to four people.
    held = {"senior_leadership": 3, "department_head": 10, "team_lead": 16, "front_line": 41}
    coded, heard = said_by({"senior_leadership": 2, "team_lead": 1, "front_line": 3}, held, "level")
    names, gate = {"lead_quality": "Lead quality"}, gate_of(LEVELS, "level")
    shown = blocks.raised_by(
        coded, heard, names, gate, "leadership", "level", kind="interview", caption="By level"
    ).html()
    assert "department head and senior leadership" in shown
    assert shown.count("a few") == 2 + 1  # front line, those put together, and the note on bands


def test_groups_too_small_even_with_all_others_are_not_shown() -> None:
    coded, heard = said_by({"front_line": 2}, {"front_line": 3, "team_lead": 1}, "level")
    gate = gate_of({"front_line": 12, "team_lead": 2}, "level")
    shown = blocks.raised_by(
        coded, heard, {"lead_quality": "Lead quality"}, gate, "leadership", "level",
        kind="interview", caption="By level",
    ).html()  # fmt: skip
    assert "Too few people in any group" in shown


@pytest.mark.parametrize(("rest", "named"), [(3, False), (30, True)])
def test_what_stands_out_is_not_told_where_the_rest_are_few(rest: int, named: bool) -> None:
    found = pd.DataFrame({"group": ["front_line"], "code": ["lead_quality"], "firm": [True]})
    gate = gate_of({"front_line": 12, "team_lead": rest}, "level")
    shown = where.outstanding({"level": found}, {"lead_quality": "Lead quality"}, gate, "leadership").html()
    assert ("Lead quality" in shown) == named


def test_tables_of_concerns_say_what_they_are_ordered_by(step: InterviewsAndThemes, html: Html) -> None:
    assert "concerns, most raised unprompted first" in html(step.concerns(), "leadership")
    assert "suggestions count as concerns" in html(step.concerns(), "leadership")
    assert "The concern raised, with suggestions" in html(step.by_source(), "team")


def test_bands_are_explained_only_where_there_are_bands() -> None:
    found = pd.DataFrame({"code": ["a", "b"], "source": "customer_feedback", "units": 6, "units_total": 9})
    names, gate = {"a": "Pay", "b": "Noise"}, gate_of(LEVELS, "level")
    assert "in bands" not in where.by_source(found, names, gate, "leadership").html()
    heard = found.assign(source="one_to_one")
    assert "most (more than half)" in where.by_source(heard, names, gate, "leadership").html()


def test_one_concern_alone_is_not_said_to_be_ranked() -> None:
    one = pd.DataFrame({"name": ["Pay"], "rank": [1], "rank_worst": [1], "firm": [True]})
    assert firmness(one) == "One concern alone was raised often enough to be ranked."


def test_departments_of_few_people_count_as_one() -> None:
    names = ["Ops", "Ops", "Finance", "HR", "Board", "", "Elsewhere"]
    said = pd.DataFrame({"department": names, "unit_id": list("abcdefg")}, index=[5] * 7)
    gate = gate_of({"Ops": 90, "Finance": 3, "HR": 2, "Board": 4}, "department")
    counted = blocks.counted_departments(said, gate, said)["department"].tolist()
    assert counted == ["Ops", "Ops", *["other departments"] * 3, "", "other departments"]
    known = blocks.counted_departments(said, gate_of({}, "department"), said)["department"]
    assert known.tolist()[2] == "Finance"


def test_a_large_group_heard_in_one_interview_joins_the_others() -> None:
    said = pd.DataFrame({"department": ["Ops", "Ops", "IT", "IT", "HR"], "unit_id": list("abccd")})
    gate = gate_of({"Ops": 90, "IT": 40, "HR": 30}, "department")
    merged = blocks.merged_groups(said, gate, "department", said)["department"].tolist()
    assert merged == ["Ops", "Ops", *["other departments"] * 3]
