"""The journeys of customers, each found and judged once for all that step 2.2 says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reviewkit.model import Engagement
from reviewkit.performance.flows.flow import INACTIVE_DAYS
from reviewkit.performance.journeys.cases import Journeys, Paths, journeys
from reviewkit.performance.journeys.conformance import judged as judged_paths
from reviewkit.performance.journeys.rework import repeats

if TYPE_CHECKING:
    import ibis


WAYS = {
    "missing": "str", "out_of_order": "int64", "repeated": "int64", "other": "int64", "reached": "str",
    "conforms": "bool", "furthest": "int64", "similarity": "float64",
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """One row a journey (a customer under one contract), the paths, and what was left out.

    ``table``: ``case, contract, site, path, first, last, events, over, finished``.
    """

    table: pd.DataFrame
    paths: Paths
    engagement: Engagement
    said: Sequence[str] = ()

    @cached_property
    def over(self) -> pd.DataFrame:
        """Journeys that are over: at their last step, or without an event for 90 days."""
        return self.table[self.table["over"]].reset_index(drop=True)

    @property
    def under_way(self) -> int:
        """How many journeys are not over and left out."""
        return len(self.table) - len(self.over)

    @cached_property
    def judged(self) -> pd.DataFrame:
        """Journeys that are over, beside the one their contract asks for; contracts without one left out."""
        parts = []
        for contract, rows in self.over.groupby("contract", sort=True):
            steps = steps_for(str(contract), self.engagement.journey)
            if steps:
                ways = judged_paths(self.paths, steps).iloc[rows["path"]]
                parts.append(pd.concat([rows, ways.set_index(rows.index)], axis=1))
        if parts:
            return pd.concat(parts, ignore_index=True)
        return self.over.iloc[:0].assign(**{name: pd.Series(dtype=kind) for name, kind in WAYS.items()})

    @cached_property
    def redone(self) -> pd.DataFrame:
        """Journeys that are over with ``repeats, self_loops, returns``."""
        again = repeats(self.paths).drop(columns="events").iloc[self.over["path"]]
        return pd.concat([self.over, again.reset_index(drop=True)], axis=1)


def steps_for(contract: str, journey: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the journey that a contract asks for; the one for all where it has none of its own.

    >>> steps_for("north", {"all": ("in", "out")})
    ('in', 'out')
    """
    if contract in journey:
        return tuple(journey[contract])
    if "all" in journey:
        return tuple(journey["all"])
    return tuple(next(iter(journey.values()))) if len(journey) == 1 else ()


def taken(events: ibis.Table | pd.DataFrame, engagement: Engagement) -> Taken:
    """Return the journeys of a log; its events stay where they are, one row a journey is fetched.

    A customer under two contracts has two journeys. A journey belongs to the site of its first event.
    """
    found = journeys(
        _complete(events), case=["customer", "contract"], activity="activity", at="at", by="site"
    )
    table = found.table.rename(columns={"customer": "case"})
    return Taken(_closed(table, found, engagement), found.paths, engagement, found.said)


def _complete(events: ibis.Table | pd.DataFrame) -> ibis.Table | pd.DataFrame:
    """Return the events, each with a contract and a site, ``""`` where it has none."""
    if isinstance(events, pd.DataFrame):
        return events.assign(site=events["site"].fillna(""), contract=events["contract"].fillna(""))
    return events.mutate(site=events["site"].fill_null(""), contract=events["contract"].fill_null(""))


def _closed(table: pd.DataFrame, found: Journeys, engagement: Engagement) -> pd.DataFrame:
    goals = {steps[-1] for steps in engagement.journey.values() if steps}
    is_goal = np.array([name in goals for name in found.paths.names], dtype=bool)
    at_goal = np.zeros(len(found.paths), dtype=bool)
    at_goal[found.paths.owner[is_goal[found.paths.codes]]] = True
    finished = at_goal[table["path"]]
    quiet = (pd.Timestamp(engagement.data_as_of) - table["last"]).dt.days > INACTIVE_DAYS
    return table.assign(finished=finished, over=finished | quiet.to_numpy(dtype=bool))
