"""Leads handed from marketing to sales: a poorer source arrives and conversion follows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .contacts import Scene, draw
from .noise import planted, slow_part, total_deviation

WEEKS_A_MONTH = 365.25 / 12 / 7


def counting_error(scene: Scene, measure: str, site: str = "") -> float:
    """Return the counting error of a monthly series of leads."""
    plan = scene.world.leads
    share = scene.world.sites[site].share if site else 1.0
    n = plan.per_week * scene.size.volume * WEEKS_A_MONTH * share
    if measure == "lead_quality":
        return plan.quality_spread / float(np.sqrt(n))
    return float(np.sqrt(plan.conversion * (1 - plan.conversion) / n))


def deviation(scene: Scene, measure: str, site: str = "") -> float:
    """Return the common-cause deviation of a monthly series of leads."""
    return total_deviation(counting_error(scene, measure, site))


def leads(scene: Scene) -> pd.DataFrame:
    """Return the leads table; what is planted falls wholly on the leads of the new campaign."""
    plan, rng = scene.world.leads, scene.rng("leads")
    days = (scene.world.end - pd.Timestamp(scene.world.start)).days + 1
    n = rng.poisson(plan.per_week * scene.size.volume * scene.world.weeks)
    minutes = np.sort(rng.integers(0, days * 1440, n))
    at = pd.Timestamp(scene.world.start) + pd.to_timedelta(minutes, unit="min")
    site = draw(rng, {name: item.share for name, item in scene.world.sites.items()}, n)
    table = pd.DataFrame({"at": at, "source": draw(rng, plan.sources, n), "site": site})
    table["contract"] = draw(rng, scene.world.contracts, n)
    table["material"] = draw(rng, plan.materials, n)
    table["new"] = _campaign(scene, rng, table)
    table.loc[table["new"], ["source", "material"]] = [plan.new_source, plan.new_material]
    table["quality"] = np.clip(
        plan.quality + _change(scene, table, "lead_quality", rng) + rng.normal(0, plan.quality_spread, n),
        0.02,
        0.99,
    ).round(2)
    chance = plan.conversion + _change(scene, table, "sales_conversion", rng)
    table["converted"] = rng.random(n) < np.clip(chance, 0.01, 0.9)
    table.insert(0, "lead_id", [f"L{i:05d}" for i in range(1, n + 1)])
    table["quality"] = table["quality"].mask(rng.random(n) < 0.02)
    return table.drop(columns="new")


def _campaign(scene: Scene, rng: np.random.Generator, table: pd.DataFrame) -> pd.Series:
    dates = [pd.Timestamp(shift.at) for shift in scene.truths.shifts if shift.measure == "lead_quality"]
    if not dates:
        return pd.Series(False, index=table.index)
    return (table["at"] >= min(dates)) & (rng.random(len(table)) < scene.world.leads.new_share)


def _change(scene: Scene, table: pd.DataFrame, measure: str, rng: np.random.Generator) -> np.ndarray:
    """Slow variation of each site, and what is planted, on the new campaign's leads alone."""
    months = scene.world.months
    month = months.searchsorted(table["at"].to_numpy(), side="right") - 1
    result, whole = np.zeros(len(table)), deviation(scene, measure)
    share = np.where(table["new"], 1 / scene.world.leads.new_share, 0.0)
    for site in scene.world.sites:
        error = counting_error(scene, measure, site)
        slow = slow_part(rng, len(months), scene.truths, error)
        shift = planted(scene.truths, measure, site, months, total_deviation(error), whole)
        here = (table["site"] == site).to_numpy()
        result[here] = (slow[month] + shift[month] * share)[here]
    return result
