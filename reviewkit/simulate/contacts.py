"""Contacts: season, weekday, case mix, small teams, true differences between people, planted shifts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .noise import generator, planted, season, slow_part, total_deviation
from .planted import Truths
from .world import Size, World, shares

UNRECORDED = {"resolved": 0.015, "channel": 0.004, "team": 0.003, "readiness": 0.01}
"""Share of the rows in which a column was left empty."""


@dataclass(frozen=True)
class Scene:
    """What every draw needs: the client, how much, what is planted, and where chance starts."""

    world: World
    size: Size
    truths: Truths
    seed: int

    def rng(self, *parts: str) -> np.random.Generator:
        """Return the generator of one table."""
        return generator(self.seed, *parts)


def deviation(scene: Scene, measure: str, site: str = "") -> float:
    """Return the common-cause deviation of a weekly series of contacts, for a site or all together."""
    return total_deviation(_counting_error(scene, measure, site))


def _counting_error(scene: Scene, measure: str, site: str) -> float:
    plan = scene.world.contacts
    n = plan.per_week * scene.size.volume * (scene.world.sites[site].share if site else 1.0)
    if measure == "first_contact_resolution":
        return float(np.sqrt(plan.resolved * (1 - plan.resolved) / n))
    if measure == "csat":
        return plan.csat_spread / float(np.sqrt(n * plan.csat_answered))
    mix = sum(np.var([part[2] for part in parts.values()]) for parts in (plan.reasons, plan.readiness))
    return plan.handle_seconds * float(np.sqrt((np.exp(plan.handle_spread**2) - 1 + mix) / n))


def agent_effects(scene: Scene, agents: pd.DataFrame) -> pd.DataFrame:
    """Return each agent's true difference from the team's level, and who was planted to stand out.

    Columns ``agent, effect, planted`` ("better", "worse" or "").
    """
    rng, people = scene.rng("agent_effects"), scene.truths.people
    ordinary = np.clip(rng.normal(0, 1, len(agents)), -1.5, 1.5) * scene.world.contacts.agent_spread
    effect = pd.Series(ordinary, index=agents.index)
    if not scene.truths.shifts and not people.better:
        effect[:] = 0.0
    free = agents.index[agents["team"] != people.hard_mix_team]
    chosen = rng.permutation(free)[: people.better + people.worse]
    label = pd.Series("", index=agents.index)
    label[chosen[: people.better]], label[chosen[people.better :]] = "better", "worse"
    effect = effect.mask(label == "better", people.points).mask(label == "worse", -people.points)
    effect -= effect.where(label == "").groupby(agents["site"]).transform("mean").fillna(0)
    return pd.DataFrame({"agent": agents["stakeholder_id"], "effect": effect, "planted": label})


def contacts(scene: Scene, agents: pd.DataFrame) -> pd.DataFrame:
    """Return the contacts table, in order of time but for a few rows recorded late."""
    rng = scene.rng("contacts")
    table = pd.concat([_at_site(scene, rng, site, agents) for site in scene.world.sites], ignore_index=True)
    table["channel"] = draw(rng, scene.world.contacts.channels, len(table))
    table["readiness"] = draw(rng, {k: v[0] for k, v in scene.world.contacts.readiness.items()}, len(table))
    table["reason"] = _reasons(scene, rng, table["team"])
    table = _results(scene, rng, table, agents)
    table = table.sort_values(["at", "agent"], ignore_index=True)
    late = rng.random(len(table)) < 0.004
    table = pd.concat([table[~late], table[late]], ignore_index=True)
    table.insert(0, "contact_id", [f"C{i:05d}" for i in range(1, len(table) + 1)])
    return _forget(rng, table)


def _at_site(scene: Scene, rng: np.random.Generator, site: str, agents: pd.DataFrame) -> pd.DataFrame:
    """When each contact of a site began, and who took it."""
    plan, weeks = scene.world.contacts, scene.world.week_starts
    mean = plan.per_week * scene.size.volume * scene.world.sites[site].share
    level = mean * (1 + season(weeks, plan.season, plan.peak_month))
    for spike in scene.truths.spikes:
        level = np.where(weeks == pd.Timestamp(spike.week), level * spike.factor, level)
    counts = rng.poisson(level * np.exp(rng.normal(0, 0.05, len(weeks))))
    week = np.repeat(np.arange(len(weeks)), counts)
    weights = np.array(plan.weekdays) / sum(plan.weekdays)
    day = rng.choice(len(weights), len(week), p=weights)
    minute = np.clip(rng.normal(13 * 60, 150, len(week)), 8 * 60, 20 * 60 - 1).astype(int)
    at = weeks[week] + pd.to_timedelta(day, unit="D") + pd.to_timedelta(minute, unit="min")
    here = agents[agents["site"] == site]
    hours = rng.uniform(0.6, 1.4, len(here))  # part-time people take fewer
    who = rng.choice(len(here), len(week), p=hours / hours.sum())
    return pd.DataFrame(
        {
            "at": at,
            "week": week,
            "site": site,
            "team": here["team"].to_numpy()[who],
            "agent": here["stakeholder_id"].to_numpy()[who],
            "contract": draw(rng, scene.world.contracts, len(week)),
        }
    )


def draw(rng: np.random.Generator, parts: dict[str, float], n: int) -> np.ndarray:
    """Return ``n`` names drawn by their shares."""
    names, weights = shares(parts)
    return np.array(names, dtype=object)[rng.choice(len(names), n, p=weights)]


def _reasons(scene: Scene, rng: np.random.Generator, team: pd.Series) -> np.ndarray:
    """Reasons for the contacts; the specialists' team gets three times the hard ones."""
    plan = scene.world.contacts
    usual = {name: part[0] for name, part in plan.reasons.items()}
    hard = {name: share * (3.5 if name in plan.hard_reasons else 1) for name, share in usual.items()}
    special = (team == scene.truths.people.hard_mix_team).to_numpy()
    return np.where(special, draw(rng, hard, len(team)), draw(rng, usual, len(team)))


def _results(
    scene: Scene, rng: np.random.Generator, table: pd.DataFrame, agents: pd.DataFrame
) -> pd.DataFrame:
    """Resolved, handle time and score of each contact."""
    plan = scene.world.contacts
    effects = agent_effects(scene, agents).set_index("agent")["effect"]
    person = table["agent"].map(effects).to_numpy(dtype=float)
    resolved = None
    if plan.resolved:
        level = plan.resolved + _level(scene, rng, table, "first_contact_resolution")
        chance = level + _mix(scene, table, 1) + person
        resolved = rng.random(len(table)) < np.clip(chance, 0.02, 0.98)
        table["resolved"] = resolved
    seconds = plan.handle_seconds + _level(scene, rng, table, "handle_time")
    seconds = seconds * (1 + _mix(scene, table, 2))
    seconds = seconds * np.exp(rng.normal(-(plan.handle_spread**2) / 2, plan.handle_spread, len(table)))
    table["handle_seconds"] = np.clip(np.round(seconds), 20, None)
    score = plan.csat + _level(scene, rng, table, "csat") + rng.normal(0, plan.csat_spread, len(table))
    score = score + (0.5 * (resolved - plan.resolved) if resolved is not None else person)
    answered = rng.random(len(table)) < plan.csat_answered
    # Replies to the last days' contacts are still out.
    answered &= table["at"].to_numpy() < np.datetime64(scene.world.end - pd.Timedelta(days=4))
    table["csat"] = np.where(answered, np.clip(np.round(score), 1, 5), np.nan)
    return table


def _mix(scene: Scene, table: pd.DataFrame, part: int) -> np.ndarray:
    """What reason and readiness add, made nought on average for the usual mix."""
    total, plan = np.zeros(len(table)), scene.world.contacts
    for column, parts in (("reason", plan.reasons), ("readiness", plan.readiness)):
        _, weights = shares({name: item[0] for name, item in parts.items()})
        mean = float(np.dot(weights, [item[part] for item in parts.values()]))
        own = {name: item[part] - mean for name, item in parts.items()}
        total += table[column].map(own).to_numpy(dtype=float)
    return total


def _level(scene: Scene, rng: np.random.Generator, table: pd.DataFrame, measure: str) -> np.ndarray:
    """Slow variation, a little difference between sites, and what is planted, for each contact."""
    weeks, result = scene.world.week_starts, np.zeros(len(table))
    whole = deviation(scene, measure)
    for site in scene.world.sites:
        error = _counting_error(scene, measure, site)
        level = slow_part(rng, len(weeks), scene.truths, error) + rng.uniform(-0.25, 0.25) * error
        level = level + planted(scene.truths, measure, site, weeks, total_deviation(error), whole)
        here = (table["site"] == site).to_numpy()
        result[here] = level[table["week"].to_numpy()[here]]
    return result


def _forget(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """Leave a few cells empty, as people do."""
    table = table.drop(columns="week")
    for column, share in UNRECORDED.items():
        if column in table:
            empty = rng.random(len(table)) < share
            table[column] = table[column].astype(object).mask(empty, None)
    return table
