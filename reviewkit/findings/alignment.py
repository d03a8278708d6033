"""The convergence matrix as findings, and the rows worth showing side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Evidence, Finding

RULE = "Triangulation protocol (Farmer and others, 2006): agreement, partial agreement, silence, dissonance"


def alignment_findings(convergence: pd.DataFrame, coded: pd.DataFrame) -> list[Finding]:
    """Return one finding a topic (its leading row), and one a disagreement.

    Parameters
    ----------
    convergence : from :func:`reviewkit.findings.triangulate`.
    coded : one row a remark and code: the remarks that a finding rests on.

    Returns
    -------
    Findings of kind ``agreement, partial, dissonance, silence_in_data`` or
    ``silence_in_voices``; subject code and measure.
    """
    if convergence.empty:
        return []
    chosen = convergence[convergence["leading"] | convergence["relationship"].eq("dissonance")]
    made = [_finding(row, coded) for row in chosen.to_dict("records")]
    return list({finding.id: finding for finding in made}.values())


def joint_rows(convergence: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the rows for a joint display: both sides speak; agreement and disagreement first."""
    order = {"agreement": 0, "dissonance": 1, "partial": 2}
    both = convergence[convergence["relationship"].isin(list(order)) & convergence["measure"].ne("")]
    both = both[both["leading"] | both["relationship"].eq("dissonance")]
    ranked = both.assign(order=both["relationship"].map(order)).sort_values(
        ["order", "share"], ascending=[True, False]
    )
    return ranked.drop_duplicates("measure").head(most).drop(columns="order").reset_index(drop=True)


def _finding(row: Mapping[Any, Any], coded: pd.DataFrame) -> Finding:
    mine = (
        coded.loc[coded["code"].eq(row["code"]), "remark_id"] if row["code"] else coded["remark_id"].head(0)
    )
    ids = tuple(dict.fromkeys(mine))
    evidence = []
    if ids:
        evidence.append(Evidence(source="remarks", rule=f"coded {row['code']}", rows=len(ids), remarks=ids))
    if row["measure"]:
        where = row["site"] or "all together"
        evidence.append(
            Evidence(source="signals", rule=RULE, rows=1, query=f"{row['measure_name']}, {where}")
        )
    names = ("relationship", "stance", "data", "units", "units_total", "share", "size", "site", "firm")
    return Finding.of(
        "1.5",
        str(row["relationship"]),
        str(row["code"] or "no_topic"),
        str(row["measure"]),
        statement=f"{row['meaning']} {row['reason']}",
        figures={name: _plain(row[name]) for name in names},
        evidence=tuple(evidence) or (Evidence(source="themes", rule=RULE),),
    )


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
