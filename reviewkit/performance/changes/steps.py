"""Has the level changed, or does it only look so? One step in a series, tested honestly.

A process behaviour chart shows a special cause on some point of 44 % of 52-point series
of pure noise. Before a signal becomes an opinion the series is asked one question: does a
lasting step explain it better than chance could, given how many places the step could
have been in, how much one period resembles the next, and how many series were looked at?
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from ..comparison.discovery import false_discovery
from ..spc.runs import Floats
from .resemblance import far_reaching

BEFORE = 6
"""Points there must be before the step."""
SEED = 20_01
TRIALS = 4000
"""Series without a change that each observed step is compared with."""
ALPHA = 0.05


def level_changes(panel: pd.DataFrame, *, keys: list[str], period: str = "month") -> pd.DataFrame:
    """Return, for every series, its best-fitting lasting step and how likely chance is to make one.

    For every date at which the level could have changed (six points before it; three
    months or six weeks after it) a step is fitted by least squares, with a yearly wave where there are
    two years of data. The largest standardised step is compared with those of 4,000
    simulated series without a change, of the same length and with the autocorrelation of
    the measure: this allows for the search over dates. Chances are then adjusted for the
    number of series by the step-up rule of Benjamini and Hochberg (1995).

    Parameters
    ----------
    panel : ``measure``, the columns of ``keys``, ``period, value``; no two rows a period.
    keys : columns that tell series apart, ``measure`` among them.
    period : ``"month"`` or ``"week"``; a column ``cadence`` with these words comes before it.

    Returns
    -------
    The columns of ``keys``, ``points, since`` (first period of the new level), ``lasted``
    (periods since then), ``before, after, effect, holds`` (whether the last three points, taken
    together, stay at least a third of the effect away from the old level, on its side),
    ``autocorrelation, chance`` and ``chance_adjusted`` (0 to 1). Series with fewer than twelve
    points have no step.

    Examples
    --------
    >>> months = pd.date_range("2023-01-01", periods=24, freq="MS")
    >>> noise = np.tile([1.0, -1.0, 0.5, -0.5], 6) + np.repeat([70.0, 60.0], 12)
    >>> panel = pd.DataFrame({"measure": "fcr", "period": months, "value": noise})
    >>> found = level_changes(panel, keys=["measure"]).iloc[0]
    >>> str(found["since"].date()), round(float(found["effect"])), bool(found["chance_adjusted"] < 0.05)
    ('2024-01-01', -10, True)
    """
    rows = panel[panel["value"].notna()].sort_values([*keys, "period"], kind="stable")
    cadence = rows["cadence"] if "cadence" in rows else pd.Series(period, index=rows.index)
    parts = [_stepped(part, keys, str(word)) for word, part in rows.groupby(cadence, sort=False)]
    result = pd.concat([part for part in parts if len(part)] or [_empty(keys)], ignore_index=True)
    result["chance_adjusted"] = false_discovery(result["chance"].astype("float64"))
    return result[[*keys, *_RESULT]]


def _stepped(rows: pd.DataFrame, keys: list[str], period: str) -> pd.DataFrame:
    """Best steps and their chances for series of one cadence."""
    after, year = (3, 12.0) if period == "month" else (6, 365.25 / 7)
    fitted = [
        _fitted(part, keys, after)
        for _, part in rows.groupby(_patterns(rows, keys), sort=False)
        if part["period"].nunique() >= 2 * BEFORE
    ]
    if not fitted:
        return _empty(keys)
    result = pd.concat(fitted, ignore_index=True)
    result["autocorrelation"] = _pooled(result, after, year)
    groups = result.groupby(["points", "seasonal", "autocorrelation"], sort=False)["largest"]
    result["chance"] = groups.transform(lambda part: _chance(part, after, year)).astype("float64")
    return result


_RESULT = ["points", "since", "lasted", "before", "after", "effect", "holds"]
_RESULT += ["autocorrelation", "chance", "chance_adjusted"]


def _patterns(rows: pd.DataFrame, keys: list[str]) -> pd.Series[Any]:
    """Series that have points in the same periods are fitted together."""
    dates = rows["period"].factorize(sort=True)[0]
    weights = np.random.default_rng(SEED).integers(1, 2**50, size=int(dates.max(initial=0)) + 1)
    mark = pd.Series(weights[dates], index=rows.index)
    return mark.groupby([rows[key] for key in keys], observed=True).transform("sum")


def _fitted(part: pd.DataFrame, keys: list[str], after: int) -> pd.DataFrame:
    names = part[keys].drop_duplicates(ignore_index=True)
    dates = pd.DatetimeIndex(part["period"].unique())
    values = part["value"].to_numpy(dtype="float64").reshape(len(names), len(dates))
    seasonal = (dates[-1] - dates[0]).days >= 690
    place = np.asarray((dates - pd.Timestamp("2000-01-03")).days / 365.25)
    steps, keep, unit = _design(place if seasonal else None, len(dates), after)
    largest, best, effect, residual = _search(values, steps, keep, unit)
    starts = best + BEFORE
    times = np.arange(len(dates))
    later = times >= starts[:, None]
    old = np.average(values, axis=1, weights=None) - effect * later.mean(axis=1)
    recent = values[:, -3:].mean(axis=1) - old
    names["points"], names["since"], names["lasted"] = (
        len(dates),
        dates[starts].astype("datetime64[us]"),
        len(dates) - starts,
    )
    names["before"], names["after"], names["effect"] = old, old + effect, effect
    names["holds"] = recent * np.sign(effect) >= np.abs(effect) / 3
    names["largest"], names["seasonal"] = largest, seasonal
    names["own"], names["far"] = _lag_one(residual), far_reaching(residual)
    return names


def _design(place: Floats | None, length: int, after: int) -> tuple[Floats, Floats, Floats]:
    """Steps to try, cleared of level and season, and the matrix that clears a series of them."""
    base = [np.ones(length)]
    if place is not None:
        base += [np.sin(2 * np.pi * place), np.cos(2 * np.pi * place)]
    basis = np.linalg.qr(np.column_stack(base))[0]
    keep = np.eye(length) - basis @ basis.T
    splits = np.arange(BEFORE, length - after + 1)
    raw = (np.arange(length)[:, None] >= splits).astype(float)
    steps = keep @ raw
    return steps, keep, np.asarray((steps**2).sum(axis=0))


def _search(values: Floats, steps: Floats, keep: Floats, unit: Floats) -> tuple[Floats, Any, Floats, Floats]:
    """Largest standardised step of each series, its place and size, and what it leaves over."""
    cleared = values @ keep
    sizes = (cleared @ steps) / unit
    total = (cleared**2).sum(axis=1, keepdims=True)
    explained = sizes**2 * unit
    freedom = values.shape[1] - round(values.shape[1] - np.trace(keep)) - 1
    rest = np.maximum(total - explained, 1e-12 * np.maximum(total, 1e-300)) / freedom
    ratio = np.sqrt(np.divide(explained, rest, out=rest), out=rest)
    # A constant series has nothing to explain.
    ratio = np.where(total > 1e-18 * (values**2).sum(axis=1, keepdims=True), ratio, 0.0)
    best = ratio.argmax(axis=1)
    rows = np.arange(len(values))
    effect = sizes[rows, best]
    return ratio[rows, best], best, effect, cleared - effect[:, None] * steps.T[best]


def _lag_one(residual: Floats) -> Any:
    """Lag-one autocorrelation of what a fitted step leaves over."""
    total = (residual**2).sum(axis=1)
    product = (residual[:, 1:] * residual[:, :-1]).sum(axis=1)
    return np.divide(product, total, out=np.zeros(len(total)), where=total > 0)


_LEFT = {"own": _lag_one, "far": far_reaching}


def _pooled(result: pd.DataFrame, after: int, year: float) -> Any:
    """One autocorrelation a measure, in tenths, rounded up: a single short series says too little about it.

    Half the weight is the mean over all measures. The larger counts of what neighbours say and
    what all periods shortly before say.
    """
    by = result["measure"] if "measure" in result else pd.Series("", index=result.index)
    found = []
    for name in _LEFT:
        lengths = result.groupby(["points", "seasonal"], sort=False)[name]
        own = lengths.transform(lambda part, name=name: _unbiased(part, name, after, year)).astype("float64")
        found.append((own.groupby(by).transform("mean") + own.mean()) / 2)
    pooled = pd.concat(found, axis=1).max(axis=1)
    return np.ceil(pooled.clip(0, 0.8) * 10 - 0.1).clip(lower=0) / 10 + 0.0


def _unbiased(own: pd.Series[Any], which: str, after: int, year: float) -> Any:
    """Fitting a step and a season lowers what is left of the autocorrelation: undo it."""
    name: Any = own.name
    points, seasonal = name
    low, high = (_trial(int(points), bool(seasonal), at, after, year)[1][which] for at in (0.0, 0.5))
    return (own - low) / (high - low) * 0.5


def _chance(largest: pd.Series[Any], after: int, year: float) -> Floats:
    name: Any = largest.name
    points, seasonal, autocorrelation = name
    null = _trial(int(points), bool(seasonal), float(autocorrelation), after, year)[0]
    seen = largest.to_numpy(dtype="float64")
    share = 1 - np.searchsorted(null, seen, side="left") / (len(null) + 1)
    # Beyond the 99th percentile the tail is continued as an exponential, fitted to the top 2 %.
    edge = np.quantile(null, 0.98)
    fall = (null[null > edge] - edge).mean()
    tail = 0.02 * np.exp(-(seen - edge) / fall)
    return np.where(seen > np.quantile(null, 0.99), tail, share).clip(1e-12, 1)


@lru_cache(maxsize=128)
def _trial(
    points: int, seasonal: bool, autocorrelation: float, after: int, year: float
) -> tuple[Floats, dict[str, float]]:
    """Largest steps, sorted, and mean autocorrelations left over, in simulated series without a change."""
    random = np.random.default_rng([SEED, points, seasonal, round(autocorrelation * 10)])
    series = _resembling(random.standard_normal((TRIALS, points)), autocorrelation)
    place = np.arange(points) / year if seasonal else None
    design = _design(place, points, after)
    # A few hundred at a time stay in the processor's own memory.
    found = [_search(part, *design) for part in np.split(series, 16)]
    left = {name: float(np.mean([of(each).mean() for *_, each in found])) for name, of in _LEFT.items()}
    return np.sort(np.concatenate([largest for largest, *_ in found])), left


def _resembling(noise: Floats, autocorrelation: float) -> Floats:
    """Return noise, one row a series, in which a point resembles the one before."""
    if not autocorrelation:
        return noise
    # All series at one time lie side by side while time goes on: a third of the work.
    times = np.ascontiguousarray(noise.T)
    fresh = np.sqrt(1 - autocorrelation**2)
    for at in range(1, len(times)):
        times[at] = autocorrelation * times[at - 1] + times[at] * fresh
    return np.ascontiguousarray(times.T)


def _empty(keys: list[str]) -> pd.DataFrame:
    numbers = ("points", "lasted", "before", "after", "effect", "largest", "own", "far")
    kinds = dict.fromkeys(numbers, "float64") | {
        "since": "datetime64[us]",
        "holds": "bool",
        "seasonal": "bool",
    }
    kinds |= {"autocorrelation": "float64", "chance": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in [*keys, *kinds]})
