"""The test of an inconsistent journey: outcomes of customers with and without all steps."""

from __future__ import annotations

from reviewkit.model import Measure

from .association import group_association
from .inputs import Inputs
from .trial import Trial

_OUTCOMES = (
    "job_starts",
    "sustained_outcomes",
    "starts",
    "first_contact_resolution",
    "csat",
    "revenue",
    "repeat_contacts",
)


def journey_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return whether customers who missed a step reached an outcome less often, within site and contract."""
    if not inputs.has("journey", "outcomes") or measure.id not in _OUTCOMES:
        return []
    cases = inputs.journeys()
    cases = cases[cases["reached"]]
    if cases.empty or cases["skipped"].nunique() < 2:
        return []
    counts = cases.assign(stratum=cases["site"] + "|" + cases["contract"], exposed=cases["skipped"])
    counts = counts.groupby(["stratum", "exposed"])["won"].agg(won="sum", size="size").reset_index()
    found = group_association(counts)
    found = found._replace(effect=-found.effect)
    words = (
        "customers who missed a step of the journey, of those who came to its last step, reached an outcome "
    )
    words += f"{100 * found.effect:.1f} percentage points less often at the same site ({found.n:,} customers)"
    return [
        Trial(
            "Outcomes with and without all steps, within site and contract",
            found,
            words,
            "rate",
            rows="journey",
        )
    ]
