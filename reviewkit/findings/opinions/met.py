"""How often the target was met since a measure last changed: the level in force, not the one before it."""

from __future__ import annotations

import pandas as pd

KEYS = ["measure", "site", "contract"]
FEWEST = 3
"""Periods since a change from which it is told how many of them met the target."""


def met_since(signals: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return the signals with what became of the target since the change each speaks of.

    Limits over the whole course hold the level from before a change, so that they can say of a target
    that it is met some of the time though it has not been met since. These counts look at no more than
    the points since.

    Parameters
    ----------
    signals : one row a measure, site and contract: ``promoted, since, direction, assurance``.
    points : ``measure, site, contract, period, value, target`` (in force in that period).

    Returns
    -------
    The signals with ``periods_since`` (points with a target since the change) and ``met_since`` (those of
    them that met it; reaching it counts). Both 0 where no change is told.

    Examples
    --------
    >>> months = pd.date_range("2025-01-01", periods=4, freq="MS")
    >>> points = pd.DataFrame({"measure": "fcr", "site": "", "contract": "", "period": months,
    ...                        "value": [80.0, 60.0, 75.0, 61.0], "target": 75.0})
    >>> row = {"measure": "fcr", "site": "", "contract": "", "promoted": True, "since": months[1],
    ...        "direction": "increase", "assurance": "hit_or_miss"}
    >>> met_since(pd.DataFrame([row]), points)[["periods_since", "met_since"]].values.tolist()
    [[3, 1]]
    """
    if signals.empty:
        return signals.assign(periods_since=pd.Series(dtype="int64"), met_since=pd.Series(dtype="int64"))
    told = signals[signals["promoted"].fillna(False).astype(bool)]
    kept = points[[*KEYS, "period", "value", "target"]].dropna()
    kept = kept.merge(told[[*KEYS, "since", "direction"]], on=KEYS)
    kept = kept[kept["period"].ge(kept["since"])]
    over = kept["value"] - kept["target"]
    kept = kept.assign(met=over.ge(0).where(kept["direction"].ne("decrease"), over.le(0)))
    counts = kept.groupby(KEYS)["met"].agg(periods_since="size", met_since="sum").reset_index()
    table = signals.merge(counts, on=KEYS, how="left").set_axis(signals.index)
    names = ["periods_since", "met_since"]
    return table.assign(**{name: table[name].fillna(0).astype("int64") for name in names})


def met_words(periods: float, met: float) -> str:
    """Return in how many periods since a change the target was met; nothing of fewer than ``FEWEST``.

    >>> met_words(29, 1), met_words(8, 0), met_words(11, 11), met_words(2, 0)
    ('met in 1 of 29', 'missed in all 8', 'met in all 11', '')
    """
    if pd.isna(periods) or periods < FEWEST:
        return ""
    n, of = int(met), int(periods)
    if n in (0, of):
        return f"{'met' if n else 'missed'} in all {of}"
    return f"met in {n} of {of}"
