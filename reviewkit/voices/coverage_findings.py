"""Findings on who is not heard."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from reviewkit.disclosure import LEVEL_WORDS
from reviewkit.model import Edition, Evidence, Finding

Row = Mapping[Hashable, Any]


def hole_findings(coverage: pd.DataFrame, minimum: int) -> list[Finding]:
    """Return a finding a hole in coverage (kind ``coverage_hole``), the largest group first.

    Holes of fewer than ``minimum`` people are for the team only: they point at persons.
    """
    holes = coverage[coverage["hole"].astype(bool)] if len(coverage) else coverage
    holes = holes.sort_values("headcount", ascending=False, kind="stable") if len(holes) else holes
    return [_hole(row, minimum) for row in holes.to_dict("records")]


def _hole(row: Row, minimum: int) -> Finding:
    department, site = str(row["department"]), str(row["site"])
    level, people = LEVEL_WORDS.get(str(row["level"]), str(row["level"])), int(row["headcount"])
    audience: tuple[Edition, ...] = ("team", "leadership") if people >= minimum else ("team",)
    at = f" at {site}" if site else ""
    evidence = Evidence(
        source="stakeholders",
        rule="a group of the register without an interview planned or held",
        rows=people,
        query=f"{department}, {level}{at}",
    )
    return Finding.of(
        "1.3",
        "coverage_hole",
        department,
        str(row["level"]),
        site,
        statement=f"No interview is planned or held with {department}{at}, {level}: plan {row['who']}.",
        figures={"headcount": people, "planned": int(row["planned"]), "held": int(row["held"])},
        evidence=(evidence,),
        audience=audience,
    )
