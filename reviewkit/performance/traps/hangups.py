"""Hang-ups counted as contacts: times of nought or a few seconds that pull the mean down."""

from __future__ import annotations

import pandas as pd
from ibis import Table

from reviewkit.model.words import plain

from .trap import Looked, Trap, percent

SHORT = 5
"""Seconds within which nothing can have been dealt with."""
SHARE, CROWD = 0.01, 5
"""How many there must be to speak of them: 1 % of the contacts, as for other piled values, and five."""


def handled(contacts: Table) -> pd.DataFrame:
    """Return handle times and scores counted, one row; nothing else leaves the database.

    Returns
    -------
    ``timed, none, short`` (contacts with a time, of no length, of up to 5 seconds), ``seconds`` (all
    together), ``long_seconds`` (without those), ``scored, blank`` (contacts with a score, with a score of
    0), ``scores`` (their sum).

    Examples
    --------
    >>> import ibis
    >>> contacts = ibis.memtable({"handle_seconds": [0.0, 3.0, 300.0], "csat": [4.0, None, 0.0]})
    >>> handled(contacts)[["timed", "none", "short", "blank"]].values.tolist()
    [[3, 1, 1, 1]]
    """
    seconds, score = contacts["handle_seconds"].cast("float64"), contacts["csat"].cast("float64")
    asked = {
        "timed": seconds.count(),
        "none": (seconds <= 0).sum(),
        "short": ((seconds > 0) & (seconds <= SHORT)).sum(),
        "seconds": seconds.sum(),
        "long_seconds": seconds.sum(where=seconds > SHORT),
        "scored": score.count(),
        "blank": (score == 0).sum(),
        "scores": score.sum(),
    }
    found: pd.DataFrame = contacts.aggregate(**asked).execute().fillna(0)
    counts = dict.fromkeys(("timed", "none", "short", "scored", "blank"), "int64")
    return found.astype(counts | dict.fromkeys(("seconds", "long_seconds", "scores"), "float64"))


def hang_ups(looked: Looked) -> Trap | None:
    """Find contacts of no length or a few seconds, and what the mean time is without them."""
    if looked.handled is None or looked.handled.empty:
        return None
    row = looked.handled.iloc[0]
    none, short, timed = int(row["none"]), int(row["short"]), int(row["timed"])
    cut = none + short
    if not timed or cut >= timed or cut < max(SHARE * timed, CROWD):
        return None
    mean, without = row["seconds"] / timed, row["long_seconds"] / (timed - cut)
    return Trap(
        "hang_ups",
        "contacts",
        f"{cut:,} of {timed:,} contacts ({percent(cut / timed)}) last no more than {SHORT} seconds, "
        f"{none:,} of them no time at all",
        f"the mean time seems to be {plain(mean)} seconds, and is {plain(without)} without them; where "
        "hang-ups become more common, it seems to improve",
        "Leave them out of handle time and count them as hang-ups",
        cut,
        timed,
        {"mean": float(mean), "without": float(without), "none": float(none)},
        f"Contacts of {SHORT} seconds or less: 1% of all, and five",
    )
