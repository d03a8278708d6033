"""What recommendations may return over all their gaps, the same money counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviewkit.findings.wording import filled, place
from reviewkit.model import Engagement
from reviewkit.model.words import inline, money

from .choice import SETTLE
from .returns import Return, bounds, plausible_share, return_range
from .rows import records
from .sustained import achievable


class Part(NamedTuple):
    """What one recommendation may return from one gap: its range, the reach and the whole gap's worth.

    ``reach`` is how much of the gap somebody has been seen to close. ``purse`` names the gap that
    holds the money: parts of the same purse are not added.
    """

    purse: str
    gap: Mapping[str, Any]
    found: Return
    reach: float
    whole: float


def joint_return(
    part: pd.DataFrame,
    impact: int,
    by_gap: Mapping[str, dict[str, Any]],
    engagement: Engagement,
    levels: pd.DataFrame | None,
) -> tuple[float, float, str]:
    """Return the low and high end of a return a year, and what it assumes.

    The sum goes over gaps whose costs do not overlap; of overlapping ones only the largest
    counts. Missing where no measured gap has a value.

    Parameters
    ----------
    part : rows of one intervention: ``gap_id, intervention, verdict``.
    impact : how much it helps, 1 to 5.
    by_gap : gaps by id.
    levels : best levels kept up anywhere, which cap the return; None or empty: no cap.
    """
    if str(part["intervention"].iloc[0]) == SETTLE:
        words = "Knowing the cause earns nothing by itself; it keeps money from the wrong action."
        return np.nan, np.nan, words
    measured = [name for name in dict.fromkeys(part["gap_id"]) if by_gap[name]["kind"] == "measured"]
    verdicts = dict(zip(part["gap_id"], part["verdict"], strict=True))
    found = [_part(by_gap[name], impact, verdicts[name], by_gap, engagement, levels) for name in measured]
    known = [one for one in found if not np.isnan(one.found.high)]
    if not known:
        none = "No return is worked out: no measured gap lies behind it."
        return np.nan, np.nan, found[0].found.assumptions if found else none
    counted = _once(known)
    low, high = (sum(getattr(one.found, end) for one in counted) for end in ("low", "high"))
    said = [_added(counted, engagement.currency)] if len(counted) > 1 else [counted[0].found.assumptions]
    said += ["Of gaps that hold the same money, only the largest is counted."] * (len(known) > len(counted))
    said += [one.found.assumptions for one in found if one not in known and _negative(one, engagement)][:1]
    return rounded(low), rounded(high), " ".join(said)


def together(
    chosen: pd.DataFrame, gaps: pd.DataFrame, engagement: Engagement, levels: pd.DataFrame | None = None
) -> tuple[float, float]:
    """Return what several recommendations may return a year if all are done; nothing is counted twice.

    Where two draw on the same money, what one closes the other cannot: the high end closes a share of
    what is left, the low end is that of the better one alone.

    Parameters
    ----------
    chosen : recommendations, as :func:`reviewkit.plan.recommendations` returns them.
    gaps : table of step 2.1. levels : best levels kept up anywhere, which cap each share.

    Returns
    -------
    Low and high end, each rounded to two significant figures; missing where none has a return.
    """
    by_gap = {str(row["gap_id"]): row for row in records(gaps)}
    purses: dict[str, list[Part]] = {}
    for row in records(chosen):
        if row["intervention"] == SETTLE:
            continue
        ids = [name for name in str(row["gap_ids"]).split(", ") if name in by_gap]
        measured = [by_gap[name] for name in ids if by_gap[name]["kind"] == "measured"]
        parts = [
            _part(gap, int(row["impact"]), row["verdict"], by_gap, engagement, levels) for gap in measured
        ]
        for one in _once([one for one in parts if not np.isnan(one.found.high)]):
            purses.setdefault(one.purse, []).append(one)
    if not purses:
        return np.nan, np.nan
    low = sum(max(one.found.low for one in parts) for parts in purses.values())
    return rounded(low), rounded(sum(_most(parts) for parts in purses.values()))


def purse(gap: Mapping[str, Any], by_gap: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the gap that holds a gap's money: the one it overlaps with, and so on to the last.

    >>> gaps = {"a": {"gap_id": "a", "overlaps": "b"}, "b": {"gap_id": "b", "overlaps": ""}}
    >>> purse(gaps["a"], gaps), purse(gaps["b"], gaps)
    ('b', 'b')
    """
    at, seen = str(gap["gap_id"]), set[str]()
    while at in by_gap and at not in seen and filled(by_gap[at]["overlaps"]):
        seen.add(at)
        at = str(by_gap[at]["overlaps"])
    return at


def _part(
    gap: Mapping[str, Any],
    impact: int,
    verdict: str,
    by_gap: Mapping[str, Mapping[str, Any]],
    engagement: Engagement,
    levels: pd.DataFrame | None,
) -> Part:
    reach = reach_of(gap, engagement, levels)
    value = engagement.measure(gap["measure"]).value_per_unit
    found = return_range(gap, impact, verdict, reach=reach, currency=engagement.currency, value=value)
    whole = np.nan
    if not np.isnan(found.high):
        whole = float(gap["cost_per_year"]) / float(gap["gap"]) * bounds(gap)[1]
    return Part(purse(gap, by_gap), gap, found, reach, whole)


def _negative(part: Part, engagement: Engagement) -> bool:
    value = engagement.measure(part.gap["measure"]).value_per_unit
    return value is not None and value < 0


def _once(parts: Iterable[Part]) -> list[Part]:
    """Of the parts that draw on the same money, the one with the largest return; largest first."""
    best: dict[str, Part] = {}
    for one in sorted(parts, key=lambda one: -one.found.high):
        best.setdefault(one.purse, one)
    return list(best.values())


def _most(parts: list[Part]) -> float:
    """The most that several returns from the same money may bring: each takes its share of what is left."""
    whole = max(one.whole for one in parts)
    left = float(np.prod([1 - one.found.high / whole for one in parts])) if whole else 1.0
    return whole * min(1 - left, max(one.reach for one in parts))


def _added(parts: list[Part], currency: str) -> str:
    """Return the sum over gaps that do not overlap, gap by gap, and what the largest of them assumes."""
    said = [
        f"{inline(one.gap['name'])}{place(one.gap['site'])} {money(rounded(one.found.low), currency)} to "
        f"{money(rounded(one.found.high), currency)}"
        for one in parts
    ]
    return f"The sum over {len(parts)} gaps: {'; '.join(said)}. Of the first: {parts[0].found.assumptions}"


def rounded(value: float) -> float:
    """Return two significant figures: more would feign a precision that a judgement does not have.

    >>> rounded(32_680.0), rounded(float("nan"))
    (33000.0, nan)
    """
    return float(f"{value:.2g}")


def plausible_levels(
    gap: Mapping[str, Any], impact: int, verdict: str, engagement: Engagement, levels: pd.DataFrame | None
) -> tuple[float, float]:
    """Return the least and the most that an action may bring a measured gap's measure to, in its unit.

    The same shares of the gap as its return has (:func:`reviewkit.plan.plausible_share`).
    """
    sign = 1.0 if engagement.measure(gap["measure"]).direction == "increase" else -1.0
    shares = plausible_share(impact, verdict, reach_of(gap, engagement, levels))
    least, most = (
        float(gap["actual"]) + sign * size * share for size, share in zip(bounds(gap), shares, strict=True)
    )
    return least, most


def reach_of(gap: Mapping[str, Any], engagement: Engagement, levels: pd.DataFrame | None) -> float:
    """Return the part of a gap, 0 to 1, between today's level and the best that somebody has kept up."""
    if levels is None or levels.empty or not gap["gap"]:
        return 1.0
    measure = engagement.measure(gap["measure"])
    best = achievable(levels, measure, gap["site"] or "", gap["contract"] or "")
    sign = 1.0 if measure.direction == "increase" else -1.0
    return 1.0 if best is None else float(np.clip(sign * (best.level - gap["actual"]) / gap["gap"], 0.0, 1.0))
