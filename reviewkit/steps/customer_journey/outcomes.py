"""Whether customers who keep to the journey achieve more: like with like, within site and contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Finding
from reviewkit.performance import stratified_difference
from reviewkit.present.words import number, plain

from . import figures as figures
from .findings import FEWEST, made_finding, skips

_APART = 0.05
"""Where the plain difference is so far from that within sites, sites differ in both, and the page says so."""
_RULE = (
    "Customers who went on beyond the step, within site and contract: Mantel-Haenszel risk difference, "
    "interval by Sato (1989)"
)


def outcome_findings(
    table: pd.DataFrame, judged: pd.DataFrame, outcomes: pd.DataFrame, engagement: Engagement
) -> list[Finding]:
    """Return whether like customers who keep to the journey achieve more, and whether sites do."""
    found, often = [], skips(judged)
    if len(often) and len(outcomes):
        step = str(often["step"].iloc[0])
        found += _customers_compared(figures.past(judged, step, engagement.journey), step, outcomes)
    sites = table[(table["site"] != "") & (table["contract"] == "")]
    linked = figures.association(sites, "conformance", "attainment")
    if linked:
        text, rule = _sites_compared(linked), "Spearman over sites; interval by Bonett and Wright (2000)"
        found.append(made_finding("association", "sites", text, linked, linked["units"], rule=rule))
    return found


def _sites_compared(linked: Mapping[str, Any]) -> str:
    """Say whether sites that keep to the journey reach more of their contract, or that it cannot be told."""
    ends = f"(rank correlation {plain(linked['correlation'], 2)} over {linked['units']} sites, 95% interval "
    ends += f"{plain(linked['lower'], 2)} to {plain(linked['upper'], 2)})"
    if linked["lower"] <= 0 <= linked["upper"]:
        return (
            f"Whether sites that follow the journey more reach more of their contract cannot be shown {ends}."
        )
    way = "more" if linked["correlation"] > 0 else "less"
    told = f"Sites that follow the journey more reach {way} of their contract"
    return f"{told} {ends}; they may differ in other ways too."


def _customers_compared(like: pd.DataFrame, step: str, outcomes: pd.DataFrame) -> list[Finding]:
    """Compare customers who got past a step: those who had it with those who skipped it.

    Only this one step is looked at: a skip of a later step shows only in those who went on to
    the end, which would make skipping look like success.
    """
    had = ~like["missing"].str.split("; ").map(lambda names: step in names).astype(bool)
    sizes = had.value_counts()
    if len(sizes) < 2 or sizes.min() < FEWEST:
        return []
    won = like["case"].isin(outcomes["customer"])
    cells = pd.DataFrame({"stratum": like["site"] + "|" + like["contract"], "exposed": had, "won": won})
    cells = cells.groupby(["stratum", "exposed"])["won"].agg(won="sum", size="size").reset_index()
    made = stratified_difference(cells)
    if pd.isna(made["difference"]):
        return []
    text = _sentence(step.replace("_", " "), made) + _crude(made)
    return [made_finding("association", "customers", text, made, len(like), rule=_RULE)]


def _sentence(step: str, made: dict[str, float]) -> str:
    ends = f"(95% interval {_points(made['lower'])} to {_points(made['upper'])}; "
    ends += f"{int(made['cases']):,} who went on beyond it)"
    others = "others of their site and contract who skipped it"
    if made["lower"] <= 0 <= made["upper"]:
        text = f"Whether customers who had {step} reach an outcome more often than {others} cannot be shown: "
        return text + f"{_points(made['difference'])} percentage points apart {ends}."
    way = "more" if made["difference"] > 0 else "less"
    text = (
        f"Customers who had {step} reached an outcome {_points(abs(made['difference']))} percentage points "
    )
    return text + f"{way} often than {others} {ends}; they may differ in other ways too."


def _crude(made: dict[str, float]) -> str:
    """Say what the sites' own differences would have passed off as the journey's."""
    if abs(made["crude"] - made["difference"]) < _APART:
        return ""
    return f" With all sites thrown together it would look like {_points(made['crude'])} points."


def _points(share: float) -> str:
    return number(share * 100, "count", 0)
