"""What a drafted action aims at: its measure, where it stands, and a level within reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.content import load_ascent
from reviewkit.findings.wording import amount, filled
from reviewkit.model import Engagement, Measure
from reviewkit.model.words import inline

from .choice import SETTLE
from .joint_return import plausible_levels
from .rows import records
from .sustained import Sustained, achievable

SETTLED = "causes_settled"
STRETCH = 0.75
NEARLY = 0.95


def aim(
    row: Mapping[str, Any],
    gaps: pd.DataFrame,
    levels: pd.DataFrame,
    themes: pd.DataFrame,
    engagement: Engagement,
) -> dict[str, Any]:
    """Return measure, unit, baseline, target, summit and what was sustained, for a drafted action.

    ``row`` is a recommendation; ``stretch`` says so where the target goes beyond what was held, or beyond
    what one action may plausibly bring.
    """
    if row["intervention"] == SETTLE:
        return _settling(row)
    first = str(row["gap_ids"]).split(", ")[0]
    mine = gaps[gaps["gap_id"].eq(first)] if len(gaps) else gaps
    if len(mine) and mine["kind"].iloc[0] == "measured":
        return _towards(records(mine)[0], row, levels, engagement)
    return _fewer(str(row["measure"]), themes)


def within_reach(best: Sustained | None, measure: Measure | None, engagement: Engagement) -> str:
    """Return who held which level until when, in a clause; empty where nobody is known to have."""
    if best is None or measure is None:
        return ""
    level = amount(best.level, measure.unit, measure.decimals, engagement.currency)
    return best.said(level, engagement.cadence(measure))


def _settling(row: Mapping[str, Any]) -> dict[str, Any]:
    asked = float(str(row["what"]).count(": ") or 1)
    found: dict[str, Any] = {
        "measure": SETTLED,
        "name": "Causes settled",
        "unit": "count",
        "direction": "increase",
    }
    found |= {
        "site": "",
        "contract": "",
        "stretch": "",
        "held_by": "one list of data a cause, all within reach",
    }
    return {**found, "baseline": 0.0, "target": asked, "summit": asked, "sustained": asked}


def _towards(
    gap: dict[str, Any], row: Mapping[str, Any], levels: pd.DataFrame, engagement: Engagement
) -> dict[str, Any]:
    measure = engagement.measure(gap["measure"])
    site, contract = (gap[name] if filled(gap[name]) else "" for name in ("site", "contract"))
    best = achievable(levels, measure, site, contract) if len(levels) else None
    baseline, summit = float(gap["actual"]), float(gap["target"])
    target, stretch = _asked(gap, row, best, levels, engagement)
    return {
        "measure": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "direction": measure.direction,
        "site": site,
        "contract": contract,
        "baseline": baseline,
        "target": target,
        "summit": summit,
        "sustained": best.level if best else np.nan,
        "held_by": within_reach(best, measure, engagement),
        "stretch": stretch,
    }


def _asked(
    gap: Mapping[str, Any],
    row: Mapping[str, Any],
    best: Sustained | None,
    levels: pd.DataFrame,
    engagement: Engagement,
) -> tuple[float, str]:
    """Return the level a draft asks for, and why it is a stretch where it is one.

    It is the upper end of what the recommendation's return counts on, never beyond what was held. Where
    nobody held a better level it is the first camp; where the upper end is too little to be worth acting
    on, the smallest change that is. Both are stated stretches.
    """
    measure = engagement.measure(gap["measure"])
    sign = 1.0 if measure.direction == "increase" else -1.0
    baseline, summit, least = float(gap["actual"]), float(gap["target"]), max(measure.minimum_effect, 1e-9)

    def said(level: float) -> str:
        return amount(level, measure.unit, measure.decimals, engagement.currency)

    if best is None or sign * (best.level - baseline) < least:
        percent = next(iter(load_ascent().values())).percent
        target = baseline + percent / 100 * (summit - baseline)
        return target, (
            f"Nobody has held a better level for half a year; {said(target)}, the first camp, is a stated "
            "stretch."
        )
    _, most = plausible_levels(gap, int(row["impact"]), str(row["verdict"]), engagement, levels)
    target = baseline + sign * min(sign * (level - baseline) for level in (most, summit, best.level))
    # As levels are written, a little less than the smallest change looks the same.
    if sign * (target - baseline) >= NEARLY * least:
        return target, ""
    asked = baseline + sign * min(least, sign * (summit - baseline))
    return asked, (
        f"By itself it may bring {said(target)} at best; {said(asked)} is the smallest change worth acting "
        "on, a stated stretch."
    )


def _fewer(measure: str, themes: pd.DataFrame) -> dict[str, Any]:
    """Fewer customers' comments that raise a concern; interviews are chosen, so they measure nothing."""
    blank: dict[str, Any] = {
        "measure": "",
        "name": "",
        "unit": "",
        "direction": "decrease",
        "site": "",
        "contract": "",
        "held_by": "",
        "stretch": "",
    }
    blank |= dict.fromkeys(("baseline", "target", "summit", "sustained"), np.nan)
    code = measure.removeprefix("theme:")
    if themes.empty or not measure.startswith("theme:"):
        return blank
    mine = themes[themes["code"].eq(code) & themes["stance"].eq("concern") & themes["kind"].eq("customer")]
    if mine.empty:
        return blank
    share = 100 * float(mine["units"].iloc[0]) / float(mine["units_total"].iloc[0])
    name = f"Comments that raise {inline(str(mine['name'].iloc[0]))} as a concern"
    stretch = "A quarter fewer than now is a stated stretch: no earlier level is known."
    found: dict[str, Any] = {
        "measure": measure,
        "name": name,
        "unit": "percent",
        "baseline": share,
        "stretch": stretch,
    }
    return blank | found | {"target": STRETCH * share, "summit": STRETCH * share}
