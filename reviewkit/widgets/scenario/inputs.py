"""What a scenario rests on: recommendations and what lies behind them, as the review has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit.plan import empty_recommendations

if TYPE_CHECKING:
    from reviewkit.steps import Review


@dataclass(frozen=True)
class Inputs:
    """Tables of the steps before: recommendations (3.1), gaps (2.1), levels sustained, themes (1.4)."""

    recommendations: pd.DataFrame
    gaps: pd.DataFrame
    levels: pd.DataFrame
    themes: pd.DataFrame
    register: pd.DataFrame | None = None


def inputs_of(review: Review) -> Inputs:
    """Return the inputs of a review; steps that have not been worked out yet are, which takes a while."""
    from reviewkit.steps.plan_inputs import PlanInputs

    found = review.table("3.1", "recommendations")
    read = PlanInputs(review)
    recommendations = found if len(found.columns) else empty_recommendations()
    register = review.evidence.frame("stakeholders")
    return Inputs(recommendations, read.gaps, read.levels, read.themes, register)
