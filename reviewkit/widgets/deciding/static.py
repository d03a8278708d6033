"""What the decision cells show where nobody can click: what was decided, and what to look at again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewkit.present.blocks import Bottom, Stack, Table
from reviewkit.present.view import View
from reviewkit.present.words import plural

from .card import decided_words
from .item import SORTS, Kind
from .items import items
from .recording import decided_in, table_of
from .results import Results

Frames = dict[str, pd.DataFrame]
TABLES = ("opinions", "decisions")
WORDS: tuple[Kind, ...] = ("words",)


def summary(key: str, kinds: tuple[Kind, ...], results: Results, frames: Frames) -> View:
    """Return what was decided, by sort, for the review team."""
    counts, rows = [], []
    for kind in kinds:
        decided = decided_in(frames[table_of(kind)].to_dict("records"), kind)
        there = items(results, kind)
        held = [(one, decided[one.id][-1]) for one in there if one.id in decided]
        changed = [(one, last) for one, last in held if last.changed(one)]
        name = SORTS[kind].told if kind in SORTS else "Words edited"
        counts.append((name, len(there), len(held), len(changed)))
        rows += [(name, one.title, decided_words(one, last), last.seen, one.seen) for one, last in changed]
    told = [f"{plural(sum(row[2] for row in counts), 'decision')} on file"]
    told[0] += (
        f", {len(rows)} on figures that changed since." if rows else ", none on figures that changed since."
    )
    if not results.findings:
        told.append("Nothing has been found yet: run the engagement first.")
    by_sort = pd.DataFrame(counts, columns=["sort", "there", "decided", "changed"])
    again = pd.DataFrame(rows, columns=["sort", "about", "decided", "seen", "now"])
    headings = {
        "sort": "Decided on",
        "there": "There are",
        "decided": "Decided",
        "changed": "Figures changed since",
    }
    both = {
        "sort": "Decided on",
        "about": "About",
        "decided": "Decided",
        "seen": "Said then",
        "now": "Says now",
    }
    blocks = Stack(
        Bottom(told),
        Table(by_sort, "What was decided", headings),
        Table(again, "To look at again: both versions", both) if len(again) else None,
    )
    return View(key, {"team": blocks}, styled=True)


def standing(engagement: str | Path, run: str | Path) -> tuple[Results, Frames]:
    """Return results and decisions, as a run kept them or as they are now."""
    from ..desk import Desk
    from .results import newest, of_run

    if str(run):
        from reviewkit.steps.workbench import open_review

        review = open_review(engagement, run)
        return of_run(Path(run)), {name: review.evidence.frame(name) for name in TABLES}
    desk = Desk(engagement)
    return newest(desk.engagement, desk.params), desk.frames(*TABLES)
