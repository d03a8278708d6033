"""Tests of causes that vary by month and site: does the measure go with an input?"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import pandas as pd

from reviewkit.model import Measure
from reviewkit.model.words import inline

from ..wording import agree
from .association import MANY, panel_association
from .inputs import Inputs
from .presence import condition_at
from .trial import Trial


class Input(NamedTuple):
    """An input that can go with a measure.

    ``more_is_worse``: whether more of it is the bad condition; ``lags``: months by which it may
    come first; ``comparable``: whether sites of different size can be compared by it.
    """

    column: str
    name: str
    more_is_worse: bool
    lags: tuple[int, ...] = (0,)
    comparable: bool = True


RESOURCES: dict[str, tuple[Input, ...]] = {
    "staffing": (
        Input("fte", "staff in post", False, comparable=False),
        Input("occupancy", "occupancy", True),
    ),
    "training": (Input("training_hours", "training hours", False, (0, 1, 2)),),
    "systems": (Input("downtime_minutes", "system downtime", True),),
    "resources": (Input("cost_per_fte", "spending a full-time equivalent", False),),
}


# A measure is not explained by itself under another name, nor by what it is divided by.
SAME_THING = {
    "occupancy": ("occupancy",),
    "downtime": ("downtime_minutes",),
    "cost_per_contact": ("cost_per_fte",),
    "caseload": ("fte", "cost_per_fte"),
}


def resource_tests(cause: str, measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether a measure goes with the inputs that ``cause`` speaks of, by month and site."""
    if not inputs.has("resources"):
        return []
    same = SAME_THING.get(measure.id, ())
    entries = [entry for entry in RESOURCES.get(cause, ()) if entry.column not in same]
    return [_series(entry, inputs.resource(entry.column), measure, inputs, "resources") for entry in entries]


def absence_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether a measure goes with absence, the trace that morale leaves."""
    if measure.id == "absence" or inputs.measure("absence").empty:
        return []
    return [_series(Input("absence", "absence", True), inputs.measure("absence"), measure, inputs, "kpis")]


PROCESS = (
    Input("repeated", "the share of cases with a step done twice", True),
    Input("skipped", "the share of cases with a step left out", True),
)


def process_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether a measure goes with rework, and with cases that leave out steps (conformance)."""
    cases = inputs.journeys()
    made = []
    for entry in PROCESS if len(cases) else ():
        # Who never came as far as the step had no chance to leave it out.
        counted = cases[cases["past"]] if entry.column == "skipped" else cases
        if counted[entry.column].any():
            by = counted.groupby(["site", "period"])[entry.column]
            made.append(_series(entry, by.mean().rename("value").reset_index(), measure, inputs, "journey"))
    return made


def own_tests(cause: str, measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether a measure goes with the figure that shows a cause of the client's own."""
    own = next((entry for entry in inputs.engagement.causes if entry.id == cause), None)
    if own is None or inputs.measure(own.measure).empty or measure.id not in own.explains:
        return []
    shown = inputs.engagement.measure(own.measure)
    more_is_worse = shown.direction != "increase"
    entry = Input(shown.id, inline(shown.name), more_is_worse, comparable=shown.denominator is not None)
    return [_series(entry, inputs.measure(shown.id), measure, inputs, shown.table)]


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
    test = "Correlation by month within sites, what all sites share taken out"
    if sites < MANY:
        test = "Rank correlation by month, trend and season taken out"
    there = partial(
        condition_at,
        table,
        name=entry.name,
        worse=more,
        be=_were(entry.name),
        comparable=entry.comparable,
    )
    return Trial(f"{test}: {entry.name}", found, f"{words} ({over})", rows=source, at=there)


def _were(name: str) -> str:
    return "were" if name in ("training hours", "leads") else "was"
