"""The words of a page that people may edit: its bottom line for each edition, and its main points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from reviewkit.model import STEPS, Edition, Finding
from reviewkit.model.files import write_whole

from .by_hand import handed_on

if TYPE_CHECKING:
    from .base import Step

FOLDER = "words"
KIND = "bottom_line"
REWORD = "figures changed since these words were written"


class Line(BaseModel):
    """A sentence of a bottom line as the analysis puts it, as it is worded now, and what an edit is about.

    ``also`` has the ids of the same sentence in other editions: it is worded for all of them at once.
    """

    id: str
    computed: str
    worded: str
    fingerprint: str
    editions: list[Edition]
    also: list[str] = []


class Told(BaseModel):
    """What one step tells in place: the sentences of its bottom line, and ids of its main points."""

    step: str
    lines: list[Line]
    points: list[str]


def bottom_line(number: str, edition: Edition, place: int, text: str) -> Finding:
    """Return a sentence of a bottom line that tells no finding, so that it can be worded like one.

    Its fingerprint changes exactly when the sentence does: figures are in its words.

    >>> bottom_line("2.1", "team", 1, "3 gaps show in the numbers.").id
    '2.1/bottom_line/team/1'
    """
    return Finding.of(
        number, KIND, edition, str(place), statement=text, figures={"line": text}, audience=(edition,)
    )


def told_by(step: Step) -> Told:
    """Return what a step tells in place; a sentence that is the same in several editions stands once."""
    lines: dict[tuple[str, str], Line] = {}
    for edition in step.editions if step.can_conclude else ():
        for found in step.worded_lines(edition):
            computed = found.computed or found.statement
            same = lines.get((computed, found.statement))
            if same is None:
                lines[computed, found.statement] = Line(
                    id=found.id,
                    computed=computed,
                    worded=found.statement,
                    fingerprint=found.fingerprint,
                    editions=[edition],
                )
                continue
            same.editions.append(edition)
            same.also += [found.id] if found.id not in (same.id, *same.also) else []
    points = step.told_points if step.can_conclude else []
    return Told(step=step.number, lines=list(lines.values()), points=points)


def keep_words(step: Step) -> None:
    """Write what a step tells in place beside its findings."""
    path = step.review.folder / FOLDER / f"{step.number}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, told_by(step).model_dump_json(indent=1) + "\n")
    handed_on(step.review.folder, step.number)


def read_words(folder: Path) -> list[Told]:
    """Return what the steps of a run tell in place; a step without a readable file tells nothing."""
    told = []
    for spec in STEPS:
        try:
            text = (folder / FOLDER / f"{spec.number}.json").read_text(encoding="utf-8")
            told.append(Told.model_validate(json.loads(text)))
        except (OSError, ValueError, ValidationError):
            continue
    return told
