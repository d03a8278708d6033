"""Customers' concerns traced to causes inside: by codebook, by month, beside interviews and signals."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.model import Edition
from reviewkit.present import charts
from reviewkit.present.blocks import Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import date
from reviewkit.voices.partnering import interval_words

MONTHS = 12


def traced_table(table: pd.DataFrame, gate: Discloser, edition: Edition) -> Block:
    """Return customers' concerns beside their likely causes and the interviews that raise them."""
    if table.empty:
        return Words(
            "No concern of customers recurs, or no feedback of customers is there. Export their comments."
        )
    rows = table.to_dict("records")
    shown = table.assign(
        comments=[gate.count(row["units"], row["units_total"], edition) for row in rows],
        inside=[
            gate.count(row["inside"], row["inside_total"], edition) if row["inside"] else "not raised"
            for row in rows
        ],
    )
    headings = {"name": "Customers' concern", "comments": "Comments", "causes": "May be caused by"}
    headings |= {"inside": "Interviews that raise it", "inside_codes": "As"}
    note = "Causes are those the codebook links to the concern; step 2.1 tests them."
    return Table(shown, caption="Customers' concerns traced inwards", headings=headings, note=note)


def months_matrix(months: pd.DataFrame, names: dict[str, str], minimum: int) -> Block:
    """Return the share of a month's coded comments that raise each concern, the last twelve months."""
    last = sorted(months["month"].unique())[-MONTHS:] if len(months) else []
    known = months[months["month"].isin(last) & months["comments"].ge(minimum)] if len(months) else months
    if known.empty:
        return Words("Customers' comments carry no dates, or too few a month to show.")
    order = [_short(month) for month in sorted(known["month"].unique())]
    shown = known.assign(
        name=known["code"].map(names),
        percent=100 * known["share"],
        when=[_short(month) for month in known["month"]],
    )
    return charts.matrix(
        shown,
        "name",
        "when",
        "percent",
        words=lambda value: f"{value:.0f}",
        corner="Customers' concern",
        order=order,
        caption="Per cent of a month's coded comments that raise it",
        note=f"Months with fewer than {minimum} coded comments are left out.",
    )


def beside_signals(moved: pd.DataFrame, names: dict[str, str], held: Any, most: int = 12) -> Block:
    """Return internal signals of the same code beside whether, and when, customers' voice moved.

    ``held`` is the first and the last date of interviews, or none.
    """
    span = (
        f"Interviews were held from {date(held[0], 'short')} to {date(held[1], 'short')}: they tell what is "
        "raised inside and not when it began, and no test rests on them. "
        if held
        else ""
    )
    if moved.empty:
        return Words(f"No lasting signal inside shares a code with a concern of customers. {span}".strip())
    shown = moved.assign(
        concern=moved["code"].map(names),
        signal=[_signal(row) for row in moved.to_dict("records")],
        points=[_points(row) for row in moved.to_dict("records")],
    )
    headings = {
        "concern": "Customers' concern",
        "signal": "Signal inside, since",
        "words": "Customers' voice",
    }
    headings |= {"points": "Change, percentage points (95% interval)"}
    note = (
        f"{span}Pairs share a code of the codebook. All pairs are allowed for (Benjamini-Hochberg). "
        "Moving together is not being caused."
    )
    return Table(shown, caption="What came first: customers' voice beside signals inside", headings=headings,
                 note=note, limit=most)  # fmt: skip


def _short(month: Any) -> str:
    return f"{pd.Timestamp(month):%b %y}"


def _signal(row: dict[Any, Any]) -> str:
    where = f", {row['site']}" if row["site"] else ""
    return f"{row['name']}{where}: {date(row['since'], 'month')}"


def _points(row: dict[Any, Any]) -> str:
    return interval_words(100 * row["difference"], 100 * row["lower"], 100 * row["upper"], 0)
