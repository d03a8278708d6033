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
from .rows import records
from .sustained import Sustained, achievable

SETTLED = "causes_settled"
STRETCH = 0.75


def aim(
    row: Mapping[str, Any],
    gaps: pd.DataFrame,
    levels: pd.DataFrame,
    themes: pd.DataFrame,
    engagement: Engagement,
) -> dict[str, Any]:
    """Return measure, unit, baseline, target, summit and what was sustained, for a drafted action.

    ``row`` is a recommendation; ``stretch`` says so where the target goes beyond what was held.
    """
    if row["intervention"] == SETTLE:
        return _settling(row)
    first = str(row["gap_ids"]).split(", ")[0]
    mine = gaps[gaps["gap_id"].eq(first)] if len(gaps) else gaps
    if len(mine) and mine["kind"].iloc[0] == "measured":
        return _towards(records(mine)[0], levels, engagement)
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


def _towards(gap: dict[str, Any], levels: pd.DataFrame, engagement: Engagement) -> dict[str, Any]:
    measure = engagement.measure(gap["measure"])
    site, contract = (gap[name] if filled(gap[name]) else "" for name in ("site", "contract"))
    best = achievable(levels, measure, site, contract) if len(levels) else None
    sign = 1.0 if measure.direction == "increase" else -1.0
    baseline, summit = float(gap["actual"]), float(gap["target"])
    stretch = ""
    if best is not None and sign * (best.level - baseline) >= max(measure.minimum_effect, 1e-9):
        target = summit if sign * (best.level - summit) >= 0 else best.level
    else:
        percent = next(iter(load_ascent().values())).percent
        target = baseline + percent / 100 * (summit - baseline)
        level = amount(target, measure.unit, measure.decimals, engagement.currency)
        stretch = (
            f"Nobody has held a better level for six periods; {level}, the first camp, is a stated stretch."
        )
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
