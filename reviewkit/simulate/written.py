"""What is written down rather than counted: scope, annotations, decisions, actions, visits, goals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import read_yaml

from .baselines import baseline
from .contacts import Scene

FOLDER = Path(__file__).parent / "notes"


@cache
def notes(world: str) -> dict[str, Any]:
    """Return what was written about a world."""
    return read_yaml(FOLDER / f"{world}.yaml")[0]


def _planted(scene: Scene, items: list[dict[str, Any]]) -> pd.DataFrame:
    """Keep what speaks of nothing planted, and of what is planted here."""
    there = {shift.measure for shift in scene.truths.shifts} | ({"spike"} if scene.truths.spikes else set())
    kept = [item for item in items if item.get("needs", "") in there | {""}]
    return pd.DataFrame(kept).drop(columns="needs", errors="ignore")


def local_knowledge(scene: Scene) -> pd.DataFrame:
    """Return local knowledge with its dates."""
    table = _planted(scene, notes(scene.world.id)["annotations"])
    return table.assign(annotation_id=[f"N{i + 1:02d}" for i in range(len(table))])


def scope(scene: Scene) -> pd.DataFrame:
    """Return the agreed scope, item by item."""
    table = pd.DataFrame(notes(scene.world.id)["scope"])
    return table.assign(item_id=[f"S{i + 1:02d}" for i in range(len(table))])


def opinions(scene: Scene) -> pd.DataFrame:
    """Return what was decided about the opinions that planted shifts give rise to."""
    decided = scene.world.end + pd.Timedelta(days=5)
    return _planted(scene, notes(scene.world.id)["opinions"]).assign(decided_on=decided)


def decisions(scene: Scene) -> pd.DataFrame:
    """Return decisions on findings."""
    return _planted(scene, notes(scene.world.id)["decisions"])


def actions(scene: Scene, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return actions agreed before this review; their baselines are what ``tables`` said then."""
    rows = notes(scene.world.id)["actions"]
    return pd.DataFrame([row | {"baseline": baseline(scene, row, tables)} for row in rows])


def progress(scene: Scene) -> pd.DataFrame:
    """Return how the agreed actions are coming on."""
    return pd.DataFrame(notes(scene.world.id)["progress"])


def observations(scene: Scene) -> pd.DataFrame:
    """Return what was seen on site."""
    table = pd.DataFrame(notes(scene.world.id)["observations"])
    return table.assign(observation_id=[f"O{i + 1:02d}" for i in range(len(table))])


def walkthroughs(scene: Scene) -> pd.DataFrame:
    """Return the journey walked as a customer, step by step."""
    rows = []
    for walk in notes(scene.world.id)["walkthroughs"]:
        for order, step in enumerate(walk["steps"], start=1):
            where = {"walkthrough_id": walk["id"], "site": walk["site"], "contract": walk["contract"]}
            rows.append(where | {"step_order": order} | step)
    return pd.DataFrame(rows)


def other_remarks(scene: Scene, first: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return remarks from papers, visits and walk-throughs, numbered from ``first``, and what they say."""
    said = notes(scene.world.id)["heard_elsewhere"]
    seen = notes(scene.world.id)["observations"]
    items = [(source, code, stance, text, None) for source, code, stance, text in said]
    for item in seen:
        items.append(
            ("observation", item.get("code"), item.get("stance", "concern"), item["seen"], item["site"])
        )
    table = pd.DataFrame(items, columns=["source", "code", "stance", "text", "site"])
    table["remark_id"] = [f"R{first + i + 1:04d}" for i in range(len(table))]
    table["said_on"], table["on_record"] = scene.world.end + pd.Timedelta(days=11), True
    truth = table.loc[table["code"].notna(), ["remark_id", "code", "stance"]].assign(prompting="spontaneous")
    return table.drop(columns=["code", "stance"]), truth


def goals(scene: Scene, register: pd.DataFrame) -> pd.DataFrame:
    """Return goals on file: some say what, how much and by when, most do not."""
    rng, sheet = scene.rng("goals"), notes(scene.world.id)["goals"]
    rows: list[dict[str, Any]] = []
    for goal in sheet["smart"]:
        same = register[(register["department"] == goal["department"]) & (register["level"] == goal["level"])]
        owners = rng.choice(same["stakeholder_id"].to_numpy(), min(2, len(same)), replace=False)
        rows += [goal | {"owner": owner} for owner in owners]
    named = register[register["headcount"] == 1]
    for owner in named.sample(int(len(named) * 0.35), random_state=rng).itertuples():
        text = sheet["vague"][int(rng.integers(len(sheet["vague"])))]
        whose = {"owner": owner.stakeholder_id, "department": owner.department, "level": owner.level}
        rows.append(whose | {"text": text})
    table = pd.DataFrame(rows)
    return table.assign(goal_id=[f"T{i + 1:03d}" for i in range(len(table))])


def feedback_given(scene: Scene, register: pd.DataFrame) -> pd.DataFrame:
    """Return feedback managers gave in the last quarter: little praise, seldom specific, often late."""
    rng = scene.rng("feedback_given")
    receivers = register[(register["headcount"] == 1) & register["reports_to"].fillna("").ne("")]
    chosen = receivers.sample(int(len(receivers) * 1.6), replace=True, random_state=rng)
    kept = chosen["site"].isin(_well_led(scene)).to_numpy()
    n = len(chosen)
    at = scene.world.end - pd.to_timedelta(rng.integers(0, 92, n), unit="D")
    praise = rng.random(n) < np.where(kept, 0.6, 0.28)
    return pd.DataFrame(
        {
            "feedback_id": [f"F{i + 1:03d}" for i in range(n)],
            "at": np.sort(at),
            "giver": chosen["reports_to"].to_numpy(),
            "receiver": chosen["stakeholder_id"].to_numpy(),
            "kind": np.where(praise, "praise", "correction"),
            "specific": rng.random(n) < np.where(kept, 0.75, 0.38),
            "days_after": rng.poisson(np.where(kept, 2.5, 9.0)),
        }
    )


def _well_led(scene: Scene) -> set[str]:
    """Sites whose people were planted to praise their managers."""
    voices = scene.truths.voices
    return {
        site
        for voice in voices
        if voice.code == "management_support" and voice.stance == "strength"
        for site in voice.sites
    }
