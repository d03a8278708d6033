"""The register of people: who works where, at which level, for whom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from reviewkit.model import LEVELS, read_yaml

from .noise import generator
from .world import HEAD_OFFICE, DepartmentPlan, Size, World

NAMES = Path(__file__).parent / "corpus" / "names.yaml"
_TENURE = {"senior_leadership": 7.0, "department_head": 6.0, "team_lead": 4.0, "front_line": 2.6}

Person = dict[str, object]


def stakeholders(world: World, size: Size, seed: int) -> pd.DataFrame:
    """Return the register: one row a person, one for each group registered together."""
    rng = generator(seed, "stakeholders")
    people = _executives(world)
    for name, plan in world.departments.items():
        people += _department(name, plan, len(people))
    people += _delivery(world, size, len(people))
    table = pd.DataFrame(people)
    table["name"] = _names(rng, len(table))
    means = table["level"].map(_TENURE).to_numpy(dtype=float)
    table["tenure_years"] = np.clip(rng.gamma(2.0, means / 2), 0.1, 24).round(1)
    return pd.concat([table, _groups(world)], ignore_index=True)


def _person(number: int, department: str, level: str, role: str, **more: object) -> Person:
    person: Person = {"stakeholder_id": f"P{number + 1:03d}", "department": department, "level": level}
    return person | {"role": role, "site": HEAD_OFFICE, "team": "", "headcount": 1, "reports_to": ""} | more


def _executives(world: World) -> list[Person]:
    roles = enumerate(world.executives)
    return [_person(i, "Executive", LEVELS[0], role, reports_to="P001" if i else "") for i, role in roles]


def _department(name: str, plan: DepartmentPlan, first: int) -> list[Person]:
    if name == "Executive":
        return []
    people: list[Person] = []
    titles = ("", f"Head of {name}", f"{name} team leader", plan.role)
    for level, count, title in zip(LEVELS, plan.people, titles, strict=True):
        bosses = [str(person["stakeholder_id"]) for person in people if person["level"] != level] or ["P001"]
        for i in range(count):
            boss = bosses[max(1, i % len(bosses)) if len(bosses) > 1 else 0]
            people.append(_person(first + len(people), name, level, title, reports_to=boss))
    return people


def _delivery(world: World, size: Size, first: int) -> list[Person]:
    people: list[Person] = []
    agents = min(world.agents_per_team, size.agents_per_team)
    for site, plan in world.sites.items():
        where: dict[str, object] = {"site": site, "reports_to": "P002"}
        head = _person(first + len(people), world.delivery, LEVELS[1], world.head_role, **where)
        people.append(head)
        for i in range(plan.teams):
            where = {"site": site, "team": f"{site} {i + 1}", "reports_to": head["stakeholder_id"]}
            number = first + len(people)
            lead = _person(number, world.delivery, LEVELS[2], world.lead_role, **where)
            where["reports_to"] = lead["stakeholder_id"]
            people.append(lead)
            for k in range(agents):
                people.append(_person(number + 1 + k, world.delivery, LEVELS[3], world.agent_role, **where))
    return people


def _groups(world: World) -> pd.DataFrame:
    rows = [group.model_dump() | {"stakeholder_id": f"G{i + 1:02d}"} for i, group in enumerate(world.groups)]
    return pd.DataFrame(rows)


def _names(rng: np.random.Generator, n: int) -> list[str]:
    """Return ``n`` different full names; first names are shared by few, as in life."""
    pool = read_yaml(NAMES)[0]
    pairs = [f"{first} {last}" for first in pool["first"] for last in pool["last"]]
    return [pairs[i] for i in rng.permutation(len(pairs))[:n]]


def agents(register: pd.DataFrame, world: World) -> pd.DataFrame:
    """Return the people of the delivery department's front line who have a team."""
    mask = (register["department"] == world.delivery) & (register["level"] == "front_line")
    return register[mask & register["team"].fillna("").ne("")].reset_index(drop=True)
