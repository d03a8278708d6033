"""XmR charts of chosen measures, with local knowledge laid over them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from reviewkit.findings import bearing_on
from reviewkit.model import Measure
from reviewkit.performance import all_series, bare, chart_points
from reviewkit.performance.measures.series import Level
from reviewkit.present import charts
from reviewkit.present.chart import Chart
from reviewkit.present.words import span

from .review import Review


class MeasureCharts:
    """Charts of an engagement's measures; each series is read once and each chart drawn once.

    Parameters
    ----------
    panel : every measure over time, where it has been read before; else what a chart needs is read.
    """

    def __init__(self, review: Review, panel: pd.DataFrame | None = None) -> None:
        self.review, self._known = review, panel
        self._panels: dict[tuple[str, Level], pd.DataFrame] = {}
        # Several editions ask for the same chart.
        self.chart = cache(self._chart)

    def points(self, measure: str, site: str, contract: str = "", *, rebase: bool = False) -> pd.DataFrame:
        """Return the points of one series with limits and targets; ``rebase`` where a process changed.

        Then ``rebased`` says at the first point of a phase why limits begin anew there.
        """
        known = {entry.id: entry for entry in self.review.engagement.measures}
        if measure not in known:
            return pd.DataFrame()
        panel = self._panel(known[measure], ("site",) if site else ("contract",) if contract else ())
        mine = panel[panel["site"].eq(site) & panel["contract"].eq(contract)]
        if mine.empty:
            return mine
        changes = self._changes(measure, site, mine["period"]) if rebase else {}
        points = chart_points(
            mine,
            self.review.evidence.frame("targets"),
            self.review.engagement,
            rebase={(measure, site, contract): list(changes)},
        )
        begins = points["phase"].diff().gt(0)
        points["rebased"] = _reasons(points["period"], begins, changes)
        return points

    def _changes(self, measure: str, site: str, periods: pd.Series[Any]) -> dict[pd.Timestamp, str]:
        """Return when the process behind a series is said to have changed, and why, within its periods."""
        notes = bearing_on(measure, site, self.review.evidence.frame("annotations"))
        named = notes[notes["effect"].eq("process_changed") & notes["measure"].eq(measure)]
        dates = pd.to_datetime(named["at"])
        inside = dates.gt(periods.min()) & dates.le(periods.max())
        return dict(zip(dates[inside], named.loc[inside, "text"].astype("str"), strict=True))

    def _chart(
        self, measure: str, site: str, contract: str = "", *, title: str, key: str, notes: bool = True
    ) -> Chart | None:
        """Return the chart of one series, local knowledge marked on it; None where there are no points."""
        points = self.points(measure, site, contract, rebase=notes)
        if points.empty:
            return None
        entry = self.review.engagement.measure(measure)
        where = site or contract or f"all {self.review.engagement.site_labels}"
        marked = bearing_on(measure, site, self.review.evidence.frame("annotations")) if notes else None
        return charts.xmr_chart(
            points,
            charts.display_of(entry, self.review.engagement),
            title=title,
            subtitle=f"{entry.name}, {where}, by {self.review.engagement.cadence(entry)}, "
            f"{span(points['period'].min(), points['period'].max())}.",
            source=f"{self.review.engagement.client}: {entry.table.replace('_', ' ')}",
            annotations=marked,
            key=key,
        )

    def _panel(self, measure: Measure, level: Level) -> pd.DataFrame:
        if self._known is not None:
            return self._known[self._known["measure"].eq(measure.id)]
        if (measure.id, level) not in self._panels:
            read = all_series(self.review.evidence, [measure], levels=[level])
            self._panels[measure.id, level] = bare(read)
        return self._panels[measure.id, level]


def _reasons(
    periods: pd.Series[Any], begins: pd.Series[bool], changes: dict[pd.Timestamp, str]
) -> pd.Series[str]:
    """The reason nearest before each point that begins a phase; nothing at the others."""
    if not changes:
        return pd.Series("", index=periods.index, dtype="str")
    known = pd.Series(changes, dtype="str").sort_index()
    place = known.index.searchsorted(pd.DatetimeIndex(periods), side="right") - 1
    said = known.iloc[place.clip(min=0)].set_axis(periods.index)
    return said.where(begins, "")
