"""Corrections by people who were heard: which are open, and what of them an edition may read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Edition

from .discloser import Discloser

OPEN = "A correction by somebody who was heard is open."
BECAME = {"open": "Being looked at", "accepted": "Taken in", "rejected": "Not taken in"}


def open_corrections(corrections: pd.DataFrame, code: str) -> int:
    """Return how many corrections that nobody answered bear on a theme, or on a statement about it.

    >>> rows = pd.DataFrame({"about": ["morale", "heard/heard_concern/morale", "morale", "culture"],
    ...                      "status": ["open", "open", "accepted", "open"]})
    >>> open_corrections(rows, "morale")
    2
    """
    waiting = corrections.loc[corrections["status"].eq("open"), "about"].fillna("").astype("str")
    return int(waiting.str.split("/").str[-1].eq(code).sum())


def received(
    corrections: pd.DataFrame, names: Mapping[str, str], gate: Discloser, edition: Edition
) -> pd.DataFrame:
    """Return ``about, said, became, why`` of the corrections an edition may read; the team, ``role`` too.

    The team reads them as they came. Others read only what was put into ``words`` that lead to
    nobody, redacted once more, and neither who sent it nor when.

    Parameters
    ----------
    corrections : the evidence table. names : theme, by code -> its name.
    """
    team = edition == "team"
    rows = corrections if team else corrections[corrections["words"].fillna("").ne("")]
    table = pd.DataFrame(
        {
            "about": [_about(value, names) for value in rows["about"]],
            "said": [_safe(row, "correction" if team else "words", gate, edition) for row in _records(rows)],
            "became": [BECAME[str(status)] for status in rows["status"]],
            "why": [_safe(row, "reason", gate, edition) for row in _records(rows)],
        },
        dtype="str",
    )
    return table.assign(role=rows["role"].fillna("not given").to_numpy()) if team else table


def _records(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    return rows.to_dict("records")


def _about(value: object, names: Mapping[str, str]) -> str:
    about = value if isinstance(value, str) else ""
    return names.get(about.rpartition("/")[2], "A statement on this page" if about else "Something left out")


def _safe(row: Mapping[Any, Any], column: str, gate: Discloser, edition: Edition) -> str:
    text = row[column] if isinstance(row[column], str) else ""
    return text if edition == "team" else gate.redact(text)


def with_corrections(
    recommendations: pd.DataFrame, gaps: pd.DataFrame, corrections: pd.DataFrame
) -> pd.DataFrame:
    """Return recommendations, those that rest on a theme with an open correction saying so.

    Parameters
    ----------
    recommendations : ``gap_ids`` (joined by ", "), ``why``, ``flag``. gaps : ``gap_id, code``, themes
        joined by ",". corrections : the evidence table.

    Returns
    -------
    The same rows; ``why`` ends with the sentence, and ``flag`` holds it, where one is open.

    Examples
    --------
    >>> plan = pd.DataFrame({"gap_ids": ["g1", "g2"], "why": ["A.", "B."], "flag": ["", ""]})
    >>> gaps = pd.DataFrame({"gap_id": ["g1", "g2"], "code": ["morale,culture", "strategy"]})
    >>> rows = pd.DataFrame({"about": ["morale"], "status": ["open"]})
    >>> with_corrections(plan, gaps, rows)["flag"].tolist()
    ['A correction by somebody who was heard is open.', '']
    """
    themes = dict(zip(gaps["gap_id"], gaps["code"].fillna(""), strict=True))
    marks = []
    for ids in recommendations["gap_ids"]:
        codes = {
            code.strip() for one in str(ids).split(",") for code in themes.get(one.strip(), "").split(",")
        }
        marks.append(OPEN if any(open_corrections(corrections, code) for code in codes if code) else "")
    mark = pd.Series(marks, index=recommendations.index, dtype="str")
    told = {
        name: recommendations[name].fillna("").str.cat(mark, sep=" ").str.strip() for name in ("why", "flag")
    }
    return recommendations.assign(**told)
