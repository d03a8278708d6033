"""The two readings together: opinions, convergence, gaps, causes and leadership."""

from .causes.candidates import candidate_causes, judge_causes
from .causes.inputs import Inputs
from .causes.links import causal_edges
from .convergence.overruled import overruling, with_verdicts
from .convergence.pairs import topic_measure_pairs
from .convergence.sensitivity import sensitivity_table
from .convergence.triangulation import Thresholds, triangulate
from .gaps.described import described_gaps, raised_by
from .gaps.level import Level, current_level
from .gaps.measured import measured_gaps
from .gaps.money import total_cost
from .leadership.capability import begin_with, capability_by, capability_gaps
from .opinions.reviewed import bearing_on, review_opinions
from .opinions.tested import opinion_findings, opinions

__all__ = [
    "Inputs",
    "Level",
    "Thresholds",
    "bearing_on",
    "begin_with",
    "candidate_causes",
    "capability_by",
    "capability_gaps",
    "causal_edges",
    "current_level",
    "described_gaps",
    "judge_causes",
    "measured_gaps",
    "opinion_findings",
    "opinions",
    "overruling",
    "raised_by",
    "review_opinions",
    "sensitivity_table",
    "topic_measure_pairs",
    "total_cost",
    "triangulate",
    "with_verdicts",
]
