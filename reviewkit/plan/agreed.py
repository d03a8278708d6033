"""Agreed actions as rows of the plan: what people wrote, with what the review knows about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.findings.wording import filled
from reviewkit.model import Engagement

from .aims import aim, within_reach
from .sustained import achievable


def agreed_row(
    row: Mapping[str, Any],
    known: Mapping[str, Mapping[str, Any]],
    gaps: pd.DataFrame,
    levels: pd.DataFrame,
    themes: pd.DataFrame,
    engagement: Engagement,
) -> dict[str, Any]:
    """Return an action of the evidence table ``actions`` as a row of the plan.

    Parameters
    ----------
    row : of the table ``actions``. known : recommendations by id.
    gaps, levels, themes : as :func:`reviewkit.plan.action_plan` takes them.
    """
    source, measure, site, contract, stretch = (
        row[name] if filled(row.get(name)) else ""
        for name in ("recommendation", "measure", "site", "contract", "stretch")
    )
    mine = gaps[gaps["measure"].eq(measure)] if len(gaps) and measure else gaps.iloc[:0]
    behind = dict(known.get(source, {"recommendation_id": source, "verdict": ""}))
    behind["gap_ids"] = ", ".join(_acts_on(mine, site, contract)) or behind.get("gap_ids", "")
    found = {one.id: one for one in engagement.measures}.get(measure)
    best = achievable(levels, found, site, contract) if found and len(levels) else None
    own = mine[mine["site"].eq(site) & mine["contract"].eq(contract)]
    kept = ("action_id", "what", "baseline", "target", "starts", "due", "days", "cost")
    return {
        **shared(behind),
        **{name: row[name] for name in kept},
        "owner": row["owner"] if filled(row["owner"]) else "",
        "title": _title(str(row["what"]), str(behind.get("title", ""))),
        "measure": measure,
        "name": found.name if found else measure,
        "unit": found.unit if found else "",
        "direction": found.direction if found else "increase",
        "site": site,
        "contract": contract,
        "summit": float(own["target"].iloc[0]) if len(own) else row["target"],
        "sustained": best.level if best else np.nan,
        "held_by": within_reach(best, found, engagement),
        "stretch": stretch,
        "resources": f"{row['days']:g} working days" if pd.notna(row["days"]) else "to be agreed",
        "agreed": is_agreed(row),
    } | (_as_drafted(behind, measure, gaps, levels, themes, engagement) if found is None else {})


def _acts_on(mine: pd.DataFrame, site: str, contract: str) -> list[str]:
    """Return the gaps of a measure that an action acts on: those of its place, else those that hold it.

    Acting at one site works on the site's own gap, and where it has none on the gap of the whole. What is
    done for the whole works on all gaps of the measure.
    """
    if not site and not contract:
        return [str(name) for name in mine["gap_id"]]
    own = mine[mine["site"].eq(site) & mine["contract"].eq(contract)]
    within = mine[mine["site"].isin([site, ""]) & mine["contract"].isin([contract, ""])]
    return [str(name) for name in (own if len(own) else within)["gap_id"]]


def is_agreed(row: Mapping[str, Any]) -> bool:
    """Whether a row of the table ``actions`` is agreed: it is, unless it says that it is a draft.

    >>> is_agreed({"action_id": "A1"}), is_agreed({"agreed": None}), is_agreed({"agreed": False})
    (True, True, False)
    """
    said = row.get("agreed")
    return bool(pd.isna(said) or said)


def _title(what: str, recommended: str) -> str:
    """Return the recommendation's title where the words were taken over from its draft."""
    return recommended if recommended and what.startswith(f"{recommended}. ") else what


def _as_drafted(
    behind: Mapping[str, Any],
    measure: str,
    gaps: pd.DataFrame,
    levels: pd.DataFrame,
    themes: pd.DataFrame,
    engagement: Engagement,
) -> dict[str, Any]:
    """Return what is known of a measure that is not of the engagement, where a draft was agreed with it."""
    if not measure or "intervention" not in behind:
        return {}
    drafted = aim(behind, gaps, levels, themes, engagement)
    if drafted["measure"] != measure:
        return {}
    return {name: drafted[name] for name in ("name", "unit", "direction", "summit", "sustained", "held_by")}


def shared(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an action takes over from its recommendation."""
    names = (
        "recommendation_id",
        "gap_ids",
        "verdict",
        "title",
        "effect_contract",
        "return_low",
        "return_high",
    )
    return {name: row.get(name, "" if not name.startswith("return") else np.nan) for name in names}
