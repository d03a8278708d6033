"""Step 2.4: planted gaps are found; the leadership edition lets nobody be found or worked out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import Disclosure, Edition, read_engagement
from reviewkit.present.view import View
from reviewkit.steps.leadership_capability import LeadershipCapability
from reviewkit.steps.leadership_capability.blocks import views_table
from reviewkit.steps.leadership_capability.facts_blocks import counted_table, goals_block
from reviewkit.steps.review import Review
from reviewkit.voices.partnering import exposed

ROOT = Path(__file__).parents[2]
Html = Callable[[View, Edition], str]
GATE = Discloser(Disclosure(), pd.DataFrame(columns=["name", "department", "level", "headcount"]))


@pytest.fixture(scope="module")
def step(tmp_path_factory: pytest.TempPathFactory) -> LeadershipCapability:
    params, folder = ROOT / "params" / "contact_centre.yaml", tmp_path_factory.mktemp("contact_centre")
    engagement = read_engagement(params)
    write_snapshot(engagement, params, folder / "evidence")
    return LeadershipCapability(Review(engagement, EvidenceSet(engagement, folder / "evidence"), folder))


def shown(step: LeadershipCapability, html: Html, edition: Edition) -> str:
    names = [name for name, member in vars(LeadershipCapability).items() if hasattr(member, "__wrapped__")]
    views = [getattr(step, name)() for name in names if not isinstance(getattr(type(step), name), property)]
    return "".join(html(view, edition) for view in views if isinstance(view, View))


@pytest.mark.slow
def test_planted_gaps_are_the_ones_to_begin_with(step: LeadershipCapability) -> None:
    first = step.first_gaps("managers")
    pairs = list(zip(first["name"], first["department"], first["level"], strict=True))
    assert pairs[0] == ("Coaching", "Operations", "team_lead")
    assert ("Goal setting", "Marketing", "department_head") in pairs
    assert first.loc[0, "lower"] <= 1.4 <= first.loc[0, "upper"]


@pytest.mark.slow
def test_leadership_reads_no_leader(step: LeadershipCapability, html: Html) -> None:
    page, register = shown(step, html, "leadership"), step.stakeholders
    leaders = register[register["stakeholder_id"].isin(step.leaders["stakeholder_id"])]
    assert page and "Personal" not in page
    assert not [name for name in leaders["name"].dropna() if name in page]
    assert not [one for one in leaders["stakeholder_id"] if re.search(rf"\b{one}\b", page)]
    assert "Personal: gaps by leader" in shown(step, html, "managers")


@pytest.mark.slow
def test_subtracting_what_leadership_reads_leaves_no_small_group(step: LeadershipCapability) -> None:
    """All, levels and leaders whose teams rated them: no sum or difference of these is a few leaders."""
    levels = step.shown(("name", "level"))
    for name, part in step.tables["capability_gaps"].groupby("name"):
        frame = part.assign(team=part["team_rating"].notna().astype(str)).reset_index(drop=True)
        published = [pd.Series(True, index=frame.index), frame["team"].eq("True")]
        published += [frame["level"].eq(level) for level in levels.loc[levels["name"].eq(name), "level"]]
        assert exposed(frame, published, 5, ("level", "team")) == []


@pytest.mark.slow
def test_goals_of_leaders_agree_with_step_2_5(step: LeadershipCapability) -> None:
    from reviewkit.steps.people_performance.development_inputs import DevelopmentInputs

    other = DevelopmentInputs(step.review).goals
    assert step.goals["points_at"].tolist() == other["points_at"].tolist()
    assert step.goals["kind"].tolist() == other["kind"].tolist()


def rated(teams: int, leaders: int = 12) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"stakeholder_id": [f"s{n}" for n in range(leaders)], "name": "Coaching", "needed": 4.0}
    )
    frame = frame.assign(self_rating=4.0, manager_rating=3.0, own_view="above")
    return frame.assign(team_rating=[2.5 if n < teams else None for n in range(leaders)])


@pytest.mark.parametrize(("teams", "there"), [(3, False), (6, True), (10, False), (12, True)])
def test_a_teams_view_of_a_few_or_of_all_but_a_few_is_left_out(teams: int, there: bool) -> None:
    assert ("2.5" in views_table(rated(teams), GATE, "leadership").html()) == there
    assert "2.5" in views_table(rated(teams), GATE, "managers").html()


def test_a_small_count_is_not_told_by_the_exact_ones_beside_it() -> None:
    table = pd.DataFrame({"value": ["a", "b"], "leaders": [20, 3], "share": [0.87, 0.13]})
    html = counted_table(table, "Basis", {}, GATE, "leadership").html()
    assert "20" not in html and "a few" in html


def test_levels_in_bands_hide_the_total_too() -> None:
    row = {
        "level": "team_lead",
        "goals": 20,
        "owners": 12,
        "measured": 12,
        "contract": 9,
        "results": 12,
        "tasks": 8,
    }
    head = row | {"level": "department_head", "goals": 9, "owners": 6, "contract": 1}
    html = goals_block(pd.DataFrame([row, head]), GATE, "leadership").html()
    assert not re.search(r"\d+ of \d+", html)
    assert re.search(r"10 of 29", goals_block(pd.DataFrame([row, head]), GATE, "managers").html())
