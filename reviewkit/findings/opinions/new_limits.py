"""What remains of a signal once limits begin anew where people say that the process changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.performance import chart_points, signals

from ..wording import day_words, difference, filled, measures_by_id, when
from .met import met_since

KEYS = ["measure", "site", "contract"]
ENOUGH = 12
"""Points after a change from which limits are worked out anew; with fewer it is too soon."""
CHANGE = ("changed_on", "change", "told_by", "points", "enough")
REMAINS = ("yes", "no", "too_soon")


def stated_changes(panel: pd.DataFrame, annotations: pd.DataFrame) -> pd.DataFrame:
    """Return the latest stated change of the process behind each series.

    Parameters
    ----------
    panel : ``measure, site, contract, period``: every point of every series.
    annotations : local knowledge: ``at, measure, site, text, effect, role``. Counts only what names a
        measure, has effect ``process_changed`` and lies within the series; what names a site
        holds for that site.

    Returns
    -------
    One row a series that has one: ``measure, site, contract, changed_on, change`` (what happened),
    ``told_by`` (role), ``points`` (since then), ``enough`` (for limits of their own).

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=24, freq="MS")
    >>> panel = pd.DataFrame({"measure": "wait", "site": "", "contract": "", "period": months})
    >>> note = {"at": pd.Timestamp("2024-07-01"), "measure": "wait", "site": None, "text": "New clock",
    ...         "effect": "process_changed", "role": "Head of IT"}
    >>> stated_changes(panel, pd.DataFrame([note]))[["points", "enough"]].values.tolist()
    [[18, True]]
    """
    named = annotations[annotations["effect"].eq("process_changed") & annotations["measure"].map(filled)]
    has_site = named["site"].map(filled).astype(bool)
    rows = []
    for key, part in panel[panel["measure"].isin(named["measure"])].groupby(KEYS, sort=False):
        names = dict(zip(KEYS, map(str, key), strict=True))
        mine = named[named["measure"].eq(names["measure"]) & ~(has_site & named["site"].ne(names["site"]))]
        dates = pd.to_datetime(mine["at"])
        inside = dates.gt(part["period"].min()) & dates.le(part["period"].max())
        if not inside.any():
            continue
        last = mine[inside].sort_values("at", kind="stable").iloc[-1]
        day = pd.Timestamp(last["at"])
        points = int(part["period"].ge(day).sum())
        told = {"change": str(last["text"]), "told_by": last["role"] if filled(last["role"]) else ""}
        rows.append({**names, "changed_on": day, **told, "points": points, "enough": points >= ENOUGH})
    kinds = {"changed_on": "datetime64[us]", "points": "int64", "enough": "bool"}
    made = pd.DataFrame(rows, columns=[*KEYS, *CHANGE])
    return made.astype({str(name): kinds.get(str(name), "str") for name in made})


def signals_since(
    panel: pd.DataFrame, targets: pd.DataFrame, engagement: Engagement, annotations: pd.DataFrame
) -> pd.DataFrame:
    """Return the signals of the series whose process changed, from their points since then alone.

    All series are judged again, so that chance is allowed for as in step 1.1.

    Returns
    -------
    The columns of :func:`stated_changes` and of :func:`reviewkit.performance.signals`. Where it is
    too soon (``enough`` is false) the signal is that of all points.
    """
    changes = stated_changes(panel, annotations)
    if changes.empty or not changes["enough"].any():
        return changes
    starts = changes[changes["enough"]].set_index(KEYS)["changed_on"]
    begins = starts.reindex(pd.MultiIndex.from_frame(panel[KEYS])).to_numpy()
    kept = panel[~(panel["period"].to_numpy() < begins)]
    points = chart_points(kept, targets, engagement)
    found = met_since(signals(points, engagement), points)
    return changes.merge(found, on=KEYS, how="left")


def what_remains(row: Mapping[Any, Any], engagement: Engagement) -> tuple[str, str]:
    """Return whether a change remains under new limits (one of ``REMAINS``), and in words.

    >>> row = {"changed_on": pd.Timestamp("2024-04-01"), "points": 5, "enough": False}
    >>> what_remains(row, Engagement.model_construct(measures=()))
    ('too_soon', 'Since 1 April 2024 there are only 5 points, too few for limits of their own')
    """
    since = day_words(row["changed_on"])
    if not row["enough"]:
        count = f"{row['points']} point{'' if row['points'] == 1 else 's'}"
        return "too_soon", f"Since {since} there are only {count}, too few for limits of their own"
    lead = f"With limits begun anew on {since}"
    measure = measures_by_id(engagement).get(str(row["measure"]))
    if measure is not None and bool(row["promoted"]):
        moved = difference(row["effect"], measure.unit, measure.decimals, engagement.currency)
        kind = "rise" if row["effect"] > 0 else "fall"
        began = when(row["since"], engagement.cadence(measure))
        return "yes", f"{lead} a {kind} of {moved} since {began} remains"
    if row["assurance"] == "fails":
        return "yes", f"{lead} no lasting change remains, but the target will keep being missed"
    return "no", f"{lead} no lasting change remains"
