"""Tests of causes of sales: the quality of leads, and the materials they had seen."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from reviewkit.model import Measure
from reviewkit.model.words import inline, plural

from .association import panel_association
from .inputs import Inputs
from .presence import UNKNOWN, Presence
from .trial import Trial

SALES = ("sales_conversion", "lead_conversion", "revenue")
FEWEST_LEADS = 24


def lead_quality_tests(measure: Measure, inputs: Inputs, since: object = pd.NaT) -> list[Trial]:
    """Return whether poorer leads convert less often, among the leads since the gap began."""
    if measure.id not in SALES:
        return []
    start = pd.to_datetime(str(since)) if since is not None else pd.NaT
    found = inputs.graded(start)
    turn = "less" if found.effect >= 0 else "more"
    words = f"leads of low quality converted {100 * abs(found.effect):.1f} percentage points {turn} often "
    words += f"than those of high quality handed over in the same month and site ({found.n:,} leads"
    words += ", since the gap began)" if pd.notna(start) else ")"
    test = "Conversion by quality of lead, within month and site (Mantel's test of a trend)"
    there = partial(_poorer, inputs)
    return [Trial(test, found, words, "rate", rows="leads", at=there)]


def weekly_lead_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether weeks of poorer leads sell less, up to four weeks later."""
    if measure.id not in SALES:
        return []
    weekly = inputs.weekly(measure.id)
    if weekly.empty:
        return []
    moved, quality = weekly.assign(value=-weekly["value"]), inputs.lead_quality()
    found = panel_association(moved, quality.assign(value=-quality["value"]), lags=(0, 1, 2, 3, 4))
    later = f" {plural(found.lag, 'week')} later" if found.lag else ""
    words = "in weeks when the leads handed over were of lower quality, "
    words += f"{inline(measure.name)} was lower{later} ({found.n} weeks)"
    test = "Rank correlation by week, trend taken out, up to four weeks later: quality of leads"
    return [Trial(test, found, words, rows="leads", span="weeks")]


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
        made.append(Trial(test, found, words, "rate", rows="leads", at=partial(_seen, inputs, name)))
    made = [tested for tested in made if not np.isnan(tested.found.p_value)]
    return [max(made, key=lambda tested: tested.found.effect)] if made else []


def _poorer(inputs: Inputs, site: str, since: object) -> Presence:
    """Say how poorer leads did at one site."""
    found = inputs.graded(pd.to_datetime(str(since)) if since is not None else pd.NaT, site)
    return _at(found.effect, found.chance, found.n, "leads of low quality")


def _seen(inputs: Inputs, name: str, site: str, since: object) -> Presence:
    """Say how leads who had seen a material did at one site."""
    found = inputs.converted(name, site)
    return _at(-found.effect, found.chance, found.n, f"leads who had seen '{name.replace('_', ' ')}'")


def _at(less: float, chance: float, n: int, who: str) -> Presence:
    if n < FEWEST_LEADS or np.isnan(less):
        return UNKNOWN._replace(words="too few leads there to compare")
    points = f"{100 * abs(less):.1f} percentage points {'less' if less > 0 else 'more'} often there"
    # One site has few leads: the link over all counts unless the site speaks against it.
    state = "there" if less > 0 else "absent" if less + 1.96 * chance < 0.02 else "unclear"
    return Presence(state, f"{who} converted {points} ({n:,} leads)")
