"""Blocks of the returns: each a range beside what its days cost, and the first few together."""

from __future__ import annotations

import pandas as pd

from reviewkit.plan.day_cost import HOURS, PERIODS, cost_of_a_day, not_covered
from reviewkit.plan.joint_return import rounded
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing, money, money_range

OVERLAP = "Recommendations act on the same gaps: their returns overlap and are not to be added."


def returns_block(valued: pd.DataFrame, resources: pd.DataFrame, together: str, currency: str) -> Block:
    """Return what each may return in a full year and in the first, what its days cost, and what it assumes.

    Parameters
    ----------
    valued : recommendations that have a return. resources : the evidence table.
    together : what the first few may return, in words; "" where that is not known.
    """
    day = cost_of_a_day(resources)
    pairs = {"worth": ("return_low", "return_high"), "begins": ("first_year_low", "first_year_high")}
    shown = valued.assign(
        **{
            name: [money_range(a, b, currency) for a, b in zip(valued[low], valued[high], strict=True)]
            for name, (low, high) in pairs.items()
        },
        takes=[_takes(float(days), day, currency) for days in valued["days"]],
    )
    headings = {
        "title": "Recommendation",
        "worth": "Return in a full year",
        "begins": "In the first year",
        "takes": "Working days",
        "assumptions": "What it assumes",
    }
    table = Table(shown, caption="Return a year, as a range", headings=headings)
    return Stack(table, Words(OVERLAP, together, day_words(valued, day, currency)))


def _takes(days: float, day: float, currency: str) -> str:
    cost = "" if pd.isna(day) else f", about {money(rounded(days * day), currency)}"
    return f"{days:g}{cost}"


def day_words(valued: pd.DataFrame, day: float, currency: str) -> str:
    """Return what a day is counted at, and which recommendations may not earn their days; "" if unknown."""
    if pd.isna(day):
        return ""
    said = (
        f"A working day is counted at {money(day, currency)}: all cost in the table resources over all staff "
        f"in post, latest {PERIODS} periods, five days in seven; at {HOURS:g} hours a day that is about "
        f"{money(rounded(day / HOURS), currency)} an hour. It is a mean over everybody: a rate that a "
        "measure's value names, such as overtime or agency, is another. What is bought besides, and hours "
        "given for good such as training, are not in it."
    )
    poor = not_covered(valued, day)
    if not poor:
        return said
    return (
        f"{said} Even at best a year's return does not cover the days of "
        f"{listing([f'“{title}”' for title in poor])}: "
        "do that for what it teaches or for those it serves, or leave it."
    )


def worth_words(low: float, high: float, currency: str, which: str = "those that come first") -> str:
    """Return what those that come first may return if all are done; "" where no return is known.

    ``which`` names them on a page that does not list them all.

    >>> worth_words(40_000.0, 150_000.0, "GBP").split(":")[0]
    'Done together, those that come first may return £40,000 to £150,000 in a full year'
    """
    if pd.isna(high) or high <= 0:
        return ""
    return (
        f"Done together, {which} may return {money_range(low, high, currency)} in a full year: "
        "a judgement, with money that two of them would save counted once, and before what they cost."
    )
