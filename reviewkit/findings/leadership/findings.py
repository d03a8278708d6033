"""Leadership capability as findings: of groups for leadership, of individuals for managers alone."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Edition, Evidence, Finding

RULE = "Needed less assessed, the mean of the manager's and the team's rating, 1 to 5"
AUDIENCE: tuple[Edition, ...] = ("team", "leadership", "managers")


def group_findings(groups: pd.DataFrame, first: pd.DataFrame, levels: Mapping[str, str]) -> list[Finding]:
    """Return one finding a group of leaders that falls short, those to begin with marked.

    Parameters
    ----------
    groups : ``name, level, leaders, gap, lower, upper, with_gap``, small groups left out.
    first : the groups to begin with, with ``priority`` (see ``leadership_priority.formula``).
    levels : names of levels as they shall appear.
    """
    begin = set(zip(first["name"], first["level"], strict=True)) if len(first) else set()
    made = []
    for row in groups[groups["gap"] >= 0.5].to_dict("records"):
        chosen = (row["name"], row["level"]) in begin
        level = levels.get(row["level"], row["level"])
        text = (
            f"{row['name']} among {level} is {row['gap']:.1f} of five points short of what their roles need"
        )
        text += f", over {int(row['leaders'])} leaders{'; begin with it' if chosen else ''}."
        evidence = Evidence(source="competencies", rule=RULE, rows=int(row["leaders"]))
        figures = {"gap": float(row["gap"]), "leaders": int(row["leaders"]), "begin": chosen}
        made.append(
            Finding.of(
                "2.4",
                "capability",
                row["name"],
                row["level"],
                statement=text,
                figures=figures,
                evidence=(evidence,),
                audience=AUDIENCE,
            )
        )
    return made


def leader_findings(gaps: pd.DataFrame) -> list[Finding]:
    """Return one personal finding for each leader's gap with a route."""
    made = []
    for row in gaps[gaps["route"].ne("")].to_dict("records"):
        text = f"{row['stakeholder_id']}: {row['name'].lower()} is {row['gap']:.1f} short of the "
        text += f"{row['needed']:.1f} needed{_sure(row)}; route: {row['route']} ({row['why']})."
        evidence = Evidence(source="competencies", rule=RULE, rows=1, query=f"rated by: {row['basis']}")
        figures = {
            "gap": float(row["gap"]),
            "needed": float(row["needed"]),
            "assessed": float(row["assessed"]),
        }
        made.append(
            Finding.of(
                "2.4",
                "leader",
                row["stakeholder_id"],
                row["competency"],
                statement=text,
                figures=figures,
                evidence=(evidence,),
                audience=("team", "managers"),
                personal=True,
            )
        )
    return made


def _sure(row: Mapping[Hashable, Any]) -> str:
    """The interval of a gap in brackets; nothing where the spread of raters is not known."""
    if pd.isna(row.get("lower")):
        return ""
    return f" (95% interval {row['lower']:.1f} to {row['upper']:.1f})".replace("-", "−")
