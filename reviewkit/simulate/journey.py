"""Customers through the service: events, outcomes, and the kpis counted from them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .contacts import Scene, draw
from .noise import planted, slow_part, total_deviation

WEEKS_A_MONTH = 365.25 / 12 / 7


def counting_error(scene: Scene, measure: str, site: str = "") -> float:
    """Return the counting error of a monthly series counted from the journey."""
    plan = scene.world.journey
    share = scene.world.sites[site].share if site else 1.0
    n = plan.cases_per_week * scene.size.volume * WEEKS_A_MONTH * share
    meeting = plan.first_meeting
    if measure == "starts":
        return float(np.sqrt(meeting["chance"] * (1 - meeting["chance"]) / n))
    if measure == "days_to_first_meeting":
        return meeting["spread"] / float(np.sqrt(n * meeting["chance"]))
    p = plan.sustained["chance"]
    return float(np.sqrt(p * (1 - p) / (n * meeting["chance"] * plan.base)))


def deviation(scene: Scene, measure: str, site: str = "") -> float:
    """Return the common-cause deviation of a monthly series counted from the journey."""
    return total_deviation(counting_error(scene, measure, site))


def customers(scene: Scene) -> pd.DataFrame:
    """Return one row a customer: when each step happened, missing where it did not."""
    plan, rng = scene.world.journey, scene.rng("journey")
    weeks = scene.world.weeks + plan.run_in_weeks
    first = pd.Timestamp(scene.world.start) - pd.Timedelta(weeks=plan.run_in_weeks)
    n = rng.poisson(plan.cases_per_week * scene.size.volume * weeks)
    minutes = np.sort(rng.integers(0, weeks * 5, n)) * 1440
    minutes = minutes + (minutes // (5 * 1440)) * 2 * 1440 + rng.integers(9 * 60, 17 * 60, n)
    table = pd.DataFrame({plan.start: first + pd.to_timedelta(minutes, unit="min")})
    table.insert(0, "site", draw(rng, {name: item.share for name, item in scene.world.sites.items()}, n))
    table.insert(1, "contract", draw(rng, scene.world.contracts, n))
    table = _meeting(scene, rng, table) if plan.first_meeting else table.assign(came=True)
    table["skips"] = (table["site"] == scene.truths.journey.departing) & (
        rng.random(n) < scene.truths.journey.chance
    )
    table = _steps(scene, rng, table)
    table = _ends(scene, rng, table)
    table.insert(0, "customer", [f"K{i:05d}" for i in range(1, n + 1)])
    return table


def _meeting(scene: Scene, rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    plan = scene.world.journey.first_meeting
    chance = plan["chance"] + _change(scene, rng, table, "starts", scene.world.journey.start)
    mean = plan["days"] + _change(scene, rng, table, "days_to_first_meeting", scene.world.journey.start)
    shape = (plan["days"] / plan["spread"]) ** 2
    days = rng.gamma(shape, np.clip(mean, 1, None) / shape)
    came = rng.random(len(table)) < chance
    start = table[scene.world.journey.start]
    return table.assign(first_meeting=(start + _days(days)).where(came), came=came)


def _days(days: np.ndarray) -> pd.Series:
    return pd.Series(pd.to_timedelta(np.round(days * 24 * 60), unit="min"))


def _steps(scene: Scene, rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """Each step some days after the one before; those who skip leave out the steps planted."""
    plan, skipped = scene.world.journey, scene.truths.journey.skipped
    table = table.copy()
    now = table["first_meeting" if plan.first_meeting else plan.start].copy()
    for activity, (days, chance) in plan.steps.items():
        if activity in table:
            continue
        done = rng.random(len(table)) < chance
        done &= ~(table["skips"].to_numpy() & (activity in skipped))
        then = now + _days(rng.gamma(2.0, days / 2, len(table)))
        table[activity] = then.where(done)
        now = then.where(done, now)
        now = _extra(rng, plan.extra, activity, table, now)
    table["now"] = now
    return table


def _extra(
    rng: np.random.Generator,
    extra: dict[str, dict[str, str | float]],
    after: str,
    table: pd.DataFrame,
    now: pd.Series,
) -> pd.Series:
    """Steps that one contract alone asks for."""
    for contract, step in extra.items():
        if step["after"] != after:
            continue
        done = (table["contract"] == contract) & ~table["skips"]
        done &= rng.random(len(table)) < float(step["chance"])
        then = now + _days(rng.gamma(2.0, float(step["days"]) / 2, len(table)))
        table[str(step["activity"])] = then.where(done)
        now = then.where(done, now)
    return now


def _ends(scene: Scene, rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """Success, and what came of it; those who drop out have no later steps."""
    plan, truth = scene.world.journey, scene.truths.journey
    chance = plan.base + table["contract"].map(plan.contract_base).fillna(0).to_numpy(dtype=float)
    chance = chance - truth.outcome_loss * table["skips"].to_numpy()
    chance = chance + truth.outcome_gain * (table["site"] == truth.above_contract).to_numpy()
    success = table["came"].to_numpy() & (rng.random(len(table)) < chance)
    table = table.copy()
    days = rng.gamma(2.0, plan.ends[plan.success] / 2, len(table))
    table[plan.success] = (table["now"] + _days(days)).where(success)
    last = list(plan.steps)[-1]
    gone = ~success & (rng.random(len(table)) < 0.5)
    table[last] = table[last].mask(gone)
    if plan.sustained:
        due = table[plan.success].fillna(table["now"]) + pd.Timedelta(days=plan.sustained["days"])
        dated = table.assign(at=due)
        change = _change(scene, rng, dated, "sustained_outcomes", "at")
        kept = rng.random(len(table)) < plan.sustained["chance"] + change
        table["sustained"] = (table[plan.success] + pd.Timedelta(days=plan.sustained["days"])).where(kept)
    return table.drop(columns="now")


def _change(scene: Scene, rng: np.random.Generator, table: pd.DataFrame, measure: str, at: str) -> np.ndarray:
    """Slow variation of each site by month, and what is planted, for each customer."""
    first = table[at].min().replace(day=1).normalize()
    months = pd.date_range(first, max(table[at].max(), scene.world.end), freq="MS")
    month = np.clip(months.searchsorted(table[at].to_numpy(), side="right") - 1, 0, len(months) - 1)
    result, whole = np.zeros(len(table)), deviation(scene, measure)
    for site in scene.world.sites:
        error = counting_error(scene, measure, site)
        level = slow_part(rng, len(months), scene.truths, error)
        level = level + planted(scene.truths, measure, site, months, total_deviation(error), whole)
        here = (table["site"] == site).to_numpy()
        result[here] = level[month[here]]
    return result


def events(scene: Scene, table: pd.DataFrame) -> pd.DataFrame:
    """Return the event log of customers who came in the period covered, up to its end."""
    plan = scene.world.journey
    known = [name for name in table if name in plan.steps or name in (plan.success, "first_meeting")]
    known += [str(step["activity"]) for step in plan.extra.values()]
    recent = table[table[plan.start] >= pd.Timestamp(scene.world.start)]
    log = recent.melt(["customer", "site", "contract"], known, "activity", "at").dropna(subset="at")
    log = log[log["at"] <= scene.world.end + pd.Timedelta(days=1)]
    order = {name: i for i, name in enumerate([*plan.steps, plan.success])}
    log["order"] = log["activity"].map(order).fillna(2)
    return log.sort_values(["customer", "at", "order"], ignore_index=True)


def outcomes(scene: Scene, table: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes achieved in the period covered, with what the contract pays."""
    plan, parts = scene.world.journey, []
    for outcome, value in ((plan.success, plan.value), ("sustained", plan.sustained.get("value", 0))):
        if outcome in table:
            part = table.loc[table[outcome].notna(), ["customer", "site", "contract", outcome]]
            parts.append(part.rename(columns={outcome: "at"}).assign(outcome=outcome, value=value))
    result = pd.concat(parts)
    inside = result["at"].between(pd.Timestamp(scene.world.start), scene.world.end)
    result["outcome"] = result["outcome"].replace("sustained", "sustained_outcome")
    return result[inside].sort_values(["at", "customer"], ignore_index=True)
