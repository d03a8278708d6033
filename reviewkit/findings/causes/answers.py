"""Tests of causes that people's answers and the goals on file speak to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Measure

from ..goals.smart import read_goals
from .association import NONE, Association
from .inputs import Inputs
from .trial import Trial

# Survey statements that ask for the condition; scores are turned so that 5 is good.
STATEMENTS = {
    "leadership": ("support_1", "key_6", "sign_2"),
    "communication": ("sign_4", "sign_5", "sign_7", "key_1", "key_2"),
    "recognition": ("support_3",),
    "training": ("support_2",),
    "contract_knowledge": ("expectation_2", "expectation_3"),
    "goal_alignment": ("expectation_2", "key_5", "sign_6"),
    "morale": ("key_6", "sign_8"),
}


def goal_tests(measure: Measure, inputs: Inputs) -> list[Trial]:
    """Return the share of goals on file that point at a measure of the contract, against half of them.

    Goals are read by their words, as in step 2.5: one that speaks of handle time points at it
    whether or not anybody filled in the measure.
    """
    goals = inputs.evidence.frame("goals")
    if goals.empty:
        return []
    from scipy.stats import binomtest

    kpis = {entry.id for entry in inputs.engagement.measures if entry.contract_kpi}
    read = read_goals(goals, inputs.engagement.measures, inputs.engagement.data_as_of)
    linked = int(read["points_at"].isin(list(kpis)).sum())
    p = float(binomtest(linked, len(goals), 0.5).pvalue)
    spread = float(np.sqrt(0.25 / len(goals)))
    found = Association(0.5 - linked / len(goals), p, spread, len(goals)) if len(goals) >= 12 else NONE
    words = f"{linked} of {len(goals)} goals on file point at a measure of the contract"
    return [
        Trial(
            "Share of goals on file tied to a contract measure, against half",
            found,
            words,
            "rate",
            False,
            "goals",
        )
    ]


def survey_tests(cause: str, site: str, inputs: Inputs) -> list[Trial]:
    """Return how a site answers the statements on ``cause`` beside the others, or all against the middle."""
    means = inputs.answers(STATEMENTS[cause])
    # Like with like: sites differ in how many managers and support staff they have.
    alike = means[means["group"].eq("front_line") & means["site"].ne("")]
    here, rest = alike.loc[alike["site"].eq(site), "score"], alike.loc[alike["site"].ne(site), "score"]
    if site and min(len(here), len(rest)) >= 12:
        found = _mean_difference(rest, here)
        way = "lower" if found.effect > 0 else "higher"
        words = f"answers of the front line there score {abs(found.effect):.1f} points of 5 {way}"
        words += f" than elsewhere ({len(here)} and {len(rest)} answers)"
        # One statement is one question asked once: too little to support a cause by itself.
        several = len(STATEMENTS[cause]) > 1
        return [
            Trial(
                "Survey answers at the site against the other sites",
                found,
                words,
                "points",
                several,
                "perceptions",
            )
        ]
    if len(means) < 12:
        return []
    found = _mean_difference(pd.Series(3.0, index=means.index), means["score"])
    words = f"survey answers on it average {means['score'].mean():.1f} of 5 ({len(means)} people)"
    return [
        Trial("Survey answers against the middle of the scale", found, words, "points", False, "perceptions")
    ]


def _mean_difference(better: pd.Series[Any], worse: pd.Series[Any]) -> Association:
    from scipy.stats import norm

    error = float(np.sqrt(better.var(ddof=1) / len(better) + worse.var(ddof=1) / len(worse)))
    effect = float(better.mean() - worse.mean())
    p = float(2 * norm.sf(abs(effect) / error)) if error else (0.0 if effect else 1.0)
    return Association(effect, p, error, len(better) + len(worse))
