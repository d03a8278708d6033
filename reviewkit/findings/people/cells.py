"""What agents did, added up by kind of contact: no single contact leaves the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

if TYPE_CHECKING:
    import ibis

MIX = ("reason", "readiness", "channel")
"""What makes one contact harder than another."""
KEYS = ("agent", "team", "site", *MIX)


@dataclass(frozen=True)
class Aspect:
    """One way of looking at an agent's work: a column of contacts and which way is better."""

    id: str
    column: str
    name: str
    kind: Literal["share", "mean"]
    direction: Literal["increase", "decrease"]
    role: Literal["objective", "subjective", "shown"]
    scale: float = 1.0


ASPECTS = (
    Aspect(
        "first_contact_resolution",
        "resolved",
        "First-contact resolution",
        "share",
        "increase",
        "objective",
        scale=100,
    ),
    Aspect("handle_time", "handle_seconds", "Handle time", "mean", "decrease", "shown"),
    Aspect("csat", "csat", "Customer satisfaction", "mean", "increase", "subjective"),
)


def contact_cells(contacts: ibis.Table, since: pd.Timestamp) -> pd.DataFrame:
    """Return counts and sums by agent, kind of contact and outcome.

    Parameters
    ----------
    contacts : the evidence table.
    since : contacts from this moment on count.

    Returns
    -------
    ``agent`` (``""`` where nobody is named), ``team, site, reason, readiness, channel`` (``""``
    where missing), ``outcome`` (1 resolved, 0 not, missing where it is not recorded),
    ``contacts`` and, for each aspect's column, ``<column>_n``, ``<column>_sum`` and ``<column>_square``.
    """
    rows = contacts.filter(contacts["at"] >= since)
    keys = {name: rows[name].fill_null("") for name in KEYS}
    keys["outcome"] = rows["resolved"].cast("int8")
    sums: dict[str, Any] = {"contacts": rows.count()}
    for aspect in ASPECTS:
        value = rows[aspect.column].cast("float64")
        sums |= {f"{aspect.column}_n": value.count(), f"{aspect.column}_sum": value.sum(),
                 f"{aspect.column}_square": (value * value).sum()}  # fmt: skip
    cells: pd.DataFrame = rows.group_by(**keys).aggregate(**sums).execute()
    cells["outcome"] = cells["outcome"].astype("Int8")
    cells[list(sums)] = cells[list(sums)].fillna(0)
    return cells.sort_values([*KEYS, "outcome"], ignore_index=True)
