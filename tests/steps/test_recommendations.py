"""Recommendations on a review with voices alone: chosen, reasoned, and disclosing nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.evidence.store import open_store
from reviewkit.model import Edition, read_engagement
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.recommendations import Recommendations

VIEWS = (
    "bottom_line",
    "first_few",
    "by_action_area",
    "effects",
    "whom",
    "impact_and_effort",
    "returns",
    "stop_list",
)
VIEWS += ("conclude", "support", "not_recommended", "decisions")
Html = Callable[[View, Edition], str]


@pytest.fixture(scope="module")
def params(tmp_path_factory: pytest.TempPathFactory, small: Callable[[Path], Path]) -> Path:
    return small(tmp_path_factory.mktemp("recommended"))


@pytest.fixture(scope="module")
def step(params: Path) -> Recommendations:
    opened = open_step("3.1", params)
    assert isinstance(opened, Recommendations)
    return opened


def test_page_recommends_what_answers_the_concern(step: Recommendations) -> None:
    table = step.tables["recommendations"]
    assert len(table) >= 2
    assert set(table["measure"]) == {"theme:systems_and_it"}


@pytest.mark.parametrize("edition", ["team", "leadership"])
def test_page_every_view_renders_for_its_editions(
    step: Recommendations, html: Html, edition: Edition
) -> None:
    assert all(html(getattr(step, name)(), edition) for name in VIEWS)


def test_page_leadership_sees_no_name_no_id_and_no_count_of_people(
    step: Recommendations, html: Html, names: list[str], ids: list[str]
) -> None:
    shown = re.sub(r"<[^>]+>", " ", "".join(html(getattr(step, name)(), "leadership") for name in VIEWS))
    assert [word for word in [*names, *ids] if re.search(rf"\b{word}\b", shown)] == []
    assert "unapproved" not in shown


def test_page_statements_link_to_their_evidence(step: Recommendations, html: Html) -> None:
    shown = html(step.first_few(), "leadership")
    first = step.tables["recommendations"].query("first")["recommendation_id"].iloc[0]
    assert f'data-finding="{first}"' in shown
    assert all(finding.evidence for finding in step.findings)


def test_page_decisions_show_role_and_dissent(
    tmp_path: Path, small: Callable[[Path], Path], html: Html
) -> None:
    path, kept = small(tmp_path), "3.1/recommendation/three_priorities"
    text = (
        f"finding_id,decision,role,dissent,decided_on\n{kept},agreed,Sponsor,Finance would wait.,2025-03-20\n"
        "3.1/recommendation/gone_for_good,agreed,Board,,2025-03-21\n"
    )
    (tmp_path / "data" / "decisions.csv").write_text(text, encoding="utf-8")
    opened = open_step("3.1", path)
    assert isinstance(opened, Recommendations)
    shown = html(opened.decisions(), "leadership")
    assert "Finance would wait." in shown and "Sponsor" in shown and "no longer lead to it" in shown
    assert "“gone for good” was agreed by Board on 21 March 2025; this run does not make it." in shown
    told = html(opened.bottom_line(), "leadership")
    assert "2 recommendations agreed earlier ask to be looked at again; nothing agreed was changed." in told


def test_page_says_the_rule_for_the_few_and_what_cannot_be_concluded(
    step: Recommendations, html: Html
) -> None:
    assert "At most 4 come first" in html(step.first_few(), "leadership")
    assert "No performance data was given" in html(step.conclude(), "leadership")


def test_hands_on_names_what_it_made(step: Recommendations, capsys: pytest.CaptureFixture[str]) -> None:
    step.hands_on()
    assert capsys.readouterr().out.startswith(f"recommendations: {len(step.tables['recommendations'])} rows")


def test_page_lists_estimates_beside_the_library_and_says_which_are_out_of_date(
    step: Recommendations, tmp_path: Path, small: Callable[[Path], Path], html: Html
) -> None:
    params, name = small(tmp_path), str(step.tables["recommendations"]["recommendation_id"].iloc[0])
    with open_store(read_engagement(params), params) as store:
        row = {"recommendation": name, "effort": 1, "role": "Lead", "reason": "A form <b>less</b>"}
        gone = row | {"recommendation": "3.1/recommendation/no_longer_there"}
        store.put("estimates", [row | {"seen": "effect 1"}, gone], by="Lead")
    again = open_step("3.1", params)
    assert isinstance(again, Recommendations)
    mine = again.tables["recommendations"].set_index("recommendation_id").loc[name]
    shown = html(again.impact_and_effort(), "leadership")
    assert mine["effort"] == 1 and "Effort 1, by Lead: A form &lt;b&gt;less&lt;/b&gt;" in shown
    assert mine["library_says"] in shown and "not recommended in this run: no longer there" in shown
    assert "1 estimate rests on what library and tests said earlier." in " ".join(again.answer("leadership"))
