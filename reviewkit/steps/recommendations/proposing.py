"""The recommendations of a review: earlier steps, what was decided and what people estimate, put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit.content import load_interventions
from reviewkit.disclosure.corrections import with_corrections
from reviewkit.plan import recommendations, with_decisions
from reviewkit.plan.decided import latest_decisions
from reviewkit.plan.estimates import Estimate

if TYPE_CHECKING:
    from ..plan_inputs import PlanInputs
    from ..review import Review


def proposed(review: Review, read: PlanInputs, estimates: Mapping[str, Estimate]) -> pd.DataFrame:
    """Return the table of recommendations as step 3.1 hands it on.

    Parameters
    ----------
    read : tables of earlier steps. estimates : recommendation -> what people estimate of it.
    """
    library, evidence = load_interventions(), review.evidence
    decisions = evidence.frame("decisions")
    latest = latest_decisions(decisions)
    table = recommendations(
        read.causes,
        read.gaps,
        read.themes,
        library,
        review.engagement,
        codebook=review.codebook,
        levels=read.levels,
        departments=frozenset(evidence.frame("stakeholders")["department"].dropna()),
        decided=dict(zip(latest["finding_id"], latest["decision"], strict=True)),
        estimates=estimates,
    )
    table = with_decisions(table, decisions, library, read.causes, estimates, read.sites)
    return with_corrections(table, read.gaps, evidence.frame("corrections"))
