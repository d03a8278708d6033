"""Findings as claims of one kind that can be held against what was planted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Engagement, Finding, Measure, slug
from reviewkit.simulate import SIZES
from reviewkit.simulate.contacts import Scene
from reviewkit.simulate.monthly import site_level
from reviewkit.simulate.world import read_world

from .design import design
from .plant import Plan
from .score import Promoted

SPEAKING = ("agreement", "partial", "dissonance", "silence_in_voices")
"""Relationships that say something of the data; silence in the data is looked for, never counted false."""


def claims(
    found: Sequence[Finding], tables: Mapping[str, pd.DataFrame], about: Engagement, plan: Plan
) -> list[Promoted]:
    """Return the findings that people act on, each with whether it is true of the engagement anyway."""
    known = {slug(name): name for name in [*_sites(plan), *(contract.id for contract in about.contracts)]}
    signals, made = tables["signals"], []
    for finding in found:
        key = f"{finding.step}/{finding.kind}"
        parts = finding.subject.split("/")
        if key == "1.1/opinion":
            made += _opinion(finding)
        elif key == "1.4/theme" and int(str(finding.figures["rank"])) <= design()["leading"]:
            made.append(Promoted("theme", finding.subject, holds=_spoken(finding.subject, plan)))
        elif finding.step == "1.5":
            made.append(_relationship(finding, signals, about, plan))
        elif key == "2.1/gap":
            place = known.get(parts[1], "") if len(parts) > 1 else ""
            holds = _short(signals, about.measure(parts[0]), place, plan)
            made.append(Promoted("gap", parts[0], place, holds=holds))
        elif key == "2.1/cause" and finding.figures["verdict"] == "supported":
            place = known.get(parts[1], "") if len(parts) > 2 else ""
            holds = [parts[0], parts[-1]] in design()["counted_from"]
            made.append(Promoted("cause", f"{parts[-1]}/{parts[0]}", place, holds=holds))
        elif key == "2.2/association" and finding.subject == "customers":
            low, high = (float(str(finding.figures[name])) for name in ("lower", "upper"))
            if low > 0 or high < 0:
                made.append(Promoted("journey", "customers", way=1 if low > 0 else -1))
        elif key == "2.3/partner_gap":
            made.append(Promoted("partner", finding.subject))
        elif key == "2.4/capability":
            made.append(Promoted("leader", finding.subject))
        elif key == "2.5/person":
            way = 1 if finding.figures["standing"] == "recognise" else -1
            made.append(Promoted("person", finding.subject, way=way))
    return made


def _opinion(finding: Finding) -> list[Promoted]:
    """A change that lasts; a target that is always missed is a gap, and is scored as one."""
    figures = finding.figures
    if figures["variation"] == "common_cause":
        return []
    place, way = str(figures["site"] or figures["contract"]), int(np.sign(float(str(figures["effect"]))))
    return [Promoted("opinion", str(figures["measure"]), place, way, str(figures["since"] or ""))]


def _relationship(finding: Finding, signals: pd.DataFrame, about: Engagement, plan: Plan) -> Promoted:
    code, measure = [*finding.subject.split("/"), ""][:2]
    code = "" if code == "no_topic" or finding.kind == "silence_in_voices" else code
    measure = "" if measure == "none" else measure
    what = f"{finding.kind}/{code}/{'' if finding.kind == 'silence_in_data' and not measure else measure}"
    holds = finding.kind not in SPEAKING or _says(finding, signals, about, plan, measure)
    return Promoted("relationship", what, holds=holds)


def _says(finding: Finding, signals: pd.DataFrame, about: Engagement, plan: Plan, measure: str) -> bool:
    """Whether the data truly say it though nothing changed: a target always missed, or a site truly apart."""
    rows = signals[signals["measure"].eq(measure)]
    if rows["promoted"].astype(bool).any():
        return False
    site = str(finding.figures["site"] or "")
    if rows["assurance"].isin(["fails", "passes"]).any() and not site:
        return True
    if measure in design()["differs"]:
        return True
    spec = about.measure(measure)
    apart = abs(_truly_apart(plan, measure, site)) * (100 if spec.unit == "percent" else 1)
    return bool(apart >= spec.minimum_effect / 2)


def _truly_apart(plan: Plan, measure: str, site: str) -> float:
    """How far the simulation put a site from the others for good; nought where it makes all alike."""
    world = read_world(plan.world)
    scene = Scene(world, SIZES[design()["size"]], plan.truths, plan.seed)
    plans = [entry for entry in world.monthly if entry.measure == measure]
    if not plans or site not in world.sites:
        return 0.0
    levels = {name: site_level(scene, plans[0], name) for name in world.sites}
    return levels[site] - float(np.mean(list(levels.values())))


def _short(signals: pd.DataFrame, measure: Measure, place: str, plan: Plan) -> bool:
    """Whether the level that never changed is short of the target in force, over all the time there is."""
    if plan.strength:
        return False
    own = signals["site"].eq(place) | (signals["contract"].eq(place) & signals["site"].eq(""))
    rows = signals[
        signals["measure"].eq(measure.id) & own & (signals["site"].eq("") | signals["contract"].eq(""))
    ]
    if rows.empty or pd.isna(rows["target"].iloc[0]):
        return False
    sign = 1.0 if measure.direction == "increase" else -1.0
    row: Any = rows.iloc[0]
    return bool(not row["promoted"] and sign * (row["target"] - row["mean"]) > 0)


def _spoken(code: str, plan: Plan) -> bool:
    """Whether people were given this to talk about."""
    return any(voice.code == code and voice.stance == "concern" for voice in plan.truths.voices)


def _sites(plan: Plan) -> list[str]:
    return list(read_world(plan.world).sites)
