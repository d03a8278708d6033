"""Krippendorff's alpha over all coders, for sets of codes and for single themes, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviewkit.content import NO_CODE

from .bootstrap import interval, weights

DRAWS, SEED = 1000, 20250801


@dataclass(frozen=True)
class Alpha:
    """Alpha with its 95 % interval, and what it rests on."""

    value: float
    low: float
    high: float
    remarks: int
    values: int


def alpha(codings: pd.DataFrame) -> float:
    """Return Krippendorff's alpha over all coders and remarks; see :func:`alpha_interval`.

    Examples
    --------
    >>> codings = pd.DataFrame({"remark_id": list("abcabc"), "coder": ["one"] * 3 + ["two"] * 3,
    ...                         "code": ["x", "y", "y", "x", "y", "x"]})
    >>> round(alpha(codings), 3)
    0.444
    """
    return alpha_interval(codings, draws=0).value


def alpha_interval(codings: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> Alpha:
    """Return Krippendorff's alpha for the sets of codes that coders gave to remarks, with an interval.

    alpha = 1 - Do / De. Do is the mean distance of the values that two coders gave to one remark, De that
    of any two values, whoever gave them and to what. Coders need not have coded every remark. Source: K.
    Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections C and E.

    A value is the set of a coder's codes. Its distance is MASI, 1 - J x M: J the share of codes in common,
    M 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where they do not. Where
    coders give one code each, this is nominal alpha. Source: R. Passonneau, "Measuring Agreement on
    Set-valued Items (MASI) for Semantic and Pragmatic Annotation", LREC (2006), 831-836.

    The interval is a percentile bootstrap over remarks. Where nobody differs anywhere, drawing again shows no
    difference either; there the lower limit takes Do = 1 - (1 - 0.95) ^ (1 / n), the exact one-sided limit
    of a share of none of n (C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413).

    Parameters
    ----------
    codings : ``remark_id, code, coder``, one row a code given; ``no_code`` alone is the empty set.

    Returns
    -------
    ``value`` at most 1 (perfect agreement); 0 is chance. NaN where no remark was coded twice or only
    one value occurs.
    """
    coded = codings[["remark_id", "code", "coder"]].dropna().astype("str").drop_duplicates()
    sets = coded.groupby(["remark_id", "coder"])["code"].agg(frozenset).reset_index()
    given = sets["code"].map(lambda codes: codes - {NO_CODE})
    kinds = sorted(set(given), key=sorted)
    place = {kind: number for number, kind in enumerate(kinds)}
    table = pd.crosstab(sets["remark_id"].to_numpy(), given.map(place).to_numpy(dtype=int))
    counts = table.to_numpy(dtype=float) if len(sets) else np.zeros((0, 0))
    return _alpha(counts, np.array([[masi(a, b) for b in kinds] for a in kinds]), draws, seed)


def alpha_by_theme(codings: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return alpha on whether each theme was given or not, over the remarks coded twice or more.

    Returns
    -------
    ``code, alpha, low, high, remarks, given, observed``: ``given`` counts the remarks to which anybody
    gave the theme, ``observed`` is the share of pairs of coders who agree. Alpha is missing for a theme
    that nobody gave to these remarks.
    """
    coded = codings[["remark_id", "code", "coder"]].dropna().astype("str").drop_duplicates()
    judged = coded[["remark_id", "coder"]].drop_duplicates()
    coders = judged.groupby("remark_id")["coder"].size()
    times = coders[coders > 1].astype(float)
    rows = []
    for code in sorted(set(coded["code"]) - {NO_CODE}):
        yes = coded.loc[coded["code"] == code, "remark_id"].value_counts()
        yes = yes.reindex(times.index).fillna(0).astype(float)
        counts = np.stack([yes, times - yes], axis=1)
        made = _alpha(counts, 1 - np.eye(2), draws, seed)
        pairs = (counts * (counts - 1)).sum() / (times * (times - 1)).sum() if len(times) else float("nan")
        rows.append((code, made.value, made.low, made.high, len(times), int((yes > 0).sum()), float(pairs)))
    return pd.DataFrame(rows, columns=["code", "alpha", "low", "high", "remarks", "given", "observed"])


def masi(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the MASI distance of two sets of codes: 0 the same, 1 nothing in common.

    >>> round(masi(frozenset("ab"), frozenset("abcd")), 3), masi(frozenset(), frozenset("a"))
    (0.667, 1.0)
    """
    if a == b:
        return 0.0
    if not a & b:
        return 1.0
    monotone = 2 / 3 if a < b or b < a else 1 / 3
    return 1 - len(a & b) / len(a | b) * monotone


def _alpha(counts: np.ndarray, distance: np.ndarray, draws: int, seed: int) -> Alpha:
    """Alpha of a table of remarks by values: how many coders gave each."""
    counts = counts[counts.sum(axis=1) > 1] if counts.size else counts
    if not len(counts):
        return Alpha(float("nan"), float("nan"), float("nan"), 0, 0)
    size = counts.sum(axis=1)
    apart = np.einsum("ui,ij,uj->u", counts, distance, counts) / (size - 1)
    value = _ratio(apart[None].sum(axis=1), counts.sum(axis=0)[None], distance)[0]
    if not draws:
        return Alpha(float(value), float("nan"), float("nan"), len(counts), int(size.sum()))
    if value == value and not apart.any():
        n, totals = float(size.sum()), counts.sum(axis=0)
        expected = float(totals @ distance @ totals) / (n * (n - 1))
        low = max(-1.0, 1 - (1 - 0.05 ** (1 / len(counts))) / expected)
        return Alpha(1.0, low, 1.0, len(counts), int(n))
    drawn = weights(len(counts), draws, seed)
    low, high = interval(_ratio(drawn @ apart, drawn @ counts, distance))
    return Alpha(float(value), low, high, len(counts), int(size.sum()))


def _ratio(apart: np.ndarray, totals: np.ndarray, distance: np.ndarray) -> np.ndarray:
    n = totals.sum(axis=1)
    expected = np.einsum("bi,ij,bj->b", totals, distance, totals, optimize=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (n - 1) * apart / expected, np.nan)
