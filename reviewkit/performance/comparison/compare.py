"""Sites compared: a funnel for ten or more, shrunken differences for fewer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Engagement, Measure

from ..measures.panel import ENDED, bare
from .funnel import funnel
from .shrink import shrink, shrink_means

FUNNEL_FROM = 10
"""Sites from which a funnel is drawn."""
MONTHS = 24
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
    them is for its chart to say. Sites that no longer report, and measures that are sums, which
    depend on a site's size, are left out.

    Parameters
    ----------
    panel : as :func:`reviewkit.performance.all_series` returns it.

    Returns
    -------
    ``measure, site, denominator, rate`` (in the measure's unit; the shrunken one where the
    method is that), ``lower, upper`` (99.8 % limits around all sites for a funnel, the 95 %
    interval of the site for shrunken figures), ``method, outlier`` (and, for shrunken
    figures, at least the smallest change worth acting on away from all sites), ``direction``
    (``better``, ``worse`` or ``""``), ``centre`` (all sites), ``lower95, upper95, observed, plain_outlier``
    (beyond limits that ignore over-dispersion), ``first, last`` (periods).
    """
    sites = bare(panel[(panel["site"] != "") & (panel["contract"] == "")])
    by_measure = dict(iter(sites.groupby("measure", sort=False)))
    parts = [
        _compared(_recent(by_measure[measure.id]), measure)
        for measure in engagement.measures
        if measure.id in by_measure
    ]
    parts = [part for part in parts if len(part)]
    if parts:
        return pd.concat(parts, ignore_index=True)[_COLUMNS]
    return _empty()


def _recent(rows: pd.DataFrame) -> pd.DataFrame:
    last = rows["period"].max()
    rows = rows[rows["period"] > last - pd.DateOffset(months=MONTHS)]
    still: pd.Series[bool] = rows["site"].map(rows.groupby("site")["period"].max()) >= last - ENDED
    kept: pd.DataFrame = rows.loc[still]
    return kept


def _compared(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    if rows["site"].nunique() < 2 or (measure.denominator is None and measure.unit in ("count", "money")):
        return rows.iloc[:0]
    sites = rows.groupby("site", as_index=False)[["numerator", "denominator"]].sum()
    share = (
        measure.unit == "percent"
        and measure.denominator
        and (sites["numerator"] <= sites["denominator"]).all()
    )
    whole = (rows["numerator"] % 1 == 0).all()
    if not (share and whole and (sites["numerator"] >= 0).all()):
        table = _by_means(rows, measure)
    elif len(sites) >= FUNNEL_FROM:
        table = _by_funnel(sites)
    else:
        table = _by_shrinking(sites, measure)
    up = {"increase": 1, "decrease": -1}.get(measure.direction, 0)
    side = np.sign(table["rate"] - table["centre"]) * up * table["outlier"]
    table["direction"] = np.select([side > 0, side < 0], ["better", "worse"], "")
    return table.assign(measure=measure.id, first=rows["period"].min(), last=rows["period"].max())


def _by_funnel(sites: pd.DataFrame) -> pd.DataFrame:
    wide = funnel(sites, numerator="numerator", denominator="denominator", by="site")
    plain = funnel(sites, numerator="numerator", denominator="denominator", by="site", overdispersion=False)
    table = sites[["site", "denominator"]].copy()
    table["rate"], table["observed"] = wide["rate"] * 100, wide["rate"] * 100
    table["lower"], table["upper"] = wide["lower998"] * 100, wide["upper998"] * 100
    table["lower95"], table["upper95"] = wide["lower95"] * 100, wide["upper95"] * 100
    table["centre"] = 100 * sites["numerator"].sum() / sites["denominator"].sum()
    return table.assign(method="funnel", outlier=wide["outlier"], plain_outlier=plain["outlier"])


def _by_shrinking(sites: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    drawn = shrink(sites, successes="numerator", trials="denominator")
    table = drawn[["site", "denominator"]].copy()
    for name, source in (("rate", "shrunk"), ("lower", "lower"), ("upper", "upper"), ("observed", "rate")):
        table[name] = drawn[source] * 100
    table["centre"] = 100 * sites["numerator"].sum() / sites["denominator"].sum()
    return _shrunken(table, measure)


def _by_means(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Means of periods, their errors from the variation between periods."""
    groups = rows.groupby("site")
    table = groups[["numerator", "denominator"]].sum(min_count=1).reset_index()
    scale = 100 if measure.unit == "percent" else 1
    rate = table["numerator"] / table["denominator"] * scale
    table["observed"] = rate.fillna(groups["value"].mean().reset_index(drop=True))
    spread, points = (
        groups["value"].std().reset_index(drop=True),
        groups["value"].count().reset_index(drop=True),
    )
    # One site's spread rests on a dozen points: half of it is that of all sites.
    pooled = np.sqrt((spread**2 + float((spread**2).mean())) / 2)
    table["error"] = pooled / np.sqrt(points)
    table = table[table["error"].notna() & table["observed"].notna()]
    if len(table) < 2:
        return table.assign(rate=np.nan, lower=np.nan, upper=np.nan, centre=np.nan, outlier=False).iloc[:0]
    drawn = shrink_means(table, mean="observed", error="error")
    return _shrunken(drawn.drop(columns=["rank"]).rename(columns={"shrunk": "rate"}), measure)


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
