"""Tests of causes that vary by month and site: does the measure go with an input?"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from reviewkit.model import Measure
from reviewkit.model.words import inline

from .association import panel_association
from .inputs import Inputs
from .trial import Trial
from .wording import agree


class Input(NamedTuple):
    """An input that can go with a measure: its name, and whether more of it is worse."""

    column: str
    name: str
    more_is_worse: bool
    lags: tuple[int, ...] = (0,)


RESOURCES: dict[str, tuple[Input, ...]] = {
    "staffing": (Input("fte", "staff in post", False), Input("occupancy", "occupancy", True)),
    "training": (Input("training_hours", "training hours", False, (0, 1, 2)),),
    "systems": (Input("downtime_minutes", "system downtime", True),),
    "resources": (Input("cost_per_fte", "spending a full-time equivalent", False),),
}


# A measure is not explained by itself under another name.
SAME_THING = {"occupancy": "occupancy", "downtime": "downtime_minutes", "cost_per_contact": "cost_per_fte"}


def resource_tests(cause: str, measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether a measure goes with the inputs that ``cause`` speaks of, by month and site."""
    if not inputs.has("resources"):
        return []
    entries = [entry for entry in RESOURCES.get(cause, ()) if SAME_THING.get(measure.id) != entry.column]
    return [_series(entry, inputs.resource(entry.column), measure, inputs, "resources") for entry in entries]


def absence_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether a measure goes with absence, the trace that morale leaves."""
    if measure.id == "absence" or inputs.measure("absence").empty:
        return []
    return [_series(Input("absence", "absence", True), inputs.measure("absence"), measure, inputs, "kpis")]


def rework_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether a measure goes with the share of cases in which a step was done twice."""
    cases = inputs.journeys()
    if cases.empty or not cases["repeated"].any():
        return []
    table = cases.groupby(["site", "period"])["repeated"].mean().rename("value").reset_index()
    entry = Input("repeated", "the share of cases with a step done twice", True)
    return [_series(entry, table, measure, inputs, "journey")]


def _badness(measure: Measure, inputs: Inputs) -> pd.DataFrame:
    frame = inputs.measure(measure.id)
    return frame.assign(value=-frame["value"]) if measure.direction == "increase" else frame


def _series(entry: Input, table: pd.DataFrame, measure: Measure, inputs: Inputs, source: str) -> Trial:
    table = table if entry.more_is_worse else table.assign(value=-table["value"])
    found = panel_association(_badness(measure, inputs), table, lags=entry.lags)
    more = "higher" if entry.more_is_worse else "lower"
    worse = "lower" if measure.direction == "increase" else "higher"
    later = f" {found.lag} month{'s' if found.lag > 1 else ''} later" if found.lag else ""
    sites = table["site"].nunique()
    over = f"{found.n} months" + (f" at {sites} sites" if sites > 1 else "")
    words = f"where and when {entry.name} {_were(entry.name)} {more}, {inline(measure.name)} "
    words += f"{agree(measure.name, 'was', 'were')} {worse}{later}"
    test = "Rank correlation by month and site, with trend, season and what all sites share taken out"
    return Trial(f"{test}: {entry.name}", found, f"{words} ({over})", rows=source)


def _were(name: str) -> str:
    return "were" if name in ("training hours", "leads") else "was"
