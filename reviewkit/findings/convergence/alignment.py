"""The convergence matrix as findings, and the rows worth showing side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Evidence, Finding

RULE = "Triangulation protocol (Farmer and others, 2006): agreement, partial agreement, silence, dissonance"
FIGURES = ("relationship", "stance", "data", "units", "units_total", "share", "size", "site", "firm")


def alignment_findings(convergence: pd.DataFrame, coded: pd.DataFrame) -> list[Finding]:
    """Return one finding a topic (its leading row), and one each for other rows that matter.

    Those are rows where the two agree or disagree, and rows whose verdict was overruled.

    Parameters
    ----------
    convergence : from :func:`reviewkit.findings.with_verdicts`, or from
        :func:`reviewkit.findings.triangulate` where nothing was overruled.
    coded : one row a remark and code: the remarks that a finding rests on.

    Returns
    -------
    Findings of kind ``agreement, partial, dissonance, silence_in_data`` or ``silence_in_voices``; subject
    code and measure. The kind is the verdict that holds, the figures are those of the rule; the id names
    no verdict, so that what was decided about it stays with it when the verdict changes.
    """
    if convergence.empty:
        return []
    # Agreement beside another measure may stand in a joint display: it needs its evidence, too.
    chosen = convergence["leading"] | convergence["relationship"].isin(["dissonance", "agreement"])
    if "overruled_by" in convergence:
        chosen |= convergence["overruled_by"].ne("")
    made = [verdict_finding(row, coded) for row in convergence[chosen].to_dict("records")]
    return list({finding.id: finding for finding in made}.values())


def joint_rows(convergence: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the rows for a joint display: both sides speak, no topic and no measure twice.

    Agreement comes first, then disagreement; within them the topic that most raise.
    """
    order = {"agreement": 0, "dissonance": 1, "partial": 2}
    both = convergence[convergence["relationship"].isin(list(order)) & convergence["measure"].ne("")]
    ranked = both.assign(order=both["relationship"].map(order)).sort_values(
        ["order", "share", "size"], ascending=[True, False, False], kind="stable"
    )
    chosen: list[int] = []
    topics, measures = set[str](), set[str]()
    for place, (code, measure) in enumerate(zip(ranked["code"], ranked["measure"], strict=True)):
        if len(chosen) < most and code not in topics and measure not in measures:
            chosen.append(place)
            topics.add(code)
            measures.add(measure)
    return ranked.iloc[chosen].drop(columns="order").reset_index(drop=True)


def verdict_finding(row: Mapping[Any, Any], coded: pd.DataFrame) -> Finding:
    """Return a row of the matrix as a finding."""
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
    computed = dict(row) | {"relationship": row.get("computed") or row["relationship"]}
    found = Finding.of(
        "1.5",
        "verdict",
        str(row["code"] or "no_topic"),
        str(row["measure"]),
        statement=f"{row['meaning']} {row['reason']}",
        figures={name: _plain(computed[name]) for name in FIGURES},
        evidence=tuple(evidence) or (Evidence(source="themes", rule=RULE),),
    )
    return found.model_copy(update={"kind": str(row["relationship"])})


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
