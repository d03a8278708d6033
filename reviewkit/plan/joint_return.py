"""What a recommendation may return over all its gaps, overlapping ones counted once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.findings.wording import filled
from reviewkit.model import Engagement

from .choice import SETTLE
from .returns import return_range
from .sustained import achievable


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
        return (
            np.nan,
            np.nan,
            "Knowing the cause earns nothing by itself; it keeps money from the wrong action.",
        )
    measured = [by_gap[name] for name in dict.fromkeys(part["gap_id"]) if by_gap[name]["kind"] == "measured"]
    measured.sort(key=lambda gap: -float(np.nan_to_num(gap["cost_per_year"], nan=0.0)))
    held = {gap["gap_id"] for gap in measured[:1]}
    counted = [gap for gap in measured if gap["gap_id"] in held or not filled(gap["overlaps"])]
    verdicts = part.set_index("gap_id")["verdict"].groupby(level=0).first()
    found = [
        return_range(gap, impact, verdicts[gap["gap_id"]], reach=_reach(gap, engagement, levels),
                     currency=engagement.currency)
        for gap in counted
    ]  # fmt: skip
    known = [one for one in found if not np.isnan(one.high)]
    if not known:
        return (
            np.nan,
            np.nan,
            found[0].assumptions if found else "No return is worked out: no measured gap lies behind it.",
        )
    said = [one.assumptions for one in known[:1]]
    said += ["Gaps whose costs overlap are counted once."] if len(measured) > len(counted) else []
    low, high = (sum(getattr(one, end) for one in known) for end in ("low", "high"))
    return _rounded(low), _rounded(high), " ".join(said)


def _rounded(value: float) -> float:
    """Two significant figures: more would feign a precision that a judgement does not have."""
    return float(f"{value:.2g}")


def _reach(gap: dict[str, Any], engagement: Engagement, levels: pd.DataFrame | None) -> float:
    if levels is None or levels.empty or not gap["gap"]:
        return 1.0
    measure = engagement.measure(gap["measure"])
    best = achievable(levels, measure, gap["site"] or "", gap["contract"] or "")
    sign = 1.0 if measure.direction == "increase" else -1.0
    return 1.0 if best is None else float(np.clip(sign * (best.level - gap["actual"]) / gap["gap"], 0.0, 1.0))
