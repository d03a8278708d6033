"""Leadership: whose rating counts, which route fits, what comes first."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.content import load_competencies
from reviewkit.findings import begin_with, capability_by, capability_gaps


def gaps(competency: str, manager: float, team: float, raters: int = 8, **facts: object) -> pd.Series:
    rated = pd.DataFrame(
        {
            "stakeholder_id": ["s1"],
            "competency": [competency],
            "needed": [4.0],
            "self_rating": [4.5],
            "manager_rating": [manager],
            "team_rating": [team],
            "team_raters": [raters],
        }
    )
    known = {
        "stakeholder_id": ["s1"],
        "desire_to_lead": [4.0],
        "years_to_retirement": [10.0],
        "successor_ready": [False],
    }
    people = pd.DataFrame(
        {"stakeholder_id": ["s1"], "department": ["Service"], "level": ["team_lead"], "site": [""]}
    )
    leaders = pd.DataFrame(known | {name: [value] for name, value in facts.items()})
    return capability_gaps(rated, leaders, people, load_competencies()).iloc[0]


def test_capability_gaps_few_raters_do_not_count() -> None:
    assert gaps("coaching", 3.0, 1.0, raters=4)["assessed"] == 3.0
    assert gaps("coaching", 3.0, 1.0, raters=5)["assessed"] == 2.0


@pytest.mark.parametrize(
    ("competency", "manager", "facts", "route"),
    [
        ("coaching", 2.0, {}, "training"),
        ("coaching", 3.2, {}, "coaching"),
        ("coaching", 3.8, {}, ""),
        ("empathy", 2.0, {}, "move"),
        ("empathy", 3.2, {"desire_to_lead": 1.0}, "move"),
        ("empathy", 2.0, {"years_to_retirement": 2.0}, "hiring"),
    ],
)
def test_capability_gaps_route(competency: str, manager: float, facts: dict[str, object], route: str) -> None:
    assert gaps(competency, manager, manager, **facts)["route"] == route


def test_begin_with_needs_a_sure_gap() -> None:
    table = pd.DataFrame(
        {
            "stakeholder_id": list("abcdef"),
            "name": ["Coaching"] * 3 + ["Empathy"] * 3,
            "level": "team_lead",
            "needed": 4.0,
            "assessed": [2.5, 2.4, 2.6, 4.4, 2.0, 3.5],
            "gap": [1.5, 1.6, 1.4, -0.4, 2.0, 0.5],
            "kind": "teachable",
        }
    )
    assert begin_with(capability_by(table))["name"].tolist() == ["Coaching"]
