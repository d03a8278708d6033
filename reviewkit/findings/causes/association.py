"""Do two series go together? Tests that a common trend, a season or a slow drift cannot pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .panel import best_lag, evened

FEWEST = 12
MANY = 3
"""Sites from which on what they share can be told from what is each one's own."""
DRAWS = 1999


class Association(NamedTuple):
    """How far two things go together.

    ``effect`` from -1 to 1; ``p_value`` two-sided; ``chance`` the spread of the effect that
    chance alone gives (its standard deviation); ``n`` periods or cases; ``lag`` in periods.
    """

    effect: float
    p_value: float
    chance: float
    n: int
    lag: int = 0


NONE = Association(np.nan, np.nan, np.nan, 0)


def panel_association(
    measure: pd.DataFrame, cause: pd.DataFrame, *, lags: Sequence[int] = (0,), seed: int = 1
) -> Association:
    """Return how an input goes with a measure, period by period, within sites.

    With three sites or more, what all sites share in a period (trend, season, one-off events)
    and what sets each site apart for good are taken out (two-way fixed effects), and the
    correlation that is left is judged by the number of independent pairs that neighbouring
    periods leave: see :mod:`reviewkit.findings.causes.panel`.

    With fewer, a straight line and the months' own levels are taken out, and the rank
    correlation is compared with those found when the input is shifted round in time by a random
    amount: the shift keeps the input's own persistence, which would otherwise pass for a
    relationship (Yule, "Why do we sometimes get nonsense-correlations between time-series?", 1926).

    Parameters
    ----------
    measure, cause : ``site, period, value``; joined on site and period.
    lags : periods by which the input may come first; the largest effect counts, and the
        comparison with chance takes the choice into account.

    Returns
    -------
    An :class:`Association`; missing where fewer than 12 periods match or one side is constant.

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=24, freq="MS")
    >>> noise = np.random.default_rng(5).normal(size=(3, 24))
    >>> rows = [(site, month, value)
    ...         for site, line in zip("abc", noise) for month, value in zip(months, line)]
    >>> frame = pd.DataFrame(rows, columns=["site", "period", "value"])
    >>> found = panel_association(frame, frame.assign(value=-2 * frame["value"]))
    >>> round(found.effect, 2), found.p_value < 0.01
    (-1.0, True)
    """
    wide, inputs = _wide(measure), _wide(cause)
    sites = [site for site in wide.columns if site in inputs.columns]
    periods = wide.index.intersection(inputs.index)
    wide, inputs = wide.loc[periods, sites], inputs.loc[periods, sites]
    if len(periods) < FEWEST or not sites:
        return NONE._replace(n=len(periods))
    if len(sites) >= MANY:
        # A site that has the input but never the measure must not shape what all sites share.
        both = wide.notna() & inputs.notna()
        y, x = evened(wide.where(both).to_numpy(float)), evened(inputs.where(both).to_numpy(float))
        link, lag = best_lag(y, x, lags)
        return Association(link.effect, link.p_value, link.chance, len(periods), lag)
    y, x = _cleaned(wide), _cleaned(inputs)
    if not (np.nan_to_num(y).any() and np.nan_to_num(x).any()):
        return NONE._replace(n=len(periods))
    effects = [_correlation(y, np.roll(x, lag, axis=0), lag) for lag in lags]
    best = int(np.nanargmax(np.abs(effects)))
    null = _null(y, x, lags, np.random.default_rng(seed))
    p = (1 + int((np.abs(null) >= abs(effects[best]) - 1e-12).sum())) / (1 + len(null))
    return Association(float(effects[best]), p, float(np.std(null)), len(periods), lags[best])


def group_association(counts: pd.DataFrame, *, seed: int = 1) -> Association:
    """Return the difference in rate between two groups of cases, compared within strata.

    Parameters
    ----------
    counts : ``stratum, exposed`` (bool), ``won`` (cases with the outcome), ``size`` (cases).

    Returns
    -------
    ``effect``: rate of the exposed less rate of the others, strata weighted as by Mantel and
    Haenszel (1959); ``p_value`` from drawing the exposed at random within strata, so that
    differences between strata do not count; ``n`` cases. Missing under 24 cases.

    Examples
    --------
    >>> rows = pd.DataFrame({"stratum": "a", "exposed": [True, False], "won": [45, 20], "size": [60, 60]})
    >>> found = group_association(rows)
    >>> round(found.effect, 2), found.p_value < 0.01
    (0.42, True)
    """
    grouped = counts.groupby(["stratum", "exposed"])[["won", "size"]].sum()
    sums = pd.DataFrame(grouped.unstack(fill_value=0))
    cases = int(counts["size"].sum())
    if cases < 2 * FEWEST or sums.shape[1] < 4:
        return NONE._replace(n=cases)
    no, yes = (pd.DataFrame(sums.xs(flag, axis=1, level=1)).astype("int64") for flag in (False, True))
    both = (no["size"] > 0) & (yes["size"] > 0)
    no, yes = no[both], yes[both]
    if no.empty:
        return NONE._replace(n=cases)
    size, total = yes["size"].to_numpy(), (yes["size"] + no["size"]).to_numpy()
    won = (yes["won"] + no["won"]).to_numpy()
    drawn = np.random.default_rng(seed).hypergeometric(won, total - won, size, size=(DRAWS, len(size)))
    effect = float(_weighted(yes["won"].to_numpy(), won, size, total))
    # Some hundred draws at a time stay in the processor's own memory.
    null = np.concatenate([_weighted(part, won, size, total) for part in np.array_split(drawn, 16)])
    p = (1 + int((np.abs(null) >= abs(effect) - 1e-12).sum())) / (1 + DRAWS)
    return Association(effect, p, float(np.std(null)), int(total.sum()))


def _wide(frame: pd.DataFrame) -> pd.DataFrame:
    known = frame.dropna(subset=["value"])
    row, periods = pd.factorize(known["period"], sort=True)
    column, sites = pd.factorize(known["site"], sort=True)
    if known.empty or len(np.unique(row * len(sites) + column)) < len(known):
        return known.groupby(["period", "site"])["value"].mean().unstack("site")
    # The usual case, one value a period and site, takes a tenth of the time.
    values = np.full((len(periods), len(sites)), np.nan)
    values[row, column] = known["value"]
    return pd.DataFrame(values, pd.Index(periods, name="period"), pd.Index(sites, name="site"))


def _cleaned(wide: pd.DataFrame) -> np.ndarray:
    """Take out trend and season, then each site's mean; as ranks."""
    left = wide.apply(_detrended)
    if 24 <= len(wide) <= 60 and isinstance(wide.index, pd.DatetimeIndex):
        left = left - left.groupby(wide.index.month).transform("mean")
    ranks: pd.Series[float] = (left - left.mean()).stack().rank()  # type: ignore[assignment]
    centred = pd.DataFrame((ranks - ranks.mean()).unstack()).reindex(index=wide.index, columns=wide.columns)
    return centred.to_numpy(dtype=float)


def _detrended(column: pd.Series[Any]) -> pd.Series[Any]:
    known = column.dropna()
    if len(known) < 3:
        return column
    time = pd.Series(np.arange(len(column), dtype=float), index=column.index)
    slope, level = np.polyfit(time[known.index], known, 1)
    cleaned: pd.Series[Any] = column - (slope * time + level)
    return cleaned


def _correlation(y: np.ndarray, x: np.ndarray, lag: int) -> float:
    """Correlate ranks; the first ``lag`` rows have no earlier input."""
    y, x = y[lag:], x[lag:]
    both = ~(np.isnan(y) | np.isnan(x))
    if both.sum() < 3:
        return 0.0
    a, b = y[both], x[both]
    scale = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / scale) if scale else 0.0


def _null(y: np.ndarray, x: np.ndarray, lags: Sequence[int], rng: np.random.Generator) -> np.ndarray:
    rows, columns = x.shape
    steps = rng.integers(0, rows, size=(DRAWS, columns))
    others = rng.permuted(np.tile(np.arange(columns), (DRAWS, 1)), axis=1)
    y, x = np.nan_to_num(y), np.nan_to_num(x)
    # Two rounds one after the other, so that a column is shifted by where it is read from.
    rounds = np.concatenate([x, x]).ravel()
    first = steps * columns + others
    # Some hundred draws at a time stay in the processor's own memory.
    parts = [_drawn(y, rounds, part, lags) for part in np.array_split(first, 8)]
    table = np.concatenate(parts, axis=1)
    return np.asarray(table[np.abs(table).argmax(axis=0), np.arange(DRAWS)])


def _drawn(y: np.ndarray, rounds: np.ndarray, first: np.ndarray, lags: Sequence[int]) -> np.ndarray:
    """Correlate with the inputs that begin at the places ``first``; one row a lag, one column a draw."""
    rows, columns = y.shape
    shifted = rounds[first[:, None, :] + (np.arange(rows) * columns)[None, :, None]]
    found = []
    for lag in lags:
        ys, xs = y[lag:], shifted[:, : rows - lag]
        scale = np.sqrt((ys * ys).sum() * (xs * xs).sum(axis=(1, 2)))
        found.append((xs * ys).sum(axis=(1, 2)) / np.where(scale > 0, scale, 1.0))
    return np.array(found)


def _weighted(exposed_won: np.ndarray, won: np.ndarray, size: np.ndarray, total: np.ndarray) -> np.ndarray:
    rates = exposed_won / size - (won - exposed_won) / (total - size)
    weight = size * (total - size) / total
    return np.asarray((rates * weight).sum(axis=-1) / weight.sum())
