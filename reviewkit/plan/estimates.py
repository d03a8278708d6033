"""What people estimate of a recommendation in place of the library: effect, effort, days and weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reviewkit.content import Intervention
from reviewkit.findings.wording import day_words, filled

from .rows import records

ESTIMATED = ("impact", "effort", "days", "weeks")
"""What the table ``estimates`` keeps of an estimate; start and cost are kept with the action."""
_NAMES = {"impact": "effect", "effort": "effort", "days": "working days", "weeks": "weeks until in place"}


@dataclass(frozen=True)
class Estimate:
    """What somebody estimates or supposes of one recommendation; what is None stays as the review has it.

    ``impact`` and ``effort`` run from 1 to 5, ``days`` are working days, ``weeks`` until it is in place,
    ``cost`` is in the engagement's currency, ``reason`` is why, in their words.
    """

    impact: int | None = None
    effort: int | None = None
    days: float | None = None
    weeks: int | None = None
    starts: pd.Timestamp | None = None
    cost: float | None = None
    reason: str | None = None

    @property
    def given(self) -> dict[str, Any]:
        """What is estimated, by name; a reason alone estimates nothing."""
        return {name: one for name, one in vars(self).items() if one is not None and name != "reason"}

    @property
    def judged(self) -> dict[str, Any]:
        """What of it the table ``estimates`` keeps, by name."""
        return {name: one for name, one in self.given.items() if name in ESTIMATED}

    def over(self, entry: Intervention) -> Intervention:
        """Return an intervention of the library as estimated.

        Its measure can show it as many weeks later as it takes longer to be in place.
        """
        taken = {name: one for name, one in self.given.items() if name in ("effort", "days", "weeks")}
        shows = max(1, entry.shows + int(taken.get("weeks", entry.weeks)) - entry.weeks)
        return entry.model_copy(update=taken | {"shows": shows})


def on_file(estimates: pd.DataFrame) -> dict[str, Estimate]:
    """Return what is estimated of each recommendation, as the evidence table ``estimates`` has it.

    >>> found = on_file(pd.DataFrame([{"recommendation": "r", "impact": 4, "weeks": None}]))["r"]
    >>> found.impact, found.weeks
    (4, None)
    """
    return {str(row["recommendation"]): _estimate(row) for row in records(estimates)}


def _estimate(row: Mapping[str, Any]) -> Estimate:
    impact, effort, days, weeks = (row[name] if pd.notna(row.get(name)) else None for name in ESTIMATED)
    return Estimate(
        impact=None if impact is None else int(impact),
        effort=None if effort is None else int(effort),
        days=None if days is None else float(days),
        weeks=None if weeks is None else int(weeks),
    )


def told(impact: Any, effort: Any, days: Any, weeks: Any, verdict: str) -> str:
    """Return what is thought of a recommendation, on which verdict of its cause.

    >>> told(3, 2, 10.0, 6, "supported")
    'effect 3, effort 2, 10 working days, 6 weeks until in place; cause supported'
    """
    cause = f"; cause {verdict}" if verdict else ""
    return (
        f"effect {int(impact)}, effort {int(effort)}, {float(days):g} working days, "
        f"{int(weeks)} weeks until in place{cause}"
    )


def out_of_date(table: pd.DataFrame, estimates: pd.DataFrame) -> list[str]:
    """Return the recommendations of which library or tests say something else than when they were estimated.

    Parameters
    ----------
    table : of step 3.1, ``library_says`` what would hold without estimates.
    estimates : the evidence table of that name, ``seen`` what was said then.
    """
    says = dict(zip(table["recommendation_id"], table["library_says"], strict=True))
    rows = zip(estimates["recommendation"], estimates["seen"], strict=True)
    return [str(name) for name, seen in rows if name in says and filled(seen) and seen != says[name]]


def with_estimates(table: pd.DataFrame, estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the recommendations with ``estimated``: who estimated what, when and why; "" where nobody did.

    Where library or tests say something else than when it was estimated, the words tell both.

    Parameters
    ----------
    table, estimates : as :func:`out_of_date` takes them.
    """
    moved = out_of_date(table, estimates)
    by_id = {row["recommendation"]: row for row in records(estimates)}
    words = [
        _words(by_id[row["recommendation_id"]], str(row["library_says"]), row["recommendation_id"] in moved)
        if row["recommendation_id"] in by_id
        else ""
        for row in records(table)
    ]
    return table.assign(estimated=pd.Series(words, index=table.index, dtype="str"))


def _words(row: Mapping[str, Any], library: str, moved: bool) -> str:
    said = ", ".join(f"{_NAMES[name]} {float(row[name]):g}" for name in ESTIMATED if pd.notna(row.get(name)))
    on = f" on {day_words(row['judged_on'])}" if pd.notna(row.get("judged_on")) else ""
    reason = str(row["reason"]).strip().rstrip(".")
    text = f"{said[:1].upper()}{said[1:]}, by {row['role']}{on}: {reason}."
    since = f"It was estimated in place of {row['seen']}; without it there would now stand {library}."
    return f"{text} {since}" if moved else text
