"""The first gap map: measured and described gaps with a likely cause, before anything is tested."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from reviewkit.content import Cause, Codebook, Intervention
from reviewkit.model import Measure

from .links import departments
from .topic_links import linked_codes

COLUMNS: tuple[str, ...] = (
    "gap_id",
    "kind",
    "measure",
    "code",
    "name",
    "site",
    "expected",
    "actual",
    "evidence",
    "likely_cause",
)
COLUMNS += ("cause", "department")


def first_gaps(
    gaps: pd.DataFrame,
    codebook: Codebook,
    causes: Mapping[str, Cause],
    raised: Collection[str],
    stakeholders: pd.DataFrame,
    measures: Iterable[Measure] = (),
) -> pd.DataFrame:
    """Return the first gap map.

    Parameters
    ----------
    gaps : from ``measured_gaps`` and ``described_gaps``.
    raised : codes raised as concerns, most raised first.

    Returns
    -------
    ``gap_id, kind, measure, code, name, site, expected, actual, evidence, likely_cause`` (words; "" where
    nobody named one), ``cause`` (its id), ``department`` (where it arises). The likely cause is the
    one that most of the topics raised and linked to the gap point at: what people say, not tested.
    """
    known = {measure.id: measure for measure in measures}
    rows = []
    for gap in gaps.to_dict("records"):
        cause = likely_cause(gap, codebook, raised, known.get(gap["measure"]))
        source, _ = departments(cause, gap["measure"], stakeholders) if cause else ("", "")
        rows.append(
            {name: gap[name] for name in ("gap_id", "kind", "measure", "code", "name", "site", "expected")}
            | {
                "actual": gap["level"] or "Described only: no measure bears it out",
                "evidence": gap["statement"],
                "likely_cause": causes[cause].name if cause else "",
                "cause": cause,
                "department": source,
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def likely_cause(
    gap: Mapping[Any, Any], codebook: Codebook, raised: Collection[str], measure: Measure | None = None
) -> str:
    """Return the cause that raised topics linked to the gap point at most; "" where none was raised.

    A topic counts for more the earlier it stands in ``raised``; its first cause for more than
    its second.
    """
    places = {code: place for place, code in enumerate(raised)}
    weights: dict[str, float] = {}
    codes = linked_codes(gap["measure"], measure, codebook) if gap["measure"] else [gap["code"]]
    for code in codes:
        if code in places and code in codebook.codes:
            for position, cause in enumerate(codebook.codes[code].causes):
                weights[cause] = weights.get(cause, 0.0) + 1 / (1 + places[code]) / (1 + position)
    return max(weights, key=lambda name: weights[name]) if weights else ""


def first_interventions(
    gaps: pd.DataFrame, interventions: Mapping[str, Intervention], most: int = 8
) -> pd.DataFrame:
    """Return interventions for the likely causes, one for each cause and department.

    The columns are ``department, intervention, title, why, cause, gaps, effort, impact``.

    For each cause the one with the most impact for its effort, causes with most gaps first.
    """
    rows = []
    named = gaps[gaps["cause"].ne("")]
    for (cause, department), part in named.groupby(["cause", "department"], sort=False):
        options = [entry for entry in interventions.values() if cause in entry.causes and not entry.stop]
        if options:
            meant = [entry for entry in options if entry.causes[0] == cause] or options
            best = max(meant, key=lambda entry: (entry.impact / entry.effort, entry.impact, entry.id))
            rows.append(_intervention(best, str(department), part))
    rows.sort(key=lambda row: -row["gaps"])
    columns = [
        "department",
        "intervention",
        "title",
        "what",
        "why",
        "cause",
        "gaps",
        "effort",
        "impact",
        "gap_ids",
    ]
    return pd.DataFrame(rows[:most], columns=columns)


def _intervention(entry: Intervention, department: str, part: pd.DataFrame) -> dict[str, Any]:
    return {
        "department": department or "common to all",
        "intervention": entry.id,
        "title": entry.title,
        "what": entry.what,
        "why": entry.why,
        "cause": str(part["likely_cause"].iloc[0]),
        "gaps": len(part),
        "effort": entry.effort,
        "impact": entry.impact,
        "gap_ids": ",".join(part["gap_id"]),
    }
