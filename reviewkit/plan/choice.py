"""Which interventions fit which gap: by its causes and their verdicts, never by habit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import pandas as pd

from reviewkit.content import Codebook, Intervention
from reviewkit.findings.wording import filled
from reviewkit.model import Engagement

from .rows import records

SETTLE = "settle_the_cause"
OPEN = ("inconclusive", "untested")
WEIGHTS: Mapping[str, float] = {"supported": 1.0, "inconclusive": 0.4, "described": 0.35, "untested": 0.3}
COLUMNS: tuple[str, ...] = (
    "gap_id",
    "own_gap_id",
    "measure",
    "site",
    "cause",
    "verdict",
    "intervention",
    "trial",
    "statement",
)

COLUMNS += ("settle", "p_value", "n", "department", "fit")


class Wanted(NamedTuple):
    """What is asked of an intervention: which measure it must move and which way, or what it answers."""

    measure: str
    way: str
    code: str
    codes: frozenset[str]


def leading_gaps(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the gaps to act on: of each measure the whole, else its contracts, else its three worst sites.

    >>> gaps = pd.DataFrame({"gap_id": ["w", "s"], "kind": "measured", "measure": "fcr", "site": ["", "A"],
    ...                      "contract": "", "gap": [5.0, 9.0]})
    >>> leading_gaps(gaps)["gap_id"].tolist()
    ['w']
    """
    if gaps.empty:
        return gaps
    parts = [gaps[gaps["kind"].eq("described")]]
    measured = gaps[gaps["kind"].eq("measured")]
    for _, mine in measured.groupby("measure", sort=False):
        whole = mine[mine["site"].eq("") & mine["contract"].eq("")]
        contracts = mine[mine["site"].eq("") & mine["contract"].ne("")]
        parts.append(next((part for part in (whole, contracts) if len(part)), mine.nlargest(3, "gap")))
    return gaps[gaps["gap_id"].isin(pd.concat(parts)["gap_id"])]


def candidates(
    gaps: pd.DataFrame,
    causes: pd.DataFrame,
    interventions: Mapping[str, Intervention],
    codebook: Codebook,
    engagement: Engagement,
    departments: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return one row a leading gap, cause and intervention that fits both.

    A supported cause brings the two interventions that fit it best and one thing to stop. A
    cause that is inconclusive or untested brings only what would settle it; where a measured
    gap has no supported cause, its two best-fitting interventions are proposed as a trial. A
    gap that only people describe brings what answers its code directly. A contradicted cause brings
    nothing, and nothing is chosen that would take the measure the wrong way. A measure of the
    client's own that no intervention names gets what answers its codes, else what is meant for the cause.
    ``departments`` are those the client has: no other is named; None where any may be.

    Returns
    -------
    ``gap_id`` (leading gap; the part's where only its test supports the cause), ``own_gap_id`` (the gap
    whose cause was tested), ``measure, site,
    cause, verdict, intervention, trial, statement, settle, p_value, n, department, fit``.
    """
    rows: list[dict[str, Any]] = []
    for gap in records(leading_gaps(gaps)):
        found = _causes_of(gap, gaps, causes, codebook, engagement)
        rows += _for_gap(gap, found, interventions, _wanted(gap, engagement), departments)
    return pd.DataFrame(_where_supported(rows), columns=list(COLUMNS))


def _where_supported(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put what rests on a cause that only a part's test supports to the part's gap, not to the whole's."""
    supported = [row for row in rows if row["verdict"] == "supported"]
    whole = {(row["gap_id"], row["cause"]) for row in supported if row["own_gap_id"] == row["gap_id"]}
    return [
        row | {"gap_id": row["own_gap_id"]}
        if row["verdict"] == "supported" and (row["gap_id"], row["cause"]) not in whole
        else row
        for row in rows
    ]


def _wanted(gap: dict[str, Any], engagement: Engagement) -> Wanted:
    code = str(gap["code"]) if filled(gap["code"]) else ""
    mine = [measure for measure in engagement.measures if measure.id == gap["measure"]]
    codes = frozenset({code, *(code for measure in mine for code in measure.codes)} - {""})
    down = any(measure.direction == "decrease" for measure in mine)
    return Wanted(
        str(gap["measure"]) if filled(gap["measure"]) else "", "down" if down else "up", code, codes
    )


def _causes_of(
    gap: dict[str, Any], gaps: pd.DataFrame, causes: pd.DataFrame, codebook: Codebook, engagement: Engagement
) -> list[dict[str, Any]]:
    """Causes tested for the gap or for the same measure at a site; else those its codes point at."""
    same = gaps["gap_id"].eq(gap["gap_id"])
    if gap["kind"] == "measured" and not gap["site"] and not gap["contract"]:
        same |= gaps["kind"].eq("measured") & gaps["measure"].eq(gap["measure"])
    mine = gaps[same].set_index("gap_id")["site"].to_dict()
    tested = causes[causes["gap_id"].isin(list(mine))] if len(causes) else causes
    found = [row | {"site": mine[row["gap_id"]]} for row in records(tested)]
    if found:
        return found
    codes = [gap["code"]] if filled(gap["code"]) else []
    codes += [code for one in engagement.measures if one.id == gap["measure"] for code in one.codes]
    pointed = dict.fromkeys(
        c for code in codes if code in codebook.codes for c in codebook.codes[code].causes
    )
    verdict = "described" if gap["kind"] == "described" else "untested"
    return [
        {"gap_id": gap["gap_id"], "cause": cause, "verdict": verdict, "site": gap["site"]}
        for cause in pointed
    ]


def _for_gap(
    gap: dict[str, Any],
    causes: list[dict[str, Any]],
    interventions: Mapping[str, Intervention],
    wanted: Wanted,
    departments: Collection[str] | None,
) -> list[dict[str, Any]]:
    described = gap["kind"] == "described"
    rows: list[dict[str, Any]] = []
    for cause in causes:
        if cause["verdict"] == "supported" or (described and cause["verdict"] in (*OPEN, "described")):
            chosen = _fitting(wanted, cause["cause"], interventions)
            rows += [_row(gap, cause, *choice, departments) for choice in chosen]
        elif cause["verdict"] in OPEN:
            rows.append(_row(gap, cause, SETTLE, 1.0, departments))
    if not described and not any(cause["verdict"] == "supported" for cause in causes):
        tried = [
            _row(gap, cause, *choice, departments) | {"trial": True}
            for cause in causes
            if cause["verdict"] in OPEN
            for choice in _fitting(wanted, cause["cause"], interventions, most=1)
            if not interventions[choice[0]].stop
        ]
        rows += _best_two(tried)
    return rows


def _best_two(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = sorted(rows, key=lambda row: -row["fit"])
    best = {row["intervention"]: row for row in reversed(order)}
    return sorted(best.values(), key=lambda row: -row["fit"])[:2]


def _fitting(
    wanted: Wanted, cause: str, interventions: Mapping[str, Intervention], most: int = 2
) -> list[tuple[str, float]]:
    """Ids and fit of the interventions that act on the cause and move the measure, or answer the code."""
    able = [entry for entry in interventions.values() if cause in entry.causes and entry.id != SETTLE]
    known = any(wanted.measure in entry.moves for entry in interventions.values())
    if known:
        able = [entry for entry in able if entry.moves.get(wanted.measure) == wanted.way]
    elif any(wanted.codes & set(entry.codes) for entry in able):
        able = [entry for entry in able if wanted.codes & set(entry.codes)]
    else:
        # A measure of the client's own: what is meant for the cause is all that is known to fit.
        able = [entry for entry in able if wanted.measure and entry.causes[0] == cause]
    scored = [(entry.id, _fit(entry, cause, wanted)) for entry in able]
    scored.sort(key=lambda item: (-item[1], item[0]))
    doing = [item for item in scored if not interventions[item[0]].stop][:most]
    stopping = [item for item in scored if interventions[item[0]].stop and item[1] >= 2][:1]
    return doing + stopping


def _fit(entry: Intervention, cause: str, wanted: Wanted) -> float:
    """How well an intervention fits: meant for the cause, answers the code, moves the measure first."""
    own = cause == entry.causes[0]
    answers = wanted.code in entry.codes
    central = 0.5 * (entry.measures[:1] == (wanted.measure,))
    return 1.0 + own + answers + central + (entry.impact - entry.effort / 2) / 5


def _row(
    gap: dict[str, Any],
    cause: dict[str, Any],
    intervention: str,
    fit: float,
    departments: Collection[str] | None,
) -> dict[str, Any]:
    sides = [str(cause.get(name)) for name in ("department_from", "department_to") if filled(cause.get(name))]
    named = dict.fromkeys(side for side in sides if departments is None or side in departments)
    return {
        "gap_id": gap["gap_id"],
        "own_gap_id": cause["gap_id"],
        "measure": gap["measure"] if filled(gap["measure"]) else "",
        "site": cause["site"],
        "cause": cause["cause"],
        "verdict": cause["verdict"]
        if gap["kind"] == "measured" or cause["verdict"] == "supported"
        else "described",
        "intervention": intervention,
        "trial": False,
        "statement": cause["statement"] if filled(cause.get("statement")) else "",
        "settle": cause["settle"] if filled(cause.get("settle")) else "",
        "p_value": cause.get("p_value"),
        "n": cause.get("n"),
        "department": " with ".join(named),
        "fit": fit,
    }
