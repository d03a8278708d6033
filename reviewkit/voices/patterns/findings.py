"""Findings of what people say, worded so that no edition learns who said it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.model import Edition, Evidence, Finding

from .themes import CONCERNS, side
from .wording import how_many, is_banded

Row = Mapping[Hashable, Any]
_FEWEST = {"interview": 2, "customer": 5, "observation": 2}
_SOURCE = {"interview": "remarks", "customer": "customer_feedback", "observation": "observations"}


def leading(themes: pd.DataFrame, stance: str) -> pd.DataFrame:
    """Return one row a code for a stance, most raised first; interviews where there are any, else comments.

    ``stance`` is ``concern`` (suggestions count with it: who proposes a remedy sees a problem)
    or ``strength``. Codes raised by fewer than 2 interviews or 5 comments are left out; two interviews
    of one person are one here.
    """
    wanted = ("strength",) if stance == "strength" else CONCERNS
    rows = themes[themes["stance"].isin(wanted)] if len(themes) else themes
    for kind in ("interview", "customer"):
        mine = rows[rows["kind"] == kind] if len(rows) else rows
        mine = mine[_sources(mine) >= _FEWEST[kind]] if len(mine) else mine
        if len(mine):
            ranked = mine.assign(_free=mine["spontaneous"].astype("float64").fillna(-1))
            ranked = ranked.sort_values(["_free", "units", "code"], ascending=[False, False, True])
            return ranked.drop_duplicates("code").drop(columns="_free").reset_index(drop=True)
    return themes.head(0)


def theme_findings(themes: pd.DataFrame, coded: pd.DataFrame, gate: Discloser) -> list[Finding]:
    """Return a finding a theme (kind ``theme``) and a strength (kind ``strength``), most raised first."""
    found = []
    for stance, kind in (("concern", "theme"), ("strength", "strength")):
        for rank, row in enumerate(leading(themes, stance).to_dict("records"), start=1):
            found.append(
                Finding.of(
                    "1.4",
                    kind,
                    str(row["code"]),
                    statement=theme_words(row, gate, "leadership"),
                    figures=_figures(row, rank),
                    evidence=(_evidence(row, coded),),
                )
            )
    return found


def theme_words(row: Row, gate: Discloser, edition: Edition) -> str:
    """Return the sentence for one theme: how many raise it, from how many departments.

    >>> from reviewkit.model import Disclosure
    >>> row = {"name": "Morale", "stance": "concern", "kind": "interview", "units": 9, "units_total": 14,
    ...        "departments": 4, "departments_total": 5, "note": ""}
    >>> theme_words(row, Discloser(Disclosure(), pd.DataFrame()), "leadership")
    'Morale is a concern in 9 of 14 interviews, in 4 of 5 departments heard.'
    """
    number = how_many(gate, int(row["units"]), int(row["units_total"]), str(row["kind"]), edition)
    role = "named as a strength" if row["stance"] == "strength" else "a concern"
    note = f" {row['note']}" if row["note"] else ""
    return f"{row['name']} is {role} in {number}{_departments(row, gate, edition)}.{note}"


def _sources(themes: pd.DataFrame) -> pd.Series:
    """Return of how many units, or people where known, a theme comes."""
    return themes[["units", "people"]].min(axis=1) if "people" in themes else themes["units"]


def _departments(row: Row, gate: Discloser, edition: Edition) -> str:
    reached, total = int(row["departments"]), int(row["departments_total"])
    if row["kind"] != "interview" or not reached or total < 2:
        return ""
    if is_banded(gate, int(row["units"]), int(row["units_total"]), edition):
        return ", in more than one department" if reached > 1 else ""
    return f", in {reached} of {total} departments heard"


def _figures(row: Row, rank: int) -> dict[str, Any]:
    names = ("units", "units_total", "departments", "departments_total", "remarks")
    figures: dict[str, Any] = {name: int(row[name]) for name in names}
    free = row["spontaneous"]
    return figures | {
        "spontaneous": None if pd.isna(free) else int(free),
        "rank": rank,
        "source": row["kind"],
    }


def _evidence(row: Row, coded: pd.DataFrame) -> Evidence:
    same = (
        (coded["code"] == row["code"])
        & (side(coded["stance"]) == row["stance"])
        & (coded["kind"] == row["kind"])
    )
    ids = tuple(dict.fromkeys(coded.loc[same, "remark_id"]))
    return Evidence(
        source=_SOURCE[str(row["kind"])],
        rule=f"coded {row['code']} ({row['stance']}); a group session counts as one interview",
        rows=len(ids),
        query=f"remarks with the code {row['code']}",
        remarks=ids,
    )
