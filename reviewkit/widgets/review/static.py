"""What the quotes notebook shows where nobody can click: how far the review has come, and what to look at."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewkit.present.blocks import Bottom, Stack, Table
from reviewkit.present.view import View
from reviewkit.present.words import plural
from reviewkit.voices.quotes import QuoteReview

from .cell import TABLES
from .model import review_of


def review_summary(engagement: str | Path, run: str | Path = "") -> View:
    """Return how many quotes are decided, and those a reader could trace, for the review team."""
    if str(run):
        from reviewkit.steps.workbench import open_review

        review = open_review(engagement, run)
        described = review.engagement
        frames = {name: review.evidence.frame(name) for name in TABLES}
    else:
        from ..desk import Desk

        desk = Desk(engagement)
        described, frames = desk.engagement, desk.frames(*TABLES)
    return summary_of(review_of(frames, described.disclosure, described.customer_label))


def summary_of(review: QuoteReview) -> View:
    """Return the summary of a review, for the team alone."""
    counts, risky = review.counts, review.to_look_at()
    lines = [
        f"{plural(counts['approved'], 'quote')} approved, {counts['refused']} refused, "
        f"{counts['waiting']} waiting; {plural(counts['barred'], 'remark')} may not be quoted.",
        f"{plural(len(risky), 'approved quote')} should be looked at again; until then, outside the "
        "team, they are attributed more broadly or held back."
        if risky
        else "",
    ]
    told = [
        (
            one.remark_id,
            one.words,
            one.attribution,
            one.barred or (one.inference.words if one.inference else ""),
        )
        for one in risky
    ]
    frame = pd.DataFrame(told, columns=["remark_id", "words", "attribution", "why"])
    headings = {
        "remark_id": "Remark",
        "words": "Words",
        "attribution": "Attributed to",
        "why": "What a reader could infer",
    }
    table = Table(frame, "Approved quotes that point at too few people", headings) if len(frame) else None
    return View("quotes", {"team": Stack(Bottom([line for line in lines if line]), table)}, styled=True)
