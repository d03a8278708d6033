"""Measures counted by month: the kpis, targets and resources tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .contacts import Scene
from .noise import autoregressive, planted, season
from .world import MonthlyPlan

_KPIS = ("period", "measure", "site", "numerator", "denominator", "value")


def level_of(scene: Scene, plan: MonthlyPlan, site: str) -> tuple[float, float]:
    """Return the level and common-cause deviation of a measure at a site."""
    factor = scene.world.sites[site].teams if plan.per_team else 1
    return plan.base * factor, plan.deviation * factor


def whole_deviation(scene: Scene, plan: MonthlyPlan) -> float:
    """Return the deviation that the mean over sites has, in the unit of one site."""
    return plan.deviation / float(np.sqrt(len(scene.world.sites)))


def site_level(scene: Scene, plan: MonthlyPlan, site: str) -> float:
    """Return the level that a site has for good, the difference drawn for it included.

    >>> from .planted import read_truths
    >>> from .world import SIZES, read_world
    >>> scene = Scene(read_world("contact_centre"), SIZES["small"], read_truths("clean"), 1)
    >>> plan = next(plan for plan in scene.world.monthly if plan.measure == "absence")
    >>> abs(site_level(scene, plan, "Elm Court") - plan.base) <= plan.site_spread
    True
    """
    # The first number of the series' own generator: see _values.
    own = scene.rng("monthly", plan.measure, site).uniform(-1, 1)
    return level_of(scene, plan, site)[0] + float(own) * plan.site_spread


def _values(scene: Scene, plan: MonthlyPlan, site: str) -> np.ndarray:
    rng, months = scene.rng("monthly", plan.measure, site), scene.world.months
    base, deviation = level_of(scene, plan, site)
    values = base + season(months, plan.season) + rng.uniform(-1, 1) * plan.site_spread
    values = values + autoregressive(rng, len(months), scene.truths.autocorrelation, deviation)
    whole = whole_deviation(scene, plan) * (base / plan.base)
    values = values + planted(scene.truths, plan.measure, site, months, deviation, whole)
    if plan.measure == "abandonment":
        values = values + _spikes(scene, months) * 3 * deviation
    return np.asarray(np.clip(values, plan.base * 0.05, None))


def _spikes(scene: Scene, months: pd.DatetimeIndex) -> np.ndarray:
    weeks = [pd.Timestamp(spike.week).replace(day=1) for spike in scene.truths.spikes]
    return months.isin(weeks).astype(float)


def kpis(scene: Scene) -> pd.DataFrame:
    """Return the kpis the world counts by month and site: numerators out of denominators."""
    parts = [
        _counted(scene, plan, site)
        for plan in scene.world.monthly
        if plan.table == "kpis"
        for site in scene.world.sites
    ]
    table = pd.concat(parts, ignore_index=True)
    return _late(scene, table)


def _counted(scene: Scene, plan: MonthlyPlan, site: str) -> pd.DataFrame:
    rng, months = scene.rng("volume", plan.measure, site), scene.world.months
    volume = plan.volume * scene.world.sites[site].share * len(scene.world.sites)
    denominator = np.round(volume * (1 + rng.normal(0, 0.04, len(months))))
    numerator = np.round(_values(scene, plan, site) * denominator)
    columns = (months, plan.measure, site, numerator, denominator)
    return pd.DataFrame(dict(zip(_KPIS, columns, strict=False)))


def _late(scene: Scene, table: pd.DataFrame) -> pd.DataFrame:
    """Leave out a report not yet in and a few that were lost."""
    rng = scene.rng("late")
    last = (table["period"] == scene.world.months[-1]) & (table["site"] == list(scene.world.sites)[-1])
    lost = rng.random(len(table)) < 0.006
    return table[~(last | lost)].reset_index(drop=True)


def resources(scene: Scene) -> pd.DataFrame:
    """Return what was put in, by month and site; a few figures were never recorded."""
    plans = [plan for plan in scene.world.monthly if plan.table == "resources"]
    parts = []
    for site in scene.world.sites:
        columns = {"period": scene.world.months, "site": site}
        for plan in plans:
            columns[plan.column or plan.measure] = np.round(_values(scene, plan, site), plan.decimals)
        parts.append(pd.DataFrame(columns))
    table = pd.concat(parts, ignore_index=True)
    rng = scene.rng("resources")
    for column in ("training_hours", "occupancy"):
        table[column] = table[column].mask(rng.random(len(table)) < 0.015)
    return table


def targets(scene: Scene) -> pd.DataFrame:
    """Return the targets with the date each came into force."""
    return pd.DataFrame(scene.world.targets, columns=["measure", "site", "contract", "valid_from", "target"])
