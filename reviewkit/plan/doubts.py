"""What is still to settle about a plan: owners, baselines, targets already met, costs nobody has named."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.findings.wording import amount, filled, place
from reviewkit.model import Engagement, Measure
from reviewkit.model.words import inline, listing, money, plural

from .after import STEADY, steady
from .budget import over_budget
from .owners import known_roles, nearest, stranger
from .process import process_changes
from .rows import records

LAST = 6
"""Latest points whose mean is the level now, where step 2.1 has found no gap."""


def levels_now(gaps: pd.DataFrame, series: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    """Return the level of each measure and place now: that of its gap, else the mean of its last points.

    Parameters
    ----------
    gaps : table of step 2.1. series : ``measure, site, contract, period, value``.

    Examples
    --------
    >>> days = pd.date_range("2025-01-01", periods=2, freq="MS")
    >>> place = {"measure": "fcr", "site": "", "contract": ""}
    >>> series = pd.DataFrame({**place, "period": days, "value": [60.0, 62.0]})
    >>> levels_now(pd.DataFrame(), series)
    {('fcr', '', ''): 61.0}
    """
    found: dict[tuple[str, str, str], float] = {}
    if len(series):
        ordered = series.dropna(subset=["value"]).sort_values("period")
        for key, part in ordered.groupby(["measure", "site", "contract"], sort=False):
            measure, site, contract = (str(name) for name in key)
            found[measure, site, contract] = float(part["value"].tail(LAST).mean())
    for row in records(gaps):
        if filled(row["measure"]) and pd.notna(row["actual"]):
            where = tuple(row[name] if filled(row[name]) else "" for name in ("site", "contract"))
            found[row["measure"], where[0], where[1]] = float(row["actual"])
    return found


def doubts(
    plan: pd.DataFrame,
    now: Mapping[tuple[str, str, str], float],
    stakeholders: pd.DataFrame,
    engagement: Engagement,
    *,
    themes: pd.DataFrame | None = None,
    before: Mapping[str, float] | None = None,
    budget: float | None = None,
) -> list[str]:
    """Return a sentence on each thing to settle before the plan is followed up, with its next step.

    Parameters
    ----------
    plan : as :func:`reviewkit.plan.action_plan` returns it. now : as :func:`levels_now` returns it.
    stakeholders : the register; an owner is known where somebody there has that role.
    before : level before the start, by action, as :func:`levels_before` returns it: an agreed baseline
        is held against it, for what came since is progress.
    themes : of step 1.4; how many comments stand behind an action that aims at fewer of them.
    budget : of the plan, as :func:`reviewkit.plan.plan_budget` returns it.
    """
    if plan.empty:
        return []
    known = {measure.id: measure for measure in engagement.measures}
    told = []
    for row in records(plan):
        level = now.get((row["measure"], row["site"], row["contract"]), np.nan)
        measure = known.get(row["measure"])
        if measure is not None and pd.notna(level):
            told += _against(
                row, float(level), measure, engagement, (before or {}).get(str(row.get("action_id")))
            )
        elif str(row["measure"]).startswith("theme:") and themes is not None:
            told += _too_few(row, themes)
    told += [*_owners(plan, stakeholders), *_costs(plan, engagement.currency)]
    return told + over_budget(plan, budget, engagement.currency)


def levels_before(
    plan: pd.DataFrame, series: pd.DataFrame, engagement: Engagement, annotations: pd.DataFrame | None = None
) -> dict[str, float]:
    """Return the steady level just before the start of each agreed action that has begun, by action.

    As in step 4.1: the mean since the last lasting change before the start, six figures at least.
    """
    known = {measure.id: measure for measure in engagement.measures}
    found = {}
    for row in records(plan):
        measure, begun = known.get(row["measure"]), row["starts"] <= pd.Timestamp(engagement.data_as_of)
        if measure is None or not row["agreed"] or not begun or series.empty:
            continue
        keys = ("measure", "site", "contract")
        mine = series[np.logical_and.reduce([series[key].eq(row[key]).to_numpy() for key in keys])]
        changed = [day for day, _ in process_changes(annotations, measure.id, row["site"])]
        seen = row["starts"] + pd.Timedelta(weeks=measure.lag_weeks)
        points = steady(mine.sort_values("period"), seen, engagement.cadence(measure), changed)
        if len(points) >= STEADY:
            found[str(row["action_id"])] = float(points["value"].mean())
    return found


def _against(
    row: Mapping[str, Any], now: float, measure: Measure, engagement: Engagement, before: float | None
) -> list[str]:
    """Compare what an action says with what the data say: now, and of one begun, before its start."""
    if measure.direction == "neutral":
        return []
    sign = 1.0 if measure.direction == "increase" else -1.0
    where = place(row["site"], engagement.contract_name(row["contract"]))

    def said(level: float) -> str:
        return amount(level, measure.unit, measure.decimals, engagement.currency)

    subject = f"{row['title'].rstrip('.')}: {inline(measure.name)}{where}"
    if pd.notna(row["target"]) and sign * (now - float(row["target"])) >= 0:
        return [
            f"{subject} is at {said(now)} already, no worse than its target of {said(row['target'])}. "
            "Agree a further target, or close the action."
        ]
    if pd.isna(row["baseline"]) or pd.isna(row["target"]):
        lacks = listing([name for name in ("baseline", "target") if pd.isna(row[name])])
        return [
            f"{subject} is at {said(now)} now, and the action has no {lacks}. "
            "Write it into the table actions."
        ]
    then = now if before is None else before
    since = "the data now say" if before is None else "the figures before its start say"
    apart = abs(then - float(row["baseline"]))
    if row["agreed"] and apart >= max(measure.minimum_effect, 1e-9):
        side = "better" if sign * (then - float(row["baseline"])) > 0 else "worse"
        return [
            f"{subject} was agreed with a baseline of {said(row['baseline'])}; {since} {said(then)}, "
            f"which is {side}. Agree from which level progress is counted."
        ]
    return []


def comments_needed(before: float, after: float) -> int:
    """Return how many comments a round must have to tell two shares apart.

    Two rounds of the same size, 5 % chance of a false alarm, 80 % chance of seeing the change:
    n = (1.96 + 0.84)^2 (p1 q1 + p2 q2) / (p1 - p2)^2 (Fleiss, Statistical Methods for Rates and
    Proportions, without continuity correction).

    Parameters
    ----------
    before, after : shares in per cent, not the same.

    Examples
    --------
    >>> comments_needed(25.0, 18.75)
    683
    """
    first, second = before / 100, after / 100
    spread = first * (1 - first) + second * (1 - second)
    return math.ceil((1.96 + 0.84) ** 2 * spread / (first - second) ** 2)


def comments_short(row: Mapping[str, Any], themes: pd.DataFrame) -> tuple[int, int] | None:
    """Return how many comments there are and are needed, where an action aims at fewer and has too few.

    Parameters
    ----------
    row : an action: ``measure`` (``theme:`` and a code), ``baseline, target`` in per cent.
    themes : of step 1.4.
    """
    if not str(row["measure"]).startswith("theme:") or themes.empty:
        return None
    code = str(row["measure"]).removeprefix("theme:")
    mine = themes[themes["code"].eq(code) & themes["kind"].eq("customer")]
    if mine.empty or pd.isna(row["target"]) or pd.isna(row["baseline"]) or row["target"] == row["baseline"]:
        return None
    have, need = int(mine["units_total"].max()), comments_needed(row["baseline"], row["target"])
    return None if have >= need else (have, need)


def _too_few(row: Mapping[str, Any], themes: pd.DataFrame) -> list[str]:
    """Say where the comments are too few for the change asked for to be told from chance."""
    short = comments_short(row, themes)
    if short is None:
        return []
    have, need = short
    rough = round(need, -2) if need >= 1000 else round(need, -1)
    return [
        f"{row['title'].rstrip('.')}: a fall from {row['baseline']:.1f}% to {row['target']:.1f}% of "
        f"comments can be told from chance with about {rough:,} comments a round; there are {have:,} now. "
        "Collect more, or ask customers about this one thing."
    ]


def _owners(plan: pd.DataFrame, stakeholders: pd.DataFrame) -> list[str]:
    owners = [owner for owner in plan["owner"].unique() if filled(owner)]
    unnamed = int((~plan["owner"].map(filled)).sum())
    told = []
    if unnamed:
        told.append(f"{plural(unnamed, 'action')} {_has(unnamed)} no owner. Name one by role for each.")
    if stakeholders.empty:
        return [*told, "There is no register of stakeholders, so nobody can tell whether the owners exist."]
    roles = known_roles(stakeholders)
    lost = [owner for owner in owners if stranger(owner, roles)]
    if lost:
        named = listing([_beside(str(owner), stakeholders) for owner in lost], limit=6)
        told.append(
            f"The register has nobody with the role of {plural(len(lost), 'owner')}: {named}. "
            "Name a role that somebody holds, or add it to the table stakeholders."
        )
    return told


def _beside(owner: str, register: pd.DataFrame) -> str:
    """Return an owner with the role of the register that may be meant."""
    meant = nearest(owner, register)
    return f"{owner} (the register has {meant})" if meant else owner


def _costs(plan: pd.DataFrame, currency: str) -> list[str]:
    open_ = int(plan["cost"].isna().sum())
    if not open_:
        return []
    known = plan["cost"].dropna()
    sofar = f" The other {len(known)} come to {money(known.sum(), currency)}." if len(known) else ""
    return [f"{plural(open_, 'action')} {_has(open_)} no cost yet. Ask the owner before it is agreed.{sofar}"]


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
