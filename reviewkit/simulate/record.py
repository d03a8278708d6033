"""``truths.yaml``: what was planted, in sigmas and in the measure's own unit, for scoring a review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from . import contacts, journey, leads, monthly
from .contacts import Scene
from .planted import Shift
from .register import agents

_CONTACTS = ("first_contact_resolution", "handle_time", "csat")
_LEADS = ("lead_quality", "sales_conversion")
_JOURNEY = ("starts", "days_to_first_meeting", "sustained_outcomes")


def record(scene: Scene, people: pd.DataFrame, folder: Path) -> None:
    """Write ``truths.yaml`` below ``folder``."""
    planted = scene.truths.model_dump(mode="json", exclude={"shifts"})
    planted["seed"] = scene.seed
    planted["shifts"] = [row for shift in scene.truths.shifts for row in _effects(scene, shift)]
    effects = contacts.agent_effects(scene, agents(people, scene.world))
    for label in ("better", "worse"):
        planted["people"][f"agents_{label}"] = effects.loc[effects["planted"] == label, "agent"].tolist()
    for truth in planted["leaders"]:
        same = (people["department"] == truth["department"]) & (people["level"] == truth["level"])
        truth["stakeholders"] = people.loc[same, "stakeholder_id"].tolist()
    with (folder / "truths.yaml").open("w", encoding="utf-8", newline="\n") as file:
        file.write("# Planted by the simulation; nothing that analyses the data reads this.\n")
        yaml.safe_dump(planted, file, sort_keys=False, allow_unicode=True, width=110)


def _effects(scene: Scene, shift: Shift) -> list[dict[str, Any]]:
    """One row a site a shift is planted in, or one for the whole."""
    row = shift.model_dump(mode="json", exclude={"sites"})
    sites = shift.sites or ("",)
    return [
        row | {"site": site, "sigma": round(sigma, 5), "effect": round(sigma * shift.sigmas, 5)}
        for site in sites
        for sigma in [deviation(scene, shift.measure, site)]
    ]


def deviation(scene: Scene, measure: str, site: str = "") -> float:
    """Return the common-cause deviation of a series, as a share for percentages, else in its unit."""
    if measure in _CONTACTS:
        return contacts.deviation(scene, measure, site)
    if measure in _LEADS:
        return leads.deviation(scene, measure, site)
    if measure in _JOURNEY:
        return journey.deviation(scene, measure, site)
    plan = next(plan for plan in scene.world.monthly if plan.measure == measure)
    return monthly.level_of(scene, plan, site)[1] if site else monthly.whole_deviation(scene, plan)
