"""The test of an inconsistent journey: outcomes of customers with and without all steps."""

from __future__ import annotations

from reviewkit.model import Measure
from reviewkit.model.words import listing

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


def journey_tests(measure: Measure, inputs: Inputs, site: str = "") -> list[Trial]:
    """Return whether customers who skipped a step reached an outcome less often, within site and contract.

    Steps count up to the one most often skipped under each contract; customers are compared
    with others who went on beyond it, at ``site`` where one is given.
    """
    if not inputs.has("journey", "outcomes") or measure.id not in _OUTCOMES:
        return []
    cases = inputs.journeys()
    cases = cases[cases["past"] & (cases["site"].eq(site) if site else True)]
    if cases.empty or cases["skipped"].nunique() < 2:
        return []
    counts = cases.assign(stratum=cases["site"] + "|" + cases["contract"], exposed=cases["skipped"])
    counts = counts.groupby(["stratum", "exposed"])["won"].agg(won="sum", size="size").reset_index()
    found = group_association(counts)
    found = found._replace(effect=-found.effect)
    steps = [str(step).replace("_", " ") for step in cases["step"].unique()]
    turn = "less" if found.effect >= 0 else "more"
    words = f"of customers who went on beyond {listing(sorted(steps), 'or')}, those who had skipped it or a "
    words += (
        f"step before it reached an outcome {100 * abs(found.effect):.1f} percentage points {turn} often "
    )
    words += f"than others of the same site and contract ({found.n:,} customers)"
    test = "Outcomes with and without the step most often skipped, within site and contract"
    return [Trial(test, found, words, "rate", rows="journey")]
