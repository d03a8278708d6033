"""What a workbench cell shows where nobody can click: how far the work has come."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewkit.content import NO_CODE, Codebook
from reviewkit.present.blocks import Bottom, Stack, Table
from reviewkit.present.view import View
from reviewkit.present.words import percent, plural
from reviewkit.voices.codebooks import current

from .desk import Desk
from .shelf import TABLES_READ, Shelf

Frames = dict[str, pd.DataFrame]
CAPTURE_TABLES = ("interviews", "participants", "remarks", "observations", "walkthroughs")
_STATUS = {
    "planned": "planned",
    "invited": "invited",
    "held": "held, not noted yet",
    "noted": "noted, not coded yet",
    "coded": "coded",
    "did_not_attend": "did not attend",
}


def coding_summary(frames: Frames, codebook: Codebook) -> View:
    """Return how much is coded, by code and by department, for the review team."""
    shelf = Shelf(frames)
    codings = frames["codings"]
    codings = codings[codings["remark_id"].isin(shelf.place)]
    none = codings["code"].astype("str") == NO_CODE
    passed = set(codings.loc[none, "remark_id"].astype("str"))
    coded = set(codings.loc[~none, "remark_id"].astype("str"))
    waiting = len(shelf) - len(coded | passed)
    share = f", {percent(len(coded) / len(shelf))} of all" if len(shelf) else ""
    told = [
        f"{_are(len(coded), 'remark')} coded{share}; {_are(waiting, 'remark')} waiting to be read.",
        f"In {plural(len(passed - coded), 'remark')} no code was found to fit." if passed - coded else "",
    ]
    blocks = Stack(Bottom(told), _by_code(codings, codebook), _by_stratum(shelf, coded | passed))
    return View("coding", {"team": blocks}, styled=True)


def capture_summary(frames: Frames) -> View:
    """Return what was captured so far, for the review team."""
    interviews, remarks = frames["interviews"], frames["remarks"]
    noted = remarks["interview_id"].dropna().nunique()
    walks = frames["walkthroughs"]["walkthrough_id"].nunique()
    said = f"{plural(len(remarks), 'remark')} from {plural(noted, 'interview')}"
    seen = f"{plural(len(frames['observations']), 'observation')} and {plural(walks, 'walk-through')}"
    told = [f"The evidence holds {said}, {seen}."]
    counts = interviews.groupby(["kind", "status"]).size().rename("interviews").reset_index()
    counts = counts.assign(
        kind=counts["kind"].astype("str").str.replace("_", "-"),
        status=counts["status"].map(_STATUS).astype("str"),
    )
    headings = {"status": "How far", "kind": "Kind", "interviews": "Interviews"}
    table = Table(counts, "How far interviews have come", headings) if len(counts) else None
    return View("capture", {"team": Stack(Bottom(told), table)}, styled=True)


def standing(engagement: str | Path, run: str | Path, names: tuple[str, ...]) -> tuple[Frames, Codebook]:
    """Return tables and codebook of an engagement, as a run kept them or as they are now."""
    if str(run):
        from reviewkit.steps import Review
        from reviewkit.steps.workbench import open_review

        review: Review = open_review(engagement, run)
        frames = {name: review.evidence.frame(name) for name in names}
        changes = review.evidence.frame("codebook_changes")
        return frames, current(review.codebook, changes)
    desk = Desk(engagement)
    return desk.frames(*names), desk.codebook


def _by_code(codings: pd.DataFrame, codebook: Codebook) -> Table | None:
    known = codings[codings["code"].isin(list(codebook.codes))]
    if not len(known):
        return None
    known = known.assign(stance=known["stance"].astype("str").where(known["stance"].notna(), ""))
    remarks = known.groupby("code")["remark_id"].nunique()
    by_stance = known.groupby(["code", "stance"])["remark_id"].nunique().unstack(fill_value=0)
    by_stance = by_stance.reindex(columns=["concern", "strength", "suggestion"], fill_value=0)
    frame = by_stance.assign(remarks=remarks).reset_index()
    frame["heading"] = [codebook.headings[codebook.codes[code].heading].name for code in frame["code"]]
    frame["code"] = [codebook.codes[code].name for code in frame["code"]]
    headings = {
        "code": "Code",
        "heading": "Heading",
        "remarks": "Remarks",
        "concern": "Concern",
        "strength": "Strength",
        "suggestion": "Suggestion",
    }
    frame = frame.sort_values(["remarks", "code"], ascending=[False, True])
    return Table(frame, "Remarks by code and stance, as analysts gave them", headings)


def _by_stratum(shelf: Shelf, done: set[str]) -> Table | None:
    if not len(shelf):
        return None
    frame = shelf.frame.assign(done=shelf.frame["remark_id"].isin(done))
    counts = frame.groupby("stratum")["done"].agg(["size", "sum"]).reset_index()
    counts["waiting"] = counts["size"] - counts["sum"]
    headings = {"stratum": "Department or source", "size": "Remarks", "sum": "Read", "waiting": "Waiting"}
    counts = counts.sort_values(["waiting", "stratum"], ascending=[False, True])
    return Table(counts, "What waits to be coded", headings)


def _are(count: int, noun: str) -> str:
    return f"{plural(count, noun)} {'is' if count == 1 else 'are'}"


__all__ = ["CAPTURE_TABLES", "TABLES_READ", "capture_summary", "coding_summary", "standing"]
