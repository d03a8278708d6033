"""Leadership: whose rating counts, how sure a gap is, which route fits, what comes first."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.content import load_codebook, load_competencies
from reviewkit.findings import begin_with, capability_by, capability_gaps
from reviewkit.findings.leadership.capability import contract_relevance
from reviewkit.findings.leadership.facts import aligned_goals, desire, gap_by_basis, succession
from reviewkit.findings.leadership.rules import leadership_rules
from reviewkit.model import Measure

PEOPLE = pd.DataFrame(
    {"stakeholder_id": ["s1"], "department": ["Service"], "level": ["team_lead"], "site": [""]}
)
FACTS = {
    "stakeholder_id": ["s1"],
    "desire_to_lead": [4.0],
    "years_to_retirement": [10.0],
    "successor_ready": [False],
}


def rating(competency: str = "coaching", **changed: object) -> pd.DataFrame:
    row = {"stakeholder_id": "s1", "competency": competency, "needed": 4.0, "self_rating": 4.5}
    return pd.DataFrame([row | {"manager_rating": 3.0, "team_rating": 3.0, "team_raters": 8} | changed])


def gaps(competency: str, manager: float, team: float, raters: int = 8, **facts: object) -> pd.Series:
    rated = rating(competency, manager_rating=manager, team_rating=team, team_raters=raters)
    leaders = pd.DataFrame(FACTS | {name: [value] for name, value in facts.items()})
    return capability_gaps(rated, leaders, PEOPLE, load_competencies()).iloc[0]


def of(rated: pd.DataFrame) -> pd.Series:
    return capability_gaps(rated, pd.DataFrame(FACTS), PEOPLE, load_competencies()).iloc[0]


def test_capability_gaps_few_raters_do_not_count() -> None:
    assert gaps("coaching", 3.0, 1.0, raters=4)["assessed"] == 3.0
    assert gaps("coaching", 3.0, 1.0, raters=5)["assessed"] == 2.0


def test_capability_gaps_show_no_team_rating_of_few() -> None:
    row = gaps("coaching", 3.0, 1.0, raters=4)
    assert pd.isna(row["team_rating"]) and row["raters"] == 0


@pytest.mark.parametrize(("own", "view"), [(4.0, "above"), (3.5, "in line"), (2.0, "below"), (None, "")])
def test_capability_gaps_tell_the_own_view_from_others(own: float | None, view: str) -> None:
    assert of(rating(self_rating=own).astype({"self_rating": "float64"}))["own_view"] == view


def test_capability_gaps_take_the_need_of_the_level_where_none_is_on_file() -> None:
    row = of(rating(needed=None).astype({"needed": "float64"}))
    assert (row["needed"], row["needed_from"]) == (leadership_rules().needs["coaching"]["team_lead"], "level")


def test_capability_gaps_without_pairs_of_ratings_have_no_interval() -> None:
    assert pd.isna(of(rating())["lower"])


def test_gap_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Managers and members of teams err alike and independently; the interval knows only their ratings."""
    random, n, k = np.random.default_rng(2), 600, 6
    truth = random.uniform(2, 4, n)
    ids = [f"s{i}" for i in range(n)]
    rated = pd.DataFrame(
        {"stakeholder_id": ids, "competency": "coaching", "needed": 4.0, "self_rating": truth}
    )
    rated = rated.assign(
        manager_rating=truth + random.normal(0, 0.5, n),
        team_rating=truth + random.normal(0, 0.5, (n, k)).mean(axis=1),
        team_raters=np.where(np.arange(n) % 3, k, 0),
    )
    found = capability_gaps(rated, pd.DataFrame(FACTS), PEOPLE, load_competencies())
    real = 4 - found["stakeholder_id"].map(dict(zip(ids, truth, strict=True)))
    assert 0.92 <= ((found["lower"] <= real) & (real <= found["upper"])).mean() <= 0.98
    alone = found["basis"].eq("manager")
    width = found["upper"] - found["lower"]
    assert width[alone].mean() > width[~alone].mean()


@pytest.mark.parametrize(
    ("competency", "manager", "facts", "route"),
    [
        ("coaching", 2.0, {}, "training"),
        ("coaching", 3.2, {}, "coaching"),
        ("coaching", 3.8, {}, ""),
        ("empathy", 2.0, {}, "move"),
        ("empathy", 3.2, {}, "coaching"),
        ("integrity", 3.2, {}, "hiring"),
        ("integrity", 2.0, {}, "move"),
        ("empathy", 3.2, {"desire_to_lead": 1.0}, "move"),
        ("empathy", 2.0, {"years_to_retirement": 2.0}, "hiring"),
        ("empathy", 3.2, {"years_to_retirement": 2.0, "successor_ready": True}, "coaching"),
    ],
)
def test_capability_gaps_route(competency: str, manager: float, facts: dict[str, object], route: str) -> None:
    assert gaps(competency, manager, manager, **facts)["route"] == route


def test_the_page_states_every_rule_that_routes_are_made_by() -> None:
    sentences = " ".join(leadership_rules().sentences())
    assert all(route.route.capitalize() in sentences for route in leadership_rules().routes)
    assert f"{leadership_rules().large:g}" in sentences


def group(name: str, gaps: list[float], **more: object) -> pd.DataFrame:
    ids = [f"{name}{n}" for n in range(len(gaps))]
    frame = pd.DataFrame(
        {"stakeholder_id": ids, "name": name, "level": "team_lead", "needed": 4.0, "gap": gaps}
    )
    return frame.assign(assessed=4 - frame["gap"], kind="teachable", **more)


def test_begin_with_needs_a_sure_gap() -> None:
    table = pd.concat([group("Coaching", [1.5, 1.6, 1.4]), group("Empathy", [-0.4, 2.0, 0.5])])
    assert begin_with(capability_by(table))["name"].tolist() == ["Coaching"]


def test_begin_with_ranks_by_people_gap_and_relevance() -> None:
    table = pd.concat([group("A", [1.5, 1.6, 1.4], led=2), group("B", [1.0, 1.1, 1.2], led=9)])
    ranked = begin_with(capability_by(table))
    assert ranked["name"].tolist() == ["B", "A"]
    assert ranked["priority"].tolist() == pytest.approx([27 * 1.1, 6 * 1.5])
    weighed = begin_with(capability_by(table).assign(relevance=lambda t: t["name"].map({"A": 1.0, "B": 0.1})))
    assert weighed["name"].tolist() == ["A", "B"]


def test_people_count_those_led_by_leaders_who_are_short() -> None:
    table = group("A", [1.5, 0.1], led=7)
    assert capability_by(table)["people"].tolist() == [7]


def test_contract_relevance_follows_themes_to_measures() -> None:
    measure = Measure(id="m", name="M", unit="percent", direction="increase", table="kpis",
                      numerator="sum(numerator)", contract_kpi=True, codes=("training_gap",))  # fmt: skip
    found = contract_relevance(["coaching", "integrity"], load_codebook(), [measure])
    assert found == {"coaching": 1.0, "integrity": 0.5}


def test_every_competency_has_needs_and_themes_that_exist() -> None:
    rules, codes = leadership_rules(), load_codebook().codes
    assert set(rules.needs) == set(rules.bears_on) == set(load_competencies())
    assert {code for bears in rules.bears_on.values() for code in bears} <= set(codes)


def test_desire_leaves_out_a_teams_answer_of_few() -> None:
    leaders = pd.DataFrame({"stakeholder_id": ["s1"], "desire_to_lead": [5.0], "team_answer": [2.0]})
    few = desire(leaders, PEOPLE, rating(team_raters=4)).iloc[0]
    enough = desire(leaders, PEOPLE, rating(team_raters=5)).iloc[0]
    assert pd.isna(few["team_answer"]) and few["hidden"] and not few["apart"]
    assert (enough["team_answer"], enough["difference"], enough["apart"]) == (2.0, 3.0, True)


def test_desire_of_unknown_numbers_is_left_out() -> None:
    leaders = pd.DataFrame({"stakeholder_id": ["s1"], "desire_to_lead": [5.0], "team_answer": [2.0]})
    assert desire(leaders, PEOPLE)["hidden"].tolist() == [True]
    assert desire(leaders.assign(team_raters=6), PEOPLE)["hidden"].tolist() == [False]


def test_succession_tells_not_ready_from_not_known() -> None:
    leaders = pd.DataFrame({"stakeholder_id": ["s1", "s2", "s3", "s4"], "years_to_retirement": [1, 2, 3, 9]})
    leaders["successor_ready"] = pd.array([True, None, False, False], dtype="boolean")
    assert succession(leaders, PEOPLE)["risk"].tolist() == ["covered", "unknown", "high"]


def test_gap_by_basis_counts_each_leader_once() -> None:
    table = pd.concat([group("A", [1.0, 2.0]), group("A", [3.0, 2.0])])
    leaders = pd.DataFrame({"stakeholder_id": ["A0", "A1"], "promoted_on": "vacancy"})
    assert gap_by_basis(table, leaders)[["leaders", "gap"]].values.tolist() == [[2, 2.0]]


def test_aligned_goals_are_those_of_leaders() -> None:
    read = pd.DataFrame(
        {
            "owner": ["a", "b", "c"],
            "level": ["team_lead", "team_lead", "front_line"],
            "points_at": ["fcr", "", "fcr"],
        }
    ).assign(kind=["both", "task", "result"])
    row = aligned_goals(read, ["fcr"]).iloc[0]
    assert (row["goals"], row["measured"], row["contract"], row["results"], row["tasks"]) == (2, 1, 1, 1, 1)
