"""What the explorer's cell shows where nobody can click: every measure's state, and what is known of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.performance import all_series, bare, chart_points
from reviewkit.present.blocks import Bottom, Stack, Table, Words
from reviewkit.present.charts import displays
from reviewkit.present.view import Block, View
from reviewkit.present.words import date, plural
from reviewkit.steps.workbench import open_review

SPECIAL = ("improvement", "concern", "neutral_high", "neutral_low")
_EFFECTS = {"explains": "explains points", "process_changed": "limits begin anew"}


def explore_summary(engagement: str | Path, run: str | Path = "") -> View:
    """Return the latest state of each measure for the whole, and the notes on file, for the review team."""
    review = open_review(engagement, run)
    panel = bare(all_series(review.evidence, levels=[()]))
    notes = review.evidence.frame("annotations")
    return View(
        "explore", {"team": summary_of(panel, review.evidence.frame("targets"), notes, review.engagement)},
        styled=True,
    )  # fmt: skip


def summary_of(
    panel: pd.DataFrame, targets: pd.DataFrame, notes: pd.DataFrame, engagement: Engagement
) -> Block:
    """Return the summary of a panel of whole series."""
    if panel.empty:
        return Stack(Bottom(["No measure can be worked out from the evidence there is."]), _notes(notes))
    points = chart_points(panel, targets, engagement).sort_values("period")
    last = points.groupby("measure", sort=False).tail(1)
    special = int(last["signal"].isin(SPECIAL).sum())
    told = [
        f"{plural(len(last), 'measure')} can be looked at; at {special} of them the latest point is told "
        "from chance.",
        f"{plural(len(notes), 'note')} of local knowledge {'is' if len(notes) == 1 else 'are'} on file.",
    ]
    return Stack(Bottom(told), _states(last, engagement), _notes(notes))


def _states(last: pd.DataFrame, engagement: Engagement) -> Block:
    known = displays(engagement)
    rows = [
        {
            "name": known[row["measure"]].name,
            "value": known[row["measure"]].figure(row["value"]),
            "period": known[row["measure"]].when(row["period"]),
            "state": known[row["measure"]].variation(str(row["signal"])) or "no significant change",
        }
        for row in last.to_dict("records")
    ]
    headings = {"name": "Measure", "value": "Latest", "period": "Period", "state": "What is happening"}
    return Table(pd.DataFrame(rows), "Every measure of the whole, latest point", headings)


def _notes(notes: pd.DataFrame) -> Block:
    if notes.empty:
        return Words("Nobody has noted yet what happened when.")
    shown = notes.sort_values("at").assign(
        at=[date(day, "short") for day in notes.sort_values("at")["at"]],
        effect=notes["effect"].astype("str").map(_EFFECTS).fillna(""),
    )
    headings = {
        "at": "Day",
        "text": "What happened",
        "measure": "Measure",
        "site": "Site",
        "effect": "Effect",
    }
    return Table(shown[list(headings)], "Local knowledge on file", headings)
