"""Rows that are there twice under another id, and texts that many rows share."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import TABLES, Engagement

from .suspicion import Suspicion, Tables, percent

DATED = {"contacts": "at", "leads": "at", "journey": "at", "outcomes": "at", "feedback_given": "at"}
LEAST_FILLED = 4
SHARE, LEAST = 0.05, 10
LONG = 60


def repeated_rows(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find rows that are the same in everything but their id: of dated tables, four columns or more filled.

    Told where there are more than chance would make: two contacts of one agent in one minute that are
    alike in all else are rare, so that any share of 0.1 % or more, or two identical events of one
    customer, is told.
    """
    found = []
    for name in DATED:
        frame = tables.get(name)
        if frame is None:
            continue
        columns = [column.name for column in TABLES[name].columns if column.name not in TABLES[name].key]
        there = [column for column in columns if column in frame and frame[column].notna().any()]
        again = frame[there].duplicated() & (
            frame[there].notna().sum(axis=1) >= min(LEAST_FILLED, len(there))
        )
        count = int(again.sum())
        if count >= max(2, 0.001 * len(frame) if TABLES[name].key else 1):
            what = "but their id" if TABLES[name].key else "of it"
            found.append(
                Suspicion(
                    "repeated_rows",
                    name,
                    f"{count:,} of {len(frame):,} rows ({percent(count, len(frame))}) repeat an earlier one "
                    f"in all {what}",
                    "an extract was joined twice or overlaps another, and they count twice",
                    "Ask for an extract without them, or take one of each pair out.",
                    count=count,
                    row=int(frame.index[again][0]),
                )
            )
    return found


def repeated_texts(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find remarks with the same words: 5 % or more of them all, or long ones (60 letters) at all."""
    found = []
    for name in ("remarks", "customer_feedback"):
        frame = tables.get(name)
        if frame is None:
            continue
        words = frame["text"].str.lower().str.replace(r"\W+", " ", regex=True).str.strip()
        again = words.duplicated() & (words != "")
        long = again & (words.str.len() >= LONG)
        if again.sum() >= max(LEAST, SHARE * len(frame)):
            found.append(
                _texts(
                    name,
                    again,
                    f"{int(again.sum()):,} of {len(frame):,} texts ({percent(int(again.sum()), len(frame))}) "
                    "have the words of an earlier one",
                    "short answers such as 'nothing' count as voices, and weigh in every share",
                    "Leave out what answers nothing, and say so.",
                )
            )
        elif long.sum() >= 2:
            found.append(
                _texts(
                    name,
                    long,
                    f"{int(long.sum()):,} long texts have the words of an earlier one",
                    "they were pasted, or the file was joined twice, and count twice",
                    "Keep one of each, unless several people did say it.",
                )
            )
    return found


def _texts(name: str, again: pd.Series, words: str, means: str, fix: str) -> Suspicion:
    count, row = int(again.sum()), int(again.index[again][0])
    return Suspicion("repeated_texts", name, words, means, fix, column="text", count=count, row=row)
