"""What the scenario's cell shows where nobody can click: recommendations as they stand, drafts on file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.model.words import plural
from reviewkit.plan import empty_recommendations
from reviewkit.plan.agreed import is_agreed
from reviewkit.plan.budget import budget_words, plan_budget
from reviewkit.plan.rows import records
from reviewkit.present.blocks import Bottom, Stack, Table, Words
from reviewkit.present.view import Block, View
from reviewkit.steps.workbench import open_review

from .words import span_of_money


def scenario_summary(engagement: str | Path, run: str | Path = "") -> View:
    """Return the recommendations as the review has them, and how many drafts are kept, for the team."""
    review = open_review(engagement, run)
    table, frame = review.table("3.1", "recommendations"), review.evidence.frame
    if table.empty:
        table = empty_recommendations()
    plan = review.table("3.2", "action_plan")
    said = budget_words(plan, plan_budget(frame("scope")), review.engagement.currency) if len(plan) else ""
    made = summary_of(table, frame("actions"), review.engagement, said)
    return View("scenario", {"team": made}, styled=True)


def summary_of(
    recommendations: pd.DataFrame,
    actions: pd.DataFrame,
    engagement: Engagement,
    budget: str = "",
) -> Block:
    """Return the summary of some recommendations and the actions on file; ``budget`` says what is left."""
    drafts = sum(not is_agreed(row) for row in records(actions))
    told = [
        f"{plural(len(recommendations), 'recommendation')} can be tried otherwise, "
        f"{int(recommendations['first'].sum())} of them among the first.",
        f"{plural(drafts, 'draft')} {'is' if drafts == 1 else 'are'} kept that nobody has agreed yet."
        if drafts
        else "",
        budget,
    ]
    if recommendations.empty:
        return Stack(Bottom(["There is no recommendation to try otherwise yet."]), Words())
    rows = [
        {
            "title": row["title"],
            "impact": row["impact"],
            "effort": row["effort"],
            "days": row["days"],
            "weeks": row["weeks"],
            "returns": span_of_money(row["return_low"], row["return_high"], engagement.currency),
            "estimated": row["estimated"] or "as in the library",
        }
        for row in records(recommendations)
    ]
    headings = {"title": "Recommendation", "impact": "Effect, 1 to 5", "effort": "Effort, 1 to 5"}
    headings |= {"days": "Working days", "weeks": "In place after, weeks", "returns": "Return a year"}
    headings["estimated"] = "Estimated"
    table = Table(pd.DataFrame(rows), "Recommendations as the review has them, in order", headings)
    return Stack(Bottom([line for line in told if line]), table)
