"""What step 2.2 says: findings made from its figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Evidence, Finding
from reviewkit.performance import wilson
from reviewkit.present.words import listing, percent, plural

from . import figures as figures

FEWEST = 20
"""Customers that a site needs to be named as highest or lowest."""
_RULE = "Customers whose journey is over; a step is skipped where a later one was reached"


def journey_findings(table: pd.DataFrame, judged: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return findings on how far the journey is followed, and which sites reach more than their contract."""
    found = []
    judged = figures.on_the_way(judged)
    if len(judged):
        groups = judged[judged["site"] != ""].groupby("site")["conforms"]
        sites = groups.mean()[groups.size() >= FEWEST].sort_values()
        whole, skipped = float(judged["conforms"].mean()), skips(judged)
        text = (
            f"{percent(whole)} of customers who got beyond the first step took the journey their "
            f"contract asks for"
        )
        if len(sites) > 1:
            text += (
                f", from {percent(sites.iloc[0])} at {sites.index[0]} to {percent(sites.iloc[-1])} at "
                f"{sites.index[-1]}"
            )
        if len(skipped):
            text += f"; most often skipped: {skipped['step'].iloc[0].replace('_', ' ')}"
        found.append(made_finding("conformance", "whole", f"{text}.", _conformance_made(judged), len(judged)))
    above = table[(table["site"] != "") & (table["contract"] == "") & table["attainment"].notna()]
    if len(above):
        high = above[above["attainment"] > 1].sort_values("attainment", ascending=False)
        label = plural(len(above), engagement.site_label)
        named = [f"{row.site} ({percent(row.attainment)})" for row in high.itertuples()]
        text = (
            f"{listing(named)} {'is' if len(high) == 1 else 'are'} above 100% of contract"
            if named
            else "None is above 100% of contract"
        )
        low = above.sort_values("attainment").iloc[0]
        statement = (
            f"Of {label}, over the last twelve months: {text}; lowest is {low['site']} with "
            f"{percent(low['attainment'])}."
        )
        found.append(
            made_finding(
                "attainment", "sites", statement, {"above": len(high), "sites": len(above)}, len(above)
            )
        )
    return found


def _conformance_made(judged: pd.DataFrame) -> dict[str, Any]:
    share, cases = float(judged["conforms"].mean()), len(judged)
    low, high = wilson(share, cases)
    made = {"share": share, "cases": cases, "lower": float(low), "upper": float(high)}
    return made | {"similarity": float(judged["similarity"].mean())}


def made_finding(
    kind: str,
    subject: str,
    statement: str,
    made: dict[str, Any],
    rows: int,
    source: str = "journey",
    rule: str = _RULE,
) -> Finding:
    """Return a finding of this step."""
    evidence = Evidence(source=source, rule=rule, rows=rows)
    return Finding.of("2.2", kind, subject, statement=statement, figures=made, evidence=(evidence,))


def clarity_findings(perceptions: pd.DataFrame, minimum: int) -> list[Finding]:
    """Return how many staff say they can describe the journey."""
    table = figures.agreeing(perceptions, figures.CLEAR, minimum=minimum)
    whole = table[table["site"].eq("") & table["share"].notna()]
    if whole.empty:
        return []
    share, answers = float(whole["share"].iloc[0]), int(whole["answers"].iloc[0])
    low, high = wilson(share, answers)
    text = f"{percent(share)} of {answers} who answered say they can describe the steps of the journey "
    text += f"(95% interval {percent(low)} to {percent(high)})."
    rule = f"Share answering 4 or 5; sites with fewer than {minimum} answers are not shown"
    return [
        made_finding(
            "clarity", "whole", text, {"share": share, "answers": answers}, answers, "perceptions", rule
        )
    ]


def skips(judged: pd.DataFrame) -> pd.DataFrame:
    """Return how often each step was skipped, most often first: ``step, times``."""
    steps = judged.loc[judged["missing"] != "", ["site", "missing"]]
    long = steps.assign(step=steps["missing"].str.split("; ")).explode("step")
    return long["step"].value_counts().rename_axis("step").reset_index(name="times")
