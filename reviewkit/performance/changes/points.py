"""Every point of every series, with its limits and the target in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Measure

from ..measures.panel import KEYS, bare
from ..measures.targets import with_targets
from ..spc.checked import Bounds
from ..spc.grouping import Dates
from ..spc.run_chart import as_run_charts
from ..spc.summary import ENOUGH
from ..spc.xmr import xmr

_HIGH = {"increase": "improvement", "decrease": "concern", "neutral": "neutral_high"}
_LOW = {"increase": "concern", "decrease": "improvement", "neutral": "neutral_low"}


def chart_points(
    panel: pd.DataFrame,
    targets: pd.DataFrame,
    engagement: Engagement,
    *,
    rebase: Sequence[Any] | Mapping[Any, Dates] | None = None,
) -> pd.DataFrame:
    """Return every point of every series with its limits, run rule, signal and target in force.

    Phases of fewer than twelve points are shown as run charts. Limits end where a measure
    cannot go: at its ``bounds``, else at 0 and 100 for percentages and at 0 for counts and
    times, as far as all its figures lie within. Its ``season`` says whether the effect of
    the calendar month is taken out.

    Parameters
    ----------
    panel : ``measure, site, contract, period, numerator, denominator, value``.
    targets : the table of targets; may have no rows.
    engagement : gives the direction of each measure and how many first points fix the limits.
    rebase : dates at which new limits begin, as :func:`reviewkit.performance.xmr` takes them.

    Returns
    -------
    The panel's columns and those of :func:`reviewkit.performance.xmr`, ``seasonal`` (whether
    limits follow the season) and ``chart`` (``"xmr"`` or ``"run"``).
    """
    known = with_targets(bare(panel), targets, own_only=[m.id for m in engagement.measures if adds_up(m)])
    ends = _ends(known, engagement)
    alike: dict[tuple[Any, ...], list[str]] = {}
    for measure in engagement.measures:
        alike.setdefault((measure.direction, ends[measure.id], measure.season), []).append(measure.id)
    parts = []
    for (direction, bounds, season), names in alike.items():
        rows = known[known["measure"].isin(names)]
        found = xmr(
            rows, by=KEYS, direction=direction, target="target", baseline=engagement.baseline_points,
            rebase=rebase, bounds=bounds, season=season,
        )  # fmt: skip
        found["seasonal"] = found["season"].ne(0) if "season" in found else False
        found = found.drop(columns="season", errors="ignore")
        kept = as_run_charts(
            bare(found), period="period", value="value", by=KEYS,
            high=_HIGH[direction], low=_LOW[direction], enough=ENOUGH,
        )  # fmt: skip
        parts.append(kept)
    points = pd.concat([part for part in parts if len(part)] or parts[-1:], ignore_index=True)
    points.attrs = {"xmr": {"period": "period", "value": "value", "by": KEYS}}
    return points


def _ends(panel: pd.DataFrame, engagement: Engagement) -> dict[str, Bounds]:
    """Lowest and highest figure of each measure: as stated, else what its unit and its figures allow."""
    values = panel.groupby("measure")["value"]
    seen = dict(zip(values.min().index, zip(values.min(), values.max(), strict=True), strict=True))
    found: dict[str, Bounds] = {}
    for measure in engagement.measures:
        least, most = seen.get(measure.id, (float("nan"), float("nan")))
        if measure.bounds:
            found[measure.id] = measure.bounds
            continue
        low = 0.0 if measure.unit in _FROM_ZERO and not least < 0 else None
        high = 100.0 if measure.unit == "percent" and not most > 100 else None
        found[measure.id] = (low, high)
    return found


_FROM_ZERO = ("percent", "count", "seconds", "minutes", "days")


def adds_up(measure: Measure) -> bool:
    """Whether a figure of the whole is the sum of its sites' figures, so that targets do not pass down.

    >>> adds_up(Measure(id="a", name="A", unit="count", direction="increase", table="kpis",
    ...                 numerator="count(*)"))
    True
    """
    return measure.denominator is None and measure.unit in ("count", "money")
