"""Sites compared: a funnel for ten or more, shrunken differences for fewer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Engagement, Measure

from ..measures.panel import ENDED, bare
from .discovery import false_discovery
from .funnel import funnel
from .periods import memory, more_than_counting, period_errors
from .shrink import shrink, shrink_means

SURE = 0.05
"""Share of chance findings accepted among the sites told apart, all measures taken together."""
FUNNEL_FROM = 10
"""Sites from which a funnel is drawn."""
MONTHS = 24
LEFT_OUT = {
    "ended": "no longer reporting",
    "empty": "nothing to divide by",
    "infinite": "infinite figures",
    "few_periods": "too few periods to tell a difference from chance",
}
"""Why a site is left out of the comparison of a measure."""
NOT_COMPARED = {
    "one": "fewer than two to compare",
    "sum": "a sum, which depends on size",
    "no_periods": "too few periods to tell a difference from chance",
}
"""Why a measure is not compared at all."""
AS_MEANS = {"exceeds": "more is counted than it is counted out of", "negative": "counts fall below 0"}
"""Why a measure in percent is compared by its level from period to period, and not as a share."""
_COLUMNS = [
    "measure",
    "site",
    "denominator",
    "rate",
    "lower",
    "upper",
    "method",
    "outlier",
    "direction",
    "centre",
]
_COLUMNS += ["lower95", "upper95", "observed", "plain_outlier", "first", "last"]


def site_comparison(panel: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Return, for every measure that can be compared, each site against all sites.

    Up to two years are added up, so that a lasting difference shows; how a site changed within
    them is for its chart to say. Shares that vary from period to period by more than counting
    explains are known by that variation, not by their counts. What is left out, and why, stands in ``attrs``.

    Parameters
    ----------
    panel : as :func:`reviewkit.performance.all_series` returns it.

    Returns
    -------
    ``measure, site, denominator, rate`` (in the measure's unit; the shrunken one where the
    method is that), ``lower, upper`` (99.8 % limits around all sites for a funnel, the 95 %
    interval of the site for shrunken figures), ``method, outlier`` (and, for shrunken
    figures, at least the smallest change worth acting on away from all sites, and sure once all
    sites and measures looked at are allowed for), ``direction``
    (``better``, ``worse`` or ``""``), ``centre`` (all sites), ``lower95, upper95, observed, plain_outlier``
    (beyond limits that ignore over-dispersion), ``first, last`` (periods). ``attrs["left_out"]``
    lists ``measure, site, why`` (of :data:`LEFT_OUT` for a site; of :data:`NOT_COMPARED`, with no
    site, for a measure; of :data:`AS_MEANS` for the sites that keep a measure from being a share).
    """
    sites = bare(panel[(panel["site"] != "") & (panel["contract"] == "")])
    by_measure = dict(iter(sites.groupby("measure", sort=False)))
    made = [
        _compared(by_measure[measure.id], measure)
        for measure in engagement.measures
        if measure.id in by_measure
    ]
    parts = [table for table, _ in made if len(table)]
    result = _singled_out(pd.concat(parts, ignore_index=True))[_COLUMNS] if parts else _empty()
    result.attrs = {"left_out": [row for _, left in made for row in left]}
    return result


def _left(measure: Measure, why: str, sites: Iterable[Any] = ("",)) -> list[dict[str, str]]:
    return [{"measure": measure.id, "site": str(site), "why": why} for site in sites]


def _told_apart(rows: pd.DataFrame, measure: Measure) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """Return the rows of the sites that can be compared, and those that cannot with the reason."""
    last = rows["period"].max()
    # Those that ended before the time looked at are counted, too.
    ended = rows.groupby("site")["period"].max() < last - ENDED
    rows = rows[rows["period"] > last - pd.DateOffset(months=MONTHS)]
    counts = rows[["numerator", "denominator", "value"]].to_numpy("float64")
    by = rows.assign(_infinite=np.isinf(counts).any(axis=1)).groupby("site")
    infinite = by["_infinite"].any().reindex(ended.index, fill_value=False)
    nothing = by["value"].count().eq(0)
    if measure.denominator is not None:
        nothing |= by["denominator"].sum(min_count=1).fillna(0) <= 0
    nothing = nothing.reindex(ended.index, fill_value=False)
    left: list[dict[str, str]] = []
    gone = pd.Series(False, index=ended.index)
    for why, sites in (("ended", ended), ("infinite", infinite), ("empty", nothing)):
        left += _left(measure, why, sites.index[sites & ~gone])
        gone |= sites
    return rows[~rows["site"].map(gone).astype(bool)], left


def _compared(rows: pd.DataFrame, measure: Measure) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    if measure.denominator is None and measure.unit in ("count", "money"):
        return rows.iloc[:0], _left(measure, "sum")
    rows, left = _told_apart(rows, measure)
    if rows["site"].nunique() < 2:
        return rows.iloc[:0], left + _left(measure, "one")
    sites = rows.groupby("site", as_index=False)[["numerator", "denominator"]].sum()
    whole = bool((rows["numerator"] % 1 == 0).all())
    over, under = sites["numerator"] > sites["denominator"], sites["numerator"] < 0
    if measure.unit != "percent" or not measure.denominator:
        table, few = _by_means(rows, measure)
    elif over.any() or under.any():
        left += _left(measure, "exceeds", sites.loc[over, "site"])
        left += _left(measure, "negative", sites.loc[under, "site"])
        table, few = _by_means(rows, measure)
    elif not whole or (len(sites) < FUNNEL_FROM and more_than_counting(rows)):
        table, few = _by_means(rows, measure)
    else:
        few = []
        table = _by_funnel(sites) if len(sites) >= FUNNEL_FROM else _by_shrinking(sites, rows, measure)
    left += _left(measure, "few_periods", few)
    if table.empty:
        return table, left + _left(measure, "no_periods")
    up = {"increase": 1, "decrease": -1}.get(measure.direction, 0)
    return table.assign(
        measure=measure.id, first=rows["period"].min(), last=rows["period"].max(), up=up
    ), left


def _singled_out(table: pd.DataFrame) -> pd.DataFrame:
    """Single out sites that stay apart once all that were looked at are allowed for; say which way.

    A funnel's limits of 99.8 per cent allow for many sites by themselves.
    """
    from scipy.special import stdtr

    if "error" in table:
        far = ((table["observed"] - table["centre"]) / table["error"]).abs()
        chance = 2 * stdtr(table["freedom"].fillna(np.inf), -far)
        sure = false_discovery(pd.Series(chance, index=table.index)) <= SURE
        table["outlier"] = table["outlier"].astype(bool) & (sure | table["method"].eq("funnel"))
    side = np.sign(table["rate"] - table["centre"]) * table["up"] * table["outlier"]
    return table.assign(direction=np.select([side > 0, side < 0], ["better", "worse"], ""))


def _by_funnel(sites: pd.DataFrame) -> pd.DataFrame:
    wide = funnel(sites, numerator="numerator", denominator="denominator", by="site")
    plain = funnel(sites, numerator="numerator", denominator="denominator", by="site", overdispersion=False)
    table = sites[["site", "denominator"]].copy()
    table["rate"], table["observed"] = wide["rate"] * 100, wide["rate"] * 100
    table["lower"], table["upper"] = wide["lower998"] * 100, wide["upper998"] * 100
    table["lower95"], table["upper95"] = wide["lower95"] * 100, wide["upper95"] * 100
    table["centre"] = 100 * sites["numerator"].sum() / sites["denominator"].sum()
    return table.assign(method="funnel", outlier=wide["outlier"], plain_outlier=plain["outlier"])


def _by_shrinking(sites: pd.DataFrame, rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    drawn = shrink(sites, successes="numerator", trials="denominator")
    table = drawn[["site", "denominator"]].copy()
    for name, source in (("rate", "shrunk"), ("lower", "lower"), ("upper", "upper"), ("observed", "rate")):
        table[name] = drawn[source] * 100
    table["centre"] = 100 * sites["numerator"].sum() / sites["denominator"].sum()
    middle = table["centre"].iloc[0] / 100
    # A slow wave may hide in the counting error of single periods, and yet carry a mean away.
    growth, table["freedom"] = memory(rows)
    table["error"] = 100 * np.sqrt(growth * middle * (1 - middle) / sites["denominator"])
    return _shrunken(table, measure)


def _by_means(rows: pd.DataFrame, measure: Measure) -> tuple[pd.DataFrame, list[str]]:
    """Means of periods, their errors from the variation between periods, and sites with too few."""
    groups = rows.groupby("site")
    table = groups[["numerator", "denominator"]].sum(min_count=1).reset_index()
    scale = 100 if measure.unit == "percent" else 1
    rate = table["numerator"] / table["denominator"] * scale
    table["observed"] = rate.fillna(groups["value"].mean().reset_index(drop=True))
    growth, table["freedom"] = memory(rows)
    table["error"] = period_errors(rows, growth).to_numpy()
    known = table["error"].notna() & table["observed"].notna()
    few, table = table.loc[~known, "site"].tolist(), table[known]
    if len(table) < 2:
        return table.iloc[:0], few
    drawn = shrink_means(table, mean="observed", error="error")
    kept = drawn[
        ["site", "denominator", "observed", "error", "freedom", "shrunk", "lower", "upper", "centre"]
    ]
    return _shrunken(kept.rename(columns={"shrunk": "rate"}), measure), few


def _shrunken(table: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    beyond = (table["lower"] > table["centre"]) | (table["upper"] < table["centre"])
    far = (table["rate"] - table["centre"]).abs() >= measure.minimum_effect
    same = {"lower95": table["lower"], "upper95": table["upper"]}
    return table.assign(method="shrunken", outlier=beyond & far, plain_outlier=beyond, **same)


def _empty() -> pd.DataFrame:
    kinds: dict[str, Any] = dict.fromkeys(
        ("denominator", "rate", "lower", "upper", "centre", "lower95", "upper95", "observed"), "float64"
    )
    kinds |= {"outlier": "bool", "plain_outlier": "bool", "first": "datetime64[us]", "last": "datetime64[us]"}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in _COLUMNS})
