"""The declared test of each cause against one gap: what is compared, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from reviewkit.model import Measure

from .answers import STATEMENTS, goal_tests, survey_tests
from .inputs import Inputs
from .on_inputs import absence_tests, own_tests, process_tests, resource_tests
from .on_journeys import journey_tests
from .on_leads import lead_quality_tests, material_tests, weekly_lead_tests
from .trial import Trial


def run_tests(cause: str, measure: Measure, site: str, inputs: Inputs, since: object = pd.NaT) -> list[Trial]:
    """Return the tests of ``cause`` that the evidence allows for a gap in ``measure`` at ``site``.

    ``since`` is when the gap began: leads are compared from then on.

    Effects are turned so that a positive one means: the worse the condition, the worse the measure.
    """
    found = _of_measure(cause, measure, inputs)
    if cause == "lead_quality":
        found = lead_quality_tests(measure, inputs, since) + found
    if cause == "journey_inconsistency" and site:
        # Customers are many enough at one site to be compared there.
        found = journey_tests(measure, inputs, site) or found
    if not found and inputs.has("perceptions") and cause in STATEMENTS:
        found += survey_tests(cause, site, inputs)
    return [tested for tested in found if not np.isnan(tested.found.effect)]


def _of_measure(cause: str, measure: Measure, inputs: Inputs) -> list[Trial]:
    """The tests that are alike for every site; each is run once."""
    key = (cause, measure.id)
    if key not in inputs.results:
        found = resource_tests(cause, measure, inputs)
        special = _SPECIAL.get(cause)
        found += own_tests(cause, measure, inputs)
        inputs.results[key] = found + (special(measure, inputs) if special else [])
    kept: list[Trial] = inputs.results[key]
    return list(kept)


_SPECIAL: dict[str, Callable[[Measure, Inputs], list[Trial]]] = {
    "morale": absence_tests,
    "process": process_tests,
    "lead_quality": weekly_lead_tests,
    "marketing_materials": material_tests,
    "journey_inconsistency": journey_tests,
    "goal_alignment": goal_tests,
}
