"""Recommendations and actions as findings: one sentence each, its figures and its evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from reviewkit.content import load_causes
from reviewkit.findings.wording import agree, amount, filled, place
from reviewkit.model import Edition, Engagement, Evidence, Finding
from reviewkit.model.words import begin_lower, inline, listing, money

from .choice import SETTLE
from .places import acts_at, acts_words, known_sites, where_words
from .rows import records

RULE = "Chosen by cause and verdict from the library of interventions; contradicted causes bring nothing."
SMART_RULE = (
    "SMART, letter by letter; achievable is a level somebody has held for half a year, or a stated stretch."
)
OWNERS: tuple[Edition, ...] = ("team", "leadership", "managers")


def recommendation_findings(
    table: pd.DataFrame,
    gaps: pd.DataFrame,
    causes: pd.DataFrame,
    engagement: Engagement,
    sites: Collection[str] = (),
) -> list[Finding]:
    """Return one finding a recommendation, in the table's order.

    ``gaps`` and ``causes`` are the tables of step 2.1 that the recommendations rest on; ``sites`` are all
    there are; where left out, those with a gap are known.
    """
    names = {str(row["gap_id"]): (inline(row["name"]), _place(row, engagement)) for row in records(gaps)}
    found = []
    for row in records(table):
        acts_on = _named([names.get(gap, (_last(gap), "")) for gap in _ids(row)])
        tested = causes[causes["gap_id"].isin(_ids(row))] if len(causes) else causes
        found.append(
            Finding.of(
                "3.1",
                "recommendation",
                *str(row["recommendation_id"]).split("/")[2:],
                statement=_recommended(row, acts_on, engagement.currency, _begins(row, gaps, sites)),
                figures={
                    name: row[name] for name in ("impact", "effort", "return_low", "return_high", "verdict")
                }
                | {"first": bool(row["first"])},
                evidence=(
                    Evidence(source="gaps", rule=RULE, rows=len(_ids(row)), query=row["gap_ids"]),
                    Evidence(source="causes", rule=row["assumptions"], rows=len(tested), query=row["why"]),
                ),
            )
        )
    return found


def action_findings(plan: pd.DataFrame, engagement: Engagement, sites: Collection[str] = ()) -> list[Finding]:
    """Return one finding an action: who moves what from where to where by when, and how SMART it is.

    Where its words name some of the ``sites`` there are, it says where it acts and where it is measured.
    """
    return [
        Finding.of(
            "3.2",
            "action",
            row["action_id"],
            statement=f"{_acted(row, engagement)} {where_words(row, sites, engagement.site_label)}".strip(),
            figures={"baseline": row["baseline"], "target": row["target"], "due": _iso(row["due"])}
            | {"smart": bool(row["smart"]), "agreed": bool(row["agreed"])},
            evidence=_behind(row),
            audience=OWNERS,
        )
        for row in records(plan)
    ]


def _behind(row: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """Return what an action rests on: who asked for it, the gap, and the level that makes it achievable."""
    drafted = filled(row["recommendation_id"])
    asked = Evidence(
        source="recommendations" if drafted else "actions",
        rule=SMART_RULE,
        rows=1,
        query=row["recommendation_id"] if drafted else f"action {row['action_id']}, agreed without one",
    )
    gap = Evidence(source="gaps", rule="Baseline and target", rows=len(_ids(row)), query=row["gap_ids"])
    if not filled(row["held_by"]) or pd.isna(row["sustained"]):
        return asked, gap
    reach = Evidence(source=f"series of {row['measure']}", rule="Within reach", query=row["held_by"])
    return asked, gap, reach


def _iso(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}" if pd.notna(day) else ""


def _place(row: Mapping[str, Any], engagement: Engagement) -> str:
    return place(row["site"], engagement.contract_name(row["contract"]))


def _last(gap_id: str) -> str:
    return gap_id.rsplit("/", 1)[-1].replace("_", " ")


def _named(gaps: list[tuple[str, str]]) -> list[str]:
    """Return each measure or theme once, with the places of its gaps.

    >>> _named([("satisfaction", " at Elm"), ("satisfaction", " at Dale"), ("handle time", "")])
    ['satisfaction at Elm and Dale', 'handle time']
    """
    places: dict[str, list[str]] = {}
    for name, where in gaps:
        places.setdefault(name, []).append(where)
    return [
        f"{name} at {listing([where.removeprefix(' at ') for where in some])}"
        if all(where.startswith(" at ") for where in some)
        else f"{name}{listing([where for where in some if where])}"
        for name, some in places.items()
    ]


def _begins(row: Mapping[str, Any], gaps: pd.DataFrame, sites: Collection[str]) -> str:
    """Return at which sites a recommendation begins; "" where it is all, or the places of its gaps."""
    acts_on = {str(site) for site in gaps.loc[gaps["gap_id"].isin(_ids(row)), "site"] if filled(site)}
    what, known = str(row["what"]), sites or known_sites(gaps)
    named = set(acts_at(what, known))
    return "" if named == acts_on or (sites and named >= set(sites)) else acts_words(what, known)


def _recommended(row: Mapping[str, Any], acts_on: list[str], currency: str, begins: str = "") -> str:
    """Return the title as a first sentence, then who, what it acts on, why, its worth, where it begins."""
    who = "" if row["department"] == "common" else str(row["department"])
    acts = f"it acts on {listing(acts_on[:3])}" if acts_on and row["intervention"] != SETTLE else ""
    parts = [": ".join(part for part in (who, acts) if part)]
    if row["intervention"] != SETTLE and filled(row["cause"]):
        parts.append(_goes_with(str(row["cause"]), str(row["verdict"]), len(acts_on)))
    if pd.notna(row["return_high"]) and row["return_high"] > 0:
        low, high = money(row["return_low"], currency), money(row["return_high"], currency)
        parts.append(f"it may be worth {low} to {high} a year")
    said = "; ".join(part for part in parts if part)
    rest = f" {said[:1].upper()}{said[1:]}." if said else ""
    where = f" {begins}." if begins else ""
    return f"{row['title']}.{rest}{where}{' ' + row['flag'] if row['flag'] else ''}"


def _goes_with(cause: str, verdict: str, gaps: int) -> str:
    """Return how a possible cause stands to the gaps: as association, never as cause and effect."""
    name, which = load_causes()[cause].name.lower(), "this gap" if gaps < 2 else "these gaps"
    return {
        "supported": f"{name} {agree(name, 'goes', 'go')} with {which} by {agree(name, 'its', 'their')} test",
        "described": f"the codebook links what people say with {name}, not tested",
        "untested": f"possible cause, not tested: {name}",
    }.get(verdict, f"possible cause, test {verdict}: {name}")


def _acted(row: Mapping[str, Any], engagement: Engagement) -> str:
    who = f"the {row['owner']} answers for it" if row["owner"] else "nobody is named yet to answer for it"
    text = f"{_first_sentence(row['title'])}: {who}"
    if pd.notna(row["target"]) and pd.notna(row["baseline"]):
        levels = [_level(row[name], row, engagement) for name in ("baseline", "target")]
        text += f", to bring {begin_lower(row['name'])}{place(row['site'])} from {levels[0]} to {levels[1]}"
    return f"{text} by {_day(row['due'])}." if pd.notna(row["due"]) else f"{text}."


def _level(value: float, row: Mapping[str, Any], engagement: Engagement) -> str:
    """Return a level with its unit, as precise as its measure is shown everywhere else."""
    known = {measure.id: measure.decimals for measure in engagement.measures}
    whole = 0 if row["unit"] == "count" else 1
    return amount(value, row["unit"], known.get(row["measure"], whole), engagement.currency)


def _ids(row: Mapping[str, Any]) -> list[str]:
    return [part for part in str(row["gap_ids"]).split(", ") if part]


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".")


def _day(at: pd.Timestamp) -> str:
    return f"{at.day} {at:%B %Y}"
