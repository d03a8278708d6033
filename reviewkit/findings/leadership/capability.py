"""What the organisation needs of its leaders against what it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from reviewkit.content import Competency

from .priority import begin_with, contract_relevance
from .rules import leadership_rules, routed

__all__ = ["COLUMNS", "begin_with", "capability_by", "capability_gaps", "contract_relevance", "people"]

_WHO = ("stakeholder_id", "department", "level", "site", "competency", "name")
_SEEN = ("self_rating", "self_over_others", "kind", "route", "why")
_MORE = ("manager_rating", "team_rating", "raters", "lower", "upper", "own_view", "needed_from", "led")
COLUMNS: tuple[str, ...] = (*_WHO, "needed", "assessed", "basis", "gap", *_SEEN, *_MORE)
FEWEST_PAIRS = 10
"""Pairs of a manager's and a team's rating from which the spread of raters is estimated."""


def capability_gaps(
    competencies: pd.DataFrame,
    leaders: pd.DataFrame,
    stakeholders: pd.DataFrame,
    definitions: Mapping[str, Competency],
    *,
    minimum_raters: int = 5,
) -> pd.DataFrame:
    """Return needed against assessed for each leader and competency, largest gap first.

    How sure a gap is follows from who rated: one manager's rating has the variance s^2 of a
    rater, a team's mean s^2 / k, and the mean of both (s^2 + s^2 / k) / 4. The spread s is that of this
    engagement's own raters: the variance of manager less team, which is s^2 (1 + 1 / k) where
    raters err independently, pooled over all leaders and competencies (method of moments). It
    takes :data:`FEWEST_PAIRS` pairs; without them, and for a leader's own rating, limits are missing.

    Parameters
    ----------
    competencies, leaders, stakeholders : the evidence tables; the latter two may be empty.
    definitions : competencies by id: teachable or talent. One that is not defined is taken as
        teachable.
    minimum_raters : answers the team's rating needs to count, or to be shown at all.

    Returns
    -------
    ``stakeholder_id, department, level, site, competency, name, needed, assessed, basis`` (whose
    rating), ``gap`` (needed less assessed, 1 to 5) with ``lower, upper`` (95 per cent),
    ``self_rating, manager_rating, team_rating, raters`` (of the team), ``self_over_others``,
    ``own_view`` (``above, below, in line`` or ""), ``kind`` (teachable or talent), ``route``
    (training, coaching, move, hiring, or "") and ``why`` by the rules of
    ``competencies.yaml``; ``needed_from`` (``file``, or ``level`` where the list's need for the level
    stands in) and ``led`` (people who report to the leader).

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
    table = _rated(_needed(table), minimum_raters)
    table["kind"] = [_kind(name, definitions) for name in table["competency"]]
    table["chosen"] = [name in definitions and definitions[name].chosen for name in table["competency"]]
    table["name"] = [definitions[name].name if name in definitions else name for name in table["competency"]]
    table = routed(table, leadership_rules())
    table["led"] = table["stakeholder_id"].map(led_by(stakeholders)).fillna(0).astype("int64")
    texts = ["department", "level", "site"]
    table[texts] = table[texts].astype("str").where(table[texts].notna(), "")
    return table.sort_values("gap", ascending=False, kind="stable")[list(COLUMNS)].reset_index(drop=True)


def people(stakeholders: pd.DataFrame) -> pd.DataFrame:
    """Return ``stakeholder_id, department, level, site`` of the register, one row a person."""
    return stakeholders[["stakeholder_id", "department", "level", "site"]].drop_duplicates("stakeholder_id")


def led_by(stakeholders: pd.DataFrame) -> dict[str, int]:
    """Return how many people report to each leader, by stakeholder id."""
    if "reports_to" not in stakeholders:
        return {}
    heads = pd.to_numeric(stakeholders["headcount"]).astype("float64").fillna(1)
    return {str(key): int(n) for key, n in heads.groupby(stakeholders["reports_to"]).sum().items()}


def capability_by(gaps: pd.DataFrame, by: Sequence[str] = ("name", "level")) -> pd.DataFrame:
    """Return the gaps of groups of leaders, largest first.

    Returns
    -------
    The columns of ``by``, ``leaders, needed, assessed, gap`` (mean), ``lower, upper`` (95 per
    cent, t distribution; missing for a single leader), ``with_gap`` (leaders half a point
    short or more), ``people`` (who report to those; at least the leaders themselves),
    ``routes`` (of those, the commonest first), ``kind`` and, where it is by competency, ``competency``.
    """
    keys = list(by)
    figures = ["leaders", "needed", "assessed", "gap", "with_gap", "people", "routes", "kind", "competency"]
    if gaps.empty:
        return pd.DataFrame(columns=[*keys, *figures, "lower", "upper"])
    from scipy.special import stdtrit

    frame = gaps.dropna(subset=["gap"])
    frame = frame.assign(short=frame["gap"].ge(leadership_rules().small))
    led = frame.get("led", 0)
    frame = frame.assign(reached=np.maximum(led, 1) * frame["short"])
    for name in ("route", "competency"):
        frame[name] = frame.get(name, "")
    groups = frame.groupby(keys, sort=False)
    table = groups.agg(
        leaders=("stakeholder_id", "nunique"),
        needed=("needed", "mean"),
        assessed=("assessed", "mean"),
        gap=("gap", "mean"),
        spread=("gap", "std"),
        with_gap=("short", "sum"),
        people=("reached", "sum"),
        routes=("route", _commonest),
        kind=("kind", "first"),
        competency=("competency", "first"),
    ).reset_index()
    table = table.astype({"with_gap": "int64", "people": "int64"})
    freedom = (table["leaders"] - 1).clip(lower=1).to_numpy(dtype=float)
    half = stdtrit(freedom, 0.975) * table.pop("spread") / np.sqrt(table["leaders"])
    table["lower"], table["upper"] = table["gap"] - half, table["gap"] + half
    return table.sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def _commonest(routes: pd.Series) -> str:
    return ", ".join(str(name) for name in routes[routes.ne("")].value_counts().index)


def _needed(table: pd.DataFrame) -> pd.DataFrame:
    """Needs on file; where there is none, what the list of competencies asks of the level."""
    needs = leadership_rules().needs
    pairs = zip(table["competency"], table["level"], strict=True)
    usual = pd.Series([needs.get(name, {}).get(str(level)) for name, level in pairs], index=table.index)
    on_file = table["needed"].astype("float64")
    needed = on_file.fillna(usual.astype("float64"))
    return table.assign(needed=needed, needed_from=np.where(on_file.notna(), "file", "level"))


def _rated(table: pd.DataFrame, minimum_raters: int) -> pd.DataFrame:
    """Three views side by side, what is assessed from them, and how sure the gap is."""
    apart = leadership_rules().apart
    raters = table["team_raters"].astype("float64").fillna(0)
    team = table["team_rating"].astype("float64").where(raters >= minimum_raters)
    manager = table["manager_rating"].astype("float64")
    others = pd.concat([manager, team], axis=1).mean(axis=1)
    basis = np.select(
        [team.notna() & manager.notna(), team.notna(), manager.notna()],
        ["manager and team", "team", "manager"],
        "own rating",
    )
    over = (table["self_rating"] - others).round(2)
    gap = (table["needed"] - others.fillna(table["self_rating"])).round(2)
    half = 1.959964 * _rating_error(manager, team, raters)
    return table.assign(
        manager_rating=manager,
        team_rating=team,
        raters=raters.where(team.notna(), 0).astype("int64"),
        assessed=others.fillna(table["self_rating"]),
        basis=basis,
        gap=gap,
        lower=gap - half,
        upper=gap + half,
        self_over_others=over,
        own_view=np.select([over.isna(), over >= apart, over <= -apart], ["", "above", "below"], "in line"),
    )


def _rating_error(manager: pd.Series, team: pd.Series, raters: pd.Series) -> pd.Series:
    """Standard error of what is assessed; missing where the spread of raters is not known."""
    both = manager.notna() & team.notna()
    between = (manager - team)[both]
    if len(between) < FEWEST_PAIRS:
        return pd.Series(np.nan, index=manager.index)
    parts = (1 + 1 / raters[both]).sum() * (len(between) - 1) / len(between)
    spread = float(((between - between.mean()) ** 2).sum() / parts)
    of_team = spread / raters.where(team.notna())
    variance = pd.Series(np.where(both, (spread + of_team) / 4, of_team), index=manager.index)
    return variance.fillna(spread).where(manager.notna() | team.notna()) ** 0.5


def _kind(competency: str, definitions: Mapping[str, Competency]) -> str:
    return definitions[competency].kind if competency in definitions else "teachable"
