"""One simulated engagement, analysed as a scheduled run analyses it, and what it promoted."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import Engagement, Finding, read_engagement
from reviewkit.simulate import SIZES, Size, engagement
from reviewkit.steps import step_class
from reviewkit.steps.review import Review

from .design import design
from .plant import Plan
from .promoted import claims
from .score import Planted, as_rows, score

PARAMS = Path(__file__).parents[2] / "params"
STEPS = ("1.1", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5")
"""The steps whose findings are scored."""
SAMPLE_ONLY = ("annotations", "opinions", "decisions", "scope", "actions", "progress", "quotes")
"""Tables that tell of the sample's own truths; a new client has none of them yet."""


def described(world: str, folder: Path, data: Path) -> tuple[Engagement, Path]:
    """Write the params of a simulated engagement below ``folder``: those of the sample, its own data."""
    raw = yaml.safe_load((PARAMS / f"{world}.yaml").read_text(encoding="utf-8"))
    there = {path.stem for path in data.glob("*.csv")} - set(SAMPLE_ONLY)
    raw["sources"] = {name: file for name, file in raw["sources"].items() if name in there}
    raw["data"] = str(data)
    path = folder / f"{world}.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return read_engagement(path), path


def findings_of(review: Review) -> tuple[list[Finding], dict[str, pd.DataFrame]]:
    """Run the steps one after the other; return their findings and the tables that score them."""
    found: list[Finding] = []
    for number in STEPS:
        made = step_class(number)(review)
        review.keep(made)
        found += made.findings
    tables = {"signals": review.table("1.1", "signals"), "comparison": review.table("1.1", "site_comparison")}
    return found, tables


def truths_kept(plan: Plan, data: Path) -> list[Planted]:
    """What was planted, with the agents that the simulation chose to stand out."""
    kept = yaml.safe_load((data / "truths.yaml").read_text(encoding="utf-8"))["people"]
    agents = [(agent, 1) for agent in kept["agents_better"]] + [(agent, -1) for agent in kept["agents_worse"]]
    return [*plan.wanted, *(Planted("person", (agent.lower(),), way=way) for agent, way in agents)]


def analysed(plan: Plan, size: str | Size = "") -> dict[str, Any]:
    """Simulate an engagement in a folder of its own, analyse it, score it, and return one plain row."""
    began = time.process_time()
    with tempfile.TemporaryDirectory(prefix="truth-") as name:
        folder = Path(name)
        data = folder / "data"
        engagement(data, seed=plan.seed, size=size or SIZES[design()["size"]], truths=plan.truths)
        simulated = time.process_time()
        about, params = described(plan.world, folder, data)
        write_snapshot(about, params, folder / "evidence")
        review = Review(about, EvidenceSet(about, folder / "evidence"), folder)
        found, tables = findings_of(review)
        planted = truths_kept(plan, data)
    promoted = claims(found, tables, about, plan)
    made = score(planted, promoted, near=design()["near_days"], follows=plan.follows)
    return {
        "name": plan.name,
        "world": plan.world,
        "seed": plan.seed,
        "strength": plan.strength,
        "autocorrelation": plan.truths.autocorrelation,
        "found": as_rows(made.found),
        "missed": as_rows(made.missed),
        "false": as_rows(made.false),
        "promoted": as_rows(promoted),
        "simulating": round(simulated - began, 2),
        "analysing": round(time.process_time() - simulated, 2),
    }
