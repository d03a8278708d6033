"""Blank scores entered as nought on a scale that has none."""

from __future__ import annotations

from reviewkit.model import TABLES

from .trap import Looked, Trap, percent


def blank_scores(looked: Looked) -> Trap | None:
    """Find scores of 0 where the scale begins at 1: no answer, counted as the worst.

    ``reviewkit check`` refuses them in the table of contacts; this speaks where they came past it.
    """
    if looked.handled is None or looked.handled.empty:
        return None
    row = looked.handled.iloc[0]
    blank, scored = int(row["blank"]), int(row["scored"])
    if not blank or blank >= scored or (TABLES["contacts"].column("csat").minimum or 0) <= 0:
        return None
    mean, without = row["scores"] / scored, row["scores"] / (scored - blank)
    return Trap(
        "blank_scores",
        "contacts",
        f"{blank:,} of {scored:,} scores ({percent(blank / scored)}) are 0 on a scale that begins at 1",
        f"the mean seems to be {mean:.2f}, and is {without:.2f} without them",
        "Leave the score empty where nobody gave one",
        blank,
        scored,
        {"mean": float(mean), "without": float(without)},
        "Scores below the least of the scale",
    )
