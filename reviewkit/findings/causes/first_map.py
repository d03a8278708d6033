"""The first gap map: measured and described gaps with a likely cause, before anything is tested."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from reviewkit.content import Cause, Codebook, Intervention
from reviewkit.model import Measure

from ..convergence.topic_links import linked_codes
from .links import departments

COLUMNS: tuple[str, ...] = (
    "gap_id",
    "kind",
    "measure",
    "code",
    "name",
    "site",
    "contract",
    "expected",
    "actual",
    "evidence",
    "likely_cause",
)
COLUMNS += ("cause", "department")
PLAIN = ("gap_id", "kind", "measure", "code", "name", "site", "contract", "expected")
"""Columns that are those of the gap."""


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
    ``gap_id, kind, measure, code, name, site, contract, expected, actual, evidence, likely_cause``
    (words; "" where no topic raised leads to one), ``cause`` (its id), ``department`` (where it
    arises). The likely cause is the one that the codebook links with most of the topics raised about
    the gap: the codebook's link, not people's words, and not tested.
    """
    known = {measure.id: measure for measure in measures}
    rows = []
    for gap in gaps.to_dict("records"):
        cause = likely_cause(gap, codebook, raised, known.get(gap["measure"]))
        # Without a register nobody knows which departments there are.
        placed = bool(cause) and not stakeholders.empty
        source = departments(cause, gap["measure"], stakeholders)[0] if placed else ""
        rows.append(
            {name: gap[name] for name in PLAIN}
            | {
                "actual": f"{gap['level']} ({gap['over']})"
                if gap["level"]
                else "Described only: no measure bears it out",
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
    """Return the cause that the codebook links most with raised topics of the gap; "" where none was raised.

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
    gaps: pd.DataFrame,
    interventions: Mapping[str, Intervention],
    most: int = 8,
    *,
    measures: Iterable[Measure] = (),
) -> pd.DataFrame:
    """Return interventions for the likely causes, one for each cause and department; the same for two
    causes of a department stands once.

    The columns are ``department, intervention, title, why, cause, gaps, effort, impact``.

    For each cause the one that is meant for most of its gaps (by measure, or by what people say),
    then the one with the most impact for its effort; none that would take one of their
    ``measures`` the wrong way. Causes with most gaps come first.
    """
    ways = {one.id: "down" if one.direction == "decrease" else "up" for one in measures}
    rows = []
    named = gaps[gaps["cause"].ne("")]
    for (cause, department), part in named.groupby(["cause", "department"], sort=False):
        options = [
            (_fit(entry, part, ways), entry)
            for entry in interventions.values()
            if cause in entry.causes and not entry.stop and not _harms(entry, part, ways)
        ]
        if options:
            _, best = max(options, key=lambda pair: (pair[0], _worth(pair[1], str(cause))))
            rows.append(_intervention(best, str(department), part))
    rows = _merged(rows)
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


def _merged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lay together what one department is to do for several causes."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        same = found.setdefault((row["intervention"], row["department"]), row)
        if same is not row:
            causes = f"{same['cause']}, {row['cause'][:1].lower()}{row['cause'][1:]}"
            more = {"cause": causes, "gaps": same["gaps"] + row["gaps"]}
            more["gap_ids"] = f"{same['gap_ids']},{row['gap_ids']}"
            found[row["intervention"], row["department"]] = {**same, **more}
    return list(found.values())


def _fit(entry: Intervention, part: pd.DataFrame, ways: Mapping[str, str]) -> int:
    """How many of the gaps it is meant for."""
    pairs = zip(part["measure"], part["code"], strict=True)
    return sum(
        entry.moves.get(measure) == ways.get(measure, "up") if measure else code in entry.codes
        for measure, code in pairs
    )


def _worth(entry: Intervention, cause: str) -> tuple[bool, float, int, str]:
    """Its rank among those that fit alike: made for the cause, impact for effort, impact."""
    return entry.causes[0] == cause, entry.impact / entry.effort, entry.impact, entry.id


def _harms(entry: Intervention, part: pd.DataFrame, ways: Mapping[str, str]) -> bool:
    """Whether it would take one of the gaps' measures the wrong way."""
    return any(entry.moves.get(name, ways[name]) != ways[name] for name in set(part["measure"]) & set(ways))


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
