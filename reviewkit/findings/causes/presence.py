"""Was the condition there, at the site whose gap it is to explain?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from ..gaps.level import FEWEST, RECENT, current_level
from .panel import D2


class Presence(NamedTuple):
    """``state`` (``there``, ``absent`` or ``unclear``) and words that say what was seen."""

    state: str
    words: str = ""


UNKNOWN = Presence("unclear", "no figures of it are there for this site")


def condition_at(
    table: pd.DataFrame,
    site: str,
    since: object,
    *,
    name: str,
    worse: str,
    be: str = "was",
    comparable: bool = True,
) -> Presence:
    """Return whether a condition was worse at a site than before, or than at the other sites.

    A link found over all sites says nothing about a site where the condition never changed. It
    is *there* where it was worse than the site's own earlier level, or than the other sites in
    the same months, by more than chance; *absent* where neither came near: at least one month's
    ordinary variation can be ruled out; otherwise *unclear*.

    Parameters
    ----------
    table : ``site, period, value``, turned so that higher is worse.
    since : when the site's gap began; its last 12 months where that is not known.
    name, worse, be : words for the condition, its bad direction and its verb ("training hours",
        "lower", "were").
    comparable : whether levels of different sites can be compared (staff in post cannot).

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=24, freq="MS")
    >>> steady = [1.0, 1.2] * 12
    >>> cut = [value + 2 * (place >= 12) for place, value in enumerate(steady)]
    >>> frame = pd.concat([pd.DataFrame({"site": site, "period": months, "value": values})
    ...                    for site, values in (("a", cut), ("b", steady), ("c", steady))])
    >>> condition_at(frame, "a", "2025-01-01", name="downtime", worse="higher")
    Presence(state='there', words='downtime was higher than before and than elsewhere')
    >>> condition_at(frame, "b", "2025-01-01", name="downtime", worse="higher").state
    'absent'
    """
    wide = table.pivot_table(index="period", columns="site", values="value", aggfunc="mean").sort_index()
    if site not in wide:
        return UNKNOWN
    others = wide.drop(columns=site)
    seen = {"before": _since_before(wide[site], since)}
    if comparable and len(others.columns) >= 2:
        seen["elsewhere"] = _now(wide[site] - others.median(axis=1), since)
    known = {than: found for than, found in seen.items() if not np.isnan(found[0])}
    if not known:
        return UNKNOWN
    there = [f"than {than}" for than, (_, lower, _, _) in known.items() if lower > 0]
    if there:
        return Presence("there", f"{name} {be} {worse} {' and '.join(there)}")
    nowhere = " or ".join(f"than {than}" for than in known)
    if all(upper < noise for _, _, upper, noise in known.values()):
        return Presence("absent", f"{name} {be} not {worse} {nowhere}")
    return Presence("unclear", f"{name} {be} not surely {worse} {nowhere}")


def _now(values: pd.Series[float], since: object) -> tuple[float, float, float, float]:
    """Mean of the gap's months, its interval, and the ordinary variation of one month."""
    known = values.dropna()
    level = current_level(known.index.to_series(), known, since)
    return level.mean, level.lower, level.upper, _noise(known)


def _since_before(values: pd.Series[float], since: object) -> tuple[float, float, float, float]:
    """How much worse the gap's months were than those before, with an interval."""
    known = values.dropna()
    start = pd.to_datetime(str(since)) if since is not None else pd.NaT
    if pd.isna(start) and len(known) > RECENT:
        start = known.index[-RECENT]
    # The month a change falls in counts with those after it.
    late = known.index >= start.to_period("M").start_time if pd.notna(start) else known.index == start
    after, before = known[late], known[~late]
    if min(len(after), len(before)) < FEWEST // 2 or len(known) < 2 * FEWEST:
        return np.nan, np.nan, np.nan, np.nan
    now = current_level(after.index.to_series(), after)
    then = current_level(before.index.to_series(), before)
    half = np.hypot(now.upper - now.mean, then.upper - then.mean)
    change = now.mean - then.mean
    return change, change - half, change + half, _noise(known)


def _noise(values: pd.Series[float]) -> float:
    return float(values.diff().abs().mean() / D2)
