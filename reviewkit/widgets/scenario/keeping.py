"""What of a scenario is on file, and the rows that keeping more of it writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from reviewkit.model import TABLES, InputError
from reviewkit.model.words import listing, plural
from reviewkit.plan.budget import as_item
from reviewkit.plan.estimates import Estimate, on_file
from reviewkit.plan.scenario import as_draft, as_estimate, supposing

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def _none(table: str) -> pd.DataFrame:
    return pd.DataFrame({column.name: pd.Series(dtype="object") for column in TABLES[table].columns})


@dataclass(frozen=True)
class Kept:
    """What is on file: actions, estimates, the plan's budget."""

    actions: pd.DataFrame = field(default_factory=lambda: _none("actions"))
    estimates: pd.DataFrame = field(default_factory=lambda: _none("estimates"))
    budget: float | None = None

    def reason(self, name: str) -> str:
        """Return why a recommendation is estimated as it is; "" where it is not."""
        mine = self.estimates.loc[self.estimates["recommendation"].eq(name), "reason"]
        return str(mine.iloc[0]) if len(mine) else ""


def to_keep(
    wanted: Sequence[tuple[Row, Row, Estimate]], kept: Kept, role: str, budgets: Sequence[float | None] = ()
) -> tuple[Rows, str]:
    """Return the rows to write, by table, and what they are in words.

    Parameters
    ----------
    wanted : of each recommendation to keep, its row as supposed, the action that would carry it, and
        what is supposed of it.
    role : who keeps it. budgets : the plan's other budget, where it has one now.

    Raises
    ------
    InputError : there is nothing to keep, an agreed action carries a recommendation already, or nobody
        said why it is estimated otherwise.
    """
    if not wanted and not budgets:
        raise InputError("nothing is supposed yet", fix="Change something first.")
    rows: Rows = {"actions": [], "estimates": [], "scope": [as_item(one, role) for one in budgets]}
    for row, action, one in wanted:
        if not action or action["agreed"]:
            raise InputError(
                "an agreed action carries it already",
                fix="Change it with its owner, in the owners' workbook.",
            )
        rows["actions"].append(as_draft(action))
        rows["estimates"] += _estimate(row, one, kept, role)
    rows = {table: some for table, some in rows.items() if some}
    return rows, f"{_in_words(rows)} of a scenario"


def _estimate(row: Row, one: Estimate, kept: Kept, role: str) -> list[Row]:
    """Return the row of the table ``estimates``; none where nothing is judged, or it is on file so."""
    name = str(row["recommendation_id"])
    before = on_file(kept.estimates).get(name, Estimate())
    whole = supposing({name: before}, {name: one})[name]
    reason = (one.reason if one.reason is not None else kept.reason(name)).strip()
    if not whole.judged or (whole.judged == before.judged and reason == kept.reason(name)):
        return []
    if not reason:
        raise InputError(
            f"nobody said why “{row['title']}” is estimated otherwise", fix="Write it beside Why."
        )
    today = dt.date.today().isoformat()
    return [as_estimate(name, whole, reason, role, today, str(row["library_says"]))]


def _in_words(rows: Rows) -> str:
    parts = []
    if drafts := rows.get("actions"):
        parts.append(f"{len(drafts)} drafts" if len(drafts) > 1 else f"draft {drafts[0]['action_id']}")
    if "estimates" in rows:
        parts.append(plural(len(rows["estimates"]), "estimate"))
    if "scope" in rows:
        parts.append("the budget")
    return listing(parts)
