"""The two readings together: opinions, convergence, gaps, causes and leadership."""

from .causes import candidate_causes, judge_causes
from .described import described_gaps, raised_by
from .gaps import measured_gaps
from .inputs import Inputs
from .leadership import begin_with, capability_by, capability_gaps
from .level import Level, current_level
from .links import causal_edges
from .money import total_cost
from .opinions import opinion_findings, opinions
from .overruled import overruling, with_verdicts
from .pairs import topic_measure_pairs
from .reviewed import bearing_on, review_opinions
from .sensitivity import sensitivity_table
from .triangulation import Thresholds, triangulate

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
