"""Which topics and measures the summary sets side by side, the most telling first."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from .evidence import Earlier

AGREEING = ("agreement", "partial")
MOST_AGREEING = 2
Row = dict[str, Any]


def pairs(earlier: Earlier) -> list[Row]:
    """Return up to four rows of the convergence matrix, no topic and no measure twice.

    The two most important measures come first, each with the topic that agrees with it most, or
    where nobody speaks of one, the most raised concern that agrees with another; then the most
    raised topic where the two disagree; then a strength.
    """
    chosen: list[Row] = []
    for measure in list(earlier.by_measure)[:MOST_AGREEING]:
        row = strongest(earlier, measure, {one["code"] for one in chosen})
        if row is not None:
            chosen.append(row)
    table = earlier.pairs
    if table.empty:
        return chosen
    agreeing = table[table["relationship"].isin(AGREEING)]
    strength = agreeing["stance"].eq("strength")
    _add(chosen, agreeing[~strength], MOST_AGREEING - len(chosen))
    _add(chosen, table[table["relationship"].eq("dissonance")], 1)
    _add(chosen, agreeing[strength], 1)
    return chosen


def strongest(earlier: Earlier, measure: str, without: Collection[str] = ()) -> Row | None:
    """Return the row of the topic that agrees most with a measure; None where none does.

    Full agreement comes before partial; then a topic that points at what goes with the measure's
    gap by its test; then the topic most raised.
    """
    table = earlier.pairs
    if table.empty:
        return None
    rows = table[
        table["measure"].eq(measure)
        & table["relationship"].isin(AGREEING)
        & ~table["code"].isin(list(without))
    ]
    if rows.empty:
        return None
    tested, codes = _tested(earlier, measure), earlier.review.codebook.codes
    pointed = [bool(code in codes and tested & set(codes[code].causes)) for code in rows["code"]]
    order = rows.assign(full=rows["relationship"].eq("agreement"), pointed=pointed)
    return first_row(order.sort_values(["full", "pointed", "units"], ascending=False, kind="stable"))


def _tested(earlier: Earlier, measure: str) -> set[str]:
    """Return the causes that a test supports for the gaps of a measure."""
    if earlier.gaps.empty or earlier.causes.empty:
        return set()
    mine = earlier.gaps.loc[earlier.gaps["measure"].eq(measure), "gap_id"]
    return set(earlier.causes.loc[earlier.causes["gap_id"].isin(mine), "cause"])


def _add(chosen: list[Row], rows: pd.DataFrame, most: int) -> None:
    """Add the most raised of ``rows`` whose topic and measure are not there yet."""
    order = rows.assign(full=rows["relationship"].eq("agreement"))
    order = order[order["measure"].ne("")].sort_values(["full", "share"], ascending=False, kind="stable")
    for _ in range(max(most, 0)):
        free = order[
            ~order["code"].isin([row["code"] for row in chosen])
            & ~order["measure"].isin([row["measure"] for row in chosen])
        ]
        if free.empty:
            return
        chosen.append(first_row(free))


def first_row(rows: pd.DataFrame) -> Row:
    """Return the first row by its columns."""
    return {str(name): value for name, value in rows.iloc[0].to_dict().items()}
