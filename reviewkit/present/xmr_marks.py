"""What is marked on a process behaviour chart: local knowledge, and where limits start anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from .display import Display
from .layout import LINE, lanes
from .palette import INK, MUTED
from .words import date, missing

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Mark:
    """A numbered line: what happened when, and whether limits start anew there."""

    at: Any
    text: str
    phase: bool = False


def marks_of(points: pd.DataFrame, annotations: pd.DataFrame | None, display: Display) -> list[Mark]:
    """Return what is to be marked, in order of time.

    A phase that begins for a reason told in the annotations, or in the column ``rebased``, is one mark.

    Parameters
    ----------
    points : ``period``; where there, ``phase`` and ``rebased`` (why a phase begins at that point).
    annotations : local knowledge, ``at`` (or ``from``) and ``text``.
    """
    notes = _notes(points, annotations)
    found: list[Mark] = []
    for at, before, reason in _begins(points):
        why = next((note for note in notes if before < note.at <= at), None)
        if why is not None:
            notes.remove(why)
        told = reason or (why.text if why else "")
        when = date(why.at, "short") if why else display.when(at, short=True)
        found.append(
            Mark(why.at if why else at, f"{when}, limits start anew" + (f": {told}" if told else ""), True)
        )
    found += [Mark(note.at, f"{date(note.at, 'short')}, {note.text}") for note in notes]
    return sorted(found, key=lambda mark: mark.at)


def lane_count(places: Sequence[float]) -> int:
    """Return how many lanes the numbers of marks at these places need."""
    return max(lanes(places, 15.0), default=-1) + 1


def draw_marks(axes: Axes, marks: Sequence[Mark], places: Sequence[float]) -> None:
    """Draw numbered lines: dotted for local knowledge, solid with a flag where limits start anew."""
    for number, (mark, lane) in enumerate(zip(marks, lanes(places, 15.0), strict=True), start=1):
        axes.axvline(
            mark.at,
            color=MUTED if mark.phase else INK,
            linewidth=1.4 if mark.phase else 0.9,
            linestyle="-" if mark.phase else (0, (1, 2)),
        )
        axes.annotate(
            f"{number}▾" if mark.phase else str(number),
            (mark.at, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2 + LINE * lane),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=10,
            fontweight="bold",
            gid="mark",
        )


def _notes(points: pd.DataFrame, annotations: pd.DataFrame | None) -> list[Mark]:
    if annotations is None or annotations.empty or "text" not in annotations or points.empty:
        return []
    at = next((name for name in ("at", "from", "starts") if name in annotations), None)
    if at is None:
        return []
    rows = annotations[annotations[at].between(points["period"].min(), points["period"].max())]
    return [
        Mark(when, str(text).strip().rstrip("."))
        for when, text in zip(rows[at], rows["text"], strict=True)
        if not missing(text)
    ]


def _begins(points: pd.DataFrame) -> list[tuple[Any, Any, str]]:
    """Return the first period of each phase but the first, the period before it, and the reason."""
    if "phase" not in points or len(points) < 2:
        return []
    phase = points["phase"].to_numpy()
    reasons = points["rebased"] if "rebased" in points else pd.Series("", index=points.index)
    period = points["period"]
    return [
        (
            period.iloc[place],
            period.iloc[place - 1],
            reasons.iloc[place].strip().rstrip(".") if isinstance(reasons.iloc[place], str) else "",
        )
        for place in range(1, len(points))
        if phase[place] != phase[place - 1]
    ]
