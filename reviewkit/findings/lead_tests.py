"""Tests of causes of sales: the quality of leads, and the materials they had seen."""

from __future__ import annotations

import numpy as np

from reviewkit.model import Measure
from reviewkit.model.words import inline, plural

from .association import panel_association
from .inputs import Inputs
from .trial import Trial

SALES = ("sales_conversion", "lead_conversion", "revenue")


def lead_quality_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether poorer leads convert less often, and whether weeks of poorer leads sell less."""
    if measure.id not in SALES:
        return []
    found = inputs.converted("quality")
    found = found._replace(effect=-found.effect)
    words = (
        f"leads in the lower half of quality converted {100 * found.effect:.1f} percentage points less often"
    )
    test = "Conversion of leads below the median quality against the others, within month and site"
    made = [
        Trial(
            test,
            found,
            f"{words} than the others in the same month ({found.n:,} leads)",
            "rate",
            rows="leads",
        )
    ]
    weekly = inputs.weekly(measure.id)
    if weekly.empty:
        return made
    moved = weekly.assign(value=-weekly["value"])
    quality = inputs.lead_quality()
    over_time = panel_association(moved, quality.assign(value=-quality["value"]), lags=(0, 1, 2, 3, 4))
    later = f" {plural(over_time.lag, 'week')} later" if over_time.lag else ""
    said = "in weeks when the leads handed over were of lower quality, "
    said += f"{inline(measure.name)} was lower{later} ({over_time.n} weeks)"
    return [
        *made,
        Trial(
            "Rank correlation by week, trend taken out: quality of leads",
            over_time,
            said,
            rows="leads",
            span="weeks",
        ),
    ]


def material_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return the marketing material whose leads convert least beside the others, if any was compared."""
    if measure.id not in SALES:
        return []
    names = inputs.materials()
    made = []
    for name in names if len(names) > 1 else ():
        found = inputs.converted(name)
        # Each material is one look at the same leads.
        found = found._replace(effect=-found.effect, p_value=min(1.0, found.p_value * len(names)))
        shown = name.replace("_", " ")
        words = (
            f"leads who had seen '{shown}' converted {100 * found.effect:.1f} percentage points less often"
        )
        words += f" than others of the same month and source ({found.n:,} leads)"
        test = "Conversion by marketing material, within month, site and source"
        made.append(Trial(test, found, words, "rate", rows="leads"))
    made = [tested for tested in made if not np.isnan(tested.found.p_value)]
    return [max(made, key=lambda tested: tested.found.effect)] if made else []
