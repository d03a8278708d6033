"""Goals beside what the contract measures: holes, goals that point nowhere, and those that pull back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from reviewkit.model import Measure
from reviewkit.model.tables.schema import LEVELS

from ..wording import amount, filled

STAGES = {
    "leaders": ("senior_leadership", "department_head"),
    "teams": ("team_lead",),
    "front_line": ("front_line",),
}
"""The three steps of a cascade, from the top."""
_UP = r"rais\w*|increas\w*|grow\w*|lift\w*|boost\w*|maximi[sz]\w*"
_DOWN = r"reduc\w*|lower\w*|cut\w*|decreas\w*|shorten\w*|minimi[sz]\w*|halv\w*"


def holes(read: pd.DataFrame, measures: Sequence[Measure]) -> pd.DataFrame:
    """Return for each contract measure and level how many goals on file point at it.

    Parameters
    ----------
    read : from :func:`reviewkit.findings.smart_goals.read_goals`.
    measures : the engagement's; those of the contract count.

    Returns
    -------
    ``measure, name``, a column of counts a level, ``goals`` (all levels, those without one
    included), ``cascade``: ``whole line``, ``no goal at any level``, or which steps are missing.

    Examples
    --------
    >>> csat = Measure(id="csat", name="Satisfaction", unit="score", direction="increase", table="contacts",
    ...                numerator="sum(csat)", contract_kpi=True)
    >>> read = pd.DataFrame({"points_at": ["csat"], "level": ["front_line"]})
    >>> holes(read, [csat])["cascade"].tolist()
    ['none for leaders or teams']
    """
    rows = []
    for measure in (one for one in measures if one.contract_kpi):
        counts = read.loc[read["points_at"].eq(measure.id), "level"].fillna("").value_counts()
        each = {level: int(counts.get(level, 0)) for level in LEVELS}
        rows.append({"measure": measure.id, "name": measure.name, **each, "goals": int(counts.sum())})
    table = pd.DataFrame(rows, columns=["measure", "name", *LEVELS, "goals"])
    return table.assign(cascade=[_cascade(row) for row in table.to_dict("records")])


def carried_by_manager(read: pd.DataFrame, stakeholders: pd.DataFrame) -> dict[str, int]:
    """Return how many goals that point at a measure have a like goal of the owner's manager.

    Returns
    -------
    ``goals`` (of owners whose manager is in the register) and ``carried`` (the manager's own
    goals on file point at the same measure).
    """
    if "reports_to" not in stakeholders or read.empty:
        return {"goals": 0, "carried": 0}
    known = stakeholders.dropna(subset=["reports_to"]).drop_duplicates("stakeholder_id")
    above = known.set_index("stakeholder_id")["reports_to"]
    mine = read[read["points_at"].ne("")]
    mine = mine.assign(manager=mine["owner"].map(above)).dropna(subset=["manager"])
    held = set(zip(read["owner"], read["points_at"], strict=True))
    carried = [pair in held for pair in zip(mine["manager"], mine["points_at"], strict=True)]
    return {"goals": len(mine), "carried": sum(carried)}


def contradictions(
    read: pd.DataFrame, targets: Mapping[str, float], measures: Sequence[Measure]
) -> pd.DataFrame:
    """Return the goals that ask for less than the target in force, or for the other direction.

    A lower level may be a stage on the way; whoever reads the list knows.

    Parameters
    ----------
    read : from ``read_goals``. targets : measure id -> target in force for the whole; leave
        out measures that add up over sites, for a part's goal is less than the whole's target.

    Returns
    -------
    ``goal_id, owner, department, level, text, points_at, asks, target, conflict``
    (``lower_ambition`` or ``other_direction``) and ``why`` in words.

    Examples
    --------
    >>> fcr = Measure(id="fcr", name="Resolution", unit="percent", direction="increase", table="contacts",
    ...               numerator="sum(resolved)", contract_kpi=True)
    >>> read = pd.DataFrame({"goal_id": ["g"], "owner": "p", "department": "d", "level": "team_lead",
    ...     "text": "Raise resolution to 70 %", "points_at": "fcr", "asks": 70.0})
    >>> contradictions(read, {"fcr": 74.0}, [fcr])["why"].tolist()
    ['asks for 70.0%, less than the 74.0% in force']
    """
    known = {measure.id: measure for measure in measures}
    names = ["goal_id", "owner", "department", "level", "text", "points_at", "asks"]
    rows = []
    for row in read[[name for name in (*names, "relevant_words") if name in read]].to_dict("records"):
        found = _conflict(row, known.get(row["points_at"]), targets.get(row["points_at"]))
        if found:
            target = targets.get(row["points_at"], float("nan"))
            rows.append({**row, "target": target, "conflict": found[0], "why": found[1]})
    return pd.DataFrame(rows, columns=[*names, "target", "conflict", "why"])


def _cascade(row: Mapping[Any, Any]) -> str:
    names = {"leaders": "leaders", "teams": "teams", "front_line": "the front line"}
    missing = [names[stage] for stage, levels in STAGES.items() if not sum(row[level] for level in levels)]
    if not row["goals"]:
        return "no goal at any level"
    return f"none for {' or '.join(missing)}" if missing else "whole line"


def _conflict(
    row: Mapping[Any, Any], measure: Measure | None, target: float | None
) -> tuple[str, str] | None:
    if measure is None or measure.direction == "neutral":
        return None
    against, way = (_DOWN, "less") if measure.direction == "increase" else (_UP, "more")
    if _asks(against, str(row["text"] or ""), row.get("relevant_words")):
        name = measure.name.lower()
        return "other_direction", f"asks for {way} of {name}, of which the contract wants the opposite"
    if target is None or pd.isna(target) or pd.isna(row["asks"]):
        return None
    short = target - row["asks"] if measure.direction == "increase" else row["asks"] - target
    if short <= 1e-9:
        return None
    asked, wanted = (amount(float(level), measure.unit, measure.decimals) for level in (row["asks"], target))
    than = "less" if measure.direction == "increase" else "more"
    return "lower_ambition", f"asks for {asked}, {than} than the {wanted} in force"


def _asks(acts: str, text: str, named: Any) -> bool:
    """Whether one of these acts stands right before the words that name the measure."""
    if not filled(named):
        return False
    place = text.find(str(named).split(" … ")[0])
    if place < 0:  # told by what is on file: no word of the text names it
        return False
    before = text[:place]
    return bool(re.search(rf"\b(?:{acts})\s+(?:(?!so\b|to\b|by\b|and\b)[\w'’-]+\s+){{0,4}}$", before, re.I))
