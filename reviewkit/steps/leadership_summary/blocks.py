"""The summary's gaps, plan and progress, and what half the evidence cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.findings import total_cost
from reviewkit.model import Edition, Engagement, Finding, Measure
from reviewkit.model.words import inline
from reviewkit.plan import beyond_actions, plan_budget
from reviewkit.plan.progress import VERDICT_WORDS
from reviewkit.present import charts
from reviewkit.present.blocks import Beside, Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date, listing, money, number, plural

from ..action_plan.blocks import sums
from .evidence import Earlier, first_sentence


def gaps_and_money(earlier: Earlier, engagement: Engagement) -> Block:
    """Return the largest measured gaps with what they cost, never adding costs that overlap."""
    gaps = earlier.gaps
    measured = gaps[gaps["kind"].eq("measured")] if len(gaps) else gaps
    if measured.empty:
        return Words("No gap could be measured: that takes measures with targets, or sites to compare.")
    rows = _largest(measured)
    table = pd.DataFrame([_gap_row(row, earlier, engagement) for row in rows.to_dict("records")])
    marked = bool((rows["overlaps"].ne("") & rows["cost_per_year"].notna()).any())
    headings = {
        "name": "Gap",
        "target": "Expected",
        "actual": "Actual",
        "cost": "Cost a year",
        "cause": "Goes with, by its test",
    }
    left = len(measured) - len(rows)
    others = f" Not shown: {plural(left, 'other gap')}, in step 2.1." if left else ""
    told = Words(f"{_cost_words(gaps, engagement, marked=marked)}{others}")
    return Stack(Table(table, caption="The largest gaps", headings=headings), told)


def _largest(measured: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """Each measure's gap, of the whole where there is one, the costliest first; then those of places.

    A gap whose cost lies inside another's is shown all the same: what comes first may act on it.
    """
    order = measured.assign(
        part=measured["site"].fillna("").ne("") | measured["contract"].fillna("").ne("")
    ).sort_values("part", kind="stable")
    order = order.assign(later=order.duplicated("measure"))
    by = ["later", "cost_per_year"]
    return order.sort_values(by, ascending=[True, False], kind="stable", na_position="last").head(most)


def plan(earlier: Earlier, engagement: Engagement, edition: Edition, worth: str = "") -> Block:
    """Return what to do first, with a range of returns, and the staged climb.

    ``worth`` says what those that come first may return together; "" where that is not known.
    """
    table = earlier.review.table("3.1", "recommendations")
    if table.empty:
        return Words("Nothing is recommended yet: recommendations need a gap or a theme to act on.")
    chosen = first_recommended(earlier)
    found = [one.model_copy(update={"statement": first_sentence(one.statement)}) for one in chosen]
    more = {one.id: one.statement.partition(". ")[2] for one in chosen}
    stops = table.loc[table["stop"].astype(bool), "title"].str.removeprefix("Stop ").map(inline)
    listed = Stack(
        Statements(found, ordered=True, edition=edition, why=more),
        Words(f"To stop: {listing(stops, limit=4)}." if len(stops) else ""),
        Words(" ".join(part for part in (worth, _takes(earlier, engagement)) if part)),
    )
    climb = _climb(earlier, engagement)
    return Beside(listed, climb) if climb is not None else listed


def first_recommended(earlier: Earlier) -> list[Finding]:
    """Return up to three recommendations of those that come first; where none does, the first of all."""
    table = earlier.review.table("3.1", "recommendations")
    if table.empty:
        return []
    first = table[table["first"].astype(bool)] if table["first"].any() else table
    chosen = [earlier.one(str(name)) for name in first["recommendation_id"].head(3)]
    return [one for one in chosen if one is not None]


def _takes(earlier: Earlier, engagement: Engagement) -> str:
    """Return what the plan takes in days and money; "" where there is no plan."""
    actions = earlier.review.table("3.2", "action_plan")
    if actions.empty:
        return ""
    budget = plan_budget(earlier.review.evidence.frame("scope"))
    return sums(actions, engagement.currency, "The plan of step 3.2 takes", budget)


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
    judged = most_urgent(earlier)
    later = Words(_next_check(checks, earlier, agreed=bool(judged))) if len(checks) else None
    return Stack(Bullets(told), Statements(judged, edition=edition), later)


def most_urgent(earlier: Earlier) -> list[Finding]:
    """Return the progress of the two agreed actions that most need to be looked at."""
    judged = [
        finding
        for finding in earlier.found("4.1", "progress")
        if finding.figures.get("verdict") not in (None, "draft")
    ]
    return sorted(judged, key=_urgency)[:2]


def _next_check(checks: pd.Series[Any], earlier: Earlier, *, agreed: bool) -> str:
    """Return when to look again, and from which day that is reckoned: a check is the next of the data."""
    verb = "is" if agreed else "would be"
    end = date(earlier.review.engagement.data_as_of)
    return f"Reckoned from {end}, when the data end, the next check {verb} on {date(checks.min())}."


def _urgency(progress: Finding) -> int:
    """Return the place of an action's progress: what goes wrong first, then what trails, then the rest."""
    figures = progress.figures
    if figures.get("verdict") in ("wrong_way", "stop") or figures.get("leans") == "wrong_way":
        return 0
    return 1 if figures.get("timing") in ("late", "behind", "no_report") else 2


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
    earlier_level = row.get("basis") == "earlier level"
    return {
        "name": f"{row['name']}, {where}" if where else str(row["name"]),
        "target": f"{target}, its own earlier level" if earlier_level else target,
        "actual": f"{actual}, {row['over']}" if row.get("over") else actual,
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
    if (part := _in_part(gap_id, earlier)) is not None:
        return part
    tested = tried["gap_id"].eq(gap_id) & tried["verdict"].isin(["inconclusive", "contradicted"])
    return "tested, none supported" if tested.any() else "nothing tested yet"


def _in_part(gap_id: str, earlier: Earlier) -> str | None:
    """Name the first cause that is supported at one place of a gap of the whole, and where."""
    held, gaps = earlier.causes, earlier.gaps
    parts = gaps[gaps["gap_id"].astype("str").str.startswith(f"{gap_id}/") & gaps["site"].fillna("").ne("")]
    rows = held[held["gap_id"].isin(parts["gap_id"])] if len(held) else held
    if rows.empty:
        return None
    site = parts.set_index("gap_id").loc[rows["gap_id"].iloc[0], "site"]
    return f"{str(rows['cause'].iloc[0]).replace('_', ' ')}, at {site}"


def _cost_words(gaps: pd.DataFrame, engagement: Engagement, *, marked: bool) -> str:
    total = total_cost(gaps)
    if not total:
        known = {measure.id: measure for measure in engagement.measures}
        short = [known[name] for name in gaps["measure"].unique() if name in known]
        wrong = [measure.name for measure in short if _negative(measure)]
        if wrong:
            names = listing([inline(name) for name in wrong], limit=3)
            return f"No gap has a cost: one unit of {names} is valued below nought; check the sign."
        return "No gap has a cost: what one unit of these measures is worth is not on file."
    inside = " Costs marked * lie inside another gap's and are not added." if marked else ""
    told = f"Gaps that do not overlap cost about {money(total, engagement.currency)} a year together.{inside}"
    return f"{told} A gap's cost counts from what is expected, that of a change from the level before it."


def _negative(measure: Measure) -> bool:
    return (measure.value_per_unit or 0.0) < 0


def _climb(earlier: Earlier, engagement: Engagement) -> Block | None:
    ascent = earlier.review.table("3.2", "ascent")
    if ascent.empty:
        return None
    shown = ascent[ascent["name"].isin(pd.unique(ascent["name"])[:2])]
    basis = str(shown["basis"].iloc[0])
    last = date(shown["due"].max(), "month")
    drawn = charts.ascent_chart(
        shown,
        title=f"The climb is set in four stages, its summit to be reached by {last}",
        subtitle=f"Share of the {basis} reached at each stage, and the level that means."
        + (" Filled circles were passed at the start." if shown["passed"].any() else ""),
        source="Action plan",
        key="4.2-ascent",
    )
    further = beyond_actions(earlier.review.table("3.2", "action_plan"), shown, engagement)
    return Stack(drawn, Words(" ".join(further))) if further else drawn
