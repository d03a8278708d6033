"""What people say in interviews: themes planted by department, level and site; some of it off the topic."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from .contacts import Scene
from .interviews import HELD
from .planted import Voice
from .speech import Speaker, aside, can_say, remark

OFF_TOPIC = 0.05
Record = dict[Hashable, Any]
_OPEN = ("works_well", "one_change", "better_year", "challenges", "efforts", "advice", "best_work")
QUESTIONS = {
    "training_gap": ("resources_missing", "best_tools"),
    "systems_and_it": ("systems_better", "hinder"),
    "staffing_and_workload": ("resources_missing",),
    "resource_constraint": ("resources_first", "resources_missing"),
    "process_and_tools": ("hinder", "done_twice"),
    "communication_between_teams": ("told_late", "other_team"),
    "recognition": ("support_thanks",),
    "feedback_to_staff": ("support_feedback", "see_results"),
    "bureaucracy_and_rules": ("rule_stop", "partner_trust"),
    "customer_journey": ("journey_describe", "journey_departs"),
    "handoffs_and_coordination": ("bottleneck", "other_team"),
    "misaligned_goals": ("goal_conflict", "goals_known"),
    "strategy": ("strategy_words", "strategy_gap"),
    "knowledge_of_the_landscape": ("contract_terms", "contract_differences"),
    "management_information": ("see_results", "systems_blind"),
    "information_to_customers": ("unmet", "value"),
    "waiting_and_access": ("satisfaction", "customers_say"),
    "staff_attitude_and_care": ("value", "works_well"),
    "management_support": ("lead_helps", "works_well"),
    "lead_quality": ("other_team", "promised"),
    "marketing_materials": ("promised",),
    "operational_inefficiency": ("bottleneck", "done_twice"),
}
"""Questions of the bank that ask for a theme; others are open."""

_PURPOSE = {"strategy", "misaligned_goals", "knowledge_of_the_landscape", "culture"}
_OUTCOME = {
    "customer_journey",
    "waiting_and_access",
    "handoffs_and_coordination",
    "lead_quality",
    "information_to_customers",
    "dignity_and_respect",
    "staff_attitude_and_care",
}


def suiting(voices: tuple[Voice, ...], department: str, level: str, site: str) -> list[Voice]:
    """Return the voices that people of a department, level and site raise."""
    return [
        voice
        for voice in voices
        if (not voice.departments or department in voice.departments)
        and (not voice.levels or level in voice.levels)
        and (not voice.sites or site in voice.sites)
    ]


def remarks(
    scene: Scene, register: pd.DataFrame, sessions: pd.DataFrame, people: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the remarks table, and what each remark truly says: ``remark_id, code, stance, prompting``."""
    rng = scene.rng("remarks")
    persons = register.set_index("stakeholder_id").to_dict("index")
    names = tuple(register["name"].dropna())
    said: set[str] = set()
    rows: list[dict[str, object]] = []
    truth: list[dict[str, str]] = []
    for session in sessions[sessions["status"].isin(HELD)].itertuples():
        members = people[people["interview_id"] == session.interview_id].to_dict("records")
        low, high = scene.size.remarks
        extra = len(members) // 2
        for k in range(int(rng.integers(low, high + 1)) + extra):
            member = members[int(rng.integers(len(members)))]
            person = persons[member["stakeholder_id"]]
            points, text = _say(scene, rng, person, names, said)
            question, prompting = _asked(rng, points, k)
            number = f"R{len(rows) + 1:04d}"
            rows.append(_row(number, session, member, person, question, points, text, rng))
            for code, stance in points:
                truth.append({"remark_id": number, "code": code, "stance": stance, "prompting": prompting})
    return pd.DataFrame(rows), pd.DataFrame(truth)


def _say(
    scene: Scene, rng: np.random.Generator, person: Record, names: tuple[str, ...], said: set[str]
) -> tuple[list[tuple[str, str]], str]:
    """One remark nobody has made in the same words."""
    department, level = str(person["department"]), str(person["level"])
    known = [scene.world.delivery, *scene.world.departments]
    others = tuple(name for name in known if name not in (department, "Executive"))
    speaker = Speaker(scene.world.id, department, level, others, names)
    voices = suiting(scene.truths.voices, department, level, str(person["site"]))
    voices = [voice for voice in voices if can_say(voice.code, voice.stance, speaker)]
    weights = np.array([voice.chance for voice in voices])
    for _ in range(30):
        if rng.random() < OFF_TOPIC:
            points: list[tuple[str, str]] = []
            text = aside(rng, speaker)
        else:
            count = min(1 + int(rng.random() < 0.27) + int(rng.random() < 0.04), len(voices))
            chosen = rng.choice(len(voices), count, replace=False, p=weights / weights.sum())
            points = list({voices[i].code: (voices[i].code, voices[i].stance) for i in chosen}.values())
            text = remark(rng, points, speaker)
        if text not in said:
            break
    said.add(text)
    return points, text


def _asked(rng: np.random.Generator, points: list[tuple[str, str]], turn: int) -> tuple[str, str]:
    """The question before the remark, and whether the theme came unasked."""
    targeted = QUESTIONS.get(points[0][0], ()) if points else ()
    if turn < 2 or not targeted or rng.random() < 0.5:
        return str(rng.choice(_OPEN)), "spontaneous"
    return str(rng.choice(targeted)), "prompted" if rng.random() < 0.6 else "asked"


def _row(
    number: str, session: object, member: Record, person: Record, question: str,
    points: list[tuple[str, str]], text: str, rng: np.random.Generator,
) -> dict[str, object]:  # fmt: skip
    group = session.kind == "group"  # type: ignore[attr-defined]
    known = not group or rng.random() < 0.35
    about = _about(points[0][0]) if points and rng.random() < 0.9 else None
    return {
        "remark_id": number,
        "source": "group_work" if group else "one_to_one",
        "interview_id": session.interview_id,  # type: ignore[attr-defined]
        "stakeholder_id": member["stakeholder_id"] if known else None,
        "department": person["department"],
        "level": person["level"],
        "site": person["site"],
        "question": question,
        "about": about,
        "on_record": bool(member["on_record"]) if rng.random() > 0.02 else None,
        "said_on": session.planned_at,  # type: ignore[attr-defined]
        "text": text,
    }


def _about(code: str) -> str:
    return "purpose" if code in _PURPOSE else "outcome" if code in _OUTCOME else "result"
