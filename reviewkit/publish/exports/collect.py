"""What of a run goes into an export for one edition, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit.model import STEPS, Edition, Finding, ReviewError, StepSpec, step
from reviewkit.voices import leading
from reviewkit.voices.codebooks import recoded

from .catalogue import TABLES
from .editions import RULES, SOFTENED, WHY
from .findings import finding_parts
from .matrix import all_remarks, coders_matrix, theme_matrix, themes_by_group
from .parts import LeftOut, Part, Selection

if TYPE_CHECKING:
    from reviewkit.steps import Review

_OWN_NOTEBOOK = "it is made by a notebook of the engagement's own, and nobody has said who may see it"
OTHER_PAGES = "its step's page is not for this edition"


def collect(
    review: Review, findings: Iterable[Finding], edition: Edition, *, by_coder: bool = False
) -> Selection:
    """Return the tables an edition may have of a run, and those it may not.

    Parameters
    ----------
    review : the engagement with its evidence and the results of its steps; nothing is worked out anew.
    findings : all findings of the run.
    by_coder : add remarks by themes with the number of analysts who gave each; for the team.

    Raises
    ------
    ReviewError : a table of the run is damaged.
    """
    handed = _handed(review.folder)
    findings = list(findings)
    parts, left_out = finding_parts(findings, edition), []
    if len(parts[0].frame) < len(findings):
        left_out.append(LeftOut("some findings", "they are not for this edition"))
    for name, frame in handed.items():
        where_from = _where_from(name, review)
        if edition == "team":
            parts.append(Part.of(name, frame, where_from))
        elif name in RULES[edition]:
            shown = RULES[edition][name].apply(frame, review.discloser, edition)
            parts.append(Part.of(name, shown, where_from))
        else:
            left_out.append(LeftOut(name, _why(name, edition)))
    more, less = _from_remarks(review, handed, edition, by_coder)
    softened = [
        LeftOut(f"{part.name}, in part", SOFTENED[part.name])
        for part in (*parts, *more)
        if edition != "team" and part.name in SOFTENED
    ]
    return Selection((*parts, *more), (*left_out, *less, *softened))


def _handed(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every table that the steps handed on, in the order of the steps."""
    found = {}
    for spec in STEPS:
        own = sorted((folder / "tables" / spec.number).glob("*.parquet"))
        order = {name: place for place, name in enumerate(spec.makes)}
        for path in sorted(own, key=lambda path: order.get(path.stem, len(order))):
            found[f"{spec.number}_{path.stem}"] = _read(path)
    return found


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError):  # what pyarrow raises for a damaged file is one or the other
        problem = "this table is damaged. Run the engagement again with --force."
        raise ReviewError(f"{path}: {problem}") from None


def _from_remarks(
    review: Review, handed: dict[str, pd.DataFrame], edition: Edition, by_coder: bool
) -> tuple[list[Part], list[LeftOut]]:
    """Remarks by themes for the team, themes by group for leadership, nothing for the others."""
    coded = handed.get("1.4_coded_remarks")
    if coded is None or coded.empty:
        return [], []
    remarks, where_from = all_remarks(review), _where_from("1.4_coded_remarks", review)
    if edition != "team":
        left_out = [LeftOut("theme_matrix", WHY["theme_matrix"])]
        if "themes_by_group" not in RULES[edition]:
            return [], left_out
        leaders = leading(handed["1.4_themes"], "concern")
        names = dict(zip(leaders["code"], leaders["name"], strict=True))
        frame = themes_by_group(coded, remarks, names, review.discloser)
        if frame.empty:
            why = "no group of interviews is large enough to be shown, or no concern recurs in interviews"
            return [], [*left_out, LeftOut("themes_by_group", why)]
        return [Part.of("themes_by_group", frame, where_from)], left_out
    codings = recoded(review.evidence.frame("codings"), review.codebook)
    made = [theme_matrix(remarks, coded, codings, review.codebook)]
    if by_coder:
        made.append(coders_matrix(remarks, codings, review.codebook))
    return [Part.of(table.name, frame, where_from, table) for frame, table in made], []


def _why(name: str, edition: Edition) -> str:
    spec = step(name.partition("_")[0])
    if name not in TABLES:
        return _OWN_NOTEBOOK
    return WHY.get(name, OTHER_PAGES) if edition in spec.editions else OTHER_PAGES


def _where_from(name: str, review: Review) -> str:
    spec: StepSpec = step(name.partition("_")[0])
    read = [table for table in (*spec.needs, *spec.uses) if review.evidence.has(table)]
    evidence = f"; evidence: {', '.join(read)}" if read else ""
    earlier = f"; after steps {', '.join(spec.after)}" if spec.after else ""
    return f"Step {spec.number}, {spec.title}{evidence}{earlier}"
