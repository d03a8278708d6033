"""What has been achieved before: the best level that somebody held, not touched once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.model import Measure

WINDOWS: Mapping[str, int] = {"month": 6, "week": 26}
"""Periods in a row that make half a year: a lucky run of six weeks is common, one of 26 is not."""
MANY_SITES = 10
KEYS = ["measure", "site", "contract"]


class Sustained(NamedTuple):
    """A level that was held for half a year without a break, and who held it, in words.

    ``who`` begins a sentence about it; ``until`` is the first day of its last period, None where
    several sites stand behind it.
    """

    level: float
    by: str
    who: str = ""
    until: pd.Timestamp | None = None

    def said(self, level: str, period: str) -> str:
        """Return the evidence in one clause, for a level in words and a period such as week.

        >>> Sustained(74.0, "", "North", pd.Timestamp("2025-06-02")).said("74.0%", "month")
        'North averaged 74.0% over six months in a row, to June 2025'
        """
        many = WINDOWS.get(period, WINDOWS["month"])
        text = f"{self.who} averaged {level} over {_SPELT.get(many, many)} {period}s in a row"
        if self.until is None or pd.isna(self.until):
            return text
        day = "" if period == "month" else f"{self.until.day} "
        return f"{text}, to {'the week of ' if day else ''}{day}{self.until:%B %Y}"


_SPELT = {6: "six"}


def sustained_levels(
    series: pd.DataFrame, measures: Sequence[Measure], *, period: str = "month", window: int | None = None
) -> pd.DataFrame:
    """Return the best mean over half a year without a break that each unit has had.

    Half a year is six months or 26 weeks: chosen by time and not by the number of figures, for a level
    kept up for six weeks may be luck.

    Parameters
    ----------
    series : ``measure, site, contract, period, value`` and, where there is one, ``denominator``.
    measures : they give the direction and the period; a neutral measure has no best.
    period : of measures that name none. window : periods in a row, whatever the period, where given.

    Returns
    -------
    ``measure, site, contract, level`` (in the measure's unit), ``volume`` (denominator of those
    periods, missing where there is none), ``until`` (first day of the last of them). Units with
    fewer points have no row.

    Examples
    --------
    >>> fcr = Measure(id="fcr", name="Resolution", unit="percent", direction="increase", table="contacts",
    ...               numerator="sum(resolved)")
    >>> months = pd.date_range("2024-01-01", periods=12, freq="MS")
    >>> series = pd.DataFrame({"measure": "fcr", "site": "", "contract": "", "period": months,
    ...                        "value": [70.0] * 6 + [60.0] * 6})
    >>> sustained_levels(series, [fcr])["level"].tolist()
    [70.0]
    """
    rows = []
    for measure in measures:
        mine = series[series["measure"].eq(measure.id)] if len(series) else series
        if measure.direction == "neutral" or mine.empty:
            continue
        many = window or WINDOWS.get(measure.period or period, WINDOWS["month"])
        for (site, contract), unit in mine.groupby(["site", "contract"], sort=True):
            found = _best(unit.sort_values("period"), measure, many)
            rows += [{"measure": measure.id, "site": site, "contract": contract, **found}] if found else []
    return pd.DataFrame(rows, columns=[*KEYS, "level", "volume", "until"])


def achievable(
    levels: pd.DataFrame, measure: Measure, site: str = "", contract: str = ""
) -> Sustained | None:
    """Return the best level that this unit, or another site, has sustained; ``None`` where none is known.

    What one site has held the whole need not be able to hold. The whole is compared with its own past
    and with its sites together, each at the best it has itself held and counted by its volume. With ten
    sites or more the single best owes much to luck: one site is then compared with the level that the
    best tenth of them held. Sites with less than half the usual volume do not count for another site.
    Measures that add up over sites (a count, a sum of money) are compared with the unit's own past alone.

    Examples
    --------
    >>> fcr = Measure(id="fcr", name="Resolution", unit="percent", direction="increase", table="contacts",
    ...               numerator="sum(resolved)", denominator="count(resolved)")
    >>> levels = pd.DataFrame({"measure": "fcr", "site": ["", "North"], "contract": "",
    ...                        "level": [66.0, 74.0], "volume": [900.0, 400.0]})
    >>> achievable(levels, fcr, "South")
    Sustained(level=74.0, by='North has held it for half a year', who='North', until=None)
    """
    mine = levels[levels["measure"].eq(measure.id)]
    own = mine[mine["site"].eq(site) & mine["contract"].eq(contract)]
    here = f"{site} itself" if site else "The whole itself"
    options = [
        Sustained(float(row["level"]), "held here before, for half a year", here, row.get("until"))
        for row in own.to_dict("records")
    ]
    sites = mine[mine["site"].ne("") & mine["site"].ne(site)]
    if measure.denominator is not None or measure.unit not in ("count", "money"):
        options += _of_sites(sites, measure) if site else _together(sites, contract)
    if not options:
        return None
    return (max if measure.direction == "increase" else min)(options, key=lambda option: option.level)


def _best(unit: pd.DataFrame, measure: Measure, window: int) -> dict[str, Any]:
    means = unit["value"].rolling(window).mean()
    if not means.notna().any():
        return {}
    at = int(np.nanargmax(means) if measure.direction == "increase" else np.nanargmin(means))
    part = unit.iloc[at - window + 1 : at + 1]
    volume = part["denominator"].sum(min_count=1) if "denominator" in unit else np.nan
    return {"level": float(means.iloc[at]), "volume": float(volume), "until": part["period"].iloc[-1]}


def _of_sites(sites: pd.DataFrame, measure: Measure) -> list[Sustained]:
    """What other sites have held: the best of few, what the best tenth of many held."""
    sites = sites[~(sites["volume"] < sites["volume"].median() / 2)]
    if sites.empty:
        return []
    up = measure.direction == "increase"
    if len(sites) >= MANY_SITES:
        level = float(sites["level"].quantile(0.9 if up else 0.1))
        by = f"the best tenth of {len(sites)} sites have held it for half a year"
        return [Sustained(level, by, f"The best tenth of {len(sites)} sites have")]
    best = sites.sort_values("level", ascending=not up, kind="stable").iloc[0]
    by = f"{best['site']} has held it for half a year"
    return [Sustained(float(best["level"]), by, str(best["site"]), best.get("until"))]


def _together(sites: pd.DataFrame, contract: str) -> list[Sustained]:
    """What all sites together would come to, each at the best it has itself held, counted by volume."""
    mine = sites[sites["contract"].eq(contract)]
    if len(mine) < 2:
        return []
    weights = mine["volume"] if mine["volume"].gt(0).all() else pd.Series(1.0, index=mine.index)
    level = float(np.average(mine["level"], weights=weights))
    by = f"the {len(mine)} sites together, each at the best it has itself held for half a year"
    return [Sustained(level, by, f"The {len(mine)} sites together, each at its own best,")]
