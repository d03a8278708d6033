"""The figures of one question as charted series: limits, rules, local knowledge, new limits on trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from reviewkit.findings import bearing_on
from reviewkit.model import Engagement, Measure
from reviewkit.performance import chart_points
from reviewkit.present.chart import Chart
from reviewkit.present.charts import xmr_chart
from reviewkit.present.display import Display
from reviewkit.present.words import span

from .question import Question

ALL = "all together"
"""What the whole is called among the units."""


def display(measure: Measure, engagement: Engagement, question: Question) -> Display:
    """Return how the measure is shown, by the period that was asked for."""
    return Display(measure, engagement.currency, question.cadence, engagement.site_label)


def panel(figures: pd.DataFrame, question: Question, units: Sequence[str] = ()) -> pd.DataFrame:
    """Return the figures in the shape of a panel, so that all are charted by the same rules.

    A unit that is neither site nor contract stands in the column ``contract``, where no target is looked
    for by its name.
    """
    rows = figures[figures["unit"].isin(list(units))] if units else figures
    site = rows["unit"] if question.by == "site" else pd.Series(question.site, rows.index, "str")
    contract = pd.Series(question.contract, rows.index, "str")
    if question.by not in ("", "site"):
        contract = rows["unit"].where(rows["unit"] != "", contract)
    made = rows[["period", "numerator", "denominator", "value"]].assign(
        measure=question.measure, site=site.where(site != "", question.site), contract=contract
    )
    return made.astype({"measure": "str", "site": "str", "contract": "str"}).assign(unit=rows["unit"])


def changes(annotations: pd.DataFrame, measure: str, site: str) -> list[pd.Timestamp]:
    """Return the days on which the process behind a series is said to have changed.

    As in step 1.2: notes that name the measure, and this site or none.
    """
    notes = bearing_on(measure, site, annotations)
    said = notes[notes["effect"].eq("process_changed") & notes["measure"].eq(measure)]
    return [pd.Timestamp(day) for day in said["at"]]


def points(
    figures: pd.DataFrame,
    question: Question,
    engagement: Engagement,
    *,
    units: Sequence[str],
    targets: pd.DataFrame,
    annotations: pd.DataFrame,
    trial: Sequence[pd.Timestamp] = (),
) -> pd.DataFrame:
    """Return every point of some units with limits, rules and targets; new limits begin where told.

    Parameters
    ----------
    figures : as :meth:`.Aggregates.figures` returns them. units : ``""`` for all together.
    annotations : local knowledge. trial : days on which limits begin anew for a look, unsaved.

    Returns
    -------
    One row a unit and period: ``unit`` and the columns of :func:`reviewkit.performance.chart_points`.
    """
    rows = panel(figures, question, units)
    if rows.empty:
        return rows
    rebase: dict[Any, list[pd.Timestamp]] = {}
    for key, part in rows.groupby(["measure", "site", "contract"], sort=False):
        days = [*changes(annotations, question.measure, str(key[1])), *trial]
        first, last = part["period"].min(), part["period"].max()
        rebase[key] = sorted({day for day in days if first < day <= last})
    known = targets if question.by in ("", "site", "contract") and not question.team else targets.iloc[:0]
    return chart_points(rows, known, engagement, rebase=rebase)


def chart(
    rows: pd.DataFrame,
    question: Question,
    engagement: Engagement,
    unit: str,
    annotations: pd.DataFrame,
) -> Chart:
    """Return the chart of one unit's points, local knowledge marked on it."""
    measure = engagement.measure(question.measure)
    shown = display(measure, engagement, question)
    last = rows.iloc[-1]
    where = place(question, unit, engagement)
    state = shown.variation(str(last["signal"])) or "no significant change"
    when = f"in {'the week of ' if question.cadence == 'week' else ''}{shown.when(last['period'])}"
    title = f"{measure.name}, {where}: {shown.figure(last['value'])} {when}, {state}"
    site = str(last["site"])
    return xmr_chart(
        rows,
        shown,
        title=title,
        subtitle=f"By {question.cadence}, {span(rows['period'].min(), rows['period'].max())}.",
        source=measure.table.replace("_", " "),
        annotations=bearing_on(question.measure, site, annotations),
        key="explore",
    )


def place(question: Question, unit: str, engagement: Engagement) -> str:
    """Return where a series is from, in words.

    >>> engagement = Engagement.model_construct(contracts=(), site_label="site")
    >>> place(Question("w", by="team", site="North"), "Blue", engagement)
    'Blue, North'
    """
    said = [unit] if unit else []
    said += [value for name, value in question.narrowed.items() if name != question.by or not unit]
    names = {one.id: one.name for one in engagement.contracts}
    return ", ".join(names.get(one, one) for one in said) or f"all {engagement.site_labels}"
