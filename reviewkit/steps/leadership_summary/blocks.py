"""The summary's gaps, plan and progress, and what half the evidence cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.findings import total_cost
from reviewkit.model import Edition, Engagement
from reviewkit.model.words import inline
from reviewkit.plan.progress import VERDICT_WORDS
from reviewkit.present import charts
from reviewkit.present.blocks import Beside, Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date, listing, money, number, plural

from .evidence import Earlier, first_sentence


def gaps_and_money(earlier: Earlier, engagement: Engagement) -> Block:
    """Return the largest measured gaps with what they cost, never adding costs that overlap."""
    gaps = earlier.gaps
    measured = gaps[gaps["kind"].eq("measured")] if len(gaps) else gaps
    if measured.empty:
        return Words("No gap could be measured: that takes measures with targets, or sites to compare.")
    order = measured.assign(inside=measured["overlaps"].ne(""))
    rows = order.sort_values(
        ["inside", "cost_per_year"], ascending=[True, False], kind="stable", na_position="last"
    ).head(5)
    table = pd.DataFrame([_gap_row(row, earlier, engagement) for row in rows.to_dict("records")])
    marked = bool((rows["overlaps"].ne("") & rows["cost_per_year"].notna()).any())
    headings = {
        "name": "Gap",
        "target": "Expected",
        "actual": "Actual",
        "cost": "Cost a year",
        "cause": "Goes with, by its test",
    }
    left = len(order) - len(rows)
    others = f" Not shown: {plural(left, 'other gap')}, in step 2.1." if left else ""
    told = Words(f"{_cost_words(gaps, engagement, marked=marked)}{others}")
    return Stack(Table(table, caption="The largest gaps", headings=headings), told)


def plan(earlier: Earlier, engagement: Engagement, edition: Edition) -> Block:
    """Return what to do first, with a range of returns, and the staged climb."""
    table = earlier.review.table("3.1", "recommendations")
    if table.empty:
        return Words("Nothing is recommended yet: recommendations need a gap or a theme to act on.")
    first = table[table["first"].astype(bool)] if table["first"].any() else table.head(3)
    chosen = [earlier.one(str(name)) for name in first["recommendation_id"].head(3)]
    found = [one.model_copy(update={"statement": first_sentence(one.statement)}) for one in chosen if one]
    more = {one.id: one.statement.partition(". ")[2] for one in chosen if one}
    stops = table.loc[table["stop"].astype(bool), "title"].str.removeprefix("Stop ").map(inline)
    listed = Stack(
        Statements(found, ordered=True, edition=edition, why=more),
        Words(f"To stop: {listing(stops, limit=4)}." if len(stops) else ""),
        Words("Returns are ranges and rest on the same gaps: they are not added up."),
    )
    climb = _climb(earlier, engagement)
    return Beside(listed, climb) if climb is not None else listed


def progress(earlier: Earlier, edition: Edition) -> Block:
    """Return how agreed actions are coming on, or when that will first be looked at."""
    table = earlier.review.table("4.1", "progress")
    if table.empty:
        actions = earlier.review.table("3.2", "action_plan")
        if actions.empty:
            return Words("There is no action to follow yet.")
        return Words(
            f"{plural(len(actions), 'action')} planned; the first is due on {date(actions['due'].min())}."
        )
    verdicts = table["verdict"].astype("str").value_counts()
    told = [
        f"{plural(count, 'action')}: {VERDICT_WORDS.get(str(name), name)}" for name, count in verdicts.items()
    ]
    checks = pd.to_datetime(table["next_check"]).dropna()
    judged = [
        finding
        for finding in earlier.found("4.1", "progress")
        if finding.figures.get("verdict") not in (None, "draft")
    ]
    later = Words(f"The next check is on {date(checks.min())}.") if len(checks) else None
    return Stack(Bullets(told), Statements(judged[:2], edition=edition), later)


def conclusions(earlier: Earlier) -> list[str]:
    """Return what half the evidence can and cannot show; nothing where both halves are there."""
    if earlier.has_numbers and earlier.has_voices:
        return []
    if earlier.has_numbers:
        return [
            "This review rests on numbers alone: what changed, where, since when and how far from target "
            "is known.",
            "Why it changed, and what works well in people’s eyes, is not: nobody has been heard yet.",
        ]
    if earlier.has_voices:
        return [
            "This review rests on voices alone: what people meet, praise and find wanting is known.",
            "How often it happens, whether it gets better, and what it costs is not: no measure is there.",
        ]
    return ["Neither numbers nor voices were there: nothing can be concluded."]


def _gap_row(row: Mapping[Any, Any], earlier: Earlier, engagement: Engagement) -> dict[str, str]:
    measure = engagement.measure(str(row["measure"]))
    causes = (
        earlier.causes[earlier.causes["gap_id"].eq(row["gap_id"])] if len(earlier.causes) else earlier.causes
    )
    contracts = {contract.id: contract.name for contract in engagement.contracts}
    where = row["site"] or contracts.get(str(row.get("contract")), row.get("contract")) or ""
    target, actual = (
        number(row[name], measure.unit, measure.decimals, short=True) for name in ("target", "actual")
    )
    return {
        "name": f"{row['name']}, {where}" if where else str(row["name"]),
        "target": target,
        "actual": actual,
        "cost": number(row["cost_per_year"], "money", currency=engagement.currency)
        + (" *" if row["overlaps"] and pd.notna(row["cost_per_year"]) else ""),
        "cause": listing(
            [str(name).replace("_", " ") for name in (causes["cause"].head(2) if len(causes) else ())]
        )
        or _untold(str(row["gap_id"]), earlier),
    }


def _untold(gap_id: str, earlier: Earlier) -> str:
    """Return why no cause is named: none was tested, or no test supports one."""
    tried = earlier.tried
    if tried.empty:
        return "nothing tested yet"
    tested = tried["gap_id"].eq(gap_id) & tried["verdict"].isin(["inconclusive", "contradicted"])
    return "tested, none supported" if tested.any() else "nothing tested yet"


def _cost_words(gaps: pd.DataFrame, engagement: Engagement, *, marked: bool) -> str:
    total = total_cost(gaps)
    if not total:
        return "No gap has a cost: measures need the value of one unit for that."
    inside = " Costs marked * lie inside another gap’s and are not added." if marked else ""
    return f"Gaps that do not overlap cost about {money(total, engagement.currency)} a year together.{inside}"


def _climb(earlier: Earlier, engagement: Engagement) -> Block | None:
    ascent = earlier.review.table("3.2", "ascent")
    if ascent.empty:
        return None
    shown = ascent[ascent["name"].isin(pd.unique(ascent["name"])[:2])]
    basis = str(shown["basis"].iloc[0])
    last = date(shown["due"].max(), "month")
    return charts.ascent_chart(
        shown,
        title=f"The climb is staged in four steps and reaches its summit by {last}",
        subtitle=f"Share of the {basis} reached at each stage, and the level that means.",
        source="Action plan",
        key="4.2-ascent",
    )
