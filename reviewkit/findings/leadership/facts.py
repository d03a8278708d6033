"""Facts about leaders beside their ratings: wish to lead, promotion, succession, their goals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..goals.results_and_tasks import kinds_by_level
from .capability import people
from .rules import leadership_rules

LEADING = ("senior_leadership", "department_head", "team_lead")
"""Levels whose people lead others."""


def desire(
    leaders: pd.DataFrame,
    stakeholders: pd.DataFrame,
    competencies: pd.DataFrame | None = None,
    *,
    minimum_raters: int = 5,
) -> pd.DataFrame:
    """Return each leader's own desire to lead beside the team's answer, furthest apart first.

    The team's answer stands only where ``minimum_raters`` of the team gave one: the column
    ``team_raters`` of ``leaders``, else how many of the team rated the leader's competencies.
    Where neither is on file the answer is left out.

    Returns
    -------
    ``stakeholder_id, department, level, site, desire_to_lead, team_answer, raters, difference``
    (own less team's), ``apart`` (by a point or more, see the rules) and ``hidden`` (an answer
    is on file and too few gave it).
    """
    table = leaders.merge(people(stakeholders), on="stakeholder_id", how="left")
    table["raters"] = _raters(table, competencies)
    enough = table["raters"] >= minimum_raters
    answer = table["team_answer"].astype("float64")
    table["hidden"] = answer.notna() & ~enough
    table["team_answer"] = answer.where(enough)
    table["difference"] = (table["desire_to_lead"] - table["team_answer"]).round(2)
    table["apart"] = table["difference"].abs() >= leadership_rules().apart
    columns = ["stakeholder_id", "department", "level", "site", "desire_to_lead", "team_answer", "raters"]
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order, [*columns, "difference", "apart", "hidden"]].reset_index(drop=True)


def counted(leaders: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return how many leaders have each value of ``column``: ``value, leaders, share``.

    >>> counted(pd.DataFrame({"promoted_on": ["vacancy", "vacancy", None]}), "promoted_on").values.tolist()
    [['vacancy', 2, 1.0]]
    """
    numbers = leaders[column].dropna().astype("str").value_counts()
    table = pd.DataFrame({"value": numbers.index.astype("str"), "leaders": numbers.to_numpy()})
    return table.assign(share=table["leaders"] / max(int(numbers.sum()), 1))


def gap_by_basis(gaps: pd.DataFrame, leaders: pd.DataFrame) -> pd.DataFrame:
    """Return the mean gap of leaders by what their promotion rested on.

    Each leader counts once, by the mean over their competencies. An association: who is promoted how
    differs in other ways, too.

    Returns
    -------
    ``promoted_on, leaders, gap, lower, upper`` (95 per cent, t distribution), the widest first.
    """
    each = gaps.dropna(subset=["gap"]).groupby("stakeholder_id")["gap"].mean().reset_index()
    table = each.merge(leaders[["stakeholder_id", "promoted_on"]].dropna(), on="stakeholder_id")
    if table.empty:
        return pd.DataFrame(columns=["promoted_on", "leaders", "gap", "lower", "upper"])
    from scipy.special import stdtrit

    found = table.groupby("promoted_on")["gap"].agg(leaders="size", gap="mean", spread="std").reset_index()
    freedom = (found["leaders"] - 1).clip(lower=1).to_numpy(dtype=float)
    half = stdtrit(freedom, 0.975) * found.pop("spread") / np.sqrt(found["leaders"])
    found = found.assign(lower=found["gap"] - half, upper=found["gap"] + half)
    return found.sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def succession(leaders: pd.DataFrame, stakeholders: pd.DataFrame, years: float | None = None) -> pd.DataFrame:
    """Return leaders who retire within ``years`` (those of the rules), soonest first.

    Returns
    -------
    ``stakeholder_id, department, level, site, years_to_retirement, successor_ready`` (true,
    false or missing: not on file) and ``risk``: ``high`` without a ready successor, ``unknown`` where
    nobody recorded one or the other, ``covered`` with one.
    """
    within = leadership_rules().years if years is None else years
    soon = leaders[leaders["years_to_retirement"].le(within).fillna(False)]
    table = soon.merge(people(stakeholders), on="stakeholder_id", how="left")
    ready = table["successor_ready"].astype("boolean")
    table["successor_ready"] = ready
    known = ready.fillna(False).astype(bool)
    table["risk"] = np.select([ready.isna().to_numpy(), known.to_numpy()], ["unknown", "covered"], "high")
    columns = ["stakeholder_id", "department", "level", "site", "years_to_retirement", "successor_ready"]
    return table.sort_values("years_to_retirement")[[*columns, "risk"]].reset_index(drop=True)


def aligned_goals(read: pd.DataFrame, contract_measures: Sequence[str]) -> pd.DataFrame:
    """Return by level of leaders what their goals on file point at and ask for.

    Goals are read by their words, as on the page of people's performance, so that both agree.

    Parameters
    ----------
    read : goals as read by ``read_goals`` and ``goal_kinds``: ``owner, level, points_at, kind``.
    contract_measures : ids of the measures the contract pays by.

    Returns
    -------
    ``level, goals, owners, measured`` (point at a measure or an outcome), ``contract`` (at a
    measure of the contract), ``results`` (ask for a result, be it with a task) and ``tasks``
    (ask for tasks alone), from the top; levels that lead only.
    """
    table = read[read["level"].isin(LEADING)]
    names = ["level", "goals", "owners", "measured", "contract", "results", "tasks"]
    if table.empty:
        return pd.DataFrame(columns=names)
    kinds = kinds_by_level(table).set_index("level")
    points = table.assign(
        measured=table["points_at"].ne(""), contract=table["points_at"].isin(list(contract_measures))
    )
    found = points.groupby("level")[["measured", "contract"]].sum().astype("int64")
    found = found.assign(
        goals=kinds["goals"],
        owners=kinds["owners"],
        results=kinds["result"] + kinds["both"],
        tasks=kinds["task"],
    )
    return found.reindex(kinds.index).reset_index()[names]


def _raters(table: pd.DataFrame, competencies: pd.DataFrame | None) -> pd.Series:
    """How many of the team answered; nought where it is not on file."""
    own = table["team_raters"] if "team_raters" in table else pd.Series(np.nan, index=table.index)
    own = own.astype("float64")
    if competencies is not None and len(competencies):
        most = competencies.groupby("stakeholder_id")["team_raters"].max()
        own = own.fillna(table["stakeholder_id"].map(most).astype("float64"))
    return own.fillna(0).astype("int64")
