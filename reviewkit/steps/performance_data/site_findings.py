"""What step 1.1 says of sites: how many lie apart, and who is left out of the comparison and why."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Engagement, Evidence, Finding
from reviewkit.performance import bare
from reviewkit.performance.comparison.compare import AS_MEANS, LEFT_OUT
from reviewkit.present.words import listing, plural, span


def site_findings(comparison: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return one finding a measure: how many sites differ from the whole, which most, and who is left out."""
    left = pd.DataFrame(comparison.attrs.get("left_out", []), columns=["measure", "site", "why"])
    return [
        _site_finding(str(name), rows, engagement, left[left["measure"] == name])
        for name, rows in bare(comparison).groupby("measure", sort=False)
    ]


def _site_finding(name: str, rows: pd.DataFrame, engagement: Engagement, left: pd.DataFrame) -> Finding:
    measure, label = engagement.measure(name), engagement.site_label
    out, plain = int(rows["outlier"].sum()), int(rows["plain_outlier"].sum())
    period = span(rows["first"].min(), rows["last"].max())
    if str(rows["method"].iloc[0]) == "funnel":
        text = f"{out} of {plural(len(rows), label)} {'lies' if out == 1 else 'lie'} beyond the 99.8% limits "
        text += f"once over-dispersion is allowed for; limits that ignore it would flag {plain}"
        rule = "Funnel plot, over-dispersion by phi and tau2 (Spiegelhalter 2005)"
    else:
        text = _apart(rows, label)
        rule = "Differences drawn towards the whole by empirical Bayes, 95% intervals"
    gone = left[left["why"].isin(list(LEFT_OUT))]
    evidence = Evidence(
        source=measure.table, rule=rule, rows=len(rows), query=f"{measure.name} by {label}, {period}"
    )
    return Finding.of(
        "1.1",
        "sites",
        name,
        statement=f"{measure.name}, {period}: {text}.{left_words(left, label)}",
        figures={
            "sites": len(rows),
            "outliers": out,
            "plain_outliers": plain,
            "left_out": len(gone),
            "centre": float(rows["centre"].iloc[0]),
        },
        evidence=(evidence,),
    )


def _apart(rows: pd.DataFrame, label: str) -> str:
    """Which sites lie apart, or that none does."""
    ends = rows.loc[rows["outlier"], ["site", "direction"]].values.tolist()
    named = listing([f"{site} ({direction})" if direction else site for site, direction in ends], limit=4)
    text = f"{named} {'differs' if len(ends) == 1 else 'differ'} from all together"
    told = text if ends else f"no {label} differs"
    return f"{told} by more than small numbers would explain and enough to act on"


def left_words(left: pd.DataFrame, label: str) -> str:
    """Return who is left out of a comparison and why, as sentences that follow; empty where nobody is."""
    gone = left[left["why"].isin(list(LEFT_OUT))]
    parts = [
        f"{plural(len(part), label)}, {LEFT_OUT[str(why)]} ({listing(part['site'], limit=6)})"
        for why, part in gone.groupby("why", sort=False)
    ]
    said = f" Left out: {'; '.join(parts)}." if parts else ""
    for why, part in left[left["why"].isin(list(AS_MEANS))].groupby("why", sort=False):
        said += f" Compared by level from period to period, not as a share: {AS_MEANS[str(why)]} at "
        said += f"{plural(len(part), label)} ({listing(part['site'], limit=6)})."
    return said
