"""What a scenario rests on: what lies behind the recommendations, and how step 3.1 makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit.plan.estimates import Estimate

if TYPE_CHECKING:
    from reviewkit.steps import Review

Propose = Callable[[Mapping[str, Estimate]], pd.DataFrame]
"""Makes the recommendations of step 3.1 with what people estimate of some, by their ids."""


@dataclass(frozen=True)
class Inputs:
    """How recommendations are made (3.1), and tables of the steps before: gaps, levels sustained, themes."""

    propose: Propose
    gaps: pd.DataFrame
    levels: pd.DataFrame
    themes: pd.DataFrame
    register: pd.DataFrame | None = None


def inputs_of(review: Review) -> Inputs:
    """Return the inputs of a review; steps that have not been worked out yet are, which takes a while."""
    from reviewkit.steps.plan_inputs import PlanInputs
    from reviewkit.steps.recommendations.proposing import proposed

    read = PlanInputs(review)
    tables = (read.gaps, read.levels, read.themes)  # read now, off the loop
    register = review.evidence.frame("stakeholders")
    return Inputs(lambda estimates: proposed(review, read, estimates), *tables, register)
