"""The figures of step 2.2: journeys by site and contract, beside clarity, outcomes and the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.disclosure.suppress import SUPPRESSED, suppress
from reviewkit.model import Engagement, Measure
from reviewkit.performance import adds_up, conformance, consistency, variants
from reviewkit.performance.flows.flow import INACTIVE_DAYS

EVENT = {"case": "customer", "activity": "activity", "at": "at"}
CLEAR, CONTRACT = "expectation_3", "expectation_2"
"""Statements of the survey: I can describe the journey; I know how my results count for the contract."""
AGREE = 4
UNIT = ["site", "contract"]


def steps_for(contract: str, journey: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the journey that a contract asks for; the one for all where it has none of its own.

    >>> steps_for("north", {"all": ("in", "out")})
    ('in', 'out')
    """
    if contract in journey:
        return tuple(journey[contract])
    if "all" in journey:
        return tuple(journey["all"])
    return tuple(next(iter(journey.values()))) if len(journey) == 1 else ()


def units(events: pd.DataFrame, engagement: Engagement) -> dict[tuple[str, str], pd.DataFrame]:
    """Return the events of the whole, each contract, each site, and each site's contracts.

    Where the contracts ask for different journeys a site is shown contract by contract too.
    """
    events = events.assign(site=events["site"].fillna(""), contract=events["contract"].fillna(""))
    several = events["contract"].nunique() > 1
    found: dict[tuple[str, str], pd.DataFrame] = {("", ""): events}
    found |= {(str(site), ""): part for site, part in events[events["site"] != ""].groupby("site")}
    if several:
        found |= {
            ("", str(name)): part for name, part in events[events["contract"] != ""].groupby("contract")
        }
        both = events[(events["site"] != "") & (events["contract"] != "")]
        found |= {(str(site), str(name)): part for (site, name), part in both.groupby(UNIT)}
    return found


def closed(events: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Return the events of customers whose journey is over: the last step, or 90 days without an event."""
    last = events.groupby("customer")["at"].transform("max")
    goals = {steps[-1] for steps in engagement.journey.values() if steps}
    done = events["activity"].isin(goals).groupby(events["customer"]).transform("any")
    quiet = (pd.Timestamp(engagement.data_as_of) - last).dt.days > INACTIVE_DAYS
    kept: pd.DataFrame = events[done | quiet]
    return kept


def variants_table(parts: Mapping[tuple[str, str], pd.DataFrame]) -> pd.DataFrame:
    """Return ``site, contract, variant`` (joined with " > "), ``cases, share`` for every unit."""
    tables = [
        variants(part, **EVENT).assign(site=site, contract=name) for (site, name), part in parts.items()
    ]
    table = pd.concat([part for part in tables if len(part)] or tables[:1], ignore_index=True)
    table["variant"] = [" > ".join(path) for path in table["variant"]]
    return table[["site", "contract", "variant", "cases", "share"]]


def cases_judged(events: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Return one row a customer: how the journey compares with the one the contract asks for."""
    parts = []
    for name, part in events.assign(contract=events["contract"].fillna("")).groupby("contract"):
        steps = steps_for(str(name), engagement.journey)
        if steps:
            mine = conformance(part, steps, **EVENT, by="site").assign(contract=str(name))
            parts.append(
                mine.assign(furthest=[_place(step, steps) if step else -1 for step in mine["reached"]])
            )
    columns = [
        "case",
        "site",
        "missing",
        "out_of_order",
        "repeated",
        "other",
        "reached",
        "conforms",
        "contract",
        "furthest",
    ]
    if not parts:
        kinds = {"conforms": "bool", "furthest": "int64", "out_of_order": "int64", "repeated": "int64"}
        return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in columns})
    return pd.concat(parts, ignore_index=True).rename(columns={"by": "site"})


def on_the_way(judged: pd.DataFrame) -> pd.DataFrame:
    """Return the customers who got beyond the first step: only they can depart from a journey."""
    return judged[judged["furthest"] > 0]


def past(judged: pd.DataFrame, step: str, journey: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return the customers who reached something after ``step``.

    Whether somebody skipped a step shows only once a later one is reached; comparing them
    with everybody would set people who went far against people who dropped out early.
    """
    place = {name: _place(step, steps_for(name, journey)) for name in judged["contract"].unique()}
    return judged[judged["furthest"] > judged["contract"].map(place)]


def _place(step: str, steps: Sequence[str]) -> int:
    return steps.index(step) if step in steps else len(steps)


def consistency_table(
    parts: Mapping[tuple[str, str], pd.DataFrame], judged: pd.DataFrame, outcomes: pd.DataFrame
) -> pd.DataFrame:
    """Return ``site, contract, cases, index, lower, upper, conformance, outcome_rate`` for every unit.

    Journeys and outcomes are those of customers whose journey is over.
    """
    rows = []
    achieved = set(outcomes["customer"].dropna())
    alike = _alike(parts)
    for (site, name), part in parts.items():
        if part.empty:
            continue
        row = alike[site, name]
        customers = part["customer"].unique()
        mine = on_the_way(judged[judged["case"].isin(customers)])
        reached = pd.Index(customers).isin(achieved).mean() if achieved else np.nan
        kept = mine["conforms"].mean() if len(mine) else np.nan
        shares = {"conformance": kept, "outcome_rate": reached}
        names = ("cases", "index", "lower", "upper")
        rows.append({"site": site, "contract": name, **{key: row[key] for key in names}, **shares})
    columns = ["site", "contract", "cases", "index", "lower", "upper", "conformance", "outcome_rate"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[3:], "float64"))


def _alike(parts: Mapping[tuple[str, str], pd.DataFrame]) -> dict[tuple[str, str], dict[Any, Any]]:
    """Return how alike the journeys of each unit are, all units judged in one go.

    A customer counts in several units, so that each is told apart by the unit's place.
    """
    units = [unit for unit, part in parts.items() if len(part)]
    if not units:
        return {}
    logs = [
        parts[unit].assign(unit=place, customer=f"{place}/" + parts[unit]["customer"].astype("str"))
        for place, unit in enumerate(units)
    ]
    table = consistency(pd.concat(logs, ignore_index=True), **EVENT, by="unit").set_index("unit")
    rows = table.to_dict("index")
    return {unit: rows[place] for place, unit in enumerate(units)}


def contract_measure(engagement: Engagement, panel: pd.DataFrame) -> Measure | None:
    """Return the measure by which a site's share of its contract is read, if there is one.

    It is a measure of the contract counted out of what the contract asks for (its target is
    100 %), or else a sum, such as revenue, with a target for each site.
    """
    at_site = panel[(panel["site"] != "") & panel["target"].notna()]
    full = set(at_site.loc[at_site["target"] == 100, "measure"])
    able = [m for m in engagement.measures if m.direction == "increase" and m.id in set(at_site["measure"])]
    ranked = [m for m in able if m.id in full and m.unit == "percent"] + [m for m in able if adds_up(m)]
    return ranked[0] if ranked else None


def attainment(panel: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return ``site, contract, attainment`` (1 is all of the target) over the last twelve months."""
    rows = panel[(panel["measure"] == measure.id) & panel["target"].notna() & panel["value"].notna()]
    rows = rows[rows["period"] > rows["period"].max() - pd.DateOffset(months=12)]
    weight = pd.Series(1.0, index=rows.index) if adds_up(measure) else rows["denominator"].fillna(1.0)
    sums = pd.DataFrame({"got": rows["value"] * weight, "asked": rows["target"] * weight}).groupby(
        [rows["site"], rows["contract"]]
    )
    total = sums.sum()
    return (total["got"] / total["asked"]).rename("attainment").reset_index()


def agreeing(perceptions: pd.DataFrame, statement: str, *, group: str = "", minimum: int = 5) -> pd.DataFrame:
    """Return, by site, how many agree with a statement; sites with too few answers have no share.

    Returns
    -------
    ``site`` (``""`` for all), ``answers, share`` (0 to 1, those answering 4 or 5).
    """
    rows = perceptions[perceptions["statement"] == statement].dropna(subset=["answer"])
    rows = rows[rows["group"] == group] if group else rows
    both = pd.concat([rows.assign(site=""), rows[rows["site"].fillna("") != ""]])
    groups = (both["answer"] >= AGREE).groupby(both["site"])
    table = pd.DataFrame({"answers": groups.size(), "share": groups.mean()}).rename_axis("site").reset_index()
    table = table.astype({"share": "float64", "answers": "float64"})
    whole = table[(table["site"] == "") & (table["answers"] >= minimum)]
    sites = suppress(table[table["site"] != ""], "answers", minimum=minimum, values=("share",))
    return pd.concat([whole, sites.drop(columns=SUPPRESSED)], ignore_index=True)


def time_to(events: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return days from first to last event by month of beginning, for months old enough to be compared.

    A log is cut at its end: customers who came late can only show short journeys. Months are
    kept whose customers have had as long as nine in ten journeys take.
    """
    groups = events.groupby("customer")["at"]
    table = pd.DataFrame(
        {"first": groups.min(), "days": (groups.max() - groups.min()).dt.total_seconds() / 86400}
    )
    enough = pd.Timestamp(as_of) - pd.Timedelta(days=float(table["days"].quantile(0.9)))
    table["period"] = table["first"].dt.to_period("M").dt.to_timestamp()
    by = table.groupby("period")["days"].agg(customers="size", median="median").reset_index()
    return by.assign(comparable=by["period"] + pd.offsets.MonthBegin(1) <= enough)


def association(table: pd.DataFrame, x: str, y: str) -> dict[str, Any] | None:
    """Return Spearman's correlation of two columns over units; none for fewer than five.

    >>> association(pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [1, 2, 3, 4, 5]}), "a", "b")["correlation"]
    1.0
    """
    both = table[[x, y]].dropna()
    if len(both) < 5:
        return None
    return {"correlation": round(float(both.rank().corr().to_numpy()[0, 1]), 6), "units": len(both)}
