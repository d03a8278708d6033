"""The figures of step 2.2: journeys by site and contract, beside clarity, outcomes and the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.disclosure.suppress import SUPPRESSED, suppress
from reviewkit.model import Engagement, Measure
from reviewkit.performance import adds_up
from reviewkit.performance.comparison.correlation import rank_correlation_interval
from reviewkit.performance.journeys.consistency import alike
from reviewkit.performance.journeys.paths import shares

from .cases import Taken, steps_for

CLEAR, CONTRACT = "expectation_3", "expectation_2"
"""Statements of the survey: I can describe the journey; I know how my results count for the contract."""
AGREE = 4
UNIT = ["site", "contract"]


def levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows once for the whole, each site, each contract and each site's contracts.

    A level that is not told apart has ``""`` as its site or contract. Where the contracts ask for
    different journeys a site is shown contract by contract too.
    """
    at_site = rows[rows["site"] != ""]
    parts = [rows.assign(site="", contract=""), at_site.assign(contract="")]
    if rows["contract"].nunique() > 1:
        parts += [rows[rows["contract"] != ""].assign(site=""), at_site[at_site["contract"] != ""]]
    return pd.concat(parts, ignore_index=True)


def variants_table(journeys: Taken) -> pd.DataFrame:
    """Return ``site, contract, variant`` (joined with " > "), ``cases, share`` for every unit."""
    counts = levels(journeys.over).groupby([*UNIT, "path"], as_index=False).size()
    table = shares(counts.rename(columns={"size": "cases"}), UNIT)
    texts = np.array([" > ".join(map(str, path)) for path in journeys.paths.tuples()], dtype=object)
    table["variant"] = pd.Series(texts[table["path"]], dtype="str", index=table.index)
    return table[[*UNIT, "variant", "cases", "share"]]


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


def consistency_table(journeys: Taken, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return ``site, contract, cases, index, lower, upper, conformance, outcome_rate`` for every unit.

    Journeys and outcomes are those of customers whose journey is over.
    """
    rows = levels(journeys.over)
    counts = rows.groupby([*UNIT, "path"], as_index=False).size().rename(columns={"size": "cases"})
    table = alike(counts, UNIT).drop(columns="variants")
    kept = levels(on_the_way(journeys.judged)).groupby(UNIT)["conforms"].mean().rename("conformance")
    table = table.merge(kept.astype("float64").reset_index(), on=UNIT, how="left")
    achieved = set(outcomes["customer"].dropna())
    reached = rows["case"].isin(achieved).groupby([rows["site"], rows["contract"]]).mean()
    table = table.merge(reached.rename("outcome_rate").reset_index(), on=UNIT, how="left")
    if not achieved:
        table["outcome_rate"] = np.nan
    return table.astype(dict.fromkeys(table.columns[2:], "float64"))


def portfolio(journeys: Taken) -> pd.DataFrame:
    """Return, unit by unit, how far journeys keep to the contract, in how many paths, and how long they take.

    Returns
    -------
    ``site, contract, cases`` (over), ``paths``, ``most`` (paths that cover 80 %), ``conforms,
    similarity`` (of those who got beyond the first step), ``redone`` (share with a step done again),
    ``finished`` (share that reached the last step) and ``days`` (median from first event to last of these).
    """
    rows = levels(journeys.redone)
    groups = rows.assign(again=rows["repeats"] > 0).groupby(UNIT)
    table = pd.DataFrame({"cases": groups.size(), "paths": groups["path"].nunique()})
    table["redone"], table["finished"] = groups["again"].mean(), groups["finished"].mean()
    done = rows[rows["finished"]]
    days = (done["last"] - done["first"]).dt.total_seconds() / 86400
    table["days"] = days.groupby([done["site"], done["contract"]]).median()
    ways = levels(on_the_way(journeys.judged)).groupby(UNIT)
    table["conforms"], table["similarity"] = ways["conforms"].mean(), ways["similarity"].mean()
    counts = rows.groupby([*UNIT, "path"], as_index=False).size().rename(columns={"size": "cases"})
    before = shares(counts, UNIT).assign(few=lambda part: part.groupby(UNIT)["share"].cumsum() < 0.8 - 1e-9)
    table["most"] = before.groupby(UNIT)["few"].sum() + 1
    return table.reset_index()


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


def with_attainment(table: pd.DataFrame, panel: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Return the units with their share of what the contract asks for; missing where no measure tells."""
    measure = contract_measure(engagement, panel)
    if measure is None or table.empty:
        return table.assign(attainment=float("nan"))
    return table.merge(attainment(panel, measure), on=UNIT, how="left")


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


def association(table: pd.DataFrame, x: str, y: str) -> dict[str, Any] | None:
    """Return Spearman's correlation of two columns over units, its 95 % interval ``lower, upper``, ``units``.

    None for fewer than five units, or where one of the two does not vary.

    >>> association(pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [1, 2, 3, 4, 5]}), "a", "b")["correlation"]
    1.0
    """
    both = table[[x, y]].dropna()
    if len(both) < 5 or (both.nunique() < 2).any():
        return None
    correlation = round(float(both.rank().corr().to_numpy()[0, 1]), 6)
    lower, upper = rank_correlation_interval(correlation, len(both) - 3)
    return {"correlation": correlation, "lower": lower, "upper": upper, "units": len(both)}
