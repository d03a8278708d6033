"""Gaps and causes as findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Evidence, Finding

from ..wording import place

RULE = (
    "Level of the latest twelve points, or since the signal began, against the target in force or its own "
    "earlier level; a gap where the 95 per cent interval, wider where several sites or contracts of "
    "a measure are looked at, leaves out zero and the size passes the smallest change worth acting on"
)


def gap_findings(
    gaps: pd.DataFrame, coded: pd.DataFrame, tables: Mapping[str, str], *, step: str = "2.1"
) -> list[Finding]:
    """Return one finding a gap, its id the gap's.

    Parameters
    ----------
    gaps : measured and described gaps.
    coded : one row a remark and code: the remarks a described gap rests on.
    tables : measure -> evidence table it is counted from.
    """
    made = []
    for row in gaps.to_dict("records"):
        kind, parts = row["gap_id"].split("/")[1], row["gap_id"].split("/")[2:]
        names = (
            "target",
            "actual",
            "gap",
            "lower",
            "upper",
            "cost_per_year",
            "overlaps",
            "site",
            "measure",
            "n",
        )
        figures = {name: _plain(row[name]) for name in names}
        made.append(
            Finding.of(
                step,
                kind,
                *parts,
                statement=row["statement"],
                figures=figures,
                evidence=(_evidence(row, coded, tables),),
            )
        )
    return made


def cause_findings(
    causes: pd.DataFrame, gaps: pd.DataFrame, contracts: Mapping[str, str] | None = None
) -> list[Finding]:
    """Return one finding for each cause that was tested, best supported first.

    ``contracts`` names contracts by their ids.
    """
    subjects = {row["gap_id"]: _subject(row, contracts or {}) for row in gaps.to_dict("records")}
    order = {"supported": 0, "inconclusive": 1, "contradicted": 2}
    tested = causes[causes["verdict"].isin(list(order))]
    made = []
    for row in tested.sort_values("verdict", key=lambda column: column.map(order), kind="stable").to_dict(
        "records"
    ):
        figures = {name: _plain(row[name]) for name in ("effect", "p_value", "n", "verdict", "raised")}
        figures["verdict"] = row.get("computed") or row["verdict"]  # of the test: what people judge is none
        evidence = Evidence(
            source=row["test"], rule="Holm-corrected over the causes tested for this gap", rows=int(row["n"])
        )
        parts = [*row["gap_id"].split("/")[2:], row["cause"]]
        made.append(
            Finding.of(
                "2.1",
                "cause",
                *parts,
                statement=f"{subjects.get(row['gap_id'], '')}: {row['statement']}",
                figures=figures,
                evidence=(evidence,),
            )
        )
    return made


def _subject(row: Mapping[Any, Any], contracts: Mapping[str, str]) -> str:
    """A gap by its name and place."""
    contract = row.get("contract")
    return f"{row['name']}{place(row['site'], contracts.get(str(contract), contract))}"


def _evidence(row: Mapping[Any, Any], coded: pd.DataFrame, tables: Mapping[str, str]) -> Evidence:
    if row["kind"] == "described":
        mine = coded.loc[coded["code"].eq(row["code"]) & coded["stance"].ne("strength"), "remark_id"]
        ids = tuple(dict.fromkeys(mine))
        return Evidence(
            source="remarks",
            rule="Concern raised by two or more, with no measured gap",
            rows=len(ids),
            remarks=ids,
        )
    where = row["site"] or row["contract"] or "all together"
    return Evidence(
        source=tables.get(row["measure"], "signals"),
        rule=RULE,
        rows=int(row["n"]),
        query=f"{row['name']}, {where}",
    )


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
