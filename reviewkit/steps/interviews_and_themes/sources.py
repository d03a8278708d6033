"""What each of the six sources brought."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import SOURCES, Edition
from reviewkit.present.blocks import Table

SOURCE_WORDS = {
    "one_to_one": "One-to-one interviews",
    "group_work": "Group work",
    "observation": "Observations",
    "resource": "Resources and documents",
    "customer_feedback": "Customers' feedback",
    "customer_experience": "Customers' experience",
}


def sources(remarks: pd.DataFrame, coded: pd.DataFrame, edition: Edition) -> Table:
    """Return what each of the six sources brought, and how much of it is coded."""
    state = remarks["remark_id"].map(coded.groupby("remark_id")["suggested"].min())
    said = remarks.assign(by_analyst=state.eq(False), suggested=state.eq(True))
    table = said.groupby("source").agg(
        remarks=("remark_id", "nunique"),
        units=("unit_id", "nunique"),
        coded=("by_analyst", "sum"),
        suggested=("suggested", "sum"),
    )
    table = table.reindex(list(SOURCES)).fillna(0).astype("int64").rename_axis("source").reset_index()
    table["source"] = table["source"].map(SOURCE_WORDS)
    headings = {"source": "Source", "remarks": "Remarks", "units": "Interviews or comments"}
    headings |= {"coded": "Coded by an analyst", "suggested": "Suggested by cue phrases"}
    if edition != "team":
        headings = {"source": "Source", "remarks": "Remarks"}
    return Table(
        table,
        caption="What each source brought",
        headings=headings,
        note=f"{_who_was_heard(remarks, edition)}Where analysts have coded at least half of a kind of "
        "source, only their codes count in themes; elsewhere suggestions count too, and are marked.",
    )


def _who_was_heard(remarks: pd.DataFrame, edition: Edition) -> str:
    """Say how sessions and people count; the team reads how many were heard twice or without a department."""
    rule = "A group session counts as one interview. "
    if edition != "team":
        return rule
    held = remarks[remarks["kind"] == "interview"]
    alone = held[held["source"].eq("one_to_one") & held["stakeholder_id"].ne("")]
    twice = int((alone.groupby("stakeholder_id")["unit_id"].nunique() > 1).sum())
    nowhere = held.groupby("unit_id")["department"].max().eq("").sum()
    told = f"{twice} people were interviewed more than once: each interview counts. " if twice else ""
    return rule + told + (f"{nowhere} interviews carry no department. " if nowhere else "")
