"""Step 2.5: fair figures, and individuals only for those who may see them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.findings.people.compared import fair_rates
from reviewkit.findings.people.standing import standings
from reviewkit.model import Disclosure
from reviewkit.present.view import MIME
from reviewkit.steps.people_performance import PeoplePerformance
from reviewkit.steps.people_performance.blocks import teams_shown
from reviewkit.steps.people_performance.fairness import kept_back
from reviewkit.steps.people_performance.findings import finding, standing_words
from reviewkit.steps.workbench import open_review

VIEWS = [
    "bottom_line",
    "fairness",
    "agents",
    "distribution",
    "team_figures",
    "objective_and_subjective",
    "goals",
]
VIEWS += ["goals_to_rewrite", "feedback", "recognise", "support"]


@pytest.fixture(scope="module")
def centre(root: Path) -> PeoplePerformance:
    return PeoplePerformance(open_review(root / "params" / "contact_centre.yaml"))


@pytest.mark.parametrize("name", VIEWS)
def test_leadership_sees_no_individual(centre: PeoplePerformance, name: str) -> None:
    shown = getattr(centre, name)()._repr_mimebundle_()[MIME]
    place = shown["editions"].get("leadership")
    html = "" if place is None else shown["html"][place]
    agents = centre.tables["people"]["agent"].unique()
    assert len(agents) > 10
    assert not [agent for agent in agents if agent in html]


def test_findings_about_people_are_personal(centre: PeoplePerformance) -> None:
    people = [finding for finding in centre.findings if finding.kind == "person"]
    assert people
    assert all(finding.personal and "leadership" not in finding.audience for finding in people)


def cells(rows: list[tuple[str, str, str, int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["agent", "site", "reason", "resolved_n", "resolved_sum"])
    return frame.assign(team="t", readiness="")


def test_fair_rates_allow_for_case_mix() -> None:
    rows = [
        ("a", "s", "easy", 90, 81),
        ("a", "s", "hard", 10, 5),
        ("b", "s", "easy", 10, 9),
        ("b", "s", "hard", 90, 45),
    ]
    found = fair_rates(cells(rows)).set_index("agent")
    assert found.loc["a", "rate"] > found.loc["b", "rate"] + 20
    assert found.loc["a", "adjusted"] == pytest.approx(found.loc["b", "adjusted"])


def test_fair_rates_do_not_blame_agents_for_their_site() -> None:
    rows = [(name, "good", "r", 400, 320) for name in "ab"] + [(name, "poor", "r", 400, 200) for name in "cd"]
    assert set(standings(fair_rates(cells(rows)))["standing"]) == {""}


def test_fair_rates_leave_out_few_contacts() -> None:
    found = fair_rates(cells([("a", "s", "r", 100, 50), ("b", "s", "r", 100, 60), ("c", "s", "r", 29, 29)]))
    assert set(found["agent"]) == {"a", "b"}


def test_standings_scores_alone_decide_about_nobody() -> None:
    rates = pd.DataFrame(
        {"agent": ["a"], "measure": ["csat"], "lower": [1.0], "upper": [2.0], "centre": [4.0]}
    )
    assert standings(rates)["standing"].tolist() == [""]


def test_a_team_that_a_site_would_give_away_is_hidden_with_the_next() -> None:
    teams = pd.DataFrame(
        {
            "measure": "m",
            "site": ["A", "A", "B", "B"],
            "team": ["A1", "A2", "B1", "B2"],
            "agents": [5, 4, 6, 7],
        }
    )
    assert teams_shown(teams, 5)["team"].tolist() == ["B1", "B2"]
    assert len(teams_shown(teams, 1)) == 4


def test_the_number_judged_does_not_give_away_how_few_are_not() -> None:
    gone = pd.DataFrame({"measure": "handle_time", "agent": ["a", "b"], "why": "few"})
    telling = finding("fairness", "handle_time", "12 of 53 agents", {"agents": 53}, 53, "rule")
    plain = finding("fairness", "csat", "2 of 40 agents", {"agents": 40}, 40, "rule")
    alone = finding("fairness", "x", "all 53", {"agents": 53}, 53, "rule", ("leadership",))
    kept = {one.subject: one.audience for one in kept_back([telling, plain, alone], gone, 55, 5)}
    assert "leadership" not in kept["handle_time"] and "team" in kept["handle_time"]
    assert "leadership" in kept["csat"] and "x" not in kept


def test_those_not_judged_are_among_the_agents_that_standings_are_told_of(centre: PeoplePerformance) -> None:
    gate = centre.review.discloser
    (text,) = standing_words(centre.tables["people"], gate, "leadership", 75)
    assert "of 75 agents" in text


def test_managers_read_as_many_as_they_see_named(centre: PeoplePerformance) -> None:
    people = [finding for finding in centre.findings if finding.kind == "person"]
    named = sum(finding.figures["standing"] == "recognise" for finding in people)
    answer = {edition: centre.answer(edition)[0] for edition in ("managers", "leadership")}
    assert f"{named} of 72 agents stand" in answer["managers"]
    assert "a few of 72 agents stand" in answer["leadership"]


@pytest.mark.parametrize("edition", ["team", "leadership", "managers"])
def test_what_is_told_in_numbers_is_not_told_again_in_bands(centre: PeoplePerformance, edition: str) -> None:
    for view in (centre.fairness(), centre.objective_and_subjective()):
        shown = view._repr_mimebundle_()[MIME]
        page = shown["html"][shown["editions"][edition]]
        for words in ("would lie beyond plain", "by more than the general pattern"):
            assert page.count(words) <= 1


def test_the_period_of_the_contacts_is_named(centre: PeoplePerformance) -> None:
    for view in (centre.distribution(), centre.team_figures()):
        assert all("12 months to 31 August 2025" in page for page in view._repr_mimebundle_()[MIME]["html"])


def test_one_who_stands_out_stands_out() -> None:
    rates = pd.DataFrame({"agent": list("abcdefg"), "measure": "first_contact_resolution",
                          "standing": ["recognise", *[""] * 6]})  # fmt: skip
    (text,) = standing_words(rates, Discloser(Disclosure(), pd.DataFrame()), "team")
    assert text.startswith("Judged on like cases, 1 of 7 agents stands out for recognition; for 0 of 7")


def test_leadership_reads_long_tables_on_demand(centre: PeoplePerformance) -> None:
    shown = centre.agents()._repr_mimebundle_()[MIME]["html"][0]
    assert shown.count("<table") == shown.count('<details class="rk-more">') > 2
