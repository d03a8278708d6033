"""Interviews and group sessions: whom they reach, whom they miss, what was agreed with each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewkit.model import LEVELS

from .contacts import Scene

HELD = ("coded", "noted", "held")
_LENGTH = {"one_to_one": 45, "group": 75}


def interviews(scene: Scene, register: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables interviews and participants.

    Every department and level is reached but two cells, left out as a hole for step 1.3 to find.
    """
    rng = scene.rng("interviews")
    wanted = _wanted(scene, rng, register)
    rows, people = [], []
    slots = _slots(scene, len(wanted))
    for i, (kind, members) in enumerate(wanted):
        number = f"I{i + 1:03d}"
        site = register["site"][members[0]]
        rows.append(
            {
                "interview_id": number,
                "kind": kind,
                "planned_at": slots[i],
                "minutes": _LENGTH[kind],
                "site": site,
                "interviewer": "Lead analyst" if i % 2 else "Analyst",
                "status": _status(rng, i / len(wanted)),
            }
        )
        people += [_agreed(rng, number, str(register["stakeholder_id"][member]), kind) for member in members]
    return pd.DataFrame(rows), pd.DataFrame(people)


def _wanted(scene: Scene, rng: np.random.Generator, register: pd.DataFrame) -> list[tuple[str, list[int]]]:
    """Members of each session: a one-to-one for most, a group for about one in five."""
    named = register[register["headcount"] == 1]
    missed = _missed(scene)
    cells = {
        key: list(rng.permutation(rows.index))
        for key, rows in named.groupby(["department", "level", "site"], sort=True)
        if (key[0], key[1]) not in missed
    }
    turns = sorted(cells, key=lambda key: LEVELS.index(str(key[1])))
    # Most people work on the front line, so they get a second turn in each round.
    turns += [key for key in turns if key[1] == "front_line" and key[0] in scene.world.front_line]
    sessions: list[tuple[str, list[int]]] = []
    while len(sessions) < scene.size.interviews and any(cells.values()):
        for key in turns:
            if cells[key] and len(sessions) < scene.size.interviews:
                group = key[1] == "front_line" and len(cells[key]) >= 6 and rng.random() < 0.4
                take = min(int(rng.integers(3, 7)), len(cells[key])) if group else 1
                sessions.append(("group" if group else "one_to_one", [cells[key].pop() for _ in range(take)]))
    order = rng.permutation(len(sessions))
    return [sessions[i] for i in order]


def _missed(scene: Scene) -> set[tuple[str, str]]:
    departments = list(scene.world.departments)
    return {(departments[-1], "front_line"), (departments[2], "team_lead")}


def _slots(scene: Scene, n: int) -> list[pd.Timestamp]:
    """Start times that two interviewers can keep: six a day each, on working days after the data end."""
    first = scene.world.end + pd.Timedelta(days=8)
    days = pd.bdate_range(first, periods=n // 10 + 2)
    hours = (9.0, 10.0, 11.5, 13.5, 15.0)
    return [days[i // 10] + pd.Timedelta(hours=hours[(i % 10) // 2]) for i in range(n)]


def _status(rng: np.random.Generator, position: float) -> str:
    """How far an interview has come: the first ones are coded, the last still planned."""
    if rng.random() < 0.05:
        return "did_not_attend"
    if position > 0.965:
        return "planned"
    if position > 0.93:
        return "invited"
    return "held" if position > 0.9 else "noted" if position > 0.82 else "coded"


def _agreed(rng: np.random.Generator, number: str, person: str, kind: str) -> dict[str, object]:
    on_record = bool(rng.random() < (0.86 if kind == "one_to_one" else 0.93))
    choice = str(rng.choice(["role", "broad", "none"], p=[0.25, 0.62, 0.13])) if on_record else "none"
    return {
        "interview_id": number,
        "stakeholder_id": person,
        "on_record": on_record,
        "attribution": choice,
    }
