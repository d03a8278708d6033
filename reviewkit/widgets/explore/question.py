"""What is looked at: a measure, at which place, broken down by what, in which periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reviewkit.model import TABLES, Engagement, InputError, Measure

Cadence = Literal["week", "month"]
APART = (
    "site", "team", "contract", "channel", "reason", "readiness", "source", "material", "activity", "outcome",
    "department", "level",
)  # fmt: skip
"""Columns by which a measure may be broken down. None of them tells one person."""
PLACES = ("site", "team", "contract")
"""Columns by which what is looked at may be narrowed."""
SHOWN_ALWAYS = ("contact_id", "lead_id")
"""Ids of records, which say nothing of a person by themselves but lead to the record."""
PERSONAL = ("agent", "customer", "name", "stakeholder_id")
"""Columns that may tell a person: never among the rows shown."""


@dataclass(frozen=True)
class Question:
    """One question to the figures; equal questions are asked once.

    ``by`` is a column of :data:`APART` or empty; ``site``, ``team`` and ``contract`` narrow, where filled.
    """

    measure: str
    by: str = ""
    site: str = ""
    team: str = ""
    contract: str = ""
    cadence: Cadence = "month"

    @property
    def narrowed(self) -> dict[str, str]:
        """The columns that are narrowed, and to what."""
        return {name: getattr(self, name) for name in PLACES if getattr(self, name)}


def breakdowns(measure: Measure, columns: tuple[str, ...] = ()) -> list[str]:
    """Return by what a measure may be broken down.

    >>> wait = Measure(id="w", name="Wait", unit="days", direction="decrease", table="kpis",
    ...                numerator="sum(value)")
    >>> breakdowns(wait)
    ['site', 'team', 'contract']
    """
    known = columns or tuple(column.name for column in TABLES[measure.table].columns)
    return [name for name in APART if name in known]


def cadences(measure: Measure, engagement: Engagement) -> list[Cadence]:
    """Return the periods a measure can be counted by: its own first; moments in time by the other too."""
    own = engagement.cadence(measure)
    columns = TABLES[measure.table].columns
    dated = [column for column in columns if column.kind in ("date", "datetime")]
    at = next((column for column in dated if column.name == measure.at), dated[0] if dated else None)
    if at is None or at.kind != "datetime":
        return [own]
    return [own, "month" if own == "week" else "week"]


def checked(question: Question, engagement: Engagement) -> Measure:
    """Return the measure a question is about.

    Raises
    ------
    InputError : there is no such measure, or it cannot be broken down or narrowed so.
    """
    measure = {one.id: one for one in engagement.measures}.get(question.measure)
    if measure is None:
        raise InputError(f"there is no measure '{question.measure}'", fix="Choose one of the list.")
    able = breakdowns(measure)
    for name in ([question.by] if question.by else []) + list(question.narrowed):
        if name not in able:
            raise InputError(f"{measure.name} is not told apart by {name}", fix="Choose another.")
    return measure
