"""What the organisation needs of its leaders against what it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.content import Competency

COLUMNS: tuple[str, ...] = (
    "stakeholder_id",
    "department",
    "level",
    "site",
    "competency",
    "name",
    "needed",
    "assessed",
    "basis",
    "gap",
)
COLUMNS += ("self_rating", "self_over_others", "kind", "route", "why")
SMALL = 0.5
LARGE = 1.5
RULES = (
    "Assessed is the mean of the manager's rating and the team's (where enough of the team answered); a "
    "leader's own rating counts only where there is neither.",
    "A gap under half a point of five is none.",
    "A teachable skill: training where the gap is a point and a half or more, coaching below that.",
    "A talent: coaching below a point and a half; a move to work that suits the person above it, or where "
    "they do not want to lead; hiring where the post falls vacant within three years and no successor is "
    "ready.",
)


def capability_gaps(
    competencies: pd.DataFrame,
    leaders: pd.DataFrame,
    stakeholders: pd.DataFrame,
    definitions: Mapping[str, Competency],
    *,
    minimum_raters: int = 5,
) -> pd.DataFrame:
    """Return needed against assessed for each leader and competency, largest gap first.

    Parameters
    ----------
    competencies, leaders, stakeholders : the evidence tables; the latter two may be empty.
    definitions : competencies by id: teachable or talent. One that is not defined is taken as
        teachable.
    minimum_raters : answers the team's rating needs to count.

    Returns
    -------
    ``stakeholder_id, department, level, site, competency, name, needed, assessed, basis`` (whose
    rating), ``gap`` (needed less assessed, 1 to 5), ``self_rating, self_over_others, kind``
    (teachable or talent), ``route`` (training, coaching, move, hiring, or ""), ``why``; by
    the rules in :data:`RULES`.

    Examples
    --------
    >>> from reviewkit.content import load_competencies
    >>> rated = pd.DataFrame({"stakeholder_id": ["s1"], "competency": ["coaching"], "needed": [4.0],
    ...     "self_rating": [4.0], "manager_rating": [2.0], "team_rating": [2.4], "team_raters": [8]})
    >>> facts = pd.DataFrame(columns=["stakeholder_id", "desire_to_lead", "years_to_retirement",
    ...                               "successor_ready"])
    >>> people = pd.DataFrame({"stakeholder_id": ["s1"], "department": ["Service"], "level": ["team_lead"],
    ...                        "site": ["Quay"]})
    >>> capability_gaps(rated, facts, people, load_competencies())[["gap", "kind", "route"]].values.tolist()
    [[1.8, 'teachable', 'training']]
    """
    table = competencies.merge(people(stakeholders), on="stakeholder_id", how="left")
    wanted = ["stakeholder_id", "desire_to_lead", "years_to_retirement", "successor_ready"]
    table = table.merge(leaders[wanted].drop_duplicates("stakeholder_id"), on="stakeholder_id", how="left")
    enough = table["team_raters"].astype("float64").fillna(0) >= minimum_raters
    team = table["team_rating"].where(enough)
    others = pd.concat([table["manager_rating"], team], axis=1).mean(axis=1)
    table["assessed"] = others.fillna(table["self_rating"])
    table["basis"] = np.select(
        [team.notna() & table["manager_rating"].notna(), team.notna(), table["manager_rating"].notna()],
        ["manager and team", "team", "manager"],
        "own rating",
    )
    table["gap"] = (table["needed"] - table["assessed"]).round(2)
    table["self_over_others"] = (table["self_rating"] - others).round(2)
    table["kind"] = [_kind(name, definitions) for name in table["competency"]]
    table["name"] = [definitions[name].name if name in definitions else name for name in table["competency"]]
    routes = [_route(str(row.kind), float(str(row.gap)), row) for row in table.itertuples()]
    table["route"], table["why"] = [route for route, _ in routes], [why for _, why in routes]
    texts = ["department", "level", "site"]
    table[texts] = table[texts].astype("str").where(table[texts].notna(), "")
    return table.sort_values("gap", ascending=False, kind="stable")[list(COLUMNS)].reset_index(drop=True)


def people(stakeholders: pd.DataFrame) -> pd.DataFrame:
    """Return ``stakeholder_id, department, level, site`` of the register, one row a person."""
    return stakeholders[["stakeholder_id", "department", "level", "site"]].drop_duplicates("stakeholder_id")


def capability_by(gaps: pd.DataFrame, by: Sequence[str] = ("name", "level")) -> pd.DataFrame:
    """Return the gaps of groups of leaders, largest first.

    Returns
    -------
    The columns of ``by``, ``leaders, needed, assessed, gap`` (mean), ``lower, upper`` (95 per
    cent, t distribution; missing for a single leader), ``with_gap`` (leaders half a point
    short or more), ``kind``.
    """
    keys = list(by)
    if gaps.empty:
        return pd.DataFrame(
            columns=[*keys, "leaders", "needed", "assessed", "gap", "lower", "upper", "with_gap", "kind"]
        )
    from scipy.stats import t

    groups = gaps.dropna(subset=["gap"]).groupby(keys, sort=False)
    table = groups.agg(
        leaders=("stakeholder_id", "nunique"),
        needed=("needed", "mean"),
        assessed=("assessed", "mean"),
        gap=("gap", "mean"),
        spread=("gap", "std"),
        with_gap=("gap", lambda values: int((values >= SMALL).sum())),
        kind=("kind", "first"),
    ).reset_index()
    freedom = (table["leaders"] - 1).clip(lower=1)
    half = t.ppf(0.975, freedom) * table.pop("spread") / np.sqrt(table["leaders"])
    table["lower"], table["upper"] = table["gap"] - half, table["gap"] + half
    return table.sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def begin_with(groups: pd.DataFrame, few: int = 3) -> pd.DataFrame:
    """Return the few gaps to begin with: those surely half a point or more, by leaders times gap.

    A group of several counts when the lower end of its interval passes half a point; a single
    leader when the gap is a point and a half or more.
    """
    sure = groups["lower"].ge(SMALL) | (groups["leaders"].eq(1) & groups["gap"].ge(LARGE))
    chosen = groups[sure].assign(weight=groups["gap"] * groups["leaders"])
    return chosen.sort_values("weight", ascending=False, kind="stable").head(few).reset_index(drop=True)


def desire(leaders: pd.DataFrame, stakeholders: pd.DataFrame) -> pd.DataFrame:
    """Return each leader's own desire to lead beside the team's answer, furthest apart first.

    ``difference`` is own less team's; ``apart`` where it is a point of five or more.
    """
    table = leaders.merge(people(stakeholders), on="stakeholder_id", how="left")
    table["difference"] = table["desire_to_lead"] - table["team_answer"]
    table["apart"] = table["difference"].abs() >= 1
    columns = [
        "stakeholder_id",
        "department",
        "level",
        "site",
        "desire_to_lead",
        "team_answer",
        "difference",
        "apart",
    ]
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order, columns].reset_index(drop=True)


def counted(leaders: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return how many leaders have each value of ``column``: ``value, leaders, share``.

    >>> counted(pd.DataFrame({"promoted_on": ["vacancy", "vacancy", None]}), "promoted_on").values.tolist()
    [['vacancy', 2, 1.0]]
    """
    numbers = leaders[column].dropna().astype("str").value_counts()
    table = pd.DataFrame({"value": numbers.index.astype("str"), "leaders": numbers.to_numpy()})
    return table.assign(share=table["leaders"] / max(int(numbers.sum()), 1))


def succession(leaders: pd.DataFrame, stakeholders: pd.DataFrame, years: float = 3) -> pd.DataFrame:
    """Return leaders who retire within ``years``, soonest first, and whether a successor is ready."""
    soon = leaders[leaders["years_to_retirement"].le(years).fillna(False)]
    table = soon.merge(people(stakeholders), on="stakeholder_id", how="left")
    table["successor_ready"] = table["successor_ready"].astype("boolean").fillna(False).astype(bool)
    columns = ["stakeholder_id", "department", "level", "site", "years_to_retirement", "successor_ready"]
    return table.sort_values("years_to_retirement")[columns].reset_index(drop=True)


def aligned_goals(goals: pd.DataFrame, contract_measures: Sequence[str]) -> pd.DataFrame:
    """Return by level how many goals name a measure, and a measure of the contract.

    Returns
    -------
    ``level, goals, measured, contract`` (counts), most goals first.
    """
    table = goals.assign(
        level=goals["level"].fillna(""),
        measured=goals["measure"].notna(),
        contract=goals["measure"].isin(list(contract_measures)),
    )
    counts = (
        table.groupby("level")[["measured", "contract"]].sum().assign(goals=table.groupby("level").size())
    )
    return counts.reset_index().sort_values("goals", ascending=False, kind="stable", ignore_index=True)


def _kind(competency: str, definitions: Mapping[str, Competency]) -> str:
    return definitions[competency].kind if competency in definitions else "teachable"


def _route(kind: str, gap: float, row: Any) -> tuple[str, str]:
    if pd.isna(gap) or gap < SMALL:
        return "", ""
    if kind == "teachable":
        if gap >= LARGE:
            return "training", "a skill that can be taught, and a large gap"
        return "coaching", "a skill that can be taught, and a small gap"
    wish, years = row.desire_to_lead, row.years_to_retirement
    ready = row.successor_ready
    if pd.notna(years) and years <= 3 and not (pd.notna(ready) and bool(ready)):
        return "hiring", "a talent; the post falls vacant within three years and no successor is ready"
    if pd.notna(wish) and wish <= 2:
        return "move", "a talent, and the person does not want to lead"
    if gap >= LARGE:
        return "move", "a talent, and a large gap: training changes it little"
    return "coaching", "a talent with a small gap: coach, and let others in the team add it"
